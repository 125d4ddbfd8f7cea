"""Rates as they may be printed: none may tell by subtraction what the outcome table hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from callcenter.domain.disposition import Class
from callcenter.indicators.interval import wilson
from callcenter.indicators.suppression import Shown, rate_shown
from callcenter.rates.formulas import Counts, classes_of, fraction

PRINTED_RATES = ("LOC1", "RR1", "RR2", "COOP1", "REF1", "CON1")


@dataclass(frozen=True)
class RateLine:
    """A rate with its base and 95 % interval; `shown` says how much of it may be printed."""

    name: str
    numerator: float
    denominator: float | None
    share: float | None
    low: float | None
    high: float | None
    shown: Shown


@dataclass(frozen=True)
class Ended:
    """How many cases ended with one code, and whether the outcome table hides that count."""

    klass: Class
    count: int
    hidden: bool


def rate_line(name: str, ends: Sequence[Ended], e: float | None, threshold: int) -> RateLine:
    """Return one rate of the cases that ended so, with as much as may be shown of it."""
    top, bottom = fraction(name, _counts(ends), e)
    interval = wilson(top, bottom) if bottom else None
    shown = rate_shown(top, bottom or 0, threshold)
    if shown is Shown.FULL and _tells(name, ends, threshold):
        shown = Shown.ROUNDED
    return RateLine(
        name=name,
        numerator=top,
        denominator=bottom,
        share=top / bottom if bottom else None,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        shown=shown,
    )


def site_lines(
    name: str, whole: RateLine, sites: Iterable[Sequence[Ended]], e: float | None, threshold: int
) -> tuple[RateLine, ...]:
    """Return a rate per site; where only one of sites and whole is not shown in full, another one goes with it."""
    lines = [rate_line(name, ends, e, threshold) for ends in sites]
    full = [place for place, line in enumerate(lines) if line.shown is Shown.FULL]
    less = len(lines) - len(full) + (whole.shown is not Shown.FULL)
    if less == 1 and full:
        least = min(full, key=lambda place: lines[place].numerator)
        lines[least] = replace(lines[least], shown=Shown.ROUNDED)
    return tuple(lines)


def _counts(ends: Iterable[Ended]) -> Counts:
    found = {klass.value: 0 for klass in Class}
    for end in ends:
        found[end.klass.value] += end.count
    return Counts(**found)


def _tells(name: str, ends: Sequence[Ended], threshold: int) -> bool:
    """Tell whether numerator, rest or what is left out is known but for a few: one hidden count, or few persons."""
    above, below = classes_of(name)
    for part in (above, below - above, frozenset(Class) - below):
        hidden = [end.count for end in ends if end.klass.value in part and end.hidden]
        if hidden and (len(hidden) == 1 or sum(hidden) < threshold):
            return True
    return False
