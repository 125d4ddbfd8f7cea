"""The same person twice in a list: surely or probably (only door to rapidfuzz)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import OSA

_FAR = 2


class Mark(NamedTuple):
    """What a person is recognised by: name key, birth date, usable numbers and valid e-mail addresses."""

    key: str
    born: date | None
    contacts: frozenset[str]


class Seen:
    """The accepted people above, found by what they share: nobody is compared with all of them.

    What two people share is one text (`number birthday`): texts weigh less than pairs, of which there would be
    hundreds of thousands.
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._contacts_of: list[tuple[str, ...]] = []
        self._contacts: set[str] = set()
        self._same = _Places()
        self._by_key = _Places()
        self._by_birth = _Places()
        self._unborn = _Places()

    def add(self, mark: Mark) -> int:
        """Remember an accepted person; return its place, from 0."""
        place = len(self._keys)
        self._keys.append(mark.key)
        self._contacts_of.append(tuple(mark.contacts))
        self._contacts |= mark.contacts
        self._by_key.add(mark.key, place)
        if mark.born is None:
            for contact in mark.contacts:
                self._unborn.add(f"{contact} {mark.key}", place)
        else:
            born = mark.born.toordinal()
            self._same.add(f"{mark.key} {born}", place)
            for contact in mark.contacts:
                self._by_birth.add(f"{contact} {born}", place)
        return place

    def match(self, mark: Mark) -> tuple[str, int] | None:
        """Return `exact` or `probable` with the place of the first accepted person it repeats, or None."""
        if mark.born is not None:
            for exact in self._same.at(f"{mark.key} {mark.born.toordinal()}"):
                return "exact", exact
        if self._contacts.isdisjoint(mark.contacts):
            return None
        probable = min(self._probable(mark), default=None)
        return None if probable is None else ("probable", probable)

    def _probable(self, mark: Mark) -> Iterator[int]:
        """Yield places of people with a contact in common and nearly the same name, or the same and no birth date."""
        if mark.born is None:
            for place in self._by_key.at(mark.key):
                if not mark.contacts.isdisjoint(self._contacts_of[place]):
                    yield place
            return
        for contact in mark.contacts:
            yield from self._unborn.at(f"{contact} {mark.key}")
            for place in self._by_birth.at(f"{contact} {mark.born.toordinal()}"):
                if 1 <= OSA.distance(mark.key, self._keys[place], score_cutoff=_FAR) <= _FAR:
                    yield place


class _Places:
    """Places by what stands there; nearly always one, so that only more of them make a list."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._others: dict[str, list[int]] = {}

    def add(self, shared: str, place: int) -> None:
        if self._first.setdefault(shared, place) != place:
            self._others.setdefault(shared, []).append(place)

    def at(self, shared: str) -> tuple[int, ...]:
        first = self._first.get(shared)
        return () if first is None else (first, *self._others.get(shared, ()))
