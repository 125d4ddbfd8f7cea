"""School figures beside the waterval: early leaving and repeating, each with its missing persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.indicators.early_leaving import Indicator, early_leaving
from callcenter.indicators.interval import wilson
from callcenter.indicators.situations import situation_of
from callcenter.indicators.suppression import Shown, rate_shown
from callcenter.indicators.waterfall import UNKNOWN, YearPair


@dataclass(frozen=True)
class SchoolLine:
    """One indicator: VSV, ELET, NEET or repeaters; `missing` are persons of whom it is not known."""

    name: str
    count: int
    known: int
    missing: int
    share: float | None
    low: float | None
    high: float | None
    bounds: tuple[float, float] | None
    shown: Shown

    @property
    def doubtful(self) -> bool:
        """Tell whether more persons are missing than known: then the bounds come first."""
        return self.missing > self.known > 0


def school_lines(
    cases: Sequence[Case], pairs: Sequence[YearPair], settings: CampaignSettings, threshold: int
) -> tuple[tuple[SchoolLine, ...], int]:
    """Return the indicators, and how many left while school was still compulsory (they are in no VSV)."""
    found = early_leaving(situation_of(case, settings.school_year, settings.ref_school) for case in cases)
    lines = {"VSV": found.vsv, "ELET": found.elet, "NEET": found.neet, "REPEAT": _repeaters(pairs)}
    return tuple(_line(name, indicator, threshold) for name, indicator in lines.items()), found.pupils


def _repeaters(pairs: Sequence[YearPair]) -> Indicator:
    """Count who took the same grade again among those in secondary school in both years."""
    known = [repeated for pair in pairs if (repeated := pair.repeated) is not None]
    missing = sum(
        pair.before is not None and not pair.before.final and pair.repeated is None and pair.fate == UNKNOWN
        for pair in pairs
    )
    return Indicator(sum(known), len(known), missing)


def _line(name: str, found: Indicator, threshold: int) -> SchoolLine:
    interval = wilson(found.count, found.known)
    return SchoolLine(
        name=name,
        count=found.count,
        known=found.known,
        missing=found.missing,
        share=found.share,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        bounds=found.bounds,
        shown=rate_shown(found.count, found.known, threshold),
    )
