"""Says why a question is hidden, required, read-only or refused: the formula and the values it used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from callcenter.forms.definition.expression import Expression
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.notation import as_written
from callcenter.forms.xpath.compiler import compiled
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.syntax import Call, Filtered, Path, Syntax, parts
from callcenter.text import N_, Translator

State = Literal["hidden", "refused", "required", "readonly", "calculated", "asked", "given"]
"""What a question is now; `asked` is one that anybody may answer, `given` a preset."""


@dataclass(frozen=True)
class Used:
    """A value that a formula read; a hidden question reads as empty."""

    name: str
    value: str
    relevant: bool = True


@dataclass(frozen=True)
class Reason:
    """One thing that holds for a question now: the formula as its author wrote it, and the values that it read.

    `group` is the group that carries the formula, `wanted` the type that a refused answer is not of.
    """

    state: State
    formula: str = ""
    used: tuple[Used, ...] = ()
    group: str = ""
    wanted: str = ""

    def values(self, say: Translator) -> str:
        """Return the values that the formula read, `${left_school} = 'no'`; empty when it read none."""
        return ", ".join(_told(used, say) for used in self.used)


@dataclass(frozen=True)
class Why:
    """What holds for a question now and why, the weightiest reason first.

    `kept` is an answer that does not count now, since the question is hidden or the choice not on offer.
    """

    ref: str
    name: str
    value: str
    reasons: tuple[Reason, ...]
    kept: str = ""

    @property
    def state(self) -> State:
        """What the question is before all."""
        return self.reasons[0].state

    def has(self, state: State) -> bool:
        """Whether this holds now."""
        return any(reason.state == state for reason in self.reasons)

    def sentences(self, say: Translator) -> tuple[str, ...]:
        """Return a sentence for each reason, and one for an answer that is kept, in the translator's language."""
        told = [_sentence(reason, say) for reason in self.reasons]
        if self.kept:
            told.append(say(N_("The answer '{value}' is kept and comes back."), value=self.kept))
        return tuple(told)


# With the values that decided, and for a formula that reads none.
_WORDS: dict[tuple[State, bool], tuple[str, str]] = {
    ("hidden", False): (
        N_("Hidden because {values}. It is asked when {formula}."),
        N_("Hidden. It is asked when {formula}."),
    ),
    ("hidden", True): (
        N_("Hidden with its group {group} because {values}. The group is asked when {formula}."),
        N_("Hidden with its group {group}, which is asked when {formula}."),
    ),
    ("refused", False): (
        N_("Refused because {values}. An answer fits when {formula}."),
        N_("Refused. An answer fits when {formula}."),
    ),
    ("required", False): (
        N_("Must be answered because {values}. The rule is {formula}."),
        N_("Must always be answered."),
    ),
    ("readonly", False): (
        N_("Cannot be changed because {values}. The rule is {formula}."),
        N_("Only shown, never changed."),
    ),
    ("calculated", False): (N_("Calculated as {formula}; now {values}."), N_("Calculated as {formula}.")),
    ("asked", False): (N_("Asked because {values}. The rule is {formula}."), N_("Always asked.")),
    ("asked", True): (
        N_("Asked with its group {group} because {values}. The rule is {formula}."),
        N_("Always asked."),
    ),
    ("given", False): (N_("Filled in beforehand, never asked."), N_("Filled in beforehand, never asked.")),
}


def _sentence(reason: Reason, say: Translator) -> str:
    if reason.wanted:
        return say(N_("Refused because the answer is not of the type {type}."), type=reason.wanted)
    with_values, without = _WORDS[reason.state, bool(reason.group)]
    if not reason.used:
        return say(without, formula=reason.formula, group=reason.group)
    return say(with_values, values=reason.values(say), formula=reason.formula, group=reason.group)


def _told(used: Used, say: Translator) -> str:
    if not used.relevant:
        return say(N_("{name} is hidden"), name=f"${{{used.name}}}")
    if not used.value:
        return say(N_("{name} is empty"), name=f"${{{used.name}}}")
    return f"${{{used.name}}} = '{used.value}'"


