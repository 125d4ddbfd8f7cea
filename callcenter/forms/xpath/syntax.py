"""The syntax tree of an expression; kept after compiling, to explain a question's state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True)
class Negate:
    """Unary minus."""

    operand: Syntax


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and an operator: `or and = != < <= > >= + - * div mod |`."""

    operator: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; `test` is a name, `*`, `node()` or `text()`."""

    axis: str
    test: str
    predicates: tuple[Syntax, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the document (`absolute`), from an expression (`start`), or from the context node."""

    absolute: bool
    start: Syntax | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Filtered:
    """An expression with predicates, such as `current()[. = 1]`."""

    base: Syntax
    predicates: tuple[Syntax, ...]


Syntax = Number | Text | Negate | Binary | Call | Path | Filtered


def parts(node: Syntax) -> Iterator[Syntax]:
    """Yield the direct parts of a syntax node, predicates included."""
    if isinstance(node, Negate):
        yield node.operand
    elif isinstance(node, Binary):
        yield node.left
        yield node.right
    elif isinstance(node, Call):
        yield from node.arguments
    elif isinstance(node, Filtered):
        yield node.base
        yield from node.predicates
    elif isinstance(node, Path):
        if node.start is not None:
            yield node.start
        for step in node.steps:
            yield from step.predicates


def every(node: Syntax) -> Iterator[Syntax]:
    """Yield a syntax node and all below it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(parts(one))
