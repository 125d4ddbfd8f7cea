"""Which moments an appointment may have: inside the hours, and while somebody works who may call this person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.queue.calling_hours import Calendar, local_day
from callcenter.queue.odds import MAY, SPEAK, WORK, Outlook, outlook_of
from callcenter.queue.reason import Reason
from callcenter.queue.whom import age_of, language_of

_QUARTER = timedelta(minutes=15)
_AHEAD = timedelta(minutes=30)
"""A shift that ends so soon is not worth a promise."""
# What is checked in this order, and what is told when it fails: with the next moment, and without one.
_FAULTS = (
    (WORK, "nobody_rostered", "nobody_rostered_any_more"),
    (SPEAK, "language_not_rostered", "language_not_rostered_any_more"),
    (MAY, "only_known_rostered", "only_known_rostered_any_more"),
)


@dataclass(frozen=True)
class Picker:
    """Judges and offers moments for one person, from the roster that came with the lease; it holds no names."""

    calendar: Calendar
    outlook: Outlook
    role: str = "subject"
    age: int | None = None
    language: str = ""

    def fault(self, start: datetime) -> Reason | None:
        """Return which of hours, roster, language and recusal speaks against a moment, with the next good one."""
        if not self.calendar.open_at(start, self.role, self.age):
            opens = self.calendar.opens_next(start, self.role, self.age)
            return Reason.of("outside_hours", until=opens) if opens else Reason.of("campaign_over")
        work = self.outlook.spans(WORK) or ()
        if work and start >= max(span.end for span in work):
            return Reason.of("roster_unknown")
        for kind, code, code_without in _FAULTS:
            if not self._works(kind, start):
                later = next(self._good(start), None)
                facts = {"language": self.language} if kind == SPEAK else {}
                return Reason.of(code, until=later, **facts) if later else Reason.of(code_without, **facts)
        return None

    def offered(self, after: datetime, count: int = 3) -> tuple[datetime, ...]:
        """Return the first good moments of the next shifts, at most one a shift."""
        found = self._good(after)
        return tuple(moment for moment, _ in zip(found, range(count), strict=False))

    def _works(self, kind: str, start: datetime) -> bool:
        return any(span.holds(start) for span in self.outlook.spans(kind) or ())

    def _good(self, after: datetime) -> Iterator[datetime]:
        for span in self.outlook.spans(MAY) or ():
            at = _next_quarter(max(span.start, after))
            while at + _AHEAD <= span.end:
                if self.calendar.open_at(at, self.role, self.age):
                    yield at
                    break
                at += _QUARTER


def _next_quarter(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    whole += timedelta(minutes=1) if whole < at else timedelta(0)
    return whole + timedelta(minutes=-whole.minute % 15)


def picker_of(case: Case, role: str, settings: CampaignSettings, at: datetime) -> Picker | None:
    """Return the picker for a leased case; None when no roster came with its lease."""
    outlook = outlook_of(case, settings)
    if not outlook.spans(WORK):
        return None
    return Picker(Calendar(settings), outlook, role, age_of(case, local_day(at)), language_of(case))
