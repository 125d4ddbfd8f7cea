"""Rates never tell what the outcome table hides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from callcenter.domain.disposition import Class, Disposition
from callcenter.indicators.suppression import Hidden, Shown
from callcenter.rates.formulas import NAMES
from callcenter.reports.outcome_table import OutcomeTable, outcome_table
from callcenter.reports.rate_table import PRINTED_RATES, RateTable, _sums, rate_table

_CODES = {
    "1.1": Class.COMPLETE,
    "1.2": Class.PARTIAL,
    "2.112": Class.REFUSAL,
    "2.12": Class.REFUSAL,
    "2.20": Class.NON_CONTACT,
    "2.32": Class.OTHER,
    "3.11": Class.UNKNOWN,
    "3.20": Class.UNLOCATED,
    "4.10": Class.NOT_ELIGIBLE,
}
_SITES = ("Gent", "Kortrijk")


def table(counts: Mapping[str, tuple[int, ...]], sites: tuple[str, ...] = _SITES, threshold: int = 5) -> OutcomeTable:
    ends = [
        (site, Disposition(code, _CODES[code], 1))
        for code, by_site in counts.items()
        for site, count in zip(sites, by_site, strict=True)
        for _ in range(count)
    ]
    return outcome_table(ends, sites, threshold)


def rates(*, e: float | None = 1, threshold: int = 5, **by_code: tuple[int, ...]) -> RateTable:
    """Return the rates of one or two sites; a code is written `c1_1`."""
    counts = {code[1:].replace("_", "."): found for code, found in by_code.items()}
    sites = _SITES[: len(next(iter(counts.values()), _SITES))]
    return rate_table(table(counts, sites, threshold), e, threshold)


def shown(found: RateTable) -> dict[str, Shown]:
    return {line.name: line.shown for line in found.every}


def test_a_rate_of_many_is_shown_in_full_with_its_base_and_interval():
    line = rates(c1_1=(40,), c2_112=(20,), c2_20=(40,)).every[0]
    assert (line.name, line.numerator, line.denominator, line.share) == ("RR1", 40, 100, 0.4)
    assert line.shown is Shown.FULL
    assert line.low is not None
    assert line.low < 0.4


def test_a_rate_without_a_base_is_undefined():
    line = {line.name: line for line in rates(c2_20=(20,)).every}["COOP1"]
    assert (line.share, line.low, line.shown) == (None, None, Shown.HIDDEN)


def test_a_list_of_nobody_has_eighteen_undefined_rates():
    found = rates()
    assert [line.name for line in found.every] == list(NAMES)
    assert all(line.share is None for line in found.every)


def test_few_partial_interviews_are_not_told_by_two_rates():
    found = shown(rates(c1_1=(50,), c1_2=(2,), c2_20=(40,)))
    assert [found["RR1"], found["RR2"]].count(Shown.FULL) <= 1


def test_two_rates_that_happen_to_count_alike_are_both_shown():
    found = shown(rates(c1_1=(50,), c2_112=(52,), c2_20=(40,)))
    assert (found["RR1"], found["REF1"]) == (Shown.FULL, Shown.FULL)


def test_an_internal_list_shows_every_rate_that_exists():
    found = rates(threshold=1, c1_1=(3,), c1_2=(1,), c2_20=(2,))
    assert {line.shown for line in found.every} == {Shown.FULL}


def test_rates_that_need_an_undefined_e_are_undefined():
    found = {line.name: line for line in rates(e=None, c3_11=(20,)).every}
    assert found["RR3"].share is None
    assert found["RR1"].share == 0


def test_sites_stand_over_their_own_persons():
    found = rates(c1_1=(20, 10), c2_20=(20, 40))
    by_name = dict(zip(PRINTED_RATES, found.by_site, strict=True))
    assert [line.share for line in by_name["RR1"]] == [0.5, 0.2]


@pytest.mark.parametrize("few", [1, 4])
def test_few_who_do_not_belong_to_the_list_are_in_no_line_and_no_total(few):
    found = table({"1.1": (20,), "4.10": (few,)}, ("Gent",))
    assert ([row.code for row in found.rows], found.size, found.left_out) == (["1.1"], 20, few)


def test_many_who_do_not_belong_to_the_list_are_a_line():
    assert table({"4.10": (5,)}, ("Gent",)).size == 5


@pytest.mark.parametrize("people", [1, 4])
def test_a_list_of_too_few_has_no_line_no_total_and_no_rate(people):
    seen = table({"1.1": (0, people), "4.10": (3, 0)})
    assert (seen.too_few, seen.rows, seen.size) == (True, (), people)
    assert set(seen.site_totals) == {Hidden.SMALL}
    found = rate_table(seen, 1, 5)
    assert {line.shown for line in found.every} == {Shown.HIDDEN}
    assert {line.shown for lines in found.by_site for line in lines} == {Shown.HIDDEN}


def test_a_list_of_five_has_lines_and_an_internal_list_of_one_too():
    assert table({"1.1": (0, 5)}).rows
    assert table({"1.1": (0, 1)}, threshold=1).rows


_ONE_PERSON = {code: (0, 1 if code == "3.20" else 0) for code in _CODES}
lists = st.fixed_dictionaries({code: st.tuples(st.integers(0, 14), st.integers(0, 14)) for code in _CODES})


@settings(deadline=None)
@given(lists)
@example(_ONE_PERSON)
def test_table_and_rates_together_tell_no_small_count(counts: dict[str, tuple[int, int]]):
    seen = table(counts)
    found = rate_table(seen, 1, 5)
    assert all(
        isinstance(count, Hidden) or not 0 < count < 5 for row in seen.rows for count in (*row.by_site, row.total)
    )
    known = seen.disclosure()
    assert not known.told
    everybody = [end for site in seen.sites for end in site]
    groups = [(line, everybody) for line in found.every]
    groups += [pair for lines in found.by_site for pair in zip(lines, map(list, seen.sites), strict=True)]
    for line, ends in groups:
        if line.shown is Shown.FULL:
            known.learn(*_sums(line.name, ends, 1))
    assert not known.told
