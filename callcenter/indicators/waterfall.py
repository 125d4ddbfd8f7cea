"""The waterval: steps to a lighter direction between two school years, on three scales.

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


RANKS: Mapping[Scale, Mapping[str, int]] = {
    Scale.STREAM: {"A": 2, "B": 1},
    Scale.FORM: {"aso": 4, "tso": 3, "kso": 3, "bso": 2, "dbso": 1, "leertijd": 1},
    Scale.FINALITY: {"3": 3, "2": 2, "1": 1},
}
_GRADES: Mapping[Scale, range] = {Scale.STREAM: range(1, 3), Scale.FORM: range(3, 7), Scale.FINALITY: range(3, 7)}
# First school year (by its first calendar year) in which a grade is modernised; edulex 12988 and 9418.
MODERNISED_FROM: Mapping[int, int] = {1: 2019, 2: 2020, 3: 2021, 4: 2022, 5: 2023, 6: 2024, 7: 2025}
_FINAL_GRADES: Mapping[str, tuple[int, ...]] = {"aso": (6,), "tso": (6,), "kso": (6,), "bso": (6, 7)}
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

    def value(self, scale: Scale) -> str:
        """Return the place on a scale; empty where this point has none (other grades, OV1-OV3, older years)."""
        if self.grade not in _GRADES[scale] or self.ov in ("1", "2", "3"):
            return ""
        told = {Scale.STREAM: self.stream, Scale.FORM: self.form, Scale.FINALITY: self.finality}[scale]
        if scale is Scale.FINALITY and int(self.year[:4]) < MODERNISED_FROM[self.grade or 7]:
            return ""
        return told if told in RANKS[scale] else ""

    @property
    def final(self) -> bool:
        """Tell whether nothing in secondary school follows this year."""
        return self.grade in _FINAL_GRADES.get(self.form, ())


@dataclass(frozen=True)
class YearPair:
    """One person at the end of two school years; `after` None with `fate` left, higher or unknown."""

    person: str
    before: Track | None
    after: Track | None
    fate: str = UNKNOWN
    site: str = ""
    group: str = ""


@dataclass(frozen=True)
class Waterfall:
    """A scale's year steps: persons whose rank went down or up, with both ranks known, or missing."""

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


def waterfall(pairs: Iterable[YearPair], scale: Scale) -> Waterfall:
    """Return the year steps of persons on a scale, and the flows from each place to each place or fate."""
    steps: Counter[str] = Counter()
    flows: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        first = pair.before.value(scale) if pair.before else ""
        if not first or pair.before is None:
            continue
        second = pair.after.value(scale) if pair.after else ""
        flows[first, second or _fate(pair)] += 1
        steps[_step(scale, pair.before, first, second, pair)] += 1
    return Waterfall(
        scale=scale,
        known=steps["down"] + steps["up"] + steps["same"],
        down=steps["down"],
        up=steps["up"],
        missing=steps["missing"],
        flows=dict(flows),
    )


def _fate(pair: YearPair) -> str:
    return OUTSIDE if pair.after is not None and pair.fate == UNKNOWN and pair.after.grade else pair.fate


def _step(scale: Scale, before: Track, first: str, second: str, pair: YearPair) -> str:
    if second:
        change = RANKS[scale][second] - RANKS[scale][first]
        return "down" if change < 0 else "up" if change > 0 else "same"
    unknown = pair.after is None and pair.fate == UNKNOWN
    return "missing" if unknown and not before.final else "outside"
