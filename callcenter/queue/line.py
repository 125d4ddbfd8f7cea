"""The heap of one laptop: pinned calls by their minute, then all others by index; who waits comes back by itself."""

from __future__ import annotations

import heapq
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Place = tuple[int | float | str, ...]


@dataclass
class Line(Generic[Key]):
    """Calls of one agent; times are seconds or minutes, one unit throughout. Each change costs O(log n).

    A key stands at one place at a time: putting it again moves it.
    """

    _ready: list[tuple[Place, int, Key]] = field(default_factory=list)
    _later: list[tuple[float, int, Key]] = field(default_factory=list)
    _places: dict[Key, tuple[int, Place]] = field(default_factory=dict)
    _count: int = 0

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: Key) -> bool:
        return key in self._places

    def put(self, key: Key, place: Place, not_before: float | None = None) -> None:
        """Put a key at a place, smallest first; not before a moment it is only kept."""
        self._count += 1
        self._places[key] = (self._count, place)
        if not_before is None:
            heapq.heappush(self._ready, (place, self._count, key))
        else:
            heapq.heappush(self._later, (not_before, self._count, key))

    def drop(self, key: Key) -> None:
        """Take a key out; one that is not there is nothing."""
        self._places.pop(key, None)

    def awake(self, now: float) -> list[Key]:
        """Take out the keys whose moment has come and return them, for who wants to place them anew."""
        found = []
        while self._later and self._later[0][0] <= now:
            _, count, key = heapq.heappop(self._later)
            known = self._places.get(key)
            if known is not None and known[0] == count:
                del self._places[key]
                found.append(key)
        return found

    def first(self, now: float) -> Key | None:
        """Return the key to call now and leave it in its place; None when all wait."""
        self._wake(now)
        while self._ready:
            _, count, key = self._ready[0]
            if self._places.get(key, (0,))[0] == count:
                return key
            heapq.heappop(self._ready)
        return None

    def opens(self) -> float | None:
        """Return when the first of those that wait comes back."""
        while self._later:
            moment, count, key = self._later[0]
            if self._places.get(key, (0,))[0] == count:
                return moment
            heapq.heappop(self._later)
        return None

    def _wake(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            _, count, key = heapq.heappop(self._later)
            known = self._places.get(key)
            if known is not None and known[0] == count:
                heapq.heappush(self._ready, (known[1], count, key))
