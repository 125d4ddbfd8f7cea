"""Room that households left over: filled with a unit that nobody took, or by changing one for a larger one."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass

from callcenter.queue.hall import OUT, Hall

# By size of a unit: weight and unit, the dearest first.
_Stock = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True)
class _Change:
    """What one change at an agent gains; a leaving unit of -1 is none."""

    gain: int
    enters: int
    leaves: int = -1


def fill(hall: Hall) -> None:
    """Use room whose price says that it is worth something, agent by agent, as long as a change gains anything."""
    spare = [agent for agent, load in enumerate(hall.loads) if hall.prices[agent] > hall.ladders[agent][load]]
    if not spare:
        return
    outside = _outside(hall, set(spare))
    for agent in spare:
        inside = _inside(hall, agent)
        while change := _best(hall, agent, outside[agent], inside):
            _apply(hall, agent, change)
            inside = _inside(hall, agent)


def _outside(hall: Hall, spare: set[int]) -> dict[int, _Stock]:
    """Return the units without an agent, by agent who may call them."""
    found: dict[int, _Stock] = defaultdict(lambda: defaultdict(list))
    for unit, place in enumerate(hall.where):
        if place == OUT:
            for agent, weight in hall.row(unit):
                if agent in spare:
                    found[agent][hall.market.sizes[unit]].append((weight, unit))
    for stock in found.values():
        for units in stock.values():
            units.sort(key=lambda pair: (-pair[0], pair[1]))
    return found


def _inside(hall: Hall, agent: int) -> _Stock:
    """Return the least valuable unit of each size that an agent has."""
    found: _Stock = {}
    for key in hall.kept[agent]:
        unit = hall.base - 1 - key % hall.base
        size, weight = hall.market.sizes[unit], dict(hall.row(unit))[agent]
        if size not in found or (weight, -unit) < (found[size][0][0], -found[size][0][1]):
            found[size] = [(weight, unit)]
    return found


def _best(hall: Hall, agent: int, outside: _Stock, inside: _Stock) -> _Change | None:
    load, ladder = hall.loads[agent], hall.ladders[agent]
    room = len(ladder) - 1 - load
    best: _Change | None = None
    for size in sorted(outside):
        weight, unit = next(((w, u) for w, u in outside[size] if hall.where[u] == OUT), (0, -1))
        if unit < 0:
            continue
        for leaving, (lost, gone) in ((0, (0, -1)), *((s, inside[s][0]) for s in sorted(inside))):
            more = size - leaving
            if not 0 < more <= room:
                continue
            gain = weight - lost - sum(ladder[load : load + more])
            if gain > 0 and (best is None or gain > best.gain):
                best = _Change(gain, unit, gone)
    return best


def _apply(hall: Hall, agent: int, change: _Change) -> None:
    if change.leaves >= 0:
        heap = hall.kept[agent]
        heap[:] = [key for key in heap if hall.base - 1 - key % hall.base != change.leaves]
        heapq.heapify(heap)
        hall.loads[agent] -= hall.market.sizes[change.leaves]
        hall.where[change.leaves] = OUT
    weight = dict(hall.row(change.enters))[agent]
    hall.put(agent, weight // hall.market.sizes[change.enters], change.enters)
