"""The rounds of the auction in NumPy: the same numbers as in plain Python, many at a time."""

from __future__ import annotations

import importlib.util
from array import array
from itertools import pairwise
from typing import Any

from callcenter.queue.hall import NEVER, OUT, PARTS, WAITING, Hall, Rounds
from callcenter.queue.market import Market, largest
from callcenter.queue.plain import PASSES, Plain

# Below this many arcs NumPy's own steps cost more than they save.
_WORTH_IT = 20_000
# All rows take the room of the longest one; lists with so much more room than arcs would be mostly air.
_HOLLOW = 8
# Keys of agent, bid and unit share one number of so many bits.
_BITS = 63
# Above so many agents a square of all pairs of agents takes too much memory.
_SQUARE = 2_500


def quickest(market: Market) -> Rounds:
    """Return the rounds to count a market with: NumPy's when it is installed and the market is large."""
    arcs = len(market.agents)
    if arcs < _WORTH_IT or importlib.util.find_spec("numpy") is None:
        return Plain()
    deepest = max(end - begin for begin, end in pairwise(market.starts))
    if deepest * len(market) > _HOLLOW * arcs:
        return Plain()
    fast = Fast(market)
    return fast if fast.fits else Plain()


def best(values: array[int], count: int) -> list[int]:
    """Return what `market.largest` returns, by NumPy when it is installed."""
    if not 0 < count < len(values) or importlib.util.find_spec("numpy") is None:
        return largest(values, count)
    import numpy as np

    told = np.frombuffer(values, dtype=np.int64)
    least = np.partition(told, len(told) - count)[len(told) - count]
    above = told > least
    equal = np.flatnonzero(told == least)[: count - int(above.sum())]
    above[equal] = True
    found: list[int] = np.flatnonzero(above).tolist()
    return found


