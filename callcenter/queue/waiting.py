"""How long a number and a person are left in peace after each outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from callcenter.domain.attempt import AWAY, DROPPED, REDIAL, CallAttempt
from callcenter.domain.calling_rules import Retry
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.queue.calling_hours import Calendar, local_day, moment

# These say something about the line; all others with a waiting time are about the person, on whatever number.
OF_THE_LINE = frozenset({Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL, Outcome.NOT_IN_SERVICE})
OF_THE_PERSON = (Outcome.VOICEMAIL_LEFT, Outcome.THIRD_PARTY, Outcome.UNABLE, Outcome.SOFT_REFUSAL)


@dataclass(frozen=True)
class Wait:
    """Not before a moment, because of an outcome."""

    until: datetime
    outcome: Outcome


def ended(attempt: CallAttempt) -> datetime:
    """Return when an attempt ended, or began while its end is unknown."""
    return attempt.closed_at or attempt.opened_at


def person_wait(attempts: Sequence[CallAttempt], settings: CampaignSettings, calendar: Calendar) -> Wait | None:
    """Return the longest wait that an outcome asks for the person, whatever the number."""
    waits = [
        _after(attempt, rule, calendar)
        for attempt in attempts
        if attempt.outcome in OF_THE_PERSON and (rule := _rule(attempt, settings)) is not None
    ]
    return max(waits, key=lambda wait: wait.until, default=None)


def _rule(attempt: CallAttempt, settings: CampaignSettings) -> Retry | None:
    """Return the waiting time of an outcome; a dropped line is as a busy one: somebody is there."""
    letter = Outcome.BUSY if attempt.detail == DROPPED else attempt.outcome
    return settings.retry.get(letter.value) if letter else None


def may_redial(attempts: Sequence[CallAttempt], settings: CampaignSettings) -> bool:
    """Tell whether the line dropped last, nobody was reached since, and it may be dialled again at once."""
    tail = list(takewhile(lambda a: a.detail in (DROPPED, REDIAL), reversed(attempts)))
    reached = any(a.outcome is not None and MEANING[a.outcome].contact for a in tail)
    return any(a.detail == DROPPED for a in tail) and not reached and len(tail) <= settings.redials


def line_wait(attempts: Sequence[CallAttempt], settings: CampaignSettings, calendar: Calendar) -> Wait | None:
    """Return the wait that the last dial of one number asks for; attempts on this number only, oldest first."""
    last = attempts[-1] if attempts else None
    if last is None or last.outcome not in OF_THE_LINE or last.detail == DROPPED:
        return None
    rule = settings.retry.get(last.outcome.value)
    if last.outcome is Outcome.BUSY and rule and rule.per_shift:
        busy = [a for a in attempts if a.outcome is Outcome.BUSY and _same_day(a.opened_at, last.opened_at)]
        if len(busy) >= rule.per_shift:
            rule = settings.retry.get(Outcome.NO_ANSWER.value)
    return _after(last, rule, calendar) if rule else None


def _after(attempt: CallAttempt, rule: Retry, calendar: Calendar) -> Wait:
    outcome = attempt.outcome or Outcome.THIRD_PARTY
    end = ended(attempt)
    until = end + timedelta(minutes=rule.minutes)
    if outcome is Outcome.UNABLE and (back := _away_until(attempt.detail)):
        until = moment(back + timedelta(days=1), time(0))  # the day after the one that was named
    if rule.next_day:
        until = day_after(end)
    slot = calendar.slot_of(attempt.opened_at)
    if rule.other_slot and slot and _same_day(until, attempt.opened_at) and calendar.slot_of(until) == slot:
        until = calendar.slot_end(until)
    return Wait(until, outcome)


def day_after(at: datetime) -> datetime:
    """Return the first moment of the next Brussels day."""
    return moment(local_day(at) + timedelta(days=1), time(0))


def _away_until(detail: str) -> date | None:
    kind, _, day = detail.partition(":")
    try:
        return date.fromisoformat(day) if kind == AWAY else None
    except ValueError:  # away, without a day
        return None


def _same_day(one: datetime, other: datetime) -> bool:
    return local_day(one) == local_day(other)


def spent_today(attempts: Iterable[CallAttempt], at: datetime) -> int:
    """Count the attempts of the Brussels day that count against the daily limit.

    A busy line does not: nobody was disturbed, and it has its own limit in a shift.
    """
    return sum(a.counts and a.outcome is not Outcome.BUSY and _same_day(a.opened_at, at) for a in attempts)


def contact_today(attempts: Iterable[CallAttempt], at: datetime) -> bool:
    """Tell whether somebody was spoken to, to the end, on the Brussels day of a moment."""
    spoken = (a for a in attempts if a.outcome is not None and MEANING[a.outcome].contact and a.detail != DROPPED)
    return any(_same_day(ended(a), at) for a in spoken)
