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

    row: int
    key: str
    born: date | None
    contacts: frozenset[str]


class Seen:
    """The accepted people above; asks in file order, and never compares with all of them."""

    def __init__(self) -> None:
        self._by_key_and_birth: dict[tuple[str, date], int] = {}
        self._by_contact: dict[str, list[int]] = defaultdict(list)
        self._marks: list[Mark] = []

    def add(self, mark: Mark) -> int:
        """Remember an accepted person; return its place, from 0."""
        place = len(self._marks)
        self._marks.append(mark)
        if mark.born is not None:
            self._by_key_and_birth.setdefault((mark.key, mark.born), place)
        for contact in mark.contacts:
            self._by_contact[contact].append(place)
        return place

    def match(self, mark: Mark) -> tuple[str, int] | None:
        """Return `exact` or `probable` with the place of the first accepted person it repeats, or None."""
        if mark.born is not None:
            exact = self._by_key_and_birth.get((mark.key, mark.born))
            if exact is not None:
                return "exact", exact
        for place in self._sharing(mark.contacts):
            if _probably(mark, self._marks[place]):
                return "probable", place
        return None

    def _sharing(self, contacts: Iterable[str]) -> list[int]:
        return sorted({place for contact in contacts for place in self._by_contact.get(contact, ())})


def _probably(one: Mark, other: Mark) -> bool:
    if one.born is None or other.born is None:
        return one.key == other.key
    if one.born != other.born:
        return False
    return 1 <= OSA.distance(one.key, other.key, score_cutoff=_FAR) <= _FAR
