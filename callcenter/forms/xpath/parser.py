"""Reads an expression into its syntax tree."""

from __future__ import annotations

from callcenter.forms.xpath.lexer import NotReadable, Token, tokens
from callcenter.forms.xpath.syntax import Binary, Call, Filtered, Negate, Number, Path, Step, Syntax, Text

DEEPEST = 50
"""Brackets within brackets; the deepest met in public forms is 15."""

_LEVELS = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
_LEVEL = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}
_NODE_TESTS = {"node", "text", "comment", "processing-instruction"}
_AXES = {
    "child", "self", "parent", "descendant", "descendant-or-self", "ancestor", "ancestor-or-self",
    "following-sibling", "preceding-sibling", "attribute",
}  # fmt: skip
_ANY = Step("descendant-or-self", "node()")


_SIGNS = frozenset({"mark", "operator"})
_LOGICAL = 2
"""The first levels, `or` and `and`."""
LONGEST_CHAIN = 150
"""Operators of arithmetic and comparison in a row; each makes the tree one deeper."""


def _balanced(operator: str, operands: list[Syntax]) -> Syntax:
    """Join operands into a shallow tree; order and short cuts stay as written."""
    if len(operands) == 1:
        return operands[0]
    middle = len(operands) // 2
    return Binary(operator, _balanced(operator, operands[:middle]), _balanced(operator, operands[middle:]))


def parse(expression: str) -> Syntax:
    """Return the syntax tree of an expression; NotReadable where it breaks the grammar."""
    reader = _Reader(tokens(expression))
    tree = reader.binary(0)
    reader.expect("end")
    return tree


class _Reader:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        # What stands where, without the words and texts that only look like a mark.
        self._marks = [token.text if token.kind in _SIGNS else "" for token in found]
        self._at = 0
        self._depth = 0

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _next_is(self, text: str) -> bool:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)].text == text

    def _take(self) -> Token:
        token = self._now
        self._at += 1
        return token

    def _is(self, text: str) -> bool:
        return self._marks[self._at] == text

    def _skip(self, text: str) -> bool:
        if self._marks[self._at] != text:
            return False
        self._at += 1
        return True

    def expect(self, what: str) -> None:
        """Take the given mark or the end, or refuse."""
        token = self._take()
        if token.kind != "end" if what == "end" else (token.kind, token.text) != ("mark", what):
            raise NotReadable(f"{what} expected at {token.text or 'the end'}")

    def binary(self, lowest: int) -> Syntax:
        """Read operators of this level and tighter, by climbing the levels."""
        left = self._unary()
        while self._now.kind == "operator" and _LEVEL.get(self._now.text, -1) >= lowest:
            left = self._chain(left, _LEVEL[self._now.text])
        return left

    def _chain(self, first: Syntax, level: int) -> Syntax:
        """Read all operators of one level in a row."""
        operands, operators = [first], list[str]()
        while self._now.kind == "operator" and _LEVEL.get(self._now.text) == level:
            operators.append(self._take().text)
            operands.append(self.binary(level + 1))
        if level < _LOGICAL:
            return _balanced(operators[0], operands)
        if len(operators) > LONGEST_CHAIN:
            raise NotReadable(f"more than {LONGEST_CHAIN} operators in a row")
        left = operands[0]
        for operator, right in zip(operators, operands[1:], strict=True):
            left = Binary(operator, left, right)
        return left

    def _unary(self) -> Syntax:
        minus = 0
        while self._skip("-"):
            minus += 1
        tree = self._union()
        # Two minuses still make a number of a text.
        for _ in range(min(minus, 2 - minus % 2)):
            tree = Negate(tree)
        return tree

    def _union(self) -> Syntax:
        operands = [self._path()]
        while self._skip("|"):
            operands.append(self._path())
        return _balanced("|", operands)

    def _path(self) -> Syntax:
        if self._is("/"):
            self._take()
            return Path(absolute=True, start=None, steps=self._steps() if self._starts_step() else ())
        if self._skip("//"):
            return Path(absolute=True, start=None, steps=(_ANY, *self._steps()))
        if self._starts_step():
            return Path(absolute=False, start=None, steps=self._steps())
        base = self._primary()
        predicates = self._predicates()
        if predicates:
            base = Filtered(base, predicates)
        if self._skip("/"):
            return Path(absolute=False, start=base, steps=self._steps())
        if self._skip("//"):
            return Path(absolute=False, start=base, steps=(_ANY, *self._steps()))
        return base

    def _starts_step(self) -> bool:
        now = self._now
        if now.kind == "name":
            return not self._next_is("(") or now.text in _NODE_TESTS
        return now.kind == "axis" or (now.kind == "mark" and now.text in (".", "..", "@"))

    def _steps(self) -> tuple[Step, ...]:
        steps = [self._step()]
        while True:
            if self._skip("/"):
                steps.append(self._step())
            elif self._skip("//"):
                steps += [_ANY, self._step()]
            else:
                return tuple(steps)

    def _step(self) -> Step:
        if self._skip(".."):
            return Step("parent", "node()", self._predicates())
        if self._skip("."):
            return Step("self", "node()", self._predicates())
        axis = "child"
        if self._skip("@"):
            axis = "attribute"
        elif self._now.kind == "axis":
            axis = self._take().text
        if axis not in _AXES or self._now.kind != "name":
            raise NotReadable(f"a step expected at {self._now.text or 'the end'}")
        test = self._take().text
        if self._skip("("):
            if self._now.kind == "text":
                self._take()
            self.expect(")")
            test += "()"
        return Step(axis, test, self._predicates())

    def _predicates(self) -> tuple[Syntax, ...]:
        found: list[Syntax] = []
        while self._skip("["):
            found.append(self._inside("]"))
        return tuple(found)

    def _inside(self, closing: str) -> Syntax:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotReadable(f"more than {DEEPEST} brackets within brackets")
        tree = self.binary(0)
        self.expect(closing)
        self._depth -= 1
        return tree

    def _primary(self) -> Syntax:
        token = self._take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "text":
            return Text(token.text)
        if token.kind == "mark" and token.text == "(":
            return self._inside(")")
        if token.kind == "name" and self._skip("("):
            return Call(token.text, self._arguments())
        raise NotReadable(f"a value expected at {token.text or 'the end'}")

    def _arguments(self) -> tuple[Syntax, ...]:
        if self._skip(")"):
            return ()
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotReadable(f"more than {DEEPEST} brackets within brackets")
        found = [self.binary(0)]
        while self._skip(","):
            found.append(self.binary(0))
        self.expect(")")
        self._depth -= 1
        return tuple(found)
