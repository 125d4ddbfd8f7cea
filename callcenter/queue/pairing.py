"""What each pair of a unit and an agent is worth, as a market for the auction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from callcenter.ids import Id
from callcenter.queue.auction import Sale, sell
from callcenter.queue.candidates import Bundle
from callcenter.queue.chance import drawn
from callcenter.queue.fast import quickest
from callcenter.queue.hall import OUT, PARTS
from callcenter.queue.market import Ladder, Market
from callcenter.queue.plan import Split

# For each expected dial of somebody who is called at all: more than the dearest step of a ladder costs.
BASE = 3_000
CONTINUITY, SITE, SCARCE, STAY = 80, 60, 40, 120
# A unit that only this part of the agents may call is scarce: nobody else can take it.
SCARCE_PART = 3


@dataclass(frozen=True)
class Pairs:
    """The units that are dealt, by key, with what each agent who may take them would be worth.

    `sizes` are what a unit takes of an agent's room.
    """

    bundles: tuple[Bundle, ...]
    splits: tuple[Mapping[Id, Split], ...]
    sizes: tuple[int, ...]

    def deal(self, agents: Sequence[Id], ladders: Sequence[Ladder], seed: int) -> Sale:
        """Return the sale of the market; the rows are turned by lot, so that equal agents are not all tried first."""
        places = {agent: place for place, agent in enumerate(agents)}
        rows = []
        for bundle, splits in zip(self.bundles, self.splits, strict=True):
            row = [(places[agent], split.weight) for agent, split in sorted(splits.items())]
            turn = drawn(seed, bundle.key) % len(row) if row else 0
            rows.append(row[turn:] + row[:turn])
        market = Market.of(rows, ladders, self.sizes)
        return sell(market, quickest(market))


def pairs_of(bundles: Sequence[Bundle], workers: int, sizes: Mapping[Id, int], spoken: Mapping[Id, Id]) -> Pairs:
    """Return the pairs of free units; `sizes` by key, `spoken` are last year's agents by case."""
    ordered = tuple(sorted(bundles, key=lambda bundle: bundle.key))
    splits = tuple(_splits(bundle, workers, sizes[bundle.key], spoken) for bundle in ordered)
    return Pairs(ordered, splits, tuple(sizes[bundle.key] for bundle in ordered))


def _splits(bundle: Bundle, workers: int, size: int, spoken: Mapping[Id, Id]) -> dict[Id, Split]:
    """Weigh a unit for each agent; a bonus is for each person of it."""
    people = len(bundle.cases)
    last = [spoken.get(case.id, "") for case in bundle.cases]
    before = [case.lease.agent if case.lease else "" for case in bundle.cases]
    scarce = people * SCARCE if len(bundle.suited) * SCARCE_PART <= workers else 0
    return {
        worker.agent.id: Split(
            base=BASE * size,
            value=bundle.value,
            continuity=CONTINUITY * last.count(worker.agent.id),
            site=people * SITE if worker.agent.site in ("", bundle.site) else 0,
            scarce=scarce,
            stay=STAY * before.count(worker.agent.id),
        )
        for worker in bundle.suited
    }


def explained(pairs: Pairs, sale: Sale, agents: Sequence[Id]) -> list[Split | None]:
    """Return, by unit, the split of its agent with the price and the runner-up; None without an agent."""
    prices = {agent: price for agent, price in zip(agents, sale.prices, strict=True)}
    found: list[Split | None] = []
    for splits, size, place in zip(pairs.splits, pairs.sizes, sale.where, strict=True):
        if place == OUT:
            found.append(None)
            continue
        mine = agents[place]
        profits = {agent: split.weight * PARTS - size * prices[agent] for agent, split in splits.items()}
        others = sorted((-profit, agent) for agent, profit in profits.items() if agent != mine)
        second, runner_up = others[0] if others else (-profits[mine], "")
        difference = (profits[mine] + second) // PARTS if others else 0
        price = size * prices[mine] // PARTS
        found.append(replace(splits[mine], price=price, runner_up=runner_up, difference=difference))
    return found
