"""Figures of a campaign: counted from cases, and hidden where they are small."""

from __future__ import annotations

import dataclasses
import itertools

from callcenter.domain.outcome import Outcome
from callcenter.indicators.suppression import Hidden, Shown
from tests.callcenter.reports.making import answers, case, figures, pupil, summer


def many(outcome: Outcome, count: int, site: str = "Gent", **more):
    return [case(f"{outcome.value}-{site}-{n}", outcome, site=site, **more) for n in range(count)]


def by_code(found):
    return {row.code: row for row in found.outcomes}


def test_a_campaign_without_cases_has_figures_without_rates():
    found = figures([])
    assert (found.list_size, found.interviews, found.outcomes) == (0, 0, ())
    assert all(line.share is None for line in found.rates)
    assert all(scale.share is None for scale in found.scales)


def test_outcomes_are_counted_per_site_and_together():
    found = figures(many(Outcome.COMPLETE, 8) + many(Outcome.COMPLETE, 6, "Kortrijk") + many(Outcome.REFUSAL, 5))
    rows = by_code(found)
    assert rows["1.1"].by_site == (8, 6, 0)
    assert rows["1.1"].total == 14
    assert rows["2.112"].total == 5
    assert found.site_totals == (13, 6, 0)


def test_a_hidden_total_is_not_the_only_one_beside_the_size_of_the_list():
    found = figures(many(Outcome.COMPLETE, 30) + many(Outcome.REFUSAL, 9) + many(Outcome.DECEASED, 2))
    hidden = [row.code for row in found.outcomes if isinstance(row.total, Hidden)]
    assert "2.31" in hidden
    assert len(hidden) == 2


def test_no_line_or_column_of_a_whole_campaign_hides_one_count_only():
    found = figures(summer())
    lines = [(*row.by_site, row.total) for row in found.outcomes] + [(*found.site_totals, found.list_size)]
    for line in itertools.chain(lines, zip(*lines, strict=True)):
        assert sum(isinstance(cell, Hidden) for cell in line) != 1


def test_an_internal_report_hides_nothing():
    found = figures(many(Outcome.COMPLETE, 3), internal=True)
    assert by_code(found)["1.1"].total == 3
    assert found.internal


def test_rates_that_would_tell_a_few_partial_interviews_are_rounded():
    cases = many(Outcome.COMPLETE, 50) + many(Outcome.PARTIAL, 2, share=0.6) + many(Outcome.NO_ANSWER, 40)
    shown = {line.name: line.shown for line in figures(cases).rates}
    assert shown["RR1"] is Shown.FULL
    assert shown["RR2"] is Shown.ROUNDED


def test_who_studies_is_counted_among_those_who_told():
    facts = ({"school_status": "1"}, {"school_status": "4"}, {"school_status": "6"}, {"school_status": "98"})
    found = figures([case(f"p{n}", Outcome.COMPLETE, facts=told) for n, told in enumerate(facts)])
    assert (found.studying, found.left_school, found.status_known) == (2, 1, 3)


def test_open_cases_are_counted_and_classed_by_their_history():
    found = figures([*many(Outcome.COMPLETE, 6), *many(Outcome.NO_ANSWER, 7), *[case(f"n{n}") for n in range(8)]])
    assert found.open_cases == 15
    assert (by_code(found)["2.20"].total, by_code(found)["3.11"].total) == (7, 8)


def test_the_waterval_shows_no_small_flow():
    stayed = [case(f"s{n}", before=pupil("2", "tso"), facts=answers("2", "tso")) for n in range(20)]
    fell = [case(f"f{n}", before=pupil("3", "aso"), facts=answers("2", "tso")) for n in range(3)]
    scale = next(s for s in figures(stayed + fell).scales if s.scale == "F")
    assert (scale.known, scale.down, scale.shown) == (23, 3, Shown.ROUNDED)
    assert [flow.count for flow in scale.flows] == [20]


def test_an_erased_case_is_in_no_figure():
    erased = dataclasses.replace(case("gone", Outcome.COMPLETE), erased=True)
    assert figures([erased]).list_size == 0
