"""The time, handed to the rules instead of being fetched by them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

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


class RunningClock:
    """A clock that starts at a given moment and runs at the pace of this machine; for demonstrations."""

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._zero = time.monotonic()

    def __call__(self) -> datetime:
        """Return the start plus the time that has passed since."""
        return self._start + timedelta(seconds=time.monotonic() - self._zero)
