"""From valued units to the leases of one block, by the program's own auction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcenter.queue.auction import sell
from callcenter.queue.chance import drawn
from callcenter.queue.hall import OUT
from callcenter.queue.market import Market

_SPARE = 13, 10
"""So much more than the agents can take is put up for sale."""
_LAST_YEAR = 6_000
"""What it is worth that somebody hears the voice of last year, in millionths of an interview per minute."""
_FLOOR = 200_000
"""Added to every pair: calling anybody at all is better than an empty list."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A number with the people behind it, what calling each is worth, who may, and who called them last year."""

    number: int
    members: tuple[int, ...]
    values: tuple[int, ...]
    able: tuple[int, ...]
    last: frozenset[int]

    @property
    def worth(self) -> int:
        """Return the value of the best of its members, and of the others by the chance that one answers for all."""
        best = max(self.values)
        return best + (sum(self.values) - best) // 4


def deal_block(
    units: Sequence[Unit], present: Sequence[int], capacity: int, seed: int
) -> Iterator[tuple[int, int, Unit]]:
    """Return agent, tier and unit: the primary lists first, then reserves of the same size from what is left."""
    if not present:
        return
    waiting = sorted(units, key=lambda u: (-u.worth, drawn(seed, str(u.number)), u.number))
    for tier in (0, 1):
        offered = waiting[: len(present) * capacity * _SPARE[0] // _SPARE[1]]
        sold = sell(_market(offered, present, capacity)).where
        for unit, place in zip(offered, sold, strict=True):
            if place != OUT:
                yield present[place], tier, unit
        taken = {unit.number for unit, place in zip(offered, sold, strict=True) if place != OUT}
        waiting = [unit for unit in waiting if unit.number not in taken]


def _market(units: Sequence[Unit], present: Sequence[int], capacity: int) -> Market:
    place = {caller: n for n, caller in enumerate(present)}
    rows = [
        [(place[c], max(1, _FLOOR + unit.worth + (_LAST_YEAR if c in unit.last else 0))) for c in unit.able]
        for unit in units
    ]
    # A household costs hardly more than one dial: after no answer the whole number rests.
    return Market.of(rows, [((capacity, 0),)] * len(present))
