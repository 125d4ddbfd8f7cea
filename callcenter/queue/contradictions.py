"""Calling rules that do not fit each other: what is wrong, whether calling can go on, and what to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import combinations

from callcenter.domain.calling_rules import Slot, Window
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.outcome import Outcome
from callcenter.queue.calling_hours import Calendar, Hours, flemish_days
from callcenter.queue.whom import SUBJECT
from callcenter.text import N_

_EARLY, _LATE = time(8), time(21)
_MUCH_DATA = 250
"""More people than this on one laptop is more than an agent can call in a day."""
_SKEW = 5
"""Minutes that two clocks may differ."""
_A_PUPIL = 15


@dataclass(frozen=True)
class Contradiction:
    """One thing that does not fit: the setting to look at, the sentence and its facts.

    `blocking` ones make calling impossible or wrong and are refused; the others are doubts for which there may be
    good reasons.
    """

    setting: str
    blocking: bool
    what: str
    facts: tuple[tuple[str, object], ...] = ()


def contradictions(settings: CampaignSettings) -> tuple[Contradiction, ...]:
    """Return all that does not fit in a campaign's calling rules, what blocks first."""
    found = [one for rule in _RULES for one in rule(settings)]
    return tuple(sorted(found, key=lambda one: not one.blocking))


def _days(settings: CampaignSettings) -> Iterator[date]:
    day = settings.period_start
    while day <= settings.period_end:
        yield day
        day += timedelta(days=1)


def _of(setting: str, what: str, *, blocking: bool = False, **facts: object) -> Contradiction:
    return Contradiction(setting, blocking, what, tuple(sorted(facts.items())))


def _no_day(settings: CampaignSettings) -> Iterator[Contradiction]:
    calendar = Calendar(settings)
    for role in settings.roles:
        if not any(calendar.hours_on(day, role, 99) for day in _days(settings)):
            what = N_("In the whole period there is no hour at which '{role}' may be called. Add hours or days.")
            yield _of("hours", what, blocking=True, role=role)


def _pupils(settings: CampaignSettings) -> Iterator[Contradiction]:
    calendar = Calendar(settings)
    days = [day for day in _days(settings) if calendar.hours_on(day, SUBJECT, 99)]
    without = [day for day in days if not calendar.hours_on(day, SUBJECT, _A_PUPIL)]
    if settings.pupils.under > _A_PUPIL and days and without:
        what = N_("On {n} of {all} calling days no pupil may be called: their hours begin after the last call.")
        yield _of("pupils", what, blocking=len(without) == len(days), n=len(without), all=len(days))


def _slots(settings: CampaignSettings) -> Iterator[Contradiction]:
    for one, other in combinations(settings.slots, 2):
        if set(one.days) & set(other.days) and one.start < other.end and other.start < one.end:
            what = N_("The parts of the week '{one}' and '{other}' overlap. Let one end where the other begins.")
            yield _of("slots", what, blocking=True, one=one.code, other=other.code)
    windows = [window for role in settings.roles for window in settings.hours.get(role, ())]
    for slot in settings.slots:
        if not any(_meet(slot, window) for window in windows):
            what = N_("The part of the week '{code}' lies outside all calling hours, so nobody is called in it.")
            yield _of("slots", what, code=slot.code)
    bare = sorted({day for window in windows for day in window.days if _bare(window, day, settings.slots)})
    if bare:
        what = N_("Some calling hours belong to no part of the week. Calls in them do not count as another moment.")
        yield _of("slots", what)


def _meet(one: Window, other: Window) -> bool:
    return bool(set(one.days) & set(other.days)) and one.start < other.end and other.start < one.end


def _bare(window: Window, day: int, slots: Sequence[Slot]) -> bool:
    """Tell whether a part of these hours lies in no slot on a day of the week."""
    reached = window.start
    for slot in sorted((s for s in slots if day in s.days), key=lambda s: s.start):
        if slot.start <= reached:
            reached = max(reached, slot.end)
    return reached < window.end


def _unusual_hours(settings: CampaignSettings) -> Iterator[Contradiction]:
    for role in settings.roles:
        if any(w.start < _EARLY or w.end > _LATE for w in settings.hours.get(role, ())):
            what = N_("'{role}' may be called before 8:00 or after 21:00. People rarely thank you for that.")
            yield _of("hours", what, role=role)


