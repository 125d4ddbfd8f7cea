"""A share as a report measures it: with its interval, its bounds, and how much of it may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from callcenter.indicators.interval import wilson
from callcenter.indicators.suppression import Shown, rate_shown


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A share of the known, with its 95 % interval; `missing` are persons of whom it is not known."""

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


def measured(
    count: int, known: int, missing: int, bounds: tuple[float, float] | None, threshold: int
) -> dict[str, Any]:
    """Return the fields of a Measure for `count` of the `known`."""
    interval = wilson(count, known)
    return {
        "known": known,
        "missing": missing,
        "share": count / known if known else None,
        "low": interval[0] if interval else None,
        "high": interval[1] if interval else None,
        "bounds": bounds,
        "shown": rate_shown(count, known, threshold),
    }