class Fast:
    """Counts all units of a round at once. `fits` tells whether the numbers of a market fit into 63 bits."""

    def __init__(self, market: Market) -> None:
        import numpy

        self._np: Any = numpy
        self._n, self._m = len(market), len(market.ladders)
        self._sizes = numpy.frombuffer(market.sizes, dtype=numpy.intc).astype(numpy.int64)
        self._single = bool((self._sizes == 1).all())
        self._lay_out(market)
        self._unit_bits = max(1, self._n).bit_length()
        bid_bits = (2 * PARTS * max(market.weights, default=1)).bit_length()
        self._shift = self._unit_bits + bid_bits
        self.fits = self._shift + self._m.bit_length() < _BITS

    def _lay_out(self, market: Market) -> None:
        """Lay the arcs in layers: the first arcs of all units, the second ones, and so on."""
        np = self._np
        starts = np.frombuffer(market.starts, dtype=np.int64)
        agents = np.frombuffer(market.agents, dtype=np.intc)
        weights = np.frombuffer(market.weights, dtype=np.int64)
        degrees = np.diff(starts)
        deepest = int(degrees.max(initial=0))
        self._agents = np.full((deepest, self._n), self._m, dtype=np.int32)
        self._weights = np.full((deepest, self._n), -NEVER, dtype=np.int64)
        for depth in range(deepest):
            has = np.flatnonzero(degrees > depth)
            arcs = starts[has] + depth
            self._agents[depth, has] = agents[arcs]
            self._weights[depth, has] = weights[arcs] * PARTS

    def _load_hall(self, hall: Hall) -> None:
        np = self._np
        lengths = np.array([len(ladder) for ladder in hall.ladders], dtype=np.int64)
        self._rooms = lengths - 1
        self._bases = np.cumsum(lengths) - lengths
        self._ladders = np.fromiter(
            (cost for ladder in hall.ladders for cost in ladder), np.int64, int(lengths.sum())
        )
        self._prices = np.array([*hall.prices, 0], dtype=np.int64)
        self._where = np.full(self._n, WAITING, dtype=np.int64)
        self._bids = np.zeros(self._n, dtype=np.int64)
        self._loads = np.zeros(self._m, dtype=np.int64)

    def run(self, hall: Hall, eps: int, few: int, *, first: bool) -> list[int]:
        """Bid in rounds until at most `few` units wait, and return those in order."""
        np = self._np
        before = None if first else np.array(hall.where, dtype=np.int64)
        self._load_hall(hall)
        waiting = self._round(np.arange(self._n), eps, before)
        while len(waiting) > few:
            waiting = self._round(waiting, eps, None)
        self._give_back(hall)
        found: list[int] = waiting.tolist()
        return found

    def _round(self, waiting: Any, eps: int, before: Any) -> Any:
        np = self._np
        agent, best, second = self._best(waiting, self._prices, before, eps)
        better = best - second
        if not self._single:
            better //= self._sizes[waiting]
        self._where[waiting] = np.where(agent >= 0, agent, OUT)
        self._bids[waiting] = self._prices[agent] + better + eps
        touched = np.zeros(self._m + 2, dtype=bool)
        touched[agent[agent >= 0]] = True
        placed = np.flatnonzero(touched[self._where])  # -2 and -1 look at the two last places, which nobody touches
        return self._settle(placed)

    def _best(self, units: Any, prices: Any, before: Any = None, eps: int = 0) -> tuple[Any, Any, Any]:
        """Return the best agent, its profit and the second best profit of each unit, as `hall.bid` does for one."""
        np = self._np
        count, every = len(units), len(units) == self._n
        best, second, own = (np.zeros(count, dtype=np.int64) for _ in range(3))
        chosen = np.full(count, -1, dtype=np.int64)
        sizes = self._sizes if every else self._sizes[units]
        own -= NEVER
        for agents, weights in zip(self._agents, self._weights, strict=True):
            agent, weight = (agents, weights) if every else (agents[units], weights[units])
            profit = weight - (prices[agent] if self._single else sizes * prices[agent])
            np.maximum(second, np.minimum(best, profit), out=second)
            np.copyto(chosen, agent, where=profit > best)
            np.maximum(best, profit, out=best)
            if before is not None:
                np.copyto(own, profit, where=agent == before)
        if before is not None:
            stays = (before >= 0) & (chosen != before) & (own + eps * sizes >= best)
            np.copyto(second, best, where=stays)
            np.copyto(best, own, where=stays)
            np.copyto(chosen, before, where=stays)
        return chosen, best, second

    def _settle(self, placed: Any) -> Any:
        """Drop the lowest bids that the loads do not allow, set the prices, and return the units dropped."""
        np = self._np
        low = (1 << self._shift) - 1
        spot = (1 << self._unit_bits) - 1
        # In rising order: by agent, the highest bid first, of equal bids the earlier unit first.
        bids = (self._bids[placed] << self._unit_bits) | (spot - placed)
        keys = np.sort((self._where[placed] << self._shift) | (low - bids))
        bids = low - (keys & low)
        units, bids, agents = spot - (bids & spot), bids >> self._unit_bits, keys >> self._shift
        begins = np.flatnonzero(np.diff(agents, prepend=-1))
        counts = np.diff(begins, append=len(keys))
        dials = np.ones(len(keys), dtype=np.int64) if self._single else self._sizes[units]
        total = np.cumsum(dials)
        total -= np.repeat(total[begins] - dials[begins], counts)
        stays = bids >= self._ladders[self._bases[agents] + np.minimum(total - 1, self._rooms[agents])]
        self._set_prices(agents[begins], begins, counts, (bids, total, stays))
        dropped = np.sort(units[~stays])
        self._where[dropped] = WAITING
        return dropped

    def _set_prices(self, agents: Any, begins: Any, counts: Any, row: tuple[Any, Any, Any]) -> None:
        np = self._np
        bids, total, stays = row
        kept = np.add.reduceat(stays.astype(np.int64), begins)
        last = np.maximum(begins + kept - 1, 0)
        loads = np.where(kept > 0, total[last], 0)
        refused = np.where(kept < counts, bids[np.minimum(begins + kept, len(bids) - 1)], -1)
        price = np.maximum(self._ladders[self._bases[agents] + loads], refused)
        price = np.where(kept > 0, np.minimum(price, bids[last]), price)
        self._loads[agents] = loads
        self._prices[agents] = np.maximum(self._prices[agents], price)

    def _give_back(self, hall: Hall) -> None:
        """Write places, prices and heaps back, for the units that bid one after another."""
        np = self._np
        placed = np.flatnonzero(self._where >= 0)
        spot = (1 << self._unit_bits) - 1
        keys = (self._bids[placed] << self._unit_bits) | (spot - placed)
        keys = np.sort((self._where[placed] << self._shift) | keys)
        ends = np.searchsorted(keys >> self._shift, np.arange(self._m + 1)).tolist()
        plain = (keys & ((1 << self._shift) - 1)).tolist()
        hall.kept = [plain[begin:end] for begin, end in zip(ends, ends[1:], strict=False)]
        hall.where, hall.loads = self._where.tolist(), self._loads.tolist()
        hall.prices = self._prices[:-1].tolist()

    def exchange(self, hall: Hall, low: list[int], high: list[int]) -> list[int]:
        """Return prices at which no moving of one unit is worth its cost: the longest ways from the lower bounds."""
        if self._m > _SQUARE:
            return Plain().exchange(hall, low, high)
        np = self._np
        gains = self._gains(np.array(hall.where, dtype=np.int64))
        prices, most = np.array(low, dtype=np.int64), np.array(high, dtype=np.int64)
        changed = np.arange(len(low))
        for _ in range(PASSES):
            reached = (prices[changed, None] + gains[changed]).max(axis=0)
            risen = np.minimum(most, np.maximum(prices, reached))
            changed = np.flatnonzero(risen > prices)
            if not len(changed):
                break
            prices = risen
        found: list[int] = prices.tolist()
        return found

    def _gains(self, where: Any) -> Any:
        """Return what moving one unit is worth at best, per dial: rows give, columns take, the last is nobody."""
        np, wide = self._np, self._m + 1
        givers = np.where(where >= 0, where, self._m)
        own = np.zeros(self._n, dtype=np.int64)
        for agents, weights in zip(self._agents, self._weights, strict=True):
            np.copyto(own, weights, where=agents == where)
        gains = np.full(wide * wide, -NEVER, dtype=np.int64)
        for agents, weights in zip(self._agents, self._weights, strict=True):
            has = np.flatnonzero(agents < self._m)
            gain = -((own[has] - weights[has]) // self._sizes[has])
            np.maximum.at(gains, givers[has] * wide + agents[has], gain)
        np.maximum.at(gains, givers * wide + self._m, -(own // self._sizes))
        gains = gains.reshape(wide, wide)
        np.fill_diagonal(gains, -NEVER)
        return gains

    def profits(self, hall: Hall, prices: list[int]) -> int:
        """Return the sum of what each unit would gain at best at these prices."""
        np = self._np
        _, best, _ = self._best(np.arange(self._n), np.array([*prices, 0], dtype=np.int64))
        return int(best.sum())
