"""How good an assignment is at least: an upper bound from prices, and prices that make the bound tight.

Whatever the prices are, no assignment is worth more than the best profits of all units plus what the agents' dials
earn at these prices. After an auction they are up to eps too high; the prices of exchange are not: the price of an
agent is what the best chain of moves would be worth that ends with one unit more there.
"""

from __future__ import annotations

from dataclasses import dataclass

from callcenter.queue.hall import PARTS, Hall, Rounds

_MILLION = 1_000_000


@dataclass(frozen=True)
class Certificate:
    """What an assignment is worth and what none can exceed, in parts of a weight's unit."""

    value: int
    bound: int

    @property
    def gap(self) -> int:
        """Return by how much the best assignment may be better at most."""
        return self.bound - self.value

    @property
    def share(self) -> float:
        """Return the gap as a fraction of the bound: at most so far below the best possible."""
        return self.gap / self.bound if self.bound else 0.0

    @property
    def millionths(self) -> int:
        """Return the share in millionths, rounded up."""
        return -(-self.gap * _MILLION // self.bound) if self.bound else 0

    def worth(self) -> int:
        """Return the value in whole units of a weight."""
        return self.value // PARTS


def certify(hall: Hall, rounds: Rounds, *, last: bool = False) -> tuple[tuple[int, ...], Certificate]:
    """Return the prices of exchange with what they prove; the `last` time the auction's own ones if better.

    With units of several dials the prices of exchange may prove less: half a unit cannot be moved.
    """
    low = [ladder[load - 1] if load else 0 for ladder, load in zip(hall.ladders, hall.loads, strict=True)]
    high = [ladder[load] for ladder, load in zip(hall.ladders, hall.loads, strict=True)]
    prices = rounds.exchange(hall, [*low, 0], [*high, 0])[:-1]
    value, bound = _value(hall), _bound(hall, rounds, prices)
    if last and (other := _bound(hall, rounds, hall.prices)) < bound:
        prices, bound = list(hall.prices), other
    return tuple(prices), Certificate(value, bound)


def _bound(hall: Hall, rounds: Rounds, prices: list[int]) -> int:
    return rounds.profits(hall, prices) + _earned(hall, prices)


def _value(hall: Hall) -> int:
    """Return the weights of all pairs less what the agents' dials cost."""
    gained = sum(PARTS * hall.market.weight(unit, agent) for unit, agent in enumerate(hall.where) if agent >= 0)
    return gained - sum(sum(ladder[:load]) for ladder, load in zip(hall.ladders, hall.loads, strict=True))


def _earned(hall: Hall, prices: list[int]) -> int:
    """Return what all dials that are cheaper than their agent's price would earn."""
    earned = 0
    for price, ladder in zip(prices, hall.market.ladders, strict=True):
        begin = 0
        for upto, cost in ladder:
            earned += (upto - begin) * max(0, price - cost * PARTS)
            begin = upto
    return earned
