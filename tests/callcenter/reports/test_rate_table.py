"""Rates never tell what the outcome table hides."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.domain.disposition import Class, Disposition
from callcenter.indicators.suppression import Hidden, Shown
from callcenter.rates.formulas import NAMES, classes_of
from callcenter.reports.outcome_table import OutcomeTable, outcome_table
from callcenter.reports.rate_table import PRINTED_RATES, Ended, RateLine, rate_line, site_lines

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


def ended(**counts: int) -> list[Ended]:
    """Return cases by class letter, small counts hidden."""
    return [Ended(Class(letter), count, hidden=0 < count < 5) for letter, count in counts.items()]


def shown(ends: Sequence[Ended], name: str) -> Shown:
    return rate_line(name, ends, 1, 5).shown


def test_a_rate_of_many_is_shown_in_full_with_its_base_and_interval():
    line = rate_line("RR1", ended(I=40, R=20, NC=40), 1, 5)
    assert (line.numerator, line.denominator, line.share, line.shown) == (40, 100, 0.4, Shown.FULL)
    assert line.low is not None
    assert line.low < 0.4


def test_a_rate_without_a_base_is_undefined():
    line = rate_line("COOP1", ended(NC=20), 1, 5)
    assert (line.share, line.low, line.shown) == (None, None, Shown.HIDDEN)


def test_few_partial_interviews_round_the_rate_that_adds_them():
    ends = [*ended(I=50, P=2), Ended(Class.NON_CONTACT, 40, hidden=True)]
    assert (shown(ends, "RR1"), shown(ends, "RR2")) == (Shown.FULL, Shown.ROUNDED)


def test_few_partial_interviews_beside_all_others_round_the_rate_that_leaves_them_out():
    assert shown(ended(I=50, P=2, NC=40), "RR1") is Shown.ROUNDED


def test_two_rates_that_happen_to_count_alike_are_both_shown():
    ends = ended(I=50, R=52, NC=40)
    assert (shown(ends, "RR1"), shown(ends, "REF1")) == (Shown.FULL, Shown.FULL)


def test_a_hidden_part_of_the_unknown_rounds_the_share_that_could_be_located():
    ends = ended(I=50, NC=40, UH=6, UO=3)
    assert shown(ends, "LOC1") is Shown.ROUNDED


def test_few_who_are_in_no_base_round_the_rates_beside_the_size_of_the_list():
    ends = ended(I=50, NC=40, NE=3)
    assert shown(ends, "RR1") is Shown.ROUNDED


def test_every_rate_knows_its_classes():
    assert classes_of("RR2") == ({"I", "P"}, {"I", "P", "R", "NC", "O", "UH", "UO"})
    assert classes_of("COOP3") == ({"I"}, {"I", "P", "R"})
    assert classes_of("LOC2")[1] == classes_of("LOC1")[1]
    for name in NAMES:
        above, below = classes_of(name)
        assert above <= below


def test_the_only_rounded_site_takes_another_one_along():
    whole = rate_line("REF1", ended(R=23, NC=80), 1, 5)
    sites = [ended(R=10, NC=30), ended(R=3, NC=20), ended(R=10, NC=30)]
    assert [line.shown for line in site_lines("REF1", whole, sites, 1, 5)].count(Shown.FULL) == 1


@pytest.mark.parametrize("few", [1, 4])
def test_few_who_do_not_belong_to_the_list_are_in_no_line_and_no_total(few):
    ends = [("Gent", Disposition("4.10", Class.NOT_ELIGIBLE, 1))] * few
    ends += [("Gent", Disposition("1.1", Class.COMPLETE, 2))] * 20
    found = outcome_table(ends, ("Gent",), 5)
    assert ([row.code for row in found.rows], found.size, found.left_out) == (["1.1"], 20, few)


def test_many_who_do_not_belong_to_the_list_are_a_line():
    ends = [("Gent", Disposition("4.10", Class.NOT_ELIGIBLE, 1))] * 5
    assert outcome_table(ends, ("Gent",), 5).size == 5


# Counts of each code at each of two sites.
lists = st.fixed_dictionaries({code: st.tuples(st.integers(0, 14), st.integers(0, 14)) for code in _CODES})


def _table(counts: dict[str, tuple[int, int]]) -> OutcomeTable:
    ends = [
        (site, Disposition(code, klass, 1))
        for code, klass in _CODES.items()
        for site, count in zip(("Gent", "Kortrijk"), counts[code], strict=True)
        for _ in range(count)
    ]
    return outcome_table(ends, ("Gent", "Kortrijk"), 5)


def _printed(lines: Sequence[RateLine]) -> list[RateLine]:
    return [line for line in lines if line.shown is Shown.FULL]


@settings(max_examples=60, deadline=None)
@given(lists)
def test_no_single_rate_beside_the_table_tells_a_hidden_count(counts: dict[str, tuple[int, int]]):
    table = _table(counts)
    for ends in (*table.sites, table.whole):
        for line in _printed([rate_line(name, ends, 1, 5) for name in PRINTED_RATES]):
            above, below = classes_of(line.name)
            for part in (above, below - above, {*Class} - below):
                assert sum(end.hidden for end in ends if end.klass.value in part) != 1


@settings(max_examples=60, deadline=None)
@given(lists)
def test_the_table_of_a_report_never_hides_one_count_of_a_line(counts: dict[str, tuple[int, int]]):
    table = _table(counts)
    size = Hidden.SMALL if 0 < table.size < 5 else table.size
    lines = [(*row.by_site, row.total) for row in table.rows] + [(*table.site_totals, size)]
    for line in itertools.chain(lines, zip(*lines, strict=True)):
        assert sum(isinstance(count, Hidden) for count in line) != 1
