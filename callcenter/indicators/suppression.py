"""Hiding small cells: primary, rounded rates, secondary, and small links of a flow chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

THRESHOLD = 5
Table = Sequence[Sequence[int]]
_Cells = list[list[bool]]


class Hidden(StrEnum):
    """A count that is not told: because it is small, or because it would tell a small one by subtraction."""

    SMALL = "small"
    GUARD = "guard"


Count = int | Hidden


class Shown(StrEnum):
    """How a rate is shown: with all it has, rounded to whole 5 % without counts, or not at all."""

    FULL = "full"
    ROUNDED = "rounded"
    HIDDEN = "hidden"


def small(count: float, threshold: int = THRESHOLD) -> bool:
    """Tell whether a count must be hidden: 1 up to the threshold; 0 is shown."""
    return 0 < count < threshold


def rate_shown(numerator: float, denominator: float, threshold: int = THRESHOLD) -> Shown:
    """Return how a rate may be shown outside."""
    if denominator < threshold:
        return Shown.HIDDEN
    if small(numerator, threshold) or small(denominator - numerator, threshold):
        return Shown.ROUNDED
    return Shown.FULL


@dataclass(frozen=True)
class Suppressed:
    """A table with totals: which inner cells, row totals and column totals are hidden."""

    cells: tuple[tuple[bool, ...], ...]
    row_totals: tuple[bool, ...]
    column_totals: tuple[bool, ...]


def suppress(table: Table, threshold: int = THRESHOLD) -> Suppressed:
    """Hide small counts of a table with totals, and as many more as keep them from being subtracted.

    While a row or column holds exactly one hidden count, the smallest visible non-zero count in it goes too (ties:
    the first in table order; rows first, then columns); where there is none, the total of that row or column goes.
    Where the sum of all is printed too, give the totals as a last row and column: then they are cells like others.
    """
    width = len(table[0]) if table else 0
    hidden = [[small(count, threshold) for count in row] for row in table]
    row_totals = [small(sum(row), threshold) for row in table]
    column_totals = [small(sum(row[c] for row in table), threshold) for c in range(width)]
    changed = True
    while changed:
        in_rows = _protect_rows(table, hidden, row_totals)
        changed = _protect_columns(table, hidden, column_totals) or in_rows
    return Suppressed(tuple(tuple(row) for row in hidden), tuple(row_totals), tuple(column_totals))


def told(table: Table, threshold: int = THRESHOLD) -> tuple[tuple[Count, ...], ...]:
    """Return a table with its totals as last row and column, each count as it may be told."""
    width = len(table[0]) if table else 0
    lines = [*table, [sum(row[c] for row in table) for c in range(width)]]
    whole = [[*line, sum(line)] for line in lines]
    hidden = suppress(whole, threshold).cells
    return tuple(
        tuple(_told(count, gone, threshold) for count, gone in zip(*line, strict=True))
        for line in zip(whole, hidden, strict=True)
    )


def _told(count: int, gone: bool, threshold: int) -> Count:  # noqa: FBT001 - a cell and whether it goes
    if not gone:
        return count
    return Hidden.SMALL if small(count, threshold) else Hidden.GUARD


def _protect_rows(table: Table, hidden: _Cells, totals: list[bool]) -> bool:
    changed = False
    for r, row in enumerate(table):
        if sum(hidden[r]) != 1 or totals[r]:
            continue
        place = _smallest([None if hidden[r][c] else count for c, count in enumerate(row)])
        if place is None:
            totals[r] = True
        else:
            hidden[r][place] = True
        changed = True
    return changed


def _protect_columns(table: Table, hidden: _Cells, totals: list[bool]) -> bool:
    changed = False
    for c in range(len(totals)):
        if sum(row[c] for row in hidden) != 1 or totals[c]:
            continue
        place = _smallest([None if hidden[r][c] else row[c] for r, row in enumerate(table)])
        if place is None:
            totals[c] = True
        else:
            hidden[place][c] = True
        changed = True
    return changed


def _smallest(counts: Sequence[int | None]) -> int | None:
    """Return the place of the smallest visible count that is not 0; the first of equals."""
    seen = [(count, place) for place, count in enumerate(counts) if count]
    return min(seen)[1] if seen else None


Link = tuple[str, str]
OTHER = "other"


def merge_links(links: Mapping[Link, int], threshold: int = THRESHOLD) -> tuple[dict[Link, int], int]:
    """Merge a flow chart's small links into one from and to `other`; return the links and the persons left out.

    Where the merged link is itself small it is left out.
    """
    kept = {link: count for link, count in links.items() if not small(count, threshold)}
    merged = sum(count for count in links.values() if small(count, threshold))
    if not merged:
        return kept, 0
    if small(merged, threshold):
        return kept, merged
    kept[OTHER, OTHER] = merged
    return kept, 0