def _limits(settings: CampaignSettings) -> Iterator[Contradiction]:
    if settings.least_slots > settings.max_attempts:
        what = N_("{n} attempts cannot be spread over {slots} parts of the week.")
        yield _of("least_slots", what, blocking=True, n=settings.max_attempts, slots=settings.least_slots)
    if settings.min_age_direct > settings.parent_consent_under:
        what = N_("From {consent} years on no parent is asked, but a person is only called from {direct} years on.")
        yield _of("min_age_direct", what, consent=settings.parent_consent_under, direct=settings.min_age_direct)
    if settings.parent_consent_under > 0 and "parent" not in settings.roles:
        what = N_("A parent must agree under {n} years, but parents are not called in this campaign.")
        yield _of("roles", what, n=settings.parent_consent_under)


def _waits(settings: CampaignSettings) -> Iterator[Contradiction]:
    whole = (settings.period_end - settings.period_start).days + 1
    for letter, rule in sorted(settings.retry.items()):
        if rule.minutes >= whole * 24 * 60:
            what = N_("After '{outcome}' the wait is longer than the whole campaign: there is no second call.")
            yield _of("retry", what, outcome=letter)
    longest = max((_minutes(Calendar(settings).hours_on(day, SUBJECT, 99)) for day in _days(settings)), default=0)
    quiet = settings.retry.get(Outcome.NO_ANSWER.value)
    if settings.attempts_per_day > 1 and quiet and not quiet.next_day and quiet.minutes > longest:
        what = N_("Two calls a day are allowed, but the wait after no answer is longer than a calling day.")
        yield _of("attempts_per_day", what)


def _minutes(hours: Hours) -> int:
    return sum((b.hour - a.hour) * 60 + b.minute - a.minute for a, b in hours)


def _leases(settings: CampaignSettings) -> Iterator[Contradiction]:
    leases = settings.leases
    if leases.grace_minutes < _SKEW:
        what = N_("Clocks of laptops differ by minutes: wait at least {n} minutes before somebody else gets a case.")
        yield _of("leases", what, blocking=True, n=_SKEW)
    if leases.after_shift_minutes > 24 * 60:
        what = N_("Names stay on a laptop for more than a day after the shift.")
        yield _of("leases", what)
    if leases.limit + leases.reserve > _MUCH_DATA:
        what = N_("{n} people on one laptop are more than an agent can call, and more than may be lost at once.")
        yield _of("leases", what, n=leases.limit + leases.reserve)


def _appointments(settings: CampaignSettings) -> Iterator[Contradiction]:
    rules = settings.appointments
    if max(rules.firm_length, rules.soft_length) > rules.longest_hours * 60:
        what = N_("An appointment is longer than the longest allowed, {n} hours.")
        yield _of("appointments", what, blocking=True, n=rules.longest_hours)
    if rules.gap < rules.early:
        what = N_("Two appointments may stand {gap} minutes apart, but the second is called {early} minutes early.")
        yield _of("appointments", what, gap=rules.gap, early=rules.early)


def _days_without_calls(settings: CampaignSettings) -> Iterator[Contradiction]:
    end = settings.mop_up.end if settings.mop_up else settings.period_end
    for year in range(settings.period_start.year, end.year + 1):
        known = set(settings.holidays)
        missing = [d for d in flemish_days(year).holidays if settings.period_start <= d <= end and d not in known]
        if missing:
            what = N_("{n} public holidays of {year} are calling days in this campaign. Fill in the calendar.")
            yield _of("holidays", what, n=len(missing), year=year)


def _dates(settings: CampaignSettings) -> Iterator[Contradiction]:
    if settings.ref_next <= settings.ref_school:
        yield _of("ref_next", N_("'Next year from' lies before 'At school on'."), blocking=True)
    if settings.ref_week > settings.period_end:
        yield _of("ref_week", N_("The week of the work questions lies after the last calling day."))


def _recusals(settings: CampaignSettings) -> Iterator[Contradiction]:
    for one, other in settings.recusal.pairs:
        if not one or not other or one == other:
            what = N_("A pair of people who know each other needs two different names or numbers.")
            yield _of("recusal", what, blocking=True)
            return


_RULES: tuple[Callable[[CampaignSettings], Iterator[Contradiction]], ...] = (
    _no_day,
    _pupils,
    _slots,
    _unusual_hours,
    _limits,
    _waits,
    _leases,
    _appointments,
    _days_without_calls,
    _dates,
    _recusals,
)
