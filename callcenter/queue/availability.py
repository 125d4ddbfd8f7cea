"""Whether a case may be called at a moment, on which number and for whom; else the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from callcenter.domain.appointment import Firmness
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import MEANING, NumberStatus, Outcome
from callcenter.domain.sample import Number
from callcenter.ids import Id
from callcenter.queue.calling_hours import Calendar, local_day
from callcenter.queue.reason import Reason
from callcenter.queue.waiting import (
    AWAY,
    contact_today,
    day_after,
    ended,
    line_wait,
    may_redial,
    person_wait,
    spent_today,
)
from callcenter.queue.whom import NOBODY_SPEAKS, age_of, role_to_call

# Reasons may follow each other (a wait, then hours, then a full day); more steps than this is a campaign's end.
_STEPS = 12


@dataclass(frozen=True)
class Turn:
    """A call that may start: whom to ask for and the number to dial, by its id in the case."""

    role: str
    number: Id


def blocked(
    case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime, neighbours: Sequence[Case] = ()
) -> Reason | None:
    """Return why a case may not be called at a moment, or None; `neighbours` are the others of its call unit."""
    found = turn(case, settings, calendar, at, neighbours)
    return found if isinstance(found, Reason) else None


def turn(
    case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime, neighbours: Sequence[Case] = ()
) -> Turn | Reason:
    """Return the call that may start at a moment, or why none may."""
    stop = _over(case, settings) or _running(case, at) or (None if case.appointment else _stopped(case, settings))
    if stop is not None:
        return stop
    role = role_to_call(case, settings, local_day(at))
    if isinstance(role, Reason):
        return role
    numbers = numbers_to_dial(case, role, settings)
    if not numbers:
        return Reason.of("no_number", role=role)
    if case.appointment is not None:
        return _promised(case, settings, calendar, at, Turn(role, numbers[0].id))
    return _ordinary(case, settings, calendar, at, _Lines(role, numbers, neighbours))


def opens(
    case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime, neighbours: Sequence[Case] = ()
) -> datetime | None:
    """Return the first moment from `at` on at which the case may be called; None when waiting does not help."""
    moment: datetime | None = at
    for _ in range(_STEPS):
        if moment is None:
            return None
        reason = blocked(case, settings, calendar, moment, neighbours)
        if reason is None:
            return moment
        moment = reason.until
    return None


def numbers_to_dial(case: Case, role: str, settings: CampaignSettings) -> tuple[Number, ...]:
    """Return the numbers of a role that may be dialled, the one to try first in front.

    The number of the promise goes first; one with too many voicemails in a row goes behind the others, and one that
    was not in service comes last: it is tried once more, then it is dead.
    """
    promised = case.appointment.number if case.appointment else ""

    def place(number: Number) -> tuple[bool, bool, bool]:
        return number.id != promised, not number.status.usable, _voicemails(case, number) >= most

    most = max(1, settings.voicemails_in_a_row)
    return tuple(sorted((n for n in case.numbers if n.role == role and _dialable(case, n, settings)), key=place))


def _dialable(case: Case, number: Number, settings: CampaignSettings) -> bool:
    if number.status is not NumberStatus.DEAD:
        return number.status.usable
    rule = settings.retry.get(Outcome.NOT_IN_SERVICE.value)
    dead = sum(a.outcome is Outcome.NOT_IN_SERVICE for a in _on(case, number))
    return rule is not None and 0 < dead <= rule.times


def _voicemails(case: Case, number: Number) -> int:
    heard = (Outcome.VOICEMAIL, Outcome.VOICEMAIL_LEFT)
    return sum(1 for _ in takewhile(lambda a: a.outcome in heard, reversed(_on(case, number))))


def _on(case: Case, number: Number) -> tuple[CallAttempt, ...]:
    return tuple(a for a in case.closed_attempts if a.number == number.id)


def _over(case: Case, settings: CampaignSettings) -> Reason | None:
    if case.do_not_call:
        return Reason.of("do_not_call")
    if not case.closed(settings.cutoffs, settings.max_attempts):
        return None
    if case.erased or case.disposition(settings.cutoffs).closes:
        return Reason.of("closed")
    used = sum(a.counts for a in case.attempts)
    return Reason.of("attempts_used", n=used) if used >= settings.max_attempts else Reason.of("closed")


def _running(case: Case, at: datetime) -> Reason | None:
    """Say that a call goes on; one left open on an earlier day is a laptop that stopped in mid-call."""
    running = case.open_attempt
    on = running is not None and local_day(running.opened_at) == local_day(at)
    return Reason.of("in_call") if on else None


def _stopped(case: Case, settings: CampaignSettings) -> Reason | None:
    """Return who must decide first after the last word that was spoken, without a promised call."""
    refusals = settings.retry.get(Outcome.SOFT_REFUSAL.value)
    soft = sum(a.outcome is Outcome.SOFT_REFUSAL for a in case.closed_attempts)
    if refusals and refusals.times and soft > refusals.times:
        return Reason.of("refused_again", n=soft)
    spoken = [a for a in case.closed_attempts if a.outcome and MEANING[a.outcome].contact]
    if not spoken:
        return None
    last = spoken[-1]
    match last.outcome:
        case Outcome.NOT_IN_LIST:
            return Reason.of("coordinator_decides")
        case Outcome.OTHER_REFUSES:
            return Reason.of("supervisor_decides")
        case Outcome.UNABLE if not last.detail.startswith(AWAY):
            return Reason.of("unable")
        case Outcome.LANGUAGE if last.detail == NOBODY_SPEAKS:
            return Reason.of("nobody_speaks")
    return None


def promise_window(case: Case, settings: CampaignSettings) -> tuple[datetime, datetime] | None:
    """Return when the case's promised call is served, from and until; None without a promise."""
    booked = case.appointment
    if booked is None:
        return None
    rules = settings.appointments
    latest = booked.start + timedelta(minutes=rules.late)
    end = max(latest, booked.end) if booked.firmness is Firmness.SOFT else latest
    return booked.start - timedelta(minutes=rules.early), end


