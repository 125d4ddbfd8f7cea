"""The order on the laptop: which of the leased cases to call now, why, and what the others wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.lease import Tier
from callcenter.ids import Id
from callcenter.queue.availability import opens, turn
from callcenter.queue.calling_hours import Calendar
from callcenter.queue.chance import drawn
from callcenter.queue.reason import Reason, counted
from callcenter.queue.units import unit_by_case, units_of
from callcenter.queue.worth import ORDINARY, Judged, judge


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


def order(cases: Sequence[Case], settings: CampaignSettings, calendar: Calendar, at: datetime, seed: int) -> Order:
    """Return the order of an agent's leased cases at a moment; equal cases stand in an order drawn from the seed.

    Due firm promise, due soft promise, promised call-back, brother or sister on a number that answered, then primary
    before reserve and fewest tries first.
    """
    units = unit_by_case(units_of(cases, settings.unit_limit))
    ready: list[tuple[object, Queued]] = []
    waiting: list[tuple[Id, Reason]] = []
    for case in cases:
        unit = units[case.id]
        others = unit.others(case)
        crowd = Reason.of("large_unit", n=len(unit.cases)) if unit.large else None
        found = _not_held(case, at) or crowd or turn(case, settings, calendar, at, others)
        if isinstance(found, Reason):
            waiting.append((case.id, found))
            continue
        judged = judge(case, settings, calendar, at, others)
        queued = Queued(case.id, judged.why, judged.due, found.number, found.role)
        ready.append((_place(case, judged, seed), queued))
    ready.sort(key=lambda pair: pair[0])  # type: ignore[arg-type,return-value]
    return Order(tuple(queued for _, queued in ready), tuple(sorted(waiting, key=lambda pair: pair[0])))


def _place(case: Case, judged: Judged, seed: int) -> tuple[int, bool, object, int, Id]:
    spare = judged.worth.kind == ORDINARY and case.lease is not None and case.lease.tier is Tier.RESERVE
    return judged.worth.kind, spare, judged.worth, drawn(seed, case.id), case.id


def next_up(
    cases: Sequence[Case], settings: CampaignSettings, calendar: Calendar, at: datetime, seed: int
) -> Queued | Empty:
    """Return the case to call now, or the reasons why there is none."""
    queued = order(cases, settings, calendar, at, seed)
    if queued.ready:
        return queued.ready[0]
    units = unit_by_case(units_of(cases, settings.unit_limit))
    waits = {case for case, reason in queued.waiting if reason.until is not None}
    moments = [
        moment
        for case in cases
        if case.id in waits and (moment := opens(case, settings, calendar, at, units[case.id].others(case)))
        if case.lease is not None and case.lease.callable(moment)
    ]
    return Empty(counted(reason for _, reason in queued.waiting), min(moments, default=None))


def _not_held(case: Case, at: datetime) -> Reason | None:
    """Refuse a case that this laptop may not call: never leased, given back, or the lease ran out."""
    if case.lease is None or case.lease.ended_at is not None:
        return Reason.of("not_leased")
    return None if case.lease.callable(at) else Reason.of("lease_over", since=case.lease.expires_at)
