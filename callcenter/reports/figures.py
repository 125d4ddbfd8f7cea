"""The figures of a campaign as typed tables, already safe to show: small cells are hidden here, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.indicators.interval import wilson
from callcenter.indicators.suppression import Shown, merge_links, rate_shown, small
from callcenter.indicators.tracks import pair_of, school_state
from callcenter.indicators.waterfall import LEFT, Scale, Waterfall, waterfall
from callcenter.rates.formulas import Counts, eligible_share, fraction
from callcenter.reports.outcome_table import OutcomeRow, outcome_rows

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
class Flow:
    """A link of the flow chart: keys of places on the scale, or left, higher, outside, unknown, other."""

    source: str
    target: str
    count: int


@dataclass(frozen=True)
class ScaleFigures:
    """The waterval on one scale."""

    scale: str
    known: int
    down: int
    up: int
    missing: int
    share: float | None
    low: float | None
    high: float | None
    bounds: tuple[float, float] | None
    shown: Shown
    flows: tuple[Flow, ...]
    left_out: int


@dataclass(frozen=True)
class CampaignFigures:
    """All that a report prints; rates over the whole list, e made once over the whole list."""

    title: str
    organisation: str
    list_size: int
    period: tuple[date, date]
    at: datetime
    sites: tuple[str, ...]
    outcomes: tuple[OutcomeRow, ...]
    site_totals: tuple[int | None, ...]
    rates: tuple[RateLine, ...]
    e: float | None
    e_source: str
    e_estimate: float | None
    complete_share: float
    partial_share: float
    unlocated_class: str
    scales: tuple[ScaleFigures, ...]
    interviews: int
    partials: int
    open_cases: int
    do_not_call: int
    deceased: int
    attempts: tuple[tuple[str, int], ...]
    school_year: str
    previous_school_year: str
    left_school: int
    studying: int
    status_known: int
    internal: bool
    threshold: int


def campaign_figures(
    cases: Sequence[Case], settings: CampaignSettings, at: datetime, language: str, *, internal: bool = False
) -> CampaignFigures:
    """Return the figures of a campaign's cases as they stand; open cases are classed by their history.

    `internal` shows small cells too; such a report must not leave the organisation.
    """
    kept = [case for case in cases if not case.erased]
    ends = {case.id: case.disposition(settings.cutoffs) for case in kept}
    counts = Counts.of(d.klass for d in ends.values())
    threshold = 1 if internal else settings.suppression_threshold
    pairs = [pair_of(case, settings.previous_school_year, settings.school_year) for case in kept]
    estimate = _plain(eligible_share(counts))
    e = settings.eligibility if settings.eligibility is not None else estimate
    rows, totals = outcome_rows([(case.site, ends[case.id]) for case in kept], settings.sites, threshold)
    states = [state for case in kept if (state := school_state(case))]
    return CampaignFigures(
        title=settings.title(language),
        organisation=settings.organisation,
        list_size=len(kept),
        period=(settings.period_start, settings.period_end),
        at=at,
        sites=settings.sites,
        outcomes=rows,
        site_totals=totals,
        rates=_rates(counts, e, threshold),
        e=e,
        e_source="estimated" if settings.eligibility is None else "known_list" if e == 1 else "given",
        e_estimate=estimate,
        complete_share=settings.complete_share,
        partial_share=settings.partial_share,
        unlocated_class=settings.unlocated_class,
        scales=tuple(_scale(waterfall(pairs, scale), threshold) for scale in Scale),
        interviews=int(counts.I),
        partials=int(counts.P),
        open_cases=sum(not case.closed(settings.cutoffs, settings.max_attempts) for case in kept),
        do_not_call=sum(case.do_not_call for case in kept),
        deceased=sum(d.code == "2.31" for d in ends.values()),
        attempts=_attempts(kept),
        school_year=settings.school_year,
        previous_school_year=settings.previous_school_year,
        left_school=states.count(LEFT),
        studying=len(states) - states.count(LEFT),
        status_known=len(states),
        internal=internal,
        threshold=settings.suppression_threshold,
    )


def _rates(counts: Counts, e: float | None, threshold: int) -> tuple[RateLine, ...]:
    """Return the printed rates; one whose count lies within a few of a printed count is rounded.

    Complete interviews beside complete and partial ones would tell how few partial ones there are.
    """
    lines: list[RateLine] = []
    for name in PRINTED_RATES:
        line = _rate(name, counts, e, threshold)
        told = {other.numerator for other in lines if other.shown is Shown.FULL} | {counts.I}
        if line.shown is Shown.FULL and any(small(abs(line.numerator - other), threshold) for other in told):
            line = replace(line, shown=Shown.ROUNDED)
        lines.append(line)
    return tuple(lines)


def _rate(name: str, counts: Counts, e: float | None, threshold: int) -> RateLine:
    top, base = fraction(name, counts, e)
    top, bottom = float(top), _plain(base)
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


def _plain(exact: float | Fraction | None) -> float | None:
    return None if exact is None else float(exact)


def _scale(found: Waterfall, threshold: int) -> ScaleFigures:
    interval = wilson(found.down, found.known)
    links, left_out = merge_links(found.flows, threshold)
    return ScaleFigures(
        scale=found.scale.value,
        known=found.known,
        down=found.down,
        up=found.up,
        missing=found.missing,
        share=found.share,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        bounds=found.bounds,
        shown=rate_shown(found.down, found.known, threshold),
        flows=tuple(Flow(source, target, count) for (source, target), count in sorted(links.items())),
        left_out=left_out,
    )


def _attempts(cases: Sequence[Case]) -> tuple[tuple[str, int], ...]:
    found = Counter(a.outcome.value for case in cases for a in case.closed_attempts if a.outcome)
    return tuple((letter.value, found[letter.value]) for letter in Outcome if found[letter.value])