def _promised(case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime, ready: Turn) -> Turn | Reason:
    """Judge a promised call: it replaces waiting times and daily limits, because the person asked for it."""
    window = promise_window(case, settings)
    assert window is not None  # noqa: S101 - only called for a case with an appointment
    start, end = window
    if at < start:
        return Reason.of("appointment_later", until=start)
    age = age_of(case, local_day(at))
    slack = settings.appointments.outside_hours if at <= end else 0
    if calendar.open_near(at, slack, ready.role, age):
        return ready
    return _hours(calendar, at, ready.role, age)


def _hours(calendar: Calendar, at: datetime, role: str, age: int | None) -> Reason:
    later = calendar.opens_next(at, role, age)
    return Reason.of("outside_hours", until=later) if later else Reason.of("campaign_over")


@dataclass(frozen=True)
class _Lines:
    """The numbers that may be dialled for a role, and the other cases behind them."""

    role: str
    numbers: tuple[Number, ...]
    neighbours: Sequence[Case]

    def dials(self, case: Case, number: Number) -> list[CallAttempt]:
        """Return all finished dials of a line, the neighbours' too: after no answer the line rests for all."""
        others = (a for n in self.neighbours for own in n.numbers if own.e164 == number.e164 for a in _on(n, own))
        return sorted((*_on(case, number), *others), key=lambda a: (ended(a), a.id))


def _ordinary(
    case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime, lines: _Lines
) -> Turn | Reason:
    waits = [*_person_waits(case, settings, calendar, at)]
    by_number = {n.id: _line(case, settings, calendar, at, (n, lines)) for n in lines.numbers}
    free = [number for number, reason in by_number.items() if reason is None]
    if not free:
        waits.append(min((r for r in by_number.values() if r), key=_end))
    age = age_of(case, local_day(at))
    if waits:
        longest = max(waits, key=_end)
        later = calendar.opens_next(_end(longest), lines.role, age)
        facts = dict(longest.facts)
        return Reason.of(longest.code, **{**facts, "until": later}) if later else Reason.of("campaign_over")
    if not calendar.open_at(at, lines.role, age):
        return _hours(calendar, at, lines.role, age)
    return Turn(lines.role, free[0])


def _end(reason: Reason) -> datetime:
    until = reason.until
    assert until is not None  # noqa: S101 - waits always have an end
    return until


def _person_waits(case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime) -> Iterable[Reason]:
    done = case.closed_attempts
    wait = person_wait(done, settings, calendar)
    if wait is not None and wait.until > at:
        code = "cooling_off" if wait.outcome is Outcome.SOFT_REFUSAL else "wait"
        yield Reason.of(code, outcome=wait.outcome.value, until=wait.until)
    spent = spent_today(done, at)
    if spent >= settings.attempts_per_day and not may_redial(done, settings):
        yield Reason.of("day_limit", n=spent, until=day_after(at))


def _line(
    case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime, line: tuple[Number, _Lines]
) -> Reason | None:
    number, lines = line
    if may_redial(case.closed_attempts, settings):
        return None
    wait = line_wait(lines.dials(case, number), settings, calendar)
    if wait is not None and wait.until > at:
        return Reason.of("wait", outcome=wait.outcome.value, until=wait.until)
    if contact_today(_on(case, number), at):
        return Reason.of("spoken_today", until=day_after(at))
    return None
