"""The rounds of the auction in plain Python."""

from __future__ import annotations

from callcenter.queue.hall import NEVER, OUT, Hall, bid

# So many passes let a price travel through so many exchanges; longer chains prove a little less.
PASSES = 60


class Plain:
    """Counts unit by unit; what NumPy counts must be the same."""

    def run(self, hall: Hall, eps: int, few: int, *, first: bool) -> list[int]:
        """Bid in rounds until at most `few` units wait, and return those in order."""
        before = None if first else hall.where
        hall.empty()
        waiting = self._round(hall, list(range(len(hall.where))), eps, before)
        while len(waiting) > few:
            waiting = self._round(hall, waiting, eps, None)
        return waiting

    def _round(self, hall: Hall, waiting: list[int], eps: int, before: list[int] | None) -> list[int]:
        sizes, prices, where, base = hall.market.sizes, hall.prices, hall.where, hall.base
        keys: dict[int, list[int]] = {}
        dials: dict[int, int] = {}
        for unit in waiting:
            row, size = hall.row(unit), sizes[unit]
            agent, best, second = bid(row, prices, size)
            if before is not None and before[unit] >= 0 and agent != before[unit]:
                own = dict(row)[before[unit]] - size * prices[before[unit]]
                if own + eps * size >= best:
                    agent, best, second = before[unit], own, best
            if agent < 0:
                where[unit] = OUT
                continue
            where[unit] = agent
            amount = prices[agent] + (best - second) // size + eps
            keys.setdefault(agent, []).append(amount * base + base - 1 - unit)
            dials[agent] = dials.get(agent, 0) + size
        return sorted(unit for agent in keys for unit in hall.take_in(agent, keys[agent], dials[agent]))

    def exchange(self, hall: Hall, low: list[int], high: list[int]) -> list[int]:
        """Return prices at which no moving of one unit is worth its cost: the longest ways from the lower bounds."""
        gains = _gains(hall)
        prices, changed = list(low), set(range(len(low)))
        for _ in range(PASSES):
            risen = list(prices)
            for giver in changed:
                price = prices[giver]
                for taker, gain in gains[giver].items():
                    if price + gain > risen[taker]:
                        risen[taker] = min(high[taker], price + gain)
            changed = {place for place, price in enumerate(risen) if price > prices[place]}
            if not changed:
                break
            prices = risen
        return prices

    def profits(self, hall: Hall, prices: list[int]) -> int:
        """Return the sum of what each unit would gain at best at these prices."""
        sizes = hall.market.sizes
        return sum(bid(hall.row(unit), prices, sizes[unit])[1] for unit in range(len(sizes)))


def _gains(hall: Hall) -> list[dict[int, int]]:
    """Return what moving one unit is worth at best, per dial, by the agent that gives and the one that takes."""
    nobody, sizes = len(hall.prices), hall.market.sizes
    gains: list[dict[int, int]] = [{} for _ in range(nobody + 1)]
    for unit, place in enumerate(hall.where):
        row, size = hall.row(unit), sizes[unit]
        own = next((weight for agent, weight in row if agent == place), 0)
        known = gains[place if place >= 0 else nobody]
        for agent, weight in row:
            gain = -((own - weight) // size)
            if gain > known.get(agent, -NEVER):
                known[agent] = gain
        if -(own // size) > known.get(nobody, -NEVER):
            known[nobody] = -(own // size)
    for place, known in enumerate(gains):
        known.pop(place, None)
    return gains
