"""One try on one number, with begin, end and outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from callcenter.domain.outcome import Outcome
from callcenter.ids import Id

# Sub-choices of outcomes that rules depend on.
REDIAL, CANCELLED, DROPPED, AWAY = "redial", "cancelled", "dropped", "away"
PARENT_OF_MINOR, NOBODY_SPEAKS, BEFORE_REFERENCE = "parent_of_minor", "nobody_speaks", "before_reference"
CONFIRMED, DUPLICATE_CONFIRMED = "confirmed", "duplicate_confirmed"


@dataclass(frozen=True)
class CallAttempt:
    """One call attempt; `outcome` is the corrected one where a supervisor corrected it.

    `share` is the answered share of relevant key items for an unfinished interview. `detail` is a sub-choice such as
    `dropped`, `away:2026-07-10`, `confirmed` or `duplicate_confirmed`. `late` marks an attempt under an ended lease.
    """

    id: Id
    agent: Id
    opened_at: datetime
    number: str = ""
    role: str = "subject"
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    first_outcome: Outcome | None = None
    detail: str = ""
    share: float | None = None
    late: bool = False

    @property
    def counts(self) -> bool:
        """Tell whether it counts against `max_attempts`: K, redials and cancelled calls do not."""
        return self.outcome not in (None, Outcome.KNOWN_PERSON) and self.detail not in (REDIAL, CANCELLED)
