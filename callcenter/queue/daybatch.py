"""The day batch: which case goes to which agent for a block, with the reasons; the same for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callcenter.domain.agent import Agent, Shift
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.ids import Id
from callcenter.queue.auction import Sale
from callcenter.queue.calling_hours import Calendar
from callcenter.queue.candidates import Bundle, Field, Found, bundles
from callcenter.queue.certificate import Certificate
from callcenter.queue.chance import drawn
from callcenter.queue.eligibility import nobody
from callcenter.queue.granting import Placed, granted, loaded
from callcenter.queue.hall import PARTS
from callcenter.queue.market import Ladder
from callcenter.queue.odds import Outlook
from callcenter.queue.pairing import Pairs, explained, pairs_of
from callcenter.queue.plan import Grant, Plan, Split
from callcenter.queue.reason import Reason
from callcenter.queue.staffing import Laptop, working
from callcenter.queue.tiers import fair_shares, ladder_of, uneven
from callcenter.queue.whom import language_of

__all__ = ["NOTHING", "Grant", "Known", "Plan", "deal"]


@dataclass(frozen=True)
class Known:
    """What is known from elsewhere: each person's chances, and the agent who spoke to a case's person last year."""

    outlook: Callable[[Case], Outlook] | None = None
    spoken: Mapping[Id, Id] = field(default_factory=dict)


NOTHING = Known()


def deal(  # noqa: PLR0913 - all that a batch hangs on
    cases: Sequence[Case],
    agents: Sequence[Agent],
    settings: CampaignSettings,
    at: datetime,
    seed: int,
    block: Shift | None = None,
    known: Known = NOTHING,
) -> Plan:
    """Return who calls whom in a block; without one, for the shifts that run now or begin later the same day.

    Units go whole to one agent. Promises are pinned first; the rest goes by auction: by worth, last year's agent, own
    site, scarce language and yesterday's agent, with loads near the fair share. The order of the rows changes
    nothing: ties are drawn from the seed and the unit's key.
    """
    workers = working(agents, at, block)
    table = Field(settings, Calendar(settings), at, workers, known.outlook)
    found = bundles(cases, table)
    batch = _Batch(table, found, seed, {worker.agent.id: Laptop(worker) for worker in workers})
    batch.pin()
    batch.auction(known.spoken)
    grants = batch.grants()
    unassigned = [*found.waiting, *batch.unassigned]
    loads = {agent: laptop.dials for agent, laptop in batch.laptops.items()}
    return Plan(
        grants=grants,
        unassigned=tuple(sorted(unassigned, key=lambda pair: pair[0])),
        loads=loads,
        binding=_binding(unassigned),
        kept=found.kept,
        certificate=batch.certificate,
        shares=batch.shares,
        balance=uneven(loads, batch.shares, _callable(found.free, batch.laptops), batch.held),
    )


class _Batch:
    """A batch while it is dealt."""

    def __init__(self, table: Field, found: Found, seed: int, laptops: dict[Id, Laptop]) -> None:
        self._table, self._found, self._seed = table, found, seed
        self.laptops = laptops
        self.placed: list[Placed] = []
        self.unassigned: list[tuple[Id, Reason]] = []
        self.certificate = Certificate(0, 0)
        self.shares: dict[Id, int] = dict.fromkeys(laptops, 0)
        for lease, dials in found.running:
            if lease.agent in laptops:
                laptops[lease.agent].take(lease.tier, 1, dials)
        self.held = {agent: laptop.dials for agent, laptop in laptops.items()}

    def pin(self) -> None:
        """Give out the units with a promise, those that few agents may keep first, then by moment."""
        promised = [bundle for bundle in self._found.free if bundle.promises]
        self._give(sorted(promised, key=lambda b: (len(b.suited), b.worth, drawn(self._seed, b.key), b.key)))

    def _give(self, bundles: Sequence[Bundle]) -> None:
        """Give each unit to the agent whose promises it does not meet, of its site, with the lightest load."""
        rules = self._table.settings.leases
        gap = timedelta(minutes=self._table.settings.appointments.gap)
        for bundle in bundles:
            places = []
            for worker in bundle.suited:
                laptop, agent = self.laptops[worker.agent.id], worker.agent
                tier = laptop.tier_for(len(bundle.cases), rules)
                if tier is not None:
                    away = agent.site not in ("", bundle.site)
                    order = (laptop.clashes(bundle.promises, gap), away, laptop.burden(bundle.dials))
                    places.append((*order, drawn(self._seed, bundle.key, agent.id), agent.id, tier))
            if not places:
                self._leave(bundle)
                continue
            *_, chosen, tier = min(places)
            self.laptops[chosen].take(tier, len(bundle.cases), bundle.dials, bundle.promises)
            self.placed.append(Placed(bundle, chosen, None, tier))

    def auction(self, spoken: Mapping[Id, Id]) -> None:
        """Deal all other units."""
        free = [bundle for bundle in self._found.free if not bundle.promises]
        for bundle in (b for b in free if not b.suited):
            self._leave(bundle)
        free = [bundle for bundle in free if bundle.suited]
        people = self._crowded(free)
        sizes = {bundle.key: len(bundle.cases) if people else bundle.dials for bundle in free}
        pairs = pairs_of(free, len(self.laptops), sizes, spoken)
        agents = sorted(self.laptops)
        sale = pairs.deal(agents, self._ladders(agents, free, people=people), self._seed)
        self.certificate = sale.certificate
        self._place(pairs, sale, agents)

    def grants(self) -> tuple[Grant, ...]:
        """Fill the laptops; what one has no room for goes to another who may call it."""
        rules = self._table.settings.leases
        self.placed, left = loaded(self.placed, self.laptops, rules, self._seed)
        lost = sum(each.split.weight for each in left if each.split) * PARTS
        self.certificate = Certificate(self.certificate.value - lost, self.certificate.bound)
        self._give([each.bundle for each in left])
        return granted(self.placed, self.laptops, rules, self._seed)

    def _crowded(self, free: Sequence[Bundle]) -> bool:
        """Tell whether the laptops are too few for all: then people are what fills them, else expected dials."""
        room = sum(laptop.room(self._table.settings.leases) for laptop in self.laptops.values())
        return sum(len(bundle.cases) for bundle in free) > room

    def _ladders(self, agents: Sequence[Id], free: Sequence[Bundle], *, people: bool) -> list[Ladder]:
        laptops = [self.laptops[agent] for agent in agents]
        minutes = [laptop.worker.minutes for laptop in laptops]
        persons, dials = sum(len(b.cases) for b in free), sum(b.dials for b in free)
        rooms = [laptop.room(self._table.settings.leases) for laptop in laptops]
        begun = [laptop.held if people else laptop.dials for laptop in laptops]
        if not people and persons:
            # So many dials fit as the room for people holds at the usual dials a person, and never fewer than those.
            rooms = [room * -(-dials // persons) for room in rooms]
        tops = [room + there for room, there in zip(rooms, begun, strict=True)]
        total = (persons if people else dials) + sum(begun)
        fair = fair_shares(total, minutes, tops)
        of_dials = fair_shares(dials + sum(laptop.dials for laptop in laptops), minutes, tops) if people else fair
        self.shares = {agent: round(share) for agent, share in zip(agents, of_dials, strict=True)}
        return [ladder_of(*each) for each in zip(fair, tops, begun, strict=True)]

    def _place(self, pairs: Pairs, sale: Sale, agents: Sequence[Id]) -> None:
        splits: list[Split | None] = explained(pairs, sale, agents)
        for bundle, place, split in zip(pairs.bundles, sale.where, splits, strict=True):
            if split is None:
                self._leave(bundle)
            else:
                self.placed.append(Placed(bundle, agents[place], split))

    def _leave(self, bundle: Bundle) -> None:
        reason = _full(bundle, len(self.laptops)) if bundle.suited else nobody(bundle.refused)
        self.unassigned += [(case.id, reason) for case in bundle.cases]


def _callable(free: Sequence[Bundle], agents: Iterable[Id]) -> dict[Id, Counter[str]]:
    """Return, by agent, how many free people they may call, by language."""
    found: dict[Id, Counter[str]] = {agent: Counter() for agent in agents}
    for bundle in free:
        for worker in bundle.suited:
            found[worker.agent.id].update(language_of(case) for case in bundle.cases)
    return found


def _full(bundle: Bundle, workers: int) -> Reason:
    languages = [r.fact("language") for r in bundle.refused if r.code == "language"]
    if len(bundle.suited) < workers and languages:
        return Reason.of("language_full", agents=len(bundle.suited), language=str(languages[0]))
    return Reason.of("all_full", agents=len(bundle.suited))


def _binding(unassigned: Sequence[tuple[Id, Reason]]) -> tuple[Reason, ...]:
    """Count the cases that an agent's absence, language, recusal or full laptop left out."""
    people = ("language", "language_full", "needs_converter", "all_recused", "all_full", "nobody_works", "held")
    counts = Counter(reason for _, reason in unassigned if reason.code in people)
    return tuple(
        Reason.of(reason.code, **{**dict(reason.facts), "cases": n})
        for reason, n in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    )
