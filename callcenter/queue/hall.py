"""The hall in which units bid for agents: prices, places and the bids that each agent keeps."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import Protocol

from callcenter.queue.market import Arc, Market, slots

# Weights are counted in this many parts, so that a bid step can be smaller than one.
PARTS = 16
NEVER = 1 << 60
WAITING, OUT = -1, -2


@dataclass
class Hall:
    """The state of an auction; all amounts in parts.

    `kept` are heaps of bid and unit in one number, the lowest bid first; `loads` the dials behind them.
    """

    market: Market
    ladders: list[list[int]]
    prices: list[int]
    where: list[int]
    kept: list[list[int]]
    loads: list[int]
    base: int
    rows: list[list[Arc] | None] = field(default_factory=list)

    @classmethod
    def opened(cls, market: Market, floor: int = 0) -> Hall:
        """Return the hall before the first bid: each price is the cost of the agent's first dial, or the floor."""
        ladders = [[cost * PARTS for cost in slots(ladder)] + [NEVER] for ladder in market.ladders]
        n, m = len(market), len(ladders)
        return cls(
            market=market,
            ladders=ladders,
            prices=[max(floor, ladder[0]) if len(ladder) > 1 else NEVER for ladder in ladders],
            where=[WAITING] * n,
            kept=[[] for _ in range(m)],
            loads=[0] * m,
            base=1 << max(1, n).bit_length(),
            rows=[None] * n,
        )

    def row(self, unit: int) -> list[Arc]:
        """Return the arcs of a unit with weights in parts; made when first asked for."""
        found = self.rows[unit]
        if found is None:
            found = self.rows[unit] = [(agent, weight * PARTS) for agent, weight in self.market.row(unit)]
        return found

    def empty(self) -> None:
        """Take all units out again; prices stay."""
        self.where = [WAITING] * len(self.where)
        self.kept = [[] for _ in self.kept]
        self.loads = [0] * len(self.loads)

    def put(self, agent: int, amount: int, unit: int) -> None:
        """Write a bid per dial into an agent's heap; `settle` takes out what the load does not allow."""
        # Of equal bids the later unit is dropped first.
        heapq.heappush(self.kept[agent], amount * self.base + self.base - 1 - unit)
        self.loads[agent] += self.market.sizes[unit]
        self.where[unit] = agent

    def settle(self, agent: int) -> list[int]:
        """Drop the lowest bids that an agent's load does not allow, set its price, and return the units dropped."""
        heap, ladder, base = self.kept[agent], self.ladders[agent], self.base
        load, refused, dropped = self.loads[agent], -1, []
        room = len(ladder) - 1
        while heap and (load > room or heap[0] // base < ladder[load - 1]):
            key = heapq.heappop(heap)
            refused, unit = key // base, base - 1 - key % base
            load -= self.market.sizes[unit]
            dropped.append(unit)
        self._end(agent, load, refused, dropped)
        return dropped

    def take_in(self, agent: int, keys: list[int], dials: int) -> list[int]:
        """Put many bids into an agent's heap at once, then settle; `keys` are bids and units in one number each."""
        heap, ladder, base, sizes = self.kept[agent], self.ladders[agent], self.base, self.market.sizes
        heap += keys
        heap.sort()  # a sorted list is a heap, and mostly it is sorted already
        load, refused, out = self.loads[agent] + dials, -1, 0
        room = len(ladder) - 1
        for key in heap:
            if load <= room and key // base >= ladder[load - 1]:
                break
            refused = key // base
            load -= sizes[base - 1 - key % base]
            out += 1
        dropped = [base - 1 - key % base for key in heap[:out]]
        del heap[:out]
        self._end(agent, load, refused, dropped)
        return dropped

    def _end(self, agent: int, load: int, refused: int, dropped: list[int]) -> None:
        """Set the load and the price of an agent; those who were dropped wait."""
        for unit in dropped:
            self.where[unit] = WAITING
        self.loads[agent] = load
        price = max(self.ladders[agent][load], refused)
        heap = self.kept[agent]
        if heap:
            price = min(price, heap[0] // self.base)
        self.prices[agent] = max(self.prices[agent], price)


def bid(row: list[Arc], prices: list[int], size: int) -> tuple[int, int, int]:
    """Return the best agent of a unit (-1: none is worth it), its profit there and the second best profit."""
    best = second = 0
    agent = -1
    for each, weight in row:
        profit = weight - size * prices[each]
        if profit > second:
            if profit > best:
                second, best, agent = best, profit, each
            else:
                second = profit
    return agent, best, second


class Rounds(Protocol):
    """What is counted over all units at once: in plain Python, or the same in NumPy."""

    def run(self, hall: Hall, eps: int, few: int, *, first: bool) -> list[int]:
        """Bid in rounds until at most `few` units wait, and return those in order.

        In the first round every unit bids; unless `first`, one that had a place bids for it again while no other is
        better by more than eps a dial.
        """
        ...

    def exchange(self, hall: Hall, low: list[int], high: list[int]) -> list[int]:
        """Return prices between two bounds at which no moving of one unit is worth its cost, as far as they exist.

        One more than agents: the last is that of staying without an agent.
        """
        ...

    def profits(self, hall: Hall, prices: list[int]) -> int:
        """Return the sum of what each unit would gain at best at these prices."""
        ...
