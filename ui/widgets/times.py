"""Moments and lengths of time, as people say them: minutes for a while, then hours, then days."""

from __future__ import annotations

from datetime import datetime, timedelta

from callcenter.text import LOCAL_ZONE
from ui.text import current, plural

# In minutes. Up to an hour and a half people think in minutes, then in hours, from a day on in days.
_MOST_MINUTES, _HOUR, _DAY = 90, 60, 1440


def same_day(one: datetime, other: datetime) -> bool:
    """Tell whether two moments lie on the same day in Belgium."""
    return one.astimezone(LOCAL_ZONE).date() == other.astimezone(LOCAL_ZONE).date()


def moment(at: datetime, now: datetime) -> str:
    """Return the time of a moment, with its day where that is not today."""
    say = current()
    return say.time(at) if same_day(at, now) else say.moment(at, "EEE d MMM, HH:mm")


def length(span: timedelta) -> str:
    """Return how long something takes or took, in whole minutes, hours or days."""
    unit, n = _counted(minutes_of(span))
    if unit == _DAY:
        return plural("{n} day", "{n} days", n)
    return plural("{n} hour", "{n} hours", n) if unit == _HOUR else plural("{n} min", "{n} min", n)


def away(at: datetime, now: datetime) -> str:
    """Return how far off a moment is, or how late it is by now."""
    minutes = minutes_of(at - now)
    unit, n = _counted(abs(minutes))
    if minutes < 0:
        return _late(unit, n)
    if unit == _DAY:
        return plural("in {n} day", "in {n} days", n)
    return plural("in {n} hour", "in {n} hours", n) if unit == _HOUR else plural("in {n} min", "in {n} min", n)


def minutes_of(span: timedelta) -> int:
    """Return a length in minutes, rounded to whole ones."""
    return round(span.total_seconds() / 60)


def _late(unit: int, n: int) -> str:
    if unit == _DAY:
        return plural("{n} day late", "{n} days late", n)
    return (
        plural("{n} hour late", "{n} hours late", n) if unit == _HOUR else plural("{n} min late", "{n} min late", n)
    )


def _counted(minutes: int) -> tuple[int, int]:
    """Return the unit that people count in, in minutes, and how many of it."""
    if minutes <= _MOST_MINUTES:
        return 1, minutes
    unit = _HOUR if minutes < _DAY else _DAY
    return unit, minutes // unit
