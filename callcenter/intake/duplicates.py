"""The same person twice in a list: surely or probably (only door to rapidfuzz)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA

_FAR = 2


@dataclass(frozen=True)
class Mark:
    """What a person is recognised by: name key, birth date, usable numbers and valid e-mail addresses."""

    key: str
    born: date | None
    contacts: frozenset[str]


class Seen:
    """The accepted people above, found by what they share: nobody is compared with all of them."""

    def __init__(self) -> None:
        self._people = 0
        self._same_key_and_birth: dict[tuple[str, date], int] = {}
        self._contact_and_birth: defaultdict[tuple[str, date], list[tuple[int, str]]] = defaultdict(list)
        self._contact_and_key: dict[tuple[str, str], int] = {}
        self._contact_and_key_unborn: dict[tuple[str, str], int] = {}

    def add(self, mark: Mark) -> int:
        """Remember an accepted person; return its place, from 0."""
        place = self._people
        self._people += 1
        if mark.born is not None:
            self._same_key_and_birth.setdefault((mark.key, mark.born), place)
        for contact in mark.contacts:
            self._contact_and_key.setdefault((contact, mark.key), place)
            if mark.born is None:
                self._contact_and_key_unborn.setdefault((contact, mark.key), place)
            else:
                self._contact_and_birth[contact, mark.born].append((place, mark.key))
        return place

    def match(self, mark: Mark) -> tuple[str, int] | None:
        """Return `exact` or `probable` with the place of the first accepted person it repeats, or None."""
        if mark.born is not None:
            exact = self._same_key_and_birth.get((mark.key, mark.born))
            if exact is not None:
                return "exact", exact
        probable = min(self._probable(mark), default=None)
        return None if probable is None else ("probable", probable)

    def _probable(self, mark: Mark) -> Iterable[int]:
        """Yield places of people with a contact in common and nearly the same name, or the same and no birth date."""
        by_key = self._contact_and_key if mark.born is None else self._contact_and_key_unborn
        for contact in mark.contacts:
            place = by_key.get((contact, mark.key))
            if place is not None:
                yield place
            if mark.born is not None:
                for other, key in self._contact_and_birth.get((contact, mark.born), ()):
                    if 1 <= OSA.distance(mark.key, key, score_cutoff=_FAR) <= _FAR:
                        yield other
