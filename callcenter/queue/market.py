"""Who could call whom and what each pair is worth, as compact integers: what the auction deals."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Steps of an agent's load: up to so many dials, each dial costs so much. Both grow from step to step.
Ladder = tuple[tuple[int, int], ...]
# An agent's place in the roster and the weight of the pair.
Arc = tuple[int, int]


@dataclass(frozen=True)
class Market:
    """Units by rows of arcs: row u is `agents[starts[u]:starts[u+1]]` with `weights` beside it.

    `sizes` are expected dials, at least 1. The order of the units and of the arcs in a row decides ties, so whoever
    makes a market sorts the units by their keys first. A unit may always stay without an agent, at value 0.
    """

    starts: array[int]
    agents: array[int]
    weights: array[int]
    sizes: array[int]
    ladders: tuple[Ladder, ...]

    @classmethod
    def of(
        cls, rows: Iterable[Sequence[Arc]], ladders: Sequence[Ladder], sizes: Iterable[int] | None = None
    ) -> Market:
        """Return the market of rows of (agent, weight); without sizes each unit is one dial.

        Arcs that can never be worth anything, or whose agent has no room for the unit at all, are left out.
        """
        starts, agents, weights, dials = array("q", [0]), array("i"), array("q"), array("i")
        given = iter(sizes) if sizes is not None else None
        rooms = [ladder[-1][0] if ladder else 0 for ladder in ladders]
        for row in rows:
            size = next(given) if given is not None else 1
            for agent, weight in row:
                if weight > 0 and size <= rooms[agent]:
                    agents.append(agent)
                    weights.append(weight)
            starts.append(len(agents))
            dials.append(size)
        return cls(starts, agents, weights, dials, tuple(ladders))

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.sizes)

    def row(self, unit: int) -> list[Arc]:
        """Return the arcs of one unit."""
        begin, end = self.starts[unit], self.starts[unit + 1]
        return list(zip(self.agents[begin:end], self.weights[begin:end], strict=True))

    def weight(self, unit: int, agent: int) -> int:
        """Return the weight of a pair; KeyError when the agent may not call the unit."""
        return dict(self.row(unit))[agent]


def slots(ladder: Ladder) -> list[int]:
    """Return the cost of each dial of a ladder, the cheapest first."""
    costs: list[int] = []
    for upto, cost in ladder:
        costs += [cost] * (upto - len(costs))
    return costs


def largest(values: Sequence[int], count: int) -> list[int]:
    """Return the places of the largest values in rising order; among equal ones the first places.

    Taking the best of a million values needs no NumPy: one sort of integers and one pass.
    """
    if count >= len(values):
        return list(range(len(values)))
    if count <= 0:
        return []
    least = sorted(values, reverse=True)[count - 1]
    spare = count - sum(value > least for value in values)
    chosen = []
    for place, value in enumerate(values):
        if value > least or (value == least and spare > 0):
            spare -= value == least
            chosen.append(place)
    return chosen
