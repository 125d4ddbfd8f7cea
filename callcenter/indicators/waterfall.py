"""The waterval: steps to a lighter direction, on three scales and in three kinds of step.

The definition is this program's own (there is no official Flemish indicator) and is printed in full in each report.
Pupils never choose a category: it is derived. The scales and the years from which finality exists are data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Scale(StrEnum):
    """Stroom (years 1-2), vorm (years 3-6), finaliteit (modernised years 3-6)."""

    STREAM = "S"
    FORM = "V"
    FINALITY = "F"


class Kind(StrEnum):
    """Between which points of school years t and t+1 a step is measured; the year step is the headline.

    Year: end of t to end of t+1. Between years: end of t to start of t+1. In the year: start of t+1 to end of t+1.
    """

    YEAR = "year"
    BETWEEN = "between"
    IN_YEAR = "in_year"


RANKS: Mapping[Scale, Mapping[str, int]] = {
    Scale.STREAM: {"A": 2, "B": 1},
    Scale.FORM: {"aso": 4, "tso": 3, "kso": 3, "bso": 2, "dbso": 1, "leertijd": 1},
    Scale.FINALITY: {"3": 3, "2": 2, "1": 1},
}
_GRADES: Mapping[Scale, range] = {Scale.STREAM: range(1, 3), Scale.FORM: range(3, 7), Scale.FINALITY: range(3, 7)}
# First school year (by its first calendar year) in which a grade is modernised; edulex 12988 and 9418.
MODERNISED_FROM: Mapping[int, int] = {1: 2019, 2: 2020, 3: 2021, 4: 2022, 5: 2023, 6: 2024, 7: 2025}
_FINAL_GRADES: Mapping[str, tuple[int, ...]] = {"aso": (6,), "tso": (6,), "kso": (6,), "bso": (6, 7)}
_SHELTERED = ("1", "2", "3")
OUTSIDE, UNKNOWN, LEFT, GRADUATED = "outside", "unknown", "left", "higher"


@dataclass(frozen=True)
class Track:
    """Where a person is at one point: grade 1-7, stream A or B, form, finality 3, 2 or 1, ov of special education."""

    year: str
    grade: int | None = None
    stream: str = ""
    form: str = ""
    finality: str = ""
    ov: str = ""

    def has(self, scale: Scale) -> bool:
        """Tell whether this point lies on a scale: not other grades, OV1-OV3, or years before the modernised one."""
        if self.grade not in _GRADES[scale] or self.ov in _SHELTERED:
            return False
        return scale is not Scale.FINALITY or int(self.year[:4]) >= MODERNISED_FROM[self.grade or 0]

    def value(self, scale: Scale) -> str:
        """Return the place on a scale; empty where this point has none, or where it is not known."""
        told = {Scale.STREAM: self.stream, Scale.FORM: self.form, Scale.FINALITY: self.finality}[scale]
        return told if self.has(scale) and told in RANKS[scale] else ""

    @property
    def final(self) -> bool:
        """Tell whether nothing in secondary school follows this year."""
        return self.grade in _FINAL_GRADES.get(self.form, ())


@dataclass(frozen=True)
class YearPair:
    """One person at the end of two school years; `after` None with `fate` left, higher, outside or unknown.

    `start` is where the second year began, None when that is not known.
    """

    person: str
    before: Track | None
    after: Track | None
    fate: str = UNKNOWN
    site: str = ""
    group: str = ""
    start: Track | None = None

    @property
    def repeated(self) -> bool | None:
        """Tell whether the same grade was taken again; None when a grade is not known."""
        if self.before is None or self.after is None or self.before.grade is None or self.after.grade is None:
            return None
        return self.after.grade == self.before.grade

    def points(self, kind: Kind) -> tuple[Track | None, Track | None]:
        """Return the two points of a kind of step."""
        first = self.start if kind is Kind.IN_YEAR else self.before
        return first, self.start if kind is Kind.BETWEEN else self.after


@dataclass(frozen=True)
class Waterfall:
    """A scale's steps: persons whose rank went down or up, with both ranks known, or missing."""

    scale: Scale
    known: int
    down: int
    up: int
    missing: int
    flows: Mapping[tuple[str, str], int]

    @property
    def share(self) -> float | None:
        """Return the waterval rate, down / known."""
        return self.down / self.known if self.known else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Return the rate if all missing had not gone down, and if all had."""
        base = self.known + self.missing
        return (self.down / base, (self.down + self.missing) / base) if base else None


def waterfall(pairs: Iterable[YearPair], scale: Scale, kind: Kind = Kind.YEAR) -> Waterfall:
    """Return the steps of persons on a scale, and the flows from each place to each place or fate."""
    steps: Counter[str] = Counter()
    flows: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        before, after = pair.points(kind)
        first = before.value(scale) if before else ""
        if not first or before is None:
            continue
        second = (after.value(scale) if after else "") or _fate(after, scale, pair.fate)
        flows[first, second] += 1
        steps[_step(scale, first, second, final=before.final)] += 1
    return Waterfall(
        scale=scale,
        known=steps["down"] + steps["up"] + steps["same"],
        down=steps["down"],
        up=steps["up"],
        missing=steps["missing"],
        flows=dict(flows),
    )


def _fate(after: Track | None, scale: Scale, fate: str) -> str:
    """Return what became of a person without a second place: outside is known, a place not told is unknown."""
    if after is None:
        return fate
    return UNKNOWN if after.has(scale) or after.grade is None else OUTSIDE


def _step(scale: Scale, first: str, second: str, *, final: bool) -> str:
    ranks = RANKS[scale]
    if second in ranks:
        change = ranks[second] - ranks[first]
        return "down" if change < 0 else "up" if change > 0 else "same"
    return "missing" if second == UNKNOWN and not final else "outside"
