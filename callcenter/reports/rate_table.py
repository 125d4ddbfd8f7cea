"""Rates as they may be printed: together with the outcome table they must not tell a small count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from callcenter.domain.disposition import Class
from callcenter.indicators.disclosure import Disclosure, Sum
from callcenter.indicators.interval import wilson
from callcenter.indicators.suppression import Shown, rate_shown
from callcenter.rates.formulas import NAMES, Counts, fraction
from callcenter.reports.outcome_table import Ended, OutcomeTable

PRINTED_RATES = ("LOC1", "RR1", "RR2", "COOP1", "REF1", "CON1")
# Where not all rates can be shown in full, these come first.
_WORTH = ("RR2", "LOC1", "RR1", "COOP1", "REF1", "CON1")


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
class RateTable:
    """All eighteen rates over the whole list, and the printed ones per site."""

    every: tuple[RateLine, ...]
    by_site: tuple[tuple[RateLine, ...], ...]

    @property
    def printed(self) -> tuple[RateLine, ...]:
        """Return the rates of a report, over the whole list."""
        found = {line.name: line for line in self.every}
        return tuple(found[name] for name in PRINTED_RATES)


def rate_table(table: OutcomeTable, e: float | None, threshold: int) -> RateTable:
    """Return the rates of a list; one that would tell a small count beside the others is rounded."""
    known = table.disclosure()
    everybody = tuple(end for site in table.sites for end in site)
    order = (*_WORTH, *(name for name in NAMES if name not in _WORTH))
    every = {name: _admitted(rate_line(name, everybody, e, threshold), everybody, e, known) for name in order}
    sites = {
        name: tuple(_admitted(rate_line(name, site, e, threshold), site, e, known) for site in table.sites)
        for name in _WORTH
    }
    return RateTable(tuple(every[name] for name in NAMES), tuple(sites[name] for name in PRINTED_RATES))


def rate_line(name: str, ends: Sequence[Ended], e: float | None, threshold: int) -> RateLine:
    """Return one rate of the cases that ended so, as far as its own counts allow."""
    top, bottom = fraction(name, _counts(ends), e)
    interval = wilson(top, bottom) if bottom else None
    return RateLine(
        name=name,
        numerator=top,
        denominator=bottom,
        share=top / bottom if bottom else None,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        shown=rate_shown(top, bottom or 0, threshold),
    )


def _admitted(line: RateLine, ends: Sequence[Ended], e: float | None, known: Disclosure) -> RateLine:
    """Return the line in full and let readers know it, or rounded where they would learn too much."""
    if line.shown is not Shown.FULL:
        return line
    sums = _sums(line.name, ends, e)
    if known.would_tell(*sums):
        return replace(line, shown=Shown.ROUNDED)
    known.learn(*sums)
    return line


def _sums(name: str, ends: Iterable[Ended], e: float | None) -> tuple[Sum, Sum]:
    """Return numerator and denominator as sums of the cells of the outcome table."""
    parts = {klass: fraction(name, Counts(**{klass.value: 1}), e) for klass in Class}
    cells = [(end.cell, *parts[end.klass]) for end in ends]
    return {cell: top for cell, top, _ in cells}, {cell: bottom or 0 for cell, _, bottom in cells}


def _counts(ends: Iterable[Ended]) -> Counts:
    found = {klass.value: 0 for klass in Class}
    for end in ends:
        found[end.klass.value] += end.count
    return Counts(**found)
