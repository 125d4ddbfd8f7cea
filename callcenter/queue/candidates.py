"""What a batch has to deal: which leases still run, which cases wait and why, and which bundles are free."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.lease import Lease
from callcenter.ids import Id
from callcenter.queue.availability import blocked, numbers_to_dial, opens
from callcenter.queue.calling_hours import Calendar, local_day
from callcenter.queue.eligibility import keeper, unsuited
from callcenter.queue.odds import Outlook
from callcenter.queue.reason import Reason
from callcenter.queue.staffing import Worker
from callcenter.queue.units import Unit, units_of
from callcenter.queue.worth import FIRM, PROMISED, SIBLING, SOFT, Judged, Worth, judge

# What a promise and a household that answered are worth; below them all others, by interviews per minute.
_KINDS = {FIRM: 1_000, SOFT: 950, PROMISED: 900, SIBLING: 850}
_MIDDLE, _MOST, _STEP = 300, 800, 250


@dataclass(frozen=True)
class Field:
    """What all rules of one batch look at: settings, calendar, moment, who works, and each person's chances."""

    settings: CampaignSettings
    calendar: Calendar
    at: datetime
    workers: tuple[Worker, ...]
    outlook: Callable[[Case], Outlook] | None = None

    @property
    def end(self) -> datetime:
        """Return when the last shift ends."""
        return max((w.shift.end for w in self.workers), default=self.at)


@dataclass(frozen=True)
class Bundle:
    """The cases of one unit that may be called in this block, and who may take them all.

    `refused` are the reasons of the others, one per working agent. `dials` are the expected dials in the block, and
    `value` is what calling it is worth in the plan's unit, 0 to 1,000 a person.
    """

    key: Id
    cases: tuple[Case, ...]
    worth: Worth
    why: Mapping[Id, tuple[Reason, ...]]
    promises: tuple[datetime, ...]
    dials: int
    suited: tuple[Worker, ...]
    refused: tuple[Reason, ...]
    value: int = 0

    @property
    def site(self) -> str:
        """Return the site of its first person."""
        return self.cases[0].site


@dataclass(frozen=True)
class Found:
    """Free bundles, waiting cases with their reason, cases under a running lease, and those leases with dials."""

    free: tuple[Bundle, ...]
    waiting: tuple[tuple[Id, Reason], ...]
    kept: tuple[tuple[Id, Reason], ...]
    running: tuple[tuple[Lease, int], ...]


def bundles(cases: Sequence[Case], field: Field) -> Found:
    """Sort all open cases of a campaign into what is free, what waits and what is leased already."""
    free: list[Bundle] = []
    waiting: list[tuple[Id, Reason]] = []
    kept: list[tuple[Id, Reason]] = []
    running: list[tuple[Lease, int]] = []
    settings = field.settings
    for unit in units_of(cases, settings.unit_limit):
        moments: dict[Id, datetime] = {}
        for case in unit.cases:
            if case.closed(settings.cutoffs, settings.max_attempts):
                continue
            if lease := running_lease(case, settings, field.at):
                kept.append((case.id, Reason.of("lease_of", agent=lease.agent, until=_free_at(lease, settings))))
                running.append((lease, _dials(case, settings)))
                continue
            found = _waits(case, unit, field)
            if isinstance(found, Reason):
                waiting.append((case.id, found))
            else:
                moments[case.id] = found
        if moments:
            free.append(_bundle(unit, moments, field))
    return Found(tuple(free), tuple(waiting), tuple(sorted(kept, key=lambda pair: pair[0])), tuple(running))


def running_lease(case: Case, settings: CampaignSettings, at: datetime) -> Lease | None:
    """Return the lease that keeps others from a case: live, or not given back and within its grace."""
    lease = case.lease
    if lease is None or lease.ended_at is not None or at >= _free_at(lease, settings):
        return None
    return lease


def _free_at(lease: Lease, settings: CampaignSettings) -> datetime:
    return lease.expires_at + timedelta(minutes=settings.leases.grace_minutes)


