"""The order on the laptop: which of the leased cases to call now, why, and what the others wait for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.lease import Tier
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.queue.availability import opens, turn
from callcenter.queue.calling_hours import Calendar
from callcenter.queue.chance import drawn
from callcenter.queue.reason import Reason, counted
from callcenter.queue.units import Unit, unit_by_case, units_of
from callcenter.queue.whom import language_of
from callcenter.queue.worth import ORDINARY, Judged, judge

Place = tuple[int, bool, float, int, int, Id]
"""Where a case stands, smallest first: kind, reserve, moment of the promise, index turned round, lot, case."""


@dataclass(frozen=True)
class Queued:
    """A case that may be called now: the number to dial by its id, whom to ask for, why, and a promise's moment."""

    case: Id
    why: tuple[Reason, ...]
    due: datetime | None = None
    number: Id = ""
    role: str = "subject"


@dataclass(frozen=True)
class Order:
    """All leased cases: those to call now, the first in front, and those that wait with the reason, by case."""

    ready: tuple[Queued, ...]
    waiting: tuple[tuple[Id, Reason], ...]


@dataclass(frozen=True)
class Empty:
    """Nobody to call now: how many cases wait for which reason, and when the first may be called."""

    reasons: tuple[tuple[Reason, int], ...]
    opens_at: datetime | None = None


@dataclass(frozen=True)
class Rules:
    """What one laptop's order looks at besides its cases; equal cases stand in an order drawn from the seed."""

    settings: CampaignSettings
    calendar: Calendar
    seed: int


@dataclass(frozen=True)
class Standing:
    """One case at one moment: its place and what the desk shows, or the reason why it waits."""

    place: Place | None
    queued: Queued | None = None
    waits: Reason | None = None


def stand(case: Case, unit: Unit, rules: Rules, at: datetime) -> Standing:
    """Judge one leased case."""
    others = unit.others(case)
    crowd = Reason.of("large_unit", n=len(unit.cases)) if unit.large else None
    found = _not_held(case, at) or _not_mine(case) or crowd or turn(case, rules.settings, rules.calendar, at, others)
    if isinstance(found, Reason):
        return Standing(None, waits=found)
    judged = judge(case, rules.settings, rules.calendar, at, others)
    queued = Queued(case.id, judged.why, judged.due, found.number, found.role)
    return Standing(_place(case, judged, rules.seed), queued)


def _place(case: Case, judged: Judged, seed: int) -> Place:
    worth = judged.worth
    spare = worth.kind == ORDINARY and case.lease is not None and case.lease.tier is Tier.RESERVE
    return worth.kind, spare, worth.due, worth.cost, drawn(seed, case.id), case.id


def order(cases: Sequence[Case], settings: CampaignSettings, calendar: Calendar, at: datetime, seed: int) -> Order:
    """Return the order of an agent's leased cases at a moment.

    Due firm promise, due soft promise, promised call-back, brother or sister on a number that answered, then primary
    before reserve and the highest index first.
    """
    units = unit_by_case(units_of(cases, settings.unit_limit))
    rules = Rules(settings, calendar, seed)
    return ordered((case.id, stand(case, units[case.id], rules, at)) for case in cases)


def ordered(standings: Iterable[tuple[Id, Standing]]) -> Order:
    """Return the order of judged cases."""
    ready: list[tuple[Place, Queued]] = []
    waiting: list[tuple[Id, Reason]] = []
    for case, standing in standings:
        if standing.place is not None and standing.queued is not None:
            ready.append((standing.place, standing.queued))
        elif standing.waits is not None:
            waiting.append((case, standing.waits))
    ready.sort(key=lambda pair: pair[0])
    return Order(tuple(queued for _, queued in ready), tuple(sorted(waiting, key=lambda pair: pair[0])))


def next_up(
    cases: Sequence[Case], settings: CampaignSettings, calendar: Calendar, at: datetime, seed: int
) -> Queued | Empty:
    """Return the case to call now, or the reasons why there is none."""
    queued = order(cases, settings, calendar, at, seed)
    if queued.ready:
        return queued.ready[0]
    units = unit_by_case(units_of(cases, settings.unit_limit))
    return empty(cases, units, Rules(settings, calendar, seed), dict(queued.waiting), at)


def empty(
    cases: Sequence[Case], units: Mapping[Id, Unit], rules: Rules, waits: Mapping[Id, Reason], at: datetime
) -> Empty:
    """Return what an empty queue waits for and until when; never a moment at which the lease is over."""
    moments = [
        moment
        for case in cases
        if waits[case.id].until is not None
        and (moment := opens(case, rules.settings, rules.calendar, at, units[case.id].others(case)))
        and case.lease is not None
        and case.lease.live(moment)
    ]
    return Empty(counted(waits.values()), min(moments, default=None))


def _not_mine(case: Case) -> Reason | None:
    """Take a case out in whose language this agent could not talk: somebody else must call."""
    agent = case.lease.agent if case.lease else ""
    failed = [a for a in case.closed_attempts if a.outcome is Outcome.LANGUAGE and a.agent == agent]
    return Reason.of("language_heard", language=language_of(case)) if failed else None


def _not_held(case: Case, at: datetime) -> Reason | None:
    """Refuse a case that this laptop may not call: never leased, given back, or the lease ran out."""
    if case.lease is None or case.lease.ended_at is not None:
        return Reason.of("not_leased")
    return None if case.lease.live(at) else Reason.of("lease_over", since=case.lease.expires_at)
