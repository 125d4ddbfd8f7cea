"""When somebody asked to be called again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from callcenter.domain.codec import from_json, to_json
from callcenter.ids import Id


class Firmness(StrEnum):
    """Firm: the person named the time. Soft: a guess or a household member's hint."""

    FIRM = "firm"
    SOFT = "soft"


DEFAULT_LENGTH = {Firmness.FIRM: timedelta(minutes=15), Firmness.SOFT: timedelta(minutes=60)}
LONGEST = timedelta(hours=4)
_YES = "1"


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

    @classmethod
    def from_texts(cls, told: Mapping[str, str]) -> Appointment:
        """Return the appointment that `texts` wrote."""
        return from_json(cls, {**told, "personal": told["personal"] == _YES})

    def texts(self) -> dict[str, str]:
        """Return it as plain texts, as a pack carries it."""
        return {name: _YES if value is True else str(value or "") for name, value in to_json(self).items()}

    def late(self, at: datetime, tolerance: timedelta = timedelta(minutes=20)) -> bool:
        """Tell whether its moment and tolerance have passed."""
        return at > self.start + tolerance

    def due(self, at: datetime, early: timedelta = timedelta(minutes=8)) -> bool:
        """Tell whether it may be served now: from `early` before its start."""
        return at >= self.start - early
