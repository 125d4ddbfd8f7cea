"""From places to leases: primary and reserve by worth, ranks, and the reasons why this agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from callcenter.domain.calling_rules import Leases
from callcenter.domain.lease import Tier
from callcenter.ids import Id
from callcenter.queue.candidates import Bundle
from callcenter.queue.chance import drawn
from callcenter.queue.plan import Grant, Split
from callcenter.queue.reason import Reason
from callcenter.queue.staffing import Laptop


@dataclass(frozen=True)
class Placed:
    """A unit with its agent; without a tier it is not on the laptop yet, without a split it was pinned."""

    bundle: Bundle
    agent: Id
    split: Split | None = None
    tier: Tier | None = None


def loaded(
    placed: Sequence[Placed], laptops: Mapping[Id, Laptop], rules: Leases, seed: int
) -> tuple[list[Placed], list[Placed]]:
    """Put units on the laptops, the best in the primary selection; return them with tiers, and what has no room.

    A unit of several people may not fit into what is left of a tier where a smaller one does.
    """
    done = [each for each in placed if each.tier is not None]
    left: list[Placed] = []
    for each in sorted((p for p in placed if p.tier is None), key=lambda p: (p.agent, *_order(p.bundle, seed))):
        laptop, people = laptops[each.agent], len(each.bundle.cases)
        tier = laptop.tier_for(people, rules)
        if tier is None:
            left.append(each)
            continue
        laptop.take(tier, people, each.bundle.dials)
        done.append(replace(each, tier=tier))
    return done, left


def granted(placed: Sequence[Placed], laptops: Mapping[Id, Laptop], rules: Leases, seed: int) -> tuple[Grant, ...]:
    """Return the grants of units that stand on laptops, ranked by worth, the primary ones first."""
    ordered = sorted(placed, key=lambda p: (p.agent, p.tier is Tier.RESERVE, *_order(p.bundle, seed)))
    ranks: Counter[Id] = Counter()
    grants = []
    for each in ordered:
        expires = laptops[each.agent].worker.expires_at(rules)
        chosen = tuple(str(reason) for reason in _chosen(each))
        for case in each.bundle.cases:
            ranks[each.agent] += 1
            why = tuple(str(reason) for reason in each.bundle.why[case.id])
            tier = each.tier or Tier.PRIMARY
            grants.append(Grant(case.id, each.agent, tier, ranks[each.agent], expires, why, chosen, each.split))
    return tuple(grants)


def _order(bundle: Bundle, seed: int) -> tuple[object, ...]:
    return bundle.worth, drawn(seed, bundle.key), bundle.key


def _chosen(placed: Placed) -> Iterator[Reason]:
    """Say why this agent: what speaks for them, then by how much they are before the next."""
    bundle, split = placed.bundle, placed.split
    if len(bundle.suited) == 1:
        yield Reason.of("agent_only")
        return
    if split is None:
        yield Reason.of("agent_pinned")
        return
    if split.continuity:
        yield Reason.of("agent_last_year", n=split.continuity)
    if split.site:
        yield Reason.of("agent_site", n=split.site)
    if split.scarce:
        yield Reason.of("agent_scarce", agents=len(bundle.suited), n=split.scarce)
    if split.stay:
        yield Reason.of("agent_stays", n=split.stay)
    if split.runner_up:
        yield Reason.of("agent_before", agent=split.runner_up, n=max(0, split.difference))