def _waits(case: Case, unit: Unit, field: Field) -> Reason | datetime:
    """Return the first moment in this block at which the case may be called, or why there is none."""
    if unit.large:
        return Reason.of("large_unit", n=len(unit.cases))
    others = unit.others(case)
    reason = blocked(case, field.settings, field.calendar, field.at, others)
    if reason is None:
        return field.at
    moment = opens(case, field.settings, field.calendar, field.at, others)
    if not field.workers and moment is not None:
        return Reason.of("nobody_works")
    return reason if moment is None or moment >= field.end else moment


def _bundle(unit: Unit, moments: Mapping[Id, datetime], field: Field) -> Bundle:
    cases = tuple(case for case in unit.cases if case.id in moments)
    judged = {c.id: _judged(c, unit, moments[c.id], field) for c in cases}
    verdicts = [(worker, _refuses(worker, unit, cases, moments, field)) for worker in field.workers]
    return Bundle(
        key=unit.key,
        cases=cases,
        worth=min(j.worth for j in judged.values()),
        why={case: j.why for case, j in judged.items()},
        promises=tuple(c.appointment.start for c in cases if c.appointment is not None),
        dials=sum(_dials(case, field.settings) for case in cases),
        suited=tuple(worker for worker, reason in verdicts if reason is None),
        refused=tuple(reason for _, reason in verdicts if reason is not None),
        value=sum(_value(j.worth) for j in judged.values()),
    )


def _judged(case: Case, unit: Unit, at: datetime, field: Field) -> Judged:
    outlook = field.outlook(case) if field.outlook else None
    return judge(case, field.settings, field.calendar, at, unit.others(case), outlook)


def _value(worth: Worth) -> int:
    """Return what a call is worth in the plan: promises and open doors first, then by interviews per minute."""
    if worth.kind in _KINDS:
        return _KINDS[worth.kind]
    return min(_MOST, max(0, _MIDDLE - worth.cost // _STEP))


def _refuses(
    worker: Worker, unit: Unit, cases: Sequence[Case], moments: Mapping[Id, datetime], field: Field
) -> Reason | None:
    """Return why this agent may not take the cases of a unit, all of them together."""
    agent = worker.agent
    for case in cases:
        if reason := unsuited(agent, case, field.settings):
            return reason
        if moments[case.id] >= worker.shift.end:
            return Reason.of("after_shift", until=moments[case.id])
        alone = keeper(case, field.settings, [w.agent for w in field.workers], moments[case.id])
        if alone not in ("", agent.id):
            return Reason.of("personal", agent=alone)
    holder = _holder(unit, field)
    return (
        None if holder in ("", agent.id) or _excused(unit, cases, holder, field) else Reason.of("held", agent=holder)
    )


def _holder(unit: Unit, field: Field) -> Id:
    """Return the agent who holds this unit or called it today, or an empty text: it stays with one for the day."""
    for case in unit.cases:
        if lease := running_lease(case, field.settings, field.at):
            return lease.agent
    today = [
        (a.opened_at, a.agent)
        for case in unit.cases
        for a in case.closed_attempts
        if a.counts and a.agent and local_day(a.opened_at) == local_day(field.at)
    ]
    return max(today)[1] if today else ""


def _excused(unit: Unit, cases: Sequence[Case], holder: Id, field: Field) -> bool:
    """Tell whether a promise must be kept by somebody else, because the agent of the day does not work now."""
    leased = any(running_lease(case, field.settings, field.at) for case in unit.cases)
    promised = all(case.appointment is not None for case in cases)
    return promised and not leased and holder not in {w.agent.id for w in field.workers}


def _dials(case: Case, settings: CampaignSettings) -> int:
    """Return the dials that a case is expected to take in one block: a second number is tried after the first."""
    if case.appointment is not None:
        return 1
    roles = {n.role for n in case.numbers}
    most = max((len(numbers_to_dial(case, role, settings)) for role in roles), default=1)
    return max(1, min(settings.attempts_per_day, most))
