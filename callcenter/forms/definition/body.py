"""Reads the body of a form: groups, repeats and questions."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.forms.definition.binds import resolve
from callcenter.forms.definition.expression import expression
from callcenter.forms.definition.schema import Action, Control, Group, Item, Itemset, Schema
from callcenter.forms.definition.source import ODK, Xml, children, first, foreign, local, within
from callcenter.forms.definition.structure import Structure
from callcenter.forms.definition.words import Words, words
from callcenter.forms.errors import FormTooLarge

_CONTROLS = {"input", "secret", "select1", "select", "rank", "range", "trigger", "upload"}
MOST_ITEMS = 20_000


class Body:
    """The body as groups and questions, the actions inside it, and references that lead nowhere."""

    def __init__(self, structure: Structure, binds: dict[str, str]) -> None:
        self.top = Group(structure.root, None)
        self.actions: list[Action] = []
        self.lost: list[tuple[str, str]] = []
        self._structure = structure
        self._binds = binds

    def read(self, element: Xml, into: Group | None = None, base: Schema | None = None) -> None:
        """Read the members of a body element."""
        into = into or self.top
        for child in children(element):
            name = local(child)
            if name in _CONTROLS:
                self._control(child, name, into, base)
            elif name in ("group", "repeat"):
                self._group(child, into, base, repeat=name == "repeat")
            elif into.repeat and _acts(child):
                self.action(child, base, base)

    def _target(self, element: Xml, base: Schema | None) -> Schema | None:
        ref = element.get("ref") or element.get("nodeset") or self._binds.get(element.get("bind") or "")
        if not ref:
            return None
        path = resolve(ref, base, self._structure.root)
        node = self._structure.by_path.get(path)
        if node is None:
            self.lost.append((local(element), path))
        return node

    def _group(self, element: Xml, into: Group, base: Schema | None, *, repeat: bool) -> None:
        node = self._target(element, base)
        where = node.path if node else "body"
        group = Group(
            node,
            words(first(element, "label"), where),
            words(first(element, "hint"), where),
            _appearance(element),
            repeat=repeat,
        )
        into.members.append(group)
        if node is not None and (node.group is None or not repeat):
            node.group = group
        if repeat and node is not None:
            count = foreign(element, "count")
            node.count = expression(count, where) if count and count.strip() else None
            fixed = (foreign(element, "noAddRemove") or "").strip()
            node.fixed_count = node.count is not None or fixed in ("true()", "true", "1")
        self.read(element, group, node or base)

    def _control(self, element: Xml, name: str, into: Group, base: Schema | None) -> None:
        node = self._target(element, base)
        if node is None:
            return
        control = Control(
            "input" if name == "secret" else name,
            node,
            words(first(element, "label"), node.path),
            words(first(element, "hint"), node.path),
            _appearance(element),
            self._items(element, node),
            _itemset(element, node),
            (str(element.get("start") or ""), str(element.get("end") or ""), str(element.get("step") or "")),
            str(element.get("mediatype") or ""),
        )
        node.control = control
        into.members.append(control)
        for child in actions(element):
            self.action(child, base, node)

    def _items(self, element: Xml, node: Schema) -> tuple[Item, ...]:
        found = []
        for item in children(element, "item"):
            value, label = first(item, "value"), first(item, "label")
            found.append(Item(within(value) if value is not None else "", words(label, node.path)))
        if len(found) > MOST_ITEMS:
            raise FormTooLarge(what=f"{len(found)} choices at {node.path}")
        return tuple(found)

    def action(self, element: Xml, base: Schema | None, trigger: Schema | None) -> None:
        """Read a setvalue; `trigger` is the question or repeat in which it stands.

        No place is known at a telephone, so odk:setgeopoint empties its target.
        """
        target = self._target(element, base)
        if target is None:
            return
        value = element.get("value")
        formula = expression(value, target.path) if value and value.strip() else None
        events = frozenset(str(element.get("event") or "").split())
        literal = "" if value is not None else "".join(element.itertext())
        self.actions.append(Action(events, target, formula, literal, trigger))


def actions(element: Xml) -> Iterator[Xml]:
    """Return the actions that stand directly in an element."""
    return (child for child in children(element) if _acts(child))


def _acts(element: Xml) -> bool:
    return local(element) == "setvalue" or element.tag == f"{{{ODK}}}setgeopoint"


def _appearance(element: Xml) -> frozenset[str]:
    return frozenset(str(element.get("appearance") or "").split())


def _itemset(element: Xml, node: Schema) -> Itemset | None:
    itemset = first(element, "itemset")
    if itemset is None:
        return None
    value, label = first(itemset, "value"), first(itemset, "label")
    shown: Words | None = words(label, node.path)
    return Itemset(
        expression(str(itemset.get("nodeset") or "/.."), node.path),
        expression(str(value.get("ref") if value is not None else "value"), node.path),
        shown,
    )


def repeat_paths(body: Xml | None, root: str) -> set[str]:
    """Return the paths of all repeats of a body, before its places are known."""
    found: set[str] = set()
    waiting = [(body, f"/{root}")] if body is not None else []
    while waiting:
        element, base = waiting.pop()
        for child in children(element, "group", "repeat"):
            ref = str(child.get("nodeset") or child.get("ref") or "").strip()
            path = ref if ref.startswith("/") or not ref else f"{base}/{ref.removeprefix('./')}"
            if local(child) == "repeat" and path:
                found.add(path)
            waiting.append((child, path or base))
    return found
