"""Says why a question is hidden, required, read-only or refused: the formula and the values it used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from callcenter.forms.definition.expression import Expression
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.xpath.compiler import compiled
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.syntax import Path, every
from callcenter.forms.xpath.values import to_text

State = Literal["hidden", "refused", "required", "readonly", "calculated", "asked"]


@dataclass(frozen=True)
class Why:
    """The state of a question, the formula behind it, and the values that the formula read."""

    ref: str
    state: State
    formula: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return one line: state, formula, and each name with its value."""
        told = ", ".join(f"{name} = '{value}'" for name, value in self.values)
        return (
            f"{self.ref}: {self.state}"
            + (f" ({self.formula})" if self.formula else "")
            + (f"; {told}" if told else "")
        )


def explain(instance: Instance, node: Node) -> Why:
    """Return why a node is as it is now; the outermost hidden group explains what it hides."""
    state, formula, at = _state(instance, node)
    if formula is None:
        return Why(node.ref, state)
    return Why(node.ref, state, formula.source, _values(instance, formula, at))


def _state(instance: Instance, node: Node) -> tuple[State, Expression | None, Node]:
    above: list[Node] = []
    one: object = node
    while isinstance(one, Node):
        above.append(one)
        one = one.parent
    for candidate in reversed(above):
        if not candidate.own:
            return "hidden", candidate.schema.bind.relevant, candidate
    bind, judge = node.schema.bind, instance.judge
    if judge.refused(node):
        return "refused", bind.constraint, node
    if judge.required(node):
        return "required", bind.required, node
    if bind.calculate is not None:
        return "calculated", bind.calculate, node
    return ("readonly", bind.readonly, node) if judge.readonly(node) else ("asked", None, node)


def _values(instance: Instance, formula: Expression, at: Node) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for tree in every(formula.tree):
        if isinstance(tree, Path) and (tree.absolute or tree.start is None):
            value = to_text(compiled(tree)(Context(at, instance.world, at)))
            name = tree.steps[-1].test if tree.steps else "/"
            found.setdefault(at.name if name == "node()" else name, value)
    return tuple(found.items())
