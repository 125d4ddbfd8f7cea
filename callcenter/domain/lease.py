"""The exclusive right to call a case until a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callcenter.ids import Id


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
        """Tell whether a call may start under this lease."""
        return self.ended_at is None and at < self.expires_at
