"""The exclusive right to call a case until a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from callcenter.ids import Id

# No call begins so shortly before a lease ends: it takes a while until it rings, and clocks differ.
MARGIN: Final = timedelta(minutes=2)
# The greatest difference between two clocks that we reckon with: who grants waits so long after a lease.
GRACE: Final = timedelta(minutes=5)


class Tier(StrEnum):
    """Primary work, or the reserve in case the first runs out."""

    PRIMARY = "primary"
    RESERVE = "reserve"


@dataclass(frozen=True)
class Lease:
    """One lease; `epoch` grows by one with each grant of the case."""

    id: Id
    agent: Id
    epoch: int
    granted_at: datetime
    expires_at: datetime
    tier: Tier = Tier.PRIMARY
    rank: int = 0
    ended_at: datetime | None = None

    def live(self, at: datetime) -> bool:
        """Tell whether this lease still binds the case to its agent."""
        return self.ended_at is None and at < self.expires_at

    def callable(self, at: datetime) -> bool:
        """Tell whether a call may start under this lease: with a margin before its end."""
        return self.live(at + MARGIN)
