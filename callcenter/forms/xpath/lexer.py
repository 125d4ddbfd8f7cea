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
_WORDS = {"and", "or", "div", "mod"}
# After one of these, or at the start, a name or `*` begins an operand (XPath 1.0, section 3.7).
_OPENERS = {"(", "[", ",", "@", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}


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
    while at < end:
        match = _TOKEN.match(expression, at, end)
        if match is None or match.lastgroup is None:
            raise NotReadable(expression[at : at + 20])
        found.append(_token(match.lastgroup, match[match.lastgroup], found[-1] if found else None))
        at = match.end()
    found.append(END)
    return found


def _token(kind: str, text: str, before: Token | None) -> Token:
    operand_ended = before is not None and not (
        before.kind in ("operator", "axis") or (before.kind == "mark" and before.text in _OPENERS)
    )
    if operand_ended and ((kind == "name" and text in _WORDS) or text == "*"):
        return Token("operator", text)
    if kind == "mark" and text in {"|", "+", "-", "=", "!=", "<", "<=", ">", ">="}:
        return Token("operator", text)
    if kind == "mark" and text == "*":
        return Token("name", text)
    return Token(kind, text[1:-1] if kind == "text" else text)
