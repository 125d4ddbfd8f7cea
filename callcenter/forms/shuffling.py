"""Questions that are asked in random order: `cc:shuffle` on a bind names the node that holds the seed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.xpath.functions.nodes import shuffled
from callcenter.forms.xpath.tree import Element


def seeded_order(instance: Instance, nodes: Sequence[Node]) -> list[int]:
    """Return the places of the nodes in the order to ask: each run that shares a seed node by its value.

    A seed that is no whole number yet leaves the order of the form. Its raw value counts, so that the order holds
    while the seed's group is not relevant.
    """
    order: list[int] = []
    for seed, run in groupby(range(len(nodes)), lambda place: _seed_node(instance, nodes[place])):
        places = list(run)
        value = _whole(seed.raw) if seed is not None else None
        order += places if value is None else _shuffled(places, value)
    return order


def _shuffled(places: list[int], seed: int) -> list[int]:
    """Return the places in the order that `randomize()` gives as many nodes for this seed."""
    return [int(element.name) for element in shuffled([Element(str(place)) for place in places], seed)]


def _seed_node(instance: Instance, node: Node) -> Node | None:
    name = node.schema.bind.foreign.get("shuffle", "")
    place = next((one for one in instance.form.places if one.name == name and one.leaf), None) if name else None
    if place is None:
        return None
    within = node.around(place.repeats[-1]) if place.repeats else None
    return next(instance.tree.all_of(place, within), None)


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
