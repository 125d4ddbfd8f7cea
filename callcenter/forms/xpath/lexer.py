"""Cuts an expression into tokens."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 10_000
"""Characters in one expression; the longest met in public forms is 1,369."""

_NAME = r"[^\W\d][\w.\-]*(?::(?!:)[^\W\d][\w.\-]*)?"
_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<text>\"[^\"]*\"|'[^']*')"
    rf"|(?P<axis>[a-z\-]+)\s*::"
    rf"|(?P<name>{_NAME})"
    r"|(?P<mark>//|\.\.|!=|<=|>=|[()\[\]@,|+\-=<>*/.])"
    r")"
)
# Words and `*` are operators after an operand only (XPath 1.0, section 3.7).
_WORDS = frozenset({"and", "or", "div", "mod"})
_GLUED = re.compile("and|or|div|mod")
_OPERATORS = frozenset({"|", "+", "-", "=", "!=", "<", "<=", ">", ">="})
_OPENERS = frozenset({"(", "[", ",", "@", "/", "//"})


class NotReadable(Exception):
    """The expression does not follow the grammar; the text says where."""


class Token(NamedTuple):
    """One token; `kind` is number, text, axis, name, operator, mark or end."""

    kind: str
    text: str


END = Token("end", "")


def tokens(expression: str) -> list[Token]:
    """Return the tokens of an expression; NotReadable for characters that have no meaning."""
    if len(expression) > LONGEST:
        raise NotReadable(f"longer than {LONGEST} characters")
    found: list[Token] = []
    at, end = 0, len(expression.rstrip())
    operand_ended = False
    while at < end:
        match = _TOKEN.match(expression, at, end)
        if match is None:
            raise NotReadable(expression[at : at + 20])
        # The pattern has groups only as alternatives of a token, so the last one is the token's kind.
        kind = str(match.lastgroup)
        token = _token(kind, match[kind], operand_ended=operand_ended)
        at = match.end()
        if kind == "name" and operand_ended and token.kind == "name":
            # No name may follow an operand: other engines read `4 mod3` as `4 mod 3`.
            glued = _GLUED.match(token.text)
            if glued is not None:
                token, at = Token("operator", glued[0]), match.start(kind) + glued.end()
        operand_ended = _ends_operand(token)
        found.append(token)
    found.append(END)
    return found


def _token(kind: str, text: str, *, operand_ended: bool) -> Token:
    if kind == "mark":
        if text in _OPERATORS or (text == "*" and operand_ended):
            return Token("operator", text)
        return Token("name" if text == "*" else kind, text)
    if kind == "name" and operand_ended and text in _WORDS:
        return Token("operator", text)
    return Token(kind, text[1:-1] if kind == "text" else text)


def _ends_operand(token: Token) -> bool:
    kind, text = token
    return kind not in {"operator", "axis"} and (kind != "mark" or text not in _OPENERS)
