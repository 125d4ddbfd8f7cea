"""Functions on nodes."""

from __future__ import annotations

import hashlib
import math

from callcenter.forms.xpath.functions.table import MANY, Register
from callcenter.forms.xpath.scope import Closure, Context
from callcenter.forms.xpath.tree import Element
from callcenter.forms.xpath.values import NAN, Value, to_number, to_text

function = Register()
_PARK_MILLER = 16_807
_MODULUS = 2_147_483_647


def _nodes(value: Value) -> list[Element]:
    return value if isinstance(value, list) else []


@function("count", 1)
def _count(at: Context, value: Value) -> float:
    # Nodes that are not relevant are left out, as JavaRosa does.
    return float(sum(1 for node in _nodes(value) if node.relevant))


@function("count-non-empty", 1)
def _count_non_empty(at: Context, value: Value) -> float:
    return float(sum(1 for node in _nodes(value) if node.text))


@function("position", 0, 1)
def _position(at: Context, value: Value | None = None) -> float:
    if value is None:
        return float(at.position)
    nodes = _nodes(value)
    if not nodes:
        return NAN
    node = nodes[0]
    if node.parent is None:
        return 1.0
    return float(node.parent.named(node.name).index(node) + 1)


@function("last", 0)
def _last(at: Context) -> float:
    return float(at.size)


@function("current", 0)
def _current(at: Context) -> list[Element]:
    return [at.current]


@function("instance", 1)
def _instance(at: Context, value: Value) -> list[Element]:
    root = at.world.table(to_text(value))
    return [] if root is None or root.parent is None else [root.parent]


@function("name", 0, 1)
def _name(at: Context, value: Value | None = None) -> str:
    nodes = [at.node] if value is None else _nodes(value)
    return nodes[0].name if nodes else ""


@function("local-name", 0, 1)
def _local_name(at: Context, value: Value | None = None) -> str:
    return _name(at, value).rpartition(":")[2]


@function("namespace-uri", 0, 1)
def _namespace(at: Context, value: Value | None = None) -> str:
    # The engine keeps prefixes, not addresses: what forms ask is whether there is one.
    return ""


@function("id", 1)
def _id(at: Context, value: Value) -> list[Element]:
    wanted = set(to_text(value).split())
    return [node for node in at.world.root.below() if node.attributes and node.attributes.get("id") in wanted]


@function("indexed-repeat", 3, MANY, lazy=True)
def _indexed_repeat(at: Context, target: Closure, *pairs: Closure) -> list[Element]:
    outside = _outside(at, pairs[0])
    inside = _nodes(target(outside))
    for place in range(0, len(pairs) - 1, 2):
        position = to_number(pairs[place + 1](at), at.world.zone)
        if not math.isfinite(position):
            return []
        kept = _at_position(_nodes(pairs[place](outside)), int(position))
        inside = [node for node in inside if any(_under(node, repeat) for repeat in kept)]
    return inside


def _outside(at: Context, repeat: Closure) -> Context:
    """Return the context in which a repeat means all its instances, also when asked from inside one of them."""
    for own in _nodes(repeat(at)):
        if own.parent is not None and _under(at.current, own):
            return Context(at.node, at.world, own.parent, at.position, at.size)
    return at


def _at_position(repeats: list[Element], position: int) -> list[Element]:
    return [node for node in repeats if node.parent and node.parent.named(node.name).index(node) + 1 == position]


def _under(node: Element | None, above: Element) -> bool:
    while node is not None:
        if node is above:
            return True
        node = node.parent
    return False


@function("randomize", 1, 2)
def _randomize(at: Context, value: Value, seed: Value | None = None) -> list[Element]:
    return shuffled(_nodes(value), at.world.seed() if seed is None else _seed(at, seed))


def _seed(at: Context, value: Value) -> int:
    number = to_number(value, at.world.zone)
    if math.isfinite(number):
        return int(number)
    text = to_text(value)
    # A text that is no number is hashed to 64 bits, as JavaRosa does it.
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True) if text else 0


def shuffled(nodes: list[Element], seed: int) -> list[Element]:
    """Return the nodes in the order of a Park-Miller generator and the inside-out Fisher-Yates shuffle."""
    state = abs(seed) % _MODULUS * (1 if seed >= 0 else -1)
    state = state + _MODULUS - 1 if state <= 0 else state
    order: list[Element] = []
    for place, node in enumerate(nodes):
        state = state * _PARK_MILLER % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (place + 1))
        order.append(node)
        order[place], order[other] = order[other], order[place]
    return order
