"""Dates and times in expressions: texts to days since 1970 in the local zone, and back."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall-clock arithmetic within one zone
_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?\Z"
)
_TIME = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?\Z")
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or dateTime value: wall-clock time in the local zone, with the zone to print its offset."""

    local: datetime
    zone: ZoneInfo

    @property
    def days(self) -> float:
        """Days since 1970-01-01 00:00, local time."""
        return (self.local - _EPOCH) / timedelta(days=1)

    @property
    def text(self) -> str:
        """`2026-08-14` at midnight, else `2026-08-14T09:00:00.000+02:00`."""
        if self.local.time() == time():
            return self.local.date().isoformat()
        return self.stamp

    @property
    def stamp(self) -> str:
        """The moment with its time and offset, even at midnight."""
        aware = self.local.replace(tzinfo=self.zone)
        # At the ends of the calendar there is no other zone to go by.
        with suppress(OverflowError):
            # By way of UTC: a time that the clocks skip in spring is shown an hour later.
            aware = aware.astimezone(UTC).astimezone(self.zone)
        fraction = f"{self.local.microsecond // 1000:03}".rstrip("0") or "000"
        return f"{aware.year:04}-{aware:%m-%dT%H:%M:%S}.{fraction}{_offset(aware)}"


def _offset(aware: datetime) -> str:
    # Before there were zones, clocks differed by seconds; rounded down, the day stays the same when it is read again.
    minutes = math.floor((aware.utcoffset() or timedelta()) / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def from_instant(at: datetime, zone: ZoneInfo) -> Moment:
    """Return an aware instant as local time."""
    return Moment(at.astimezone(zone).replace(tzinfo=None), zone)


def midnight(at: datetime, zone: ZoneInfo) -> Moment:
    """Return the local day of an aware instant."""
    local = at.astimezone(zone)
    return Moment(datetime(local.year, local.month, local.day), zone)  # noqa: DTZ001 - wall clock of `zone`


def from_days(days: float, zone: ZoneInfo) -> Moment | None:
    """Return the moment so many days after 1970 in local time, or None outside the calendar."""
    try:
        local = _EPOCH + timedelta(milliseconds=round(days * DAY * 1000))
    except (OverflowError, ValueError):
        return None
    return Moment(local, zone)


def _fraction(text: str | None) -> int:
    return int((text or "0").ljust(6, "0")[:6])


def from_text(text: str, zone: ZoneInfo) -> Moment | None:
    """Return the moment that an ISO date or dateTime names, or None for any other text."""
    if len(text) < 10 or text[4] != "-":
        return None
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        local = datetime(  # noqa: DTZ001 - the offset is applied below
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), _fraction(fraction)
        )
        return Moment(_shifted(local, offset, zone), zone)
    except (ValueError, OverflowError):
        return None


def _shifted(local: datetime, offset: str | None, zone: ZoneInfo) -> datetime:
    if offset is None:
        return local
    minutes = 0
    if offset != "Z":
        hours, rest = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
        if hours > 23 or rest > 59:
            raise ValueError(offset)
        minutes = (hours * 60 + rest) * (-1 if offset[0] == "-" else 1)
    instant = (local - timedelta(minutes=minutes)).replace(tzinfo=UTC)
    return instant.astimezone(zone).replace(tzinfo=None)


def day_fraction(text: str, zone: ZoneInfo) -> float | None:
    """Return a time of day as a fraction of the day in the local zone, or None."""
    match = _TIME.match(text)
    if match is None:
        return None
    moment = from_text(f"1970-01-01T{text}", zone)
    if moment is None:
        return None
    clock = moment.local.time()
    return (clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6) / DAY


def valid_date(text: str) -> date | None:
    """Return the date that a text begins with, or None."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
