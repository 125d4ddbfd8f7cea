"""The auction: units bid for agents until nobody wants another agent by more than eps; whole numbers only.

After Bertsekas. A unit bids what its best agent may cost it before its second best is as good; an agent keeps the
highest bids that its load allows, and one of them sets its price. Bids begin coarse and grow finer until the prices
of exchange prove that the plan is good enough, mostly long before the finest step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from callcenter.queue.certificate import Certificate, certify
from callcenter.queue.filling import fill
from callcenter.queue.hall import OUT, PARTS, Hall, Rounds, bid
from callcenter.queue.market import Market
from callcenter.queue.plain import Plain

# Units that bid one after another, once so few are left: a round of all at once would cost more than it places.
_FEW_PART, _FEW = 50, 64
# What is proven is good enough: millionths of the bound, for lists of up to 100,000 cases and above.
_ENOUGH, _ENOUGH_LARGE, _LARGE = 10, 400, 100_000
# The first, coarse rounds only find the neighbourhood and are not worth a proof.
_FIRST_PROOF = 4
# Prices of the next rounds begin so many steps lower: they overshot by about as much.
_DROP = 2


@dataclass(frozen=True)
class Sale:
    """Which agent each unit goes to (`OUT`: none), what one dial of each agent costs, and how good this is proven.

    `prices` and `eps` are in `PARTS` of a weight's unit.
    """

    where: tuple[int, ...]
    prices: tuple[int, ...]
    eps: int
    certificate: Certificate


def sell(market: Market, rounds: Rounds | None = None, *, cases: int = 0) -> Sale:
    """Return the assignment of a market.

    `rounds` decides how it is counted, never what comes out. `cases` are those of the whole list, when the market
    is a choice from it: of a longer list a little more may stay unproven.
    """
    if not len(market) or not market.ladders:
        return Sale((OUT,) * len(market), (0,) * len(market.ladders), 1, Certificate(0, 0))
    rounds = rounds or Plain()
    limit = _ENOUGH_LARGE if max(cases, len(market)) > _LARGE else _ENOUGH
    first = _first_eps(market)
    floor = _margin(market) - first
    sale = _auction(Hall.opened(market, floor), rounds, first, limit)
    if floor <= 0 or sale.certificate.millionths <= limit:
        return sale
    # The guess was too high for some agents: they stood empty. From the bottom every price can be reached.
    other = _auction(Hall.opened(market), rounds, first, limit)
    return min(sale, other, key=lambda each: each.certificate.gap)


def _auction(hall: Hall, rounds: Rounds, first: int, limit: int) -> Sale:
    units = len(hall.market)
    few = max(units // _FEW_PART, _FEW)
    best: Sale | None = None
    eps = first
    while True:
        _one_by_one(hall, rounds.run(hall, eps, few, first=eps == first), eps)
        if eps * _FIRST_PROOF <= first or eps == 1:
            fill(hall)
            prices, proof = certify(hall, rounds, last=eps == 1)
            if best is None or proof.gap < best.certificate.gap:
                best = Sale(tuple(hall.where), prices, eps, proof)
            if eps == 1 or proof.millionths <= limit:
                return replace(best, eps=eps)
        _lower(hall, eps)
        eps //= 2


def _first_eps(market: Market) -> int:
    """Return a step that is coarse beside the weights: about a sixteenth of the largest, a power of two."""
    most = max(market.weights, default=1) * PARTS
    return 1 << max(0, (most // 16).bit_length() - 1)


def _margin(market: Market) -> int:
    """Return what a dial is worth to the unit that would just not be placed if all agents could call all; or 0.

    Where there is more to call than room, prices end near it, and need not climb there bid by bid.
    """
    room = sum(ladder[-1][0] for ladder in market.ladders)
    if sum(market.sizes) <= room:
        return 0
    highest = []
    for unit, size in enumerate(market.sizes):
        weights = market.weights[market.starts[unit] : market.starts[unit + 1]]
        highest.append((max(weights, default=0) // size, size))
    highest.sort(reverse=True)
    for worth, size in highest:
        room -= size
        if room < 0:
            return worth * PARTS
    return 0


def _lower(hall: Hall, eps: int) -> None:
    """Let prices fall by what they overshot; each unit first bids for its old place again."""
    for agent, price in enumerate(hall.prices):
        hall.prices[agent] = max(hall.ladders[agent][0], price - _DROP * eps)


def _one_by_one(hall: Hall, waiting: list[int], eps: int) -> None:
    """Let the last units bid one after another, the first of the list first."""
    stack = waiting[::-1]
    prices, sizes = hall.prices, hall.market.sizes
    while stack:
        unit = stack.pop()
        size = sizes[unit]
        agent, best, second = bid(hall.row(unit), prices, size)
        if agent < 0:
            hall.where[unit] = OUT
            continue
        hall.put(agent, prices[agent] + (best - second) // size + eps, unit)
        stack += hall.settle(agent)
