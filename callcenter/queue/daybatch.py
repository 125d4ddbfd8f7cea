"""The day batch: which case goes to which agent for a block, with the reasons; the same for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from callcenter.domain.agent import Agent, Shift
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.lease import Tier
from callcenter.ids import Id
from callcenter.queue.calling_hours import Calendar
from callcenter.queue.candidates import Bundle, Field, bundles
from callcenter.queue.chance import drawn
from callcenter.queue.eligibility import nobody
from callcenter.queue.reason import Reason
from callcenter.queue.staffing import Laptop, Worker, working

# So many more expected dials an agent of the case's own site takes before one of another site gets it.
_OWN_SITE = 6
# A unit that only this part of the agents may call goes before the others: nobody else can take it.
_SCARCE = 3


@dataclass(frozen=True)
class Grant:
    """One case for one agent until a moment; `rank` counts from 1 per agent, `why` are reasons in their text form."""

    case: Id
    agent: Id
    tier: Tier
    rank: int
    expires_at: datetime
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A dealt batch. Every open case is in exactly one of grants, unassigned and kept.

    `kept` are cases under a lease that still runs. `loads` are expected dials per working agent, kept cases included.
    `binding` are the constraints that left cases without an agent, with their counts.
    """

    grants: tuple[Grant, ...]
    unassigned: tuple[tuple[Id, Reason], ...]
    loads: Mapping[Id, int]
    binding: tuple[Reason, ...]
    kept: tuple[tuple[Id, Reason], ...] = ()


def deal(
    cases: Sequence[Case],
    agents: Sequence[Agent],
    settings: CampaignSettings,
    at: datetime,
    seed: int,
    block: Shift | None = None,
) -> Plan:
    """Return who calls whom in a block; without one, for the shifts that run now or begin later the same day.

    Units go whole to one agent; promises first, then units that few agents may call, then by worth. The order of the
    rows changes nothing: ties are drawn from the seed and the unit's key.
    """
    workers = working(agents, at, block)
    field = Field(settings, Calendar(settings), at, workers)
    found = bundles(cases, field)
    laptops = {worker.agent.id: Laptop(worker) for worker in workers}
    for lease, dials in found.running:
        if lease.agent in laptops:
            laptops[lease.agent].take(lease.tier, 1, dials)
    unassigned = list(found.waiting)
    placed: list[tuple[Bundle, Id, Tier]] = []
    for bundle in sorted(found.free, key=lambda b: _turn(b, len(workers), seed)):
        chosen = _choose(bundle, laptops, settings, seed)
        if isinstance(chosen, Reason):
            unassigned += [(case.id, chosen) for case in bundle.cases]
            continue
        agent, tier = chosen
        laptops[agent].take(tier, len(bundle.cases), bundle.dials, bundle.promises)
        placed.append((bundle, agent, tier))
    return Plan(
        grants=_grants(placed, laptops, settings, seed),
        unassigned=tuple(sorted(unassigned, key=lambda pair: pair[0])),
        loads={agent: laptop.dials for agent, laptop in laptops.items()},
        binding=_binding(unassigned),
        kept=found.kept,
    )


def _turn(bundle: Bundle, workers: int, seed: int) -> tuple[object, ...]:
    scarce = len(bundle.suited) * _SCARCE <= workers
    return not bundle.promises, not scarce, bundle.worth, drawn(seed, bundle.key), bundle.key


def _choose(
    bundle: Bundle, laptops: Mapping[Id, Laptop], settings: CampaignSettings, seed: int
) -> tuple[Id, Tier] | Reason:
    if not bundle.suited:
        return nobody(bundle.refused)
    gap = timedelta(minutes=settings.appointments.gap)
    places: list[tuple[tuple[object, ...], Id, Tier]] = []
    for worker in bundle.suited:
        laptop, agent = laptops[worker.agent.id], worker.agent
        tier = laptop.tier_for(len(bundle.cases), settings.leases)
        if tier is not None:
            away = 0 if agent.site in ("", bundle.site) else _OWN_SITE
            burden = laptop.burden(bundle.dials + away)
            key = (laptop.clashes(bundle.promises, gap), burden, drawn(seed, bundle.key, agent.id), agent.id)
            places.append((key, agent.id, tier))
    if not places:
        return _full(bundle, len(laptops))
    _, chosen, tier = min(places, key=lambda place: place[0])
    return chosen, tier


def _full(bundle: Bundle, workers: int) -> Reason:
    languages = [r.fact("language") for r in bundle.refused if r.code == "language"]
    if len(bundle.suited) < workers and languages:
        return Reason.of("language_full", agents=len(bundle.suited), language=str(languages[0]))
    return Reason.of("all_full", agents=len(bundle.suited))


def _grants(
    placed: Sequence[tuple[Bundle, Id, Tier]], laptops: Mapping[Id, Laptop], settings: CampaignSettings, seed: int
) -> tuple[Grant, ...]:
    ordered = sorted(placed, key=lambda p: (p[1], p[2] is Tier.RESERVE, p[0].worth, drawn(seed, p[0].key), p[0].key))
    ranks: Counter[Id] = Counter()
    grants = []
    for bundle, agent, tier in ordered:
        worker: Worker = laptops[agent].worker
        for case in bundle.cases:
            ranks[agent] += 1
            why = tuple(str(reason) for reason in bundle.why[case.id])
            grants.append(Grant(case.id, agent, tier, ranks[agent], worker.expires_at(settings.leases), why))
    return tuple(grants)


def _binding(unassigned: Sequence[tuple[Id, Reason]]) -> tuple[Reason, ...]:
    """Count the cases that an agent's absence, language, recusal or full laptop left out."""
    people = ("language", "language_full", "needs_converter", "all_recused", "all_full", "nobody_works", "held")
    counts = Counter(reason for _, reason in unassigned if reason.code in people)
    return tuple(
        Reason.of(reason.code, **{**dict(reason.facts), "cases": n})
        for reason, n in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    )
