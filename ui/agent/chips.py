"""The moments that are most often agreed on, reckoned from now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from callcenter.queue.picker import Picker
from callcenter.text import LOCAL_ZONE
from ui.text import _, current

_EVENING = time(18, 30)
_AFTER_SCHOOL = time(16, 15)
_AFTER_SCHOOL_WEDNESDAY = time(12, 45)
_QUARTER = 15
_MOST = 4
_SOON, _APART = timedelta(minutes=30), timedelta(hours=1)
_WEDNESDAY, _FRIDAY, _SUNDAY = 3, 5, 7
_LATEST, _EARLIEST = time(20, 0), time(9, 0)


@dataclass(frozen=True)
class Chip:
    """One moment with its words."""

    words: str
    start: datetime


def chips(now: datetime, picker: Picker | None = None) -> tuple[Chip, ...]:
    """Return the moments on offer, all after `now` and never on a Sunday; starts are aware, in Brussels time.

    With a picker only moments are offered at which somebody works who may call; the next shifts fill up.
    """
    local = now.astimezone(LOCAL_ZONE)
    found = [(words, start) for words, start in _usual(local) if start is not None and _kept(start, picker)]
    if picker is not None:
        for start in picker.offered(now + _SOON, _MOST):
            near = any(abs(start - other) < _APART for _words, other in found)
            if len(found) < _MOST and not near:
                found.append((_("In the next shift"), start.astimezone(LOCAL_ZONE)))
    return tuple(Chip(f"{words} · {_when(start, local)}", start) for words, start in found)


def _kept(start: datetime, picker: Picker | None) -> bool:
    return picker is None or picker.fault(start) is None


def _usual(local: datetime) -> list[tuple[str, datetime | None]]:
    return [
        (_("In one hour"), _in_an_hour(local)),
        (_("This evening"), _today_at(local, _EVENING)),
        (_("Tomorrow, same hour"), _tomorrow(local)),
        (_("After school"), _after_school(local)),
    ]


def _when(start: datetime, local: datetime) -> str:
    say = current()
    return say.time(start) if start.date() == local.date() else say.moment(start, "EEE d MMM, HH:mm")


def round_up(local: datetime) -> datetime:
    """Return the next whole quarter of an hour."""
    whole = local.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=-whole.minute % _QUARTER)


def _in_an_hour(local: datetime) -> datetime | None:
    start = round_up(local + timedelta(hours=1))
    return start if start.date() == local.date() and start.time() <= _LATEST and not _sunday(start) else None


def _today_at(local: datetime, at: time) -> datetime | None:
    start = datetime.combine(local.date(), at, LOCAL_ZONE)
    return start if start > local and not _sunday(start) else None


def _tomorrow(local: datetime) -> datetime:
    hour = min(max(round_up(local).time(), _EARLIEST), _LATEST)
    return datetime.combine(_next_day(local), hour, LOCAL_ZONE)


def _after_school(local: datetime) -> datetime:
    start = _end_of_school(local)
    while start <= local or start.isoweekday() > _FRIDAY:
        start = _end_of_school(start + timedelta(days=1))
    return start


def _end_of_school(day: datetime) -> datetime:
    hour = _AFTER_SCHOOL_WEDNESDAY if day.isoweekday() == _WEDNESDAY else _AFTER_SCHOOL
    return datetime.combine(day.date(), hour, LOCAL_ZONE)


def _next_day(local: datetime) -> date:
    day = local + timedelta(days=1)
    return (day + timedelta(days=1) if _sunday(day) else day).date()


def _sunday(day: datetime) -> bool:
    return day.isoweekday() == _SUNDAY
