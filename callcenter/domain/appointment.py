"""When somebody asked to be called again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from callcenter.ids import Id


class Firmness(StrEnum):
    """Firm: the person named the time. Soft: a guess or a household member's hint."""

    FIRM = "firm"
    SOFT = "soft"


DEFAULT_LENGTH = {Firmness.FIRM: timedelta(minutes=15), Firmness.SOFT: timedelta(minutes=60)}
LONGEST = timedelta(hours=4)


@dataclass(frozen=True)
class Appointment:
    """A promised call: one per open case, a new one replaces it and the old one stays in the history."""

    id: Id
    start: datetime
    end: datetime
    firmness: Firmness
    made_by: Id
    personal: bool = False
    number: str = ""

    def late(self, at: datetime, tolerance: timedelta = timedelta(minutes=20)) -> bool:
        """Tell whether its moment and tolerance have passed."""
        return at > self.start + tolerance

    def due(self, at: datetime, early: timedelta = timedelta(minutes=8)) -> bool:
        """Tell whether it may be served now: from `early` before its start."""
        return at >= self.start - early
