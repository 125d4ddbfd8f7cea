"""Whether a case may be called at a moment, on which number and for whom; else the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from callcenter.domain.appointment import Appointment, Firmness
from callcenter.domain.attempt import AWAY, NOBODY_SPEAKS, CallAttempt
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import MEANING, NumberStatus, Outcome
from callcenter.domain.sample import Number
from callcenter.ids import Id
from callcenter.queue.calling_hours import Calendar, local_day
from callcenter.queue.reason import Reason
from callcenter.queue.waiting import (
    contact_today,
    day_after,
    ended,
    line_wait,
    may_redial,
    person_wait,
    spent_today,
)
from callcenter.queue.whom import age_of, role_to_call

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
    look = _Look(case, settings, calendar, at, neighbours, role)
    numbers = numbers_to_dial(case, role, settings)
    if not numbers:
        return Reason.of("no_number", role=role)
    return _promised(look, numbers, case.appointment) if case.appointment else _ordinary(look, numbers)


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


def promise_window(booked: Appointment, settings: CampaignSettings) -> tuple[datetime, datetime]:
    """Return from when until when a promised call is served; a soft one until its end."""
    rules = settings.appointments
    latest = booked.start + timedelta(minutes=rules.late)
    end = max(latest, booked.end) if booked.firmness is Firmness.SOFT else latest
    return booked.start - timedelta(minutes=rules.early), end


@dataclass(frozen=True)
class _Look:
    """One case at one moment, seen for one role."""

    case: Case
    settings: CampaignSettings
    calendar: Calendar
    at: datetime
    neighbours: Sequence[Case]
    role: str

    @property
    def age(self) -> int | None:
        return age_of(self.case, local_day(self.at))

    def opens_next(self, at: datetime) -> datetime | None:
        return self.calendar.opens_next(at, self.role, self.age)

    def outside(self) -> Reason:
        later = self.opens_next(self.at)
        return Reason.of("outside_hours", until=later) if later else Reason.of("campaign_over")

    def dials(self, number: Number) -> list[CallAttempt]:
        """Return all finished dials of a line, the neighbours' too: after no answer the line rests for all."""
        others = (a for n in self.neighbours for own in n.numbers if own.e164 == number.e164 for a in _on(n, own))
        return sorted((*_on(self.case, number), *others), key=lambda a: (ended(a), a.id))


def _promised(look: _Look, numbers: Sequence[Number], booked: Appointment) -> Turn | Reason:
    """Judge a promised call: it replaces waiting times and daily limits, because the person asked for it."""
    start, end = promise_window(booked, look.settings)
    if look.at < start:
        return Reason.of("appointment_later", until=start)
    slack = look.settings.appointments.outside_hours if look.at <= end else 0
    near = look.calendar.open_near(look.at, slack, look.role, look.age)
    return Turn(look.role, numbers[0].id) if near else look.outside()


def _ordinary(look: _Look, numbers: Sequence[Number]) -> Turn | Reason:
    waits = list(_person_waits(look))
    lines = {number.id: _line_wait(look, number) for number in numbers}
    free = [number for number, wait in lines.items() if wait is None]
    if not free:
        waits.append(min((wait for wait in lines.values() if wait), key=_end))
    if waits:
        longest = max(waits, key=_end)
        later = look.opens_next(longest.until or look.at)
        facts = {**dict(longest.facts), "until": later or look.at}
        return Reason.of(longest.code, **facts) if later else Reason.of("campaign_over")
    return Turn(look.role, free[0]) if look.calendar.open_at(look.at, look.role, look.age) else look.outside()


def _end(reason: Reason) -> float:
    return reason.until.timestamp() if reason.until else 0.0


def _person_waits(look: _Look) -> Iterator[Reason]:
    done = look.case.closed_attempts
    wait = person_wait(done, look.settings, look.calendar)
    if wait is not None and wait.until > look.at:
        code = "cooling_off" if wait.outcome is Outcome.SOFT_REFUSAL else "wait"
        yield Reason.of(code, outcome=wait.outcome.value, until=wait.until)
    spent = spent_today(done, look.at)
    if spent >= look.settings.attempts_per_day and not may_redial(done, look.settings):
        yield Reason.of("day_limit", n=spent, until=day_after(look.at))


def _line_wait(look: _Look, number: Number) -> Reason | None:
    if may_redial(look.case.closed_attempts, look.settings):
        return None
    wait = line_wait(look.dials(number), look.settings, look.calendar)
    if wait is not None and wait.until > look.at:
        return Reason.of("wait", outcome=wait.outcome.value, until=wait.until)
    if contact_today(_on(look.case, number), look.at):
        return Reason.of("spoken_today", until=day_after(look.at))
    return None
