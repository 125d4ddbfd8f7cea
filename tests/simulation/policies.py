"""The policies by name, and a campaign of one seed under each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.simulation import peers
from tests.simulation.campaign import Campaign, Policy, Record
from tests.simulation.ours import Oracle, Ours
from tests.simulation.world import World, make_world

Maker = Callable[[World, Campaign], Policy]

POLICIES: dict[str, Maker] = {
    "ours": lambda world, _: Ours(world),
    "file": lambda world, _: peers.File(world),
    "random": lambda world, _: peers.Random(world),
    "civicrm": lambda world, _: peers.Civicrm(world),
    "vicidial": lambda world, _: peers.Vicidial(world),
    "quexs": lambda world, _: peers.Quexs(world),
    "blaise": lambda world, _: peers.Blaise(world),
    "oracle": lambda world, campaign: Oracle(world, campaign),
}
VARIANTS: dict[str, Maker] = {
    "ours-plain": lambda world, _: Ours(world, stated=False, roster=False),
    "ours-stated": lambda world, _: Ours(world, roster=False),
}
"""Ours without what people said of their best moment, and without the picker that knows the roster."""


def play(seed: int, contacts: int, names: Iterable[str], *, languages: bool = True) -> dict[str, Record]:
    """Return what one world came to under each policy; the world and its draws are the same for all."""
    world = make_world(seed, contacts, languages=languages)
    found = {}
    for name in names:
        campaign = Campaign(world)
        found[name] = campaign.run({**POLICIES, **VARIANTS}[name](world, campaign))
    return found
