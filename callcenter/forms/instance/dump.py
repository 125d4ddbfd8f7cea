"""Tells the state of every node of an interview, as the walk contract asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from callcenter.forms.definition.schema import Schema
from callcenter.forms.instance.choices import LISTS
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.watching import Watch

State = dict[str, Any]
_KINDS = {"select1": "select", "select": "select"}


class Dump:
    """The states of all nodes, told again and again; what cannot have changed since the last time is taken over."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._watch: Watch | None = None
        self._since = 0
        self._known: dict[Node, tuple[str, State]] = {}

    def take(self) -> dict[str, State]:
        """Return the state of each node below the root by its key, in document order; treat them as frozen."""
        engine, told, seen = self._instance.engine, dict[str, State](), dict[Node, tuple[str, State]]()
        doubted = self._doubted()
        root = self._instance.tree.root
        for node, key, state in self._below(root, root.ref, doubted):
            told[key] = state
            if node is not None:
                seen[node] = (key, state)
        self._known, self._since = seen, engine.revision
        return told

    def _doubted(self) -> set[int]:
        if not self._known:
            return set()
        if self._watch is None:
            self._watch = Watch(self._instance.form)
        return self._watch.doubtful(self._instance.engine.stamps, self._since)

    def _below(self, node: Node, ref: str, doubted: set[int]) -> Iterator[tuple[Node | None, str, State]]:
        for schema in node.schema.by_name.values():
            path = f"{ref}/{schema.name}"
            here = node.named(schema.name)
            if schema.repeat:
                yield None, f"{path}|R", _range(node, schema, path, len(here))
            for place, child in enumerate(here, 1):
                if not isinstance(child, Node):
                    continue
                inside = f"{path}[{place}]" if schema.repeat else path
                key = f"{inside}|"
                known = None if schema.index in doubted else self._known.get(child)
                # An instance that moved up has another reference.
                kept = known is not None and known[0] == key
                yield child, key, known[1] if known and kept else _state(self._instance, child, inside)
                # By its schema: a nested repeat without rows has no child, but its range is told.
                if child.schema.by_name:
                    yield from self._below(child, inside, doubted)


def _range(holder: Node, schema: Schema, path: str, count: int) -> State:
    kind = "repeat-range:controlled" if schema.count is not None else "repeat-range:uncontrolled"
    return {
        "ref": path,
        "kind": kind,
        "relevant": holder.relevant,
        "readonly": False,
        "required": False,
        "label": None,
        "hint": None,
        "count": count,
    }


def _state(instance: Instance, node: Node, ref: str) -> State:
    control, group = node.schema.control, node.schema.group
    wording, judge = instance.wording, instance.judge
    shown = control or group
    state: State = {
        "ref": ref,
        "kind": _kind(node),
        "relevant": node.relevant,
        "readonly": judge.readonly(node),
        "required": judge.required(node),
        "label": wording.text(shown.label, node) or None if shown else None,
        "hint": wording.text(shown.hint, node) or None if shown else None,
    }
    if node.schema.leaf:
        state |= {
            "type": node.schema.bind.type,
            "value": node.text,
            "constraint_ok": not judge.refused(node),
            "required_ok": not judge.missing(node),
            "message": judge.message(node),
            "items": _items(instance, node),
        }
    return state


def _items(instance: Instance, node: Node) -> list[State] | None:
    control = node.schema.control
    if control is None or control.name not in LISTS:
        return None
    offers = instance.choices.offers(node)
    return [{"value": offer.value, "label": instance.choices.label(node, offer)} for offer in offers]


def _kind(node: Node) -> str:
    if not node.schema.leaf:
        return "repeat-instance" if node.schema.repeat else "group"
    control = node.schema.control
    return "model-value" if control is None else _KINDS.get(control.name, control.name)
