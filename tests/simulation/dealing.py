"""From valued units to leases of one block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcenter.queue.chance import drawn


@dataclass(frozen=True, slots=True)
class Unit:
    """A number with the people behind it, what calling each is worth, and who may."""

    number: int
    members: tuple[int, ...]
    values: tuple[int, ...]
    able: tuple[int, ...]
    last: frozenset[int]
    scarce: bool

    @property
    def worth(self) -> int:
        return max(self.values)


def deal_block(
    units: Sequence[Unit], present: Sequence[int], capacity: int, seed: int
) -> Iterator[tuple[int, int, Unit]]:
    load = {c: 0 for c in present}
    for unit in sorted(units, key=lambda u: (-u.worth, drawn(seed, str(u.number)))):
        c = min(unit.able, key=lambda c: (load[c] >= 2 * capacity, load[c] - 6 * (c in unit.last), c))
        if load[c] < 2 * capacity:
            yield c, int(load[c] >= capacity), unit
            load[c] += len(unit.members)
