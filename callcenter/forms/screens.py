"""The pages of an interview in order: one question each, or a field-list at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from callcenter.forms.definition.form import kind_of
from callcenter.forms.definition.schema import Control, Group
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.shown import Section, State
from callcenter.forms.shuffling import seeded_order


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: its nodes in order, relevant or not, and the top-level group it stands in."""

    key: str
    nodes: tuple[Node, ...]
    section: Group | None

    @property
    def asked(self) -> tuple[Node, ...]:
        """The nodes that are relevant now."""
        return tuple(node for node in self.nodes if node.relevant)


def screens(instance: Instance) -> list[Screen]:
    """Return all pages in the order they are asked, also those that are not relevant now.

    That is the order of the form, except where questions that follow each other are shuffled by one seed.
    """
    found: list[Screen] = []
    for member in instance.form.body.members:
        section = member if isinstance(member, Group) else None
        found += _screens(instance, member, None, section)
    return [found[place] for place in seeded_order(instance, [screen.nodes[0] for screen in found])]


def _screens(
    instance: Instance, member: Group | Control, within: Node | None, section: Group | None
) -> Iterator[Screen]:
    if isinstance(member, Control) or "field-list" in member.appearance and not member.repeat:
        nodes = tuple(_nodes(instance, member, within))
        if isinstance(member, Control):
            yield from (Screen(node.ref, (node,), section) for node in nodes)
        elif nodes:
            yield Screen(nodes[0].ref, nodes, section)
        return
    for inside in _instances(instance, member, within):
        if member.repeat and "field-list" in member.appearance:
            nodes = tuple(node for one in member.members for node in _nodes(instance, one, inside))
            if nodes:
                yield Screen(nodes[0].ref, nodes, section)
            continue
        for one in member.members:
            yield from _screens(instance, one, inside, section)


def _instances(instance: Instance, group: Group, within: Node | None) -> list[Node | None]:
    if group.repeat and group.node is not None:
        return list(instance.tree.all_of(group.node, within))
    return [within]


def _nodes(instance: Instance, member: Group | Control, within: Node | None) -> Iterator[Node]:
    if isinstance(member, Control):
        if kind_of(member) is not None:
            yield from instance.tree.all_of(member.node, within)
        return
    for inside in _instances(instance, member, within):
        for one in member.members:
            yield from _nodes(instance, one, inside)


def sections(instance: Instance, found: list[Screen], here: int, *, passed: bool) -> tuple[Section, ...]:
    """Return the labelled top-level groups that have questions or may still have them; `here` is the page shown."""
    result = []
    for group in instance.form.body.members:
        places = [at for at, screen in enumerate(found) if screen.section is group]
        if not isinstance(group, Group) or not places:
            continue
        label = instance.wording.text(group.label, instance.tree.root)
        behind = places[-1] < here or passed
        if label and (not behind or any(found[at].asked for at in places)):
            state: State = "done" if behind else "now" if here in places else "ahead"
            result.append(Section(group.node.name if group.node else label, label, state))
    return tuple(result)
