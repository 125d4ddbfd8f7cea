"""The figures of a campaign as typed tables, already safe to show: small cells are hidden here, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.disposition import Disposition
from callcenter.domain.outcome import Outcome
from callcenter.indicators.interval import wilson
from callcenter.indicators.suppression import Shown, merge_links, rate_shown, suppress
from callcenter.indicators.tracks import pair_of
from callcenter.indicators.waterfall import LEFT, Scale, Waterfall, YearPair, waterfall
from callcenter.rates.formulas import Counts, eligible_share, fraction
from callcenter.text import N_

PRINTED_RATES = ("LOC1", "RR1", "RR2", "COOP1", "REF1", "CON1")


@dataclass(frozen=True)
class OutcomeRow:
    """One line of the outcome table; a hidden count is None."""

    code: str
    label: str
    klass: str
    by_site: tuple[int | None, ...]
    total: int | None


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
    internal: bool
    threshold: int


_LABELS: Mapping[str, str] = {
    "1.1": N_("Complete interview"),
    "1.2": N_("Partial interview"),
    "2.111": N_("Refusal by a parent or other"),
    "2.112": N_("Refusal by the person"),
    "2.12": N_("Break-off"),
    "2.20": N_("No contact"),
    "2.21": N_("Away during the campaign"),
    "2.221": N_("Voicemail, no message"),
    "2.222": N_("Voicemail, message left"),
    "2.31": N_("Deceased"),
    "2.32": N_("Unable, ill, away"),
    "2.332": N_("Language problem"),
    "2.333": N_("Nobody speaks the language"),
    "3.11": N_("Never called"),
    "3.20": N_("Not located: no usable number"),
    "4.10": N_("Not in the population"),
    "4.81": N_("Twice in the list"),
}


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
    estimate = eligible_share(counts)
    e = settings.eligibility if settings.eligibility is not None else estimate
    return CampaignFigures(
        title=settings.title(language),
        organisation=settings.organisation,
        list_size=len(kept),
        period=(settings.period_start, settings.period_end),
        at=at,
        sites=settings.sites,
        outcomes=_outcomes(kept, ends, settings.sites, threshold),
        rates=tuple(_rate(name, counts, e, threshold) for name in PRINTED_RATES),
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
        left_school=sum(_left(pair) for pair in pairs),
        internal=internal,
        threshold=settings.suppression_threshold,
    )


def _left(pair: YearPair) -> bool:
    return pair.fate == LEFT


def _outcomes(
    cases: Sequence[Case], ends: Mapping[str, Disposition], sites: Sequence[str], threshold: int
) -> tuple[OutcomeRow, ...]:
    """Return the outcome table; small counts are hidden so that no subtraction brings them back."""
    found = Counter((ends[case.id].code, case.site) for case in cases)
    classes = {d.code: d.klass for d in ends.values()}
    codes = sorted(classes)
    table = [[found[code, site] for site in sites] for code in codes]
    hidden = suppress(table, threshold)
    return tuple(
        OutcomeRow(
            code=code,
            label=_LABELS.get(code, code),
            klass=classes[code].value,
            by_site=tuple(None if hidden.cells[r][c] else count for c, count in enumerate(table[r])),
            total=None if hidden.row_totals[r] else sum(table[r]),
        )
        for r, code in enumerate(codes)
    )


def _rate(name: str, counts: Counts, e: float | None, threshold: int) -> RateLine:
    top, bottom = fraction(name, counts, e)
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
