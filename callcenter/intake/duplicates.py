"""The same person twice in a list: surely or probably (only door to rapidfuzz)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

_FAR = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person is recognised by: name key, birth date, usable numbers and valid e-mail addresses."""

    key: str
    born: date | None
    contacts: frozenset[str]


class Seen:
    """The accepted people above, found by what they share: nobody is compared with all of them.

    What two people share is one text (`number birthday`, `number name`): a hundred thousand texts weigh little, as
    many pairs keep the garbage collector busy.
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._same: dict[str, int] = {}
        self._by_birth: dict[str, int] = {}
        self._others_by_birth: dict[str, list[int]] = {}
        self._by_key: dict[str, int] = {}
        self._unborn: dict[str, int] = {}

    def add(self, mark: Mark) -> int:
        """Remember an accepted person; return its place, from 0."""
        place = len(self._keys)
        self._keys.append(mark.key)
        born = None if mark.born is None else mark.born.toordinal()
        if born is not None:
            self._same.setdefault(f"{mark.key} {born}", place)
        for contact in mark.contacts:
            shared = f"{contact} {mark.key}"
            self._by_key.setdefault(shared, place)
            if born is None:
                self._unborn.setdefault(shared, place)
            elif self._by_birth.setdefault(f"{contact} {born}", place) != place:
                self._others_by_birth.setdefault(f"{contact} {born}", []).append(place)
        return place

    def match(self, mark: Mark) -> tuple[str, int] | None:
        """Return `exact` or `probable` with the place of the first accepted person it repeats, or None."""
        if mark.born is not None:
            exact = self._same.get(f"{mark.key} {mark.born.toordinal()}")
            if exact is not None:
                return "exact", exact
        probable = min(self._probable(mark), default=None)
        return None if probable is None else ("probable", probable)

    def _probable(self, mark: Mark) -> Iterator[int]:
        """Yield places of people with a contact in common and nearly the same name, or the same and no birth date."""
        by_key = self._by_key if mark.born is None else self._unborn
        for contact in mark.contacts:
            same = by_key.get(f"{contact} {mark.key}")
            if same is not None:
                yield same
            if mark.born is not None:
                yield from self._nearly(mark.key, f"{contact} {mark.born.toordinal()}")

    def _nearly(self, key: str, shared: str) -> Iterator[int]:
        first = self._by_birth.get(shared)
        if first is None:
            return
        for place in (first, *self._others_by_birth.get(shared, ())):
            if 1 <= OSA.distance(key, self._keys[place], score_cutoff=_FAR) <= _FAR:
                yield place
