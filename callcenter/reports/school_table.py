"""School figures beside the waterval: early leaving and repeating, each with its missing persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.indicators.early_leaving import Indicator, early_leaving
from callcenter.indicators.situations import situation_of
from callcenter.indicators.waterfall import UNKNOWN, YearPair
from callcenter.reports.measure import Measure, measured


@dataclass(frozen=True, kw_only=True)
class SchoolLine(Measure):
    """One indicator: VSV, ELET, NEET or repeaters."""

    name: str
    count: int


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
    fields = measured(found.count, found.known, found.missing, found.bounds, threshold)
    return SchoolLine(**fields, name=name, count=found.count)
