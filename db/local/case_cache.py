"""Decoded cases, kept as long as their row has not changed: reading one from JSON costs more than asking for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from callcenter.domain.case import Case
from callcenter.ids import Id

_MOST = 10_000


class CaseCache:
    """The cases used last, by id and row version; a row version is never used twice, but by a rolled back unit."""

    def __init__(self) -> None:
        self._cases: OrderedDict[Id, tuple[int, Case]] = OrderedDict()

    def get(self, case: Id, version: int) -> Case | None:
        """Return the case of this row version."""
        found = self._cases.get(case)
        if found is None or found[0] != version:
            return None
        self._cases.move_to_end(case)
        return found[1]

    def put(self, case: Case, version: int) -> None:
        """Keep a case; the one used longest ago goes when there are too many."""
        self._cases[case.id] = (version, case)
        self._cases.move_to_end(case.id)
        if len(self._cases) > _MOST:
            self._cases.popitem(last=False)

    def drop(self, cases: Iterable[Id]) -> None:
        """Forget some cases."""
        for case in cases:
            self._cases.pop(case, None)

    def clear(self) -> None:
        """Forget all, after a unit of work was rolled back."""
        self._cases.clear()
