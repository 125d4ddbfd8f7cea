"""The time, handed to the rules instead of being fetched by them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class RehearsedClock:
    """A clock that stands at a given moment and moves only when told; for rehearsals and tests."""

    def __init__(self, start: datetime) -> None:
        self.moment = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """Return the moment at which it stands."""
        return self.moment

    def set(self, moment: datetime) -> None:
        """Jump to a moment."""
        self.moment = moment.astimezone(UTC)
