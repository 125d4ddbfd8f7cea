"""What printed sums tell together: whether a hidden count can be worked out from them, in one step or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

Cell = tuple[str, str]
Sum = Mapping[Cell, float]
_Row = dict[Cell, Fraction]


class Disclosure:
    """The sums that readers know, as equations in the hidden counts; in reduced form a count known is a row of one.

    Only exact solutions are looked for: a range that follows from counts being at least 0 is a known limit.
    """

    def __init__(self, hidden: Iterable[Cell], protected: Iterable[Cell]) -> None:
        self._hidden = frozenset(hidden)
        self._protected = frozenset(protected)
        self._rows: dict[Cell, _Row] = {}

    def learn(self, *sums: Sum) -> None:
        """Let readers know sums; counts that are not hidden are known to them anyway."""
        for told in sums:
            row = self._rest({cell: Fraction(n) for cell, n in told.items() if n and cell in self._hidden})
            if row:
                self._put(row)

    def would_tell(self, *sums: Sum) -> bool:
        """Tell whether these sums beside the known ones give a protected count away."""
        after = Disclosure(self._hidden, self._protected)
        after._rows = dict(self._rows)
        after.learn(*sums)
        return bool(after.told)

    @property
    def told(self) -> frozenset[Cell]:
        """Return the protected counts that can be worked out."""
        return frozenset(cell for cell, row in self._rows.items() if len(row) == 1 and cell in self._protected)

    def _rest(self, row: _Row) -> _Row:
        """Return what a sum tells beyond the known ones."""
        for cell in [cell for cell in row if cell in self._rows]:
            row = _minus(row, row[cell], self._rows[cell])
        return row

    def _put(self, row: _Row) -> None:
        lead, factor = next(iter(row.items()))
        row = {cell: n / factor for cell, n in row.items()}
        for cell, known in self._rows.items():
            if lead in known:
                self._rows[cell] = _minus(known, known[lead], row)
        self._rows[lead] = row


def _minus(row: _Row, times: Fraction, other: _Row) -> _Row:
    left = {cell: row.get(cell, Fraction(0)) - times * other.get(cell, Fraction(0)) for cell in {**row, **other}}
    return {cell: n for cell, n in left.items() if n}
