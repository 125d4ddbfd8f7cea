"""When calls may start: slots, hours per role, holidays and the school days of pupils, in Brussels time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

from callcenter.domain.calling_rules import Span
from callcenter.domain.campaign import CampaignSettings
from callcenter.text import LOCAL_ZONE

_SUNDAY, _WEDNESDAY, _FRIDAY = 7, 3, 5
_ONE_DAY = timedelta(days=1)
_MOST_KEPT = 20_000
FLEMISH_COMMUNITY_DAY = (7, 11)

Hours = tuple[tuple[time, time], ...]
"""Parts of one local day: start <= t < end."""


def local_day(at: datetime) -> date:
    """Return the Brussels day of an aware moment."""
    return at.astimezone(LOCAL_ZONE).date()


def moment(day: date, clock: time) -> datetime:
    """Return the moment of a Brussels wall time, in UTC."""
    return datetime.combine(day, clock, LOCAL_ZONE).astimezone(UTC)


class Calendar:
    """The calling calendar of one campaign.

    `age` is in whole years and counts for the role subject only; None is an unknown age and is treated as a pupil's,
    the most careful reading.
    """

    def __init__(self, settings: CampaignSettings) -> None:
        self._settings = settings
        self._holidays = frozenset(settings.holidays)
        self._known: dict[tuple[date, str, bool], Hours] = {}
        self._slots: dict[datetime, tuple[str, datetime]] = {}

    def slot_of(self, at: datetime) -> str:
        """Return the code of the slot that holds a moment; an empty text between slots."""
        return self._slot(at)[0]

    def slot_end(self, at: datetime) -> datetime:
        """Return the end of the slot that holds a moment; the moment itself between slots."""
        return self._slot(at)[1]

    def _slot(self, at: datetime) -> tuple[str, datetime]:
        if at not in self._slots:
            if len(self._slots) >= _MOST_KEPT:
                self._slots.clear()
            held = (s for s in self._settings.slots if s.holds(at))
            self._slots[at] = next(((s.code, moment(local_day(at), s.end)) for s in held), ("", at))
        return self._slots[at]

    def open_at(self, at: datetime, role: str = "subject", age: int | None = None) -> bool:
        """Tell whether a call to this role may start."""
        clock = at.astimezone(LOCAL_ZONE).time()
        return any(start <= clock < end for start, end in self.hours_on(local_day(at), role, age))

    def opens_next(self, at: datetime, role: str = "subject", age: int | None = None) -> datetime | None:
        """Return the first moment from `at` on at which a call may start; None when the campaign has no more."""
        if self.open_at(at, role, age):
            return at
        day, last = max(local_day(at), self._settings.period_start), self._last_day()
        while day <= last:
            starts = [moment(day, start) for start, _ in self.hours_on(day, role, age)]
            if later := [start for start in starts if start > at]:
                return min(later)
            day += _ONE_DAY
        return None

    def open_near(self, at: datetime, minutes: int, role: str = "subject", age: int | None = None) -> bool:
        """Tell whether a moment lies in the hours or at most so many minutes outside them on the same day."""
        day, slack = local_day(at), timedelta(minutes=minutes)
        return any(moment(day, a) - slack <= at < moment(day, b) + slack for a, b in self.hours_on(day, role, age))

    def hours_on(self, day: date, role: str = "subject", age: int | None = None) -> Hours:
        """Return the hours of a Brussels day for a role, earliest first."""
        pupil = role == "subject" and (age is None or age < self._settings.pupils.under)
        key = (day, role, pupil)
        if key not in self._known:
            hours = self._hours(day, role)
            self._known[key] = self._after_school(day, hours) if pupil else hours
        return self._known[key]

    def school_day(self, day: date) -> bool:
        """Tell whether pupils are at school on a day."""
        free = day in self._holidays or any(span.holds(day) for span in self._settings.school_holidays)
        return day.isoweekday() <= _FRIDAY and not free

    def _last_day(self) -> date:
        extra = self._settings.mop_up
        return extra.end if extra else self._settings.period_end

    def _hours(self, day: date, role: str) -> Hours:
        extra = self._settings.mop_up
        runs = self._settings.period_start <= day <= self._settings.period_end
        if day.isoweekday() == _SUNDAY or day in self._holidays or not (runs or (extra and extra.holds(day))):
            return ()
        windows = self._settings.hours.get(role, ())
        hours = tuple(sorted((w.start, w.end) for w in windows if day.isoweekday() in w.days))
        for quiet in self._settings.quiet:
            if day.isoweekday() in quiet.days:
                hours = _without(hours, quiet.start, quiet.end)
        return hours

    def _after_school(self, day: date, hours: Hours) -> Hours:
        pupils = self._settings.pupils
        if any(span.holds(day) for span in pupils.exams):
            return _within(hours, pupils.exam_start, pupils.exam_end)
        if not self.school_day(day):
            return hours
        wednesday = day.isoweekday() == _WEDNESDAY
        return _within(hours, pupils.from_time_wednesday if wednesday else pupils.from_time, time.max)


def _within(hours: Hours, start: time, end: time) -> Hours:
    cut = ((max(a, start), min(b, end)) for a, b in hours)
    return tuple((a, b) for a, b in cut if a < b)


def _without(hours: Hours, start: time, end: time) -> Hours:
    parts = [part for a, b in hours for part in ((a, min(b, start)), (max(a, end), b))]
    return tuple((a, b) for a, b in parts if a < b)


@dataclass(frozen=True)
class BelgianDays:
    """The days of one calendar year without calls, and the school holidays of one community."""

    holidays: tuple[date, ...]
    school_holidays: tuple[Span, ...]


def belgian_days(year: int, community: str = "Flemish") -> BelgianDays:
    """Return the days that fill a campaign's calendar when it is made; the campaign carries them from then on.

    Legal holidays, Easter and Whit Sunday, and 11 July for the Flemish community; `community` may be Flemish, French
    or German.
    Source: the `holidays` package, country BE, category school.
    """
    import holidays  # only the office needs it, once per campaign

    public = set(holidays.country_holidays("BE", years=year))
    if community == "Flemish":
        public.add(date(year, *FLEMISH_COMMUNITY_DAY))
    school = holidays.country_holidays("BE", subdiv=community, years=year, categories=("school",), language="nl")
    spans = tuple(span for span in _spans(dict(school)) if not (span.start == span.end and span.start in public))
    return BelgianDays(tuple(sorted(public)), spans)


@cache
def flemish_days(year: int) -> BelgianDays:
    """Return the days of the Flemish calendar, read once."""
    return belgian_days(year)


def _spans(days: Mapping[date, str]) -> Iterator[Span]:
    """Join days that follow each other under one name."""
    ordered = sorted(days)
    if not ordered:
        return
    start = ordered[0]
    for day, following in pairwise([*ordered, date.max]):
        if following != day + _ONE_DAY or days[following] != days[day]:
            yield Span(start, day, days[day])
            start = following