def explain(instance: Instance, node: Node, *, unreadable: bool = False) -> Why:
    """Return why a node is as it is now; the outermost hidden group explains what it hides.

    `unreadable` tells that the last answer was not of the node's type, so that it was not kept.
    """
    above = _line(node)
    hider = next((one for one in above if not one.own), None)
    kept = node.raw if node.raw and not node.text else ""
    if hider is not None:
        return Why(
            node.ref, node.name, "", (_reason(instance, "hidden", hider.schema.bind.relevant, hider, node),), kept
        )
    reasons = list(_reasons(instance, node))
    if unreadable:
        reasons.insert(0, Reason("refused", wanted=node.schema.bind.type))
    if not any(reason.state in ("calculated", "readonly") for reason in reasons):
        reasons.append(_asked(instance, above, node))
    return Why(node.ref, node.name, node.text, tuple(reasons), kept)


def _line(node: Node) -> list[Node]:
    """Return a node with all above it, the outermost first."""
    above: list[Node] = []
    one: object = node
    while isinstance(one, Node):
        above.insert(0, one)
        one = one.parent
    return above


def _reasons(instance: Instance, node: Node) -> Iterator[Reason]:
    bind, judge = node.schema.bind, instance.judge
    if judge.refused(node):
        yield _reason(instance, "refused", bind.constraint, node, node)
    if judge.required(node):
        yield _reason(instance, "required", bind.required, node, node)
    if bind.calculate is not None:
        yield _reason(instance, "calculated", bind.calculate, node, node)
    elif judge.readonly(node):
        yield _reason(instance, "readonly", bind.readonly, node, node)


def _asked(instance: Instance, above: list[Node], node: Node) -> Reason:
    """Return the innermost rule by which a question is asked."""
    if node.schema.control is None:
        return Reason("given")
    ruled = next((one for one in reversed(above) if one.schema.bind.relevant is not None), None)
    return (
        _reason(instance, "asked", ruled.schema.bind.relevant, ruled, node) if ruled is not None else Reason("asked")
    )


def _reason(instance: Instance, state: State, formula: Expression | None, at: Node, node: Node) -> Reason:
    if formula is None:
        return Reason(state)
    root = instance.form.places[0].name
    group = "" if at is node else at.name
    return Reason(state, as_written(formula.source, root), tuple(_used(instance, formula, at)), group)


def _used(instance: Instance, formula: Expression, at: Node) -> Iterator[Used]:
    told: set[str] = set()
    for path in _paths(formula.tree, inside=False):
        found = compiled(path)(Context(at, instance.world, at))
        nodes = [one for one in found if isinstance(one, Node)] if isinstance(found, list) else []
        if not nodes:
            yield from _none(instance, path, told)
            continue
        if nodes[0].name in told:
            continue
        told.add(nodes[0].name)
        if nodes[0].schema.leaf:
            value = " ".join(one.text for one in nodes[:_MOST])
            yield Used(nodes[0].name, value, relevant=any(one.relevant for one in nodes))
        elif nodes[0].schema.repeat:
            yield Used(nodes[0].name, f"{len(nodes)} ×")


def _none(instance: Instance, path: Path, told: set[str]) -> Iterator[Used]:
    """Yield that a path found nothing: no row of a repeat, or no answer in the rows that it looks at."""
    name = path.steps[-1].test if path.steps else ""
    place = next((one for one in instance.form.places if one.name == name), None)
    if place is not None and name not in told and (place.repeat or place.leaf):
        told.add(name)
        yield Used(name, "0 ×" if place.repeat else "")


_MOST = 5
"""Values of one question in several instances of a repeat that a sentence names."""


def _paths(tree: Syntax, *, inside: bool) -> Iterator[Path]:
    """Yield the paths that start at the question itself; `inside` a predicate only those that say so."""
    if isinstance(tree, Path) and (tree.absolute or _from_here(tree.start, inside=inside)):
        yield tree
    within = {id(one) for one in _predicates(tree)}
    for part in parts(tree):
        yield from _paths(part, inside=inside or id(part) in within)


def _from_here(start: Syntax | None, *, inside: bool) -> bool:
    return not inside if start is None else isinstance(start, Call) and start.name == "current"


def _predicates(tree: Syntax) -> Iterator[Syntax]:
    if isinstance(tree, Filtered):
        yield from tree.predicates
    elif isinstance(tree, Path):
        for step in tree.steps:
            yield from step.predicates
