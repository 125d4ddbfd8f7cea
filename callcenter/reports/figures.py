"""The figures of a campaign as typed tables, already safe to show: small cells are hidden here, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.indicators.suppression import Count, Hidden, merge_links, small
from callcenter.indicators.tracks import pair_of, school_state
from callcenter.indicators.waterfall import LEFT, UNKNOWN, Scale, Waterfall, waterfall
from callcenter.rates.formulas import Counts, eligible_share
from callcenter.reports.attest_table import AttestTable, attest_table
from callcenter.reports.measure import Measure, measured
from callcenter.reports.outcome_table import OutcomeRow, OutcomeTable, outcome_table
from callcenter.reports.rate_table import RateLine, rate_table
from callcenter.reports.school_table import SchoolLine, school_lines


@dataclass(frozen=True)
class Flow:
    """A link of the flow chart: keys of places on the scale, or left, higher, outside, unknown, other."""

    source: str
    target: str
    count: int


@dataclass(frozen=True, kw_only=True)
class ScaleFigures(Measure):
    """The waterval on one scale; the share is of those who went down."""

    scale: str
    down: int
    up: int
    flows: tuple[Flow, ...]
    left_out: int

    @property
    def answered(self) -> tuple[Flow, ...]:
        """Return the flows without those of whom nothing is known this year: they did not change."""
        return tuple(flow for flow in self.flows if flow.target != UNKNOWN)


@dataclass(frozen=True)
class CampaignFigures:
    """All that a report prints; rates over the whole list, e made once over the whole list.

    `rates` are the printed ones, `all_rates` the eighteen, `site_rates` the printed ones per site. `left_out` are
    the few persons who do not belong to the population: they are not in `list_size`. `pupils_left` left while school
    was still compulsory.
    """

    title: str
    wave: int
    organisation: str
    list_size: int
    left_out: int
    period: tuple[date, date]
    at: datetime
    sites: tuple[str, ...]
    outcomes: tuple[OutcomeRow, ...]
    site_totals: tuple[Count, ...]
    rates: tuple[RateLine, ...]
    all_rates: tuple[RateLine, ...]
    site_rates: tuple[tuple[RateLine, ...], ...]
    e: float | None
    e_source: str
    e_estimate: float | None
    complete_share: float
    partial_share: float
    unlocated_class: str
    scales: tuple[ScaleFigures, ...]
    school: tuple[SchoolLine, ...]
    pupils_left: int
    attests: AttestTable
    interviews: Count
    partials: Count
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

    @property
    def too_few(self) -> bool:
        """Tell whether the list is so short that any figure tells about single persons."""
        return not self.internal and small(self.list_size, self.threshold)


def campaign_figures(
    cases: Sequence[Case], settings: CampaignSettings, at: datetime, language: str, *, internal: bool = False
) -> CampaignFigures:
    """Return the figures of a campaign's cases as they stand; open cases are classed by their history.

    `internal` shows small cells too; such a report must not leave the organisation.
    """
    kept = [case for case in cases if not case.erased]
    ends = [case.disposition(settings.cutoffs) for case in kept]
    threshold = 1 if internal else settings.suppression_threshold
    sites = (*settings.sites, *sorted({case.site for case in kept} - set(settings.sites)))
    table = outcome_table([(case.site, end) for case, end in zip(kept, ends, strict=True)], sites, threshold)
    estimate = eligible_share(Counts.of(end.klass for end in ends))
    e = settings.eligibility if settings.eligibility is not None else estimate
    rates = rate_table(table, e, threshold)
    pairs = [pair_of(case, settings.previous_school_year, settings.school_year) for case in kept]
    school, pupils_left = school_lines(kept, pairs, settings, threshold)
    states = [state for case in kept if (state := school_state(case))]
    return CampaignFigures(
        **_decided(settings, language),
        list_size=table.size,
        left_out=table.left_out,
        at=at,
        sites=sites,
        outcomes=table.rows,
        site_totals=table.site_totals,
        rates=rates.printed,
        all_rates=rates.every,
        site_rates=rates.by_site,
        e=e,
        e_source="estimated" if settings.eligibility is None else "known_list" if e == 1 else "given",
        e_estimate=None if table.left_out else estimate,
        scales=tuple(_scale(waterfall(pairs, scale), threshold) for scale in Scale),
        school=school,
        pupils_left=pupils_left,
        attests=attest_table(kept, sites, threshold),
        interviews=_ended(table, "1.1"),
        partials=_ended(table, "1.2"),
        open_cases=sum(not case.closed(settings.cutoffs, settings.max_attempts) for case in kept),
        do_not_call=sum(case.do_not_call for case in kept),
        deceased=sum(end.code == "2.31" for end in ends),
        attempts=_attempts(kept),
        left_school=states.count(LEFT),
        studying=len(states) - states.count(LEFT),
        status_known=len(states),
        internal=internal,
    )


def _decided(settings: CampaignSettings, language: str) -> dict[str, Any]:
    """Return what a report repeats of the campaign's settings, by the field it fills."""
    same = ("wave", "organisation", "complete_share", "partial_share", "unlocated_class")
    return {
        "title": settings.title(language),
        "period": (settings.period_start, settings.period_end),
        "school_year": settings.school_year,
        "previous_school_year": settings.previous_school_year,
        "threshold": settings.suppression_threshold,
        **{name: getattr(settings, name) for name in same},
    }


def _ended(table: OutcomeTable, code: str) -> Count:
    if table.too_few:
        return Hidden.SMALL
    return next((row.total for row in table.rows if row.code == code), 0)


def _scale(found: Waterfall, threshold: int) -> ScaleFigures:
    links, left_out = merge_links(found.flows, threshold)
    return ScaleFigures(
        **measured(found.down, found.known, found.missing, found.bounds, threshold),
        scale=found.scale.value,
        down=found.down,
        up=found.up,
        flows=tuple(Flow(source, target, count) for (source, target), count in sorted(links.items())),
        left_out=left_out,
    )


def _attempts(cases: Sequence[Case]) -> tuple[tuple[str, int], ...]:
    found = Counter(a.outcome.value for case in cases for a in case.closed_attempts if a.outcome)
    return tuple((letter.value, found[letter.value]) for letter in Outcome if found[letter.value])
