"""Tells the state of every node of an interview, as the walk contract asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from callcenter.forms.definition.schema import Schema
from callcenter.forms.instance.choices import LISTS
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node

State = dict[str, Any]
_KINDS = {"select1": "select", "select": "select"}


def dump(instance: Instance) -> dict[str, State]:
    """Return the state of each node below the root by its key, in document order."""
    return dict(_below(instance, instance.tree.root, instance.tree.root.ref))


def _below(instance: Instance, node: Node, ref: str) -> Iterator[tuple[str, State]]:
    for schema in node.schema.children:
        here = [child for child in node.named(schema.name) if isinstance(child, Node)]
        path = f"{ref}/{schema.name}"
        if schema.repeat:
            yield f"{path}|R", _range(node, schema, path, len(here))
        for place, child in enumerate(here, 1):
            inside = f"{path}[{place}]" if schema.repeat else path
            yield f"{inside}|", _state(instance, child, inside)
            yield from _below(instance, child, inside)


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
