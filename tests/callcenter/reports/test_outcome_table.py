"""The outcome table hides small counts and what would tell them."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.domain.disposition import Class, Disposition
from callcenter.indicators.suppression import Hidden
from callcenter.reports.outcome_table import outcome_table

_SITES = ("Gent", "Kortrijk", "Antwerpen")
_CODES = ("1.1", "2.12", "2.111", "2.20", "3.20")


def test_lines_stand_in_the_order_of_the_codes():
    ends = [
        ("Gent", Disposition(code, Class.REFUSAL, 1)) for code in ("2.20", "2.12", "1.1", "2.111") for _ in range(6)
    ]
    assert [row.code for row in outcome_table(ends, ("Gent",), 5).rows] == ["1.1", "2.111", "2.12", "2.20"]


def test_a_hidden_count_says_whether_it_is_small_or_protects_another():
    counts = {"1.1": (12, 3, 9), "2.20": (7, 6, 8)}
    ends = [
        (site, Disposition(code, Class.OTHER, 1))
        for code, line in counts.items()
        for site, count in zip(_SITES, line, strict=True)
        for _ in range(count)
    ]
    first, second = outcome_table(ends, _SITES, 5).rows
    assert first.by_site == (12, Hidden.SMALL, Hidden.GUARD)
    assert second.by_site == (7, Hidden.GUARD, Hidden.GUARD)
    assert (first.total, second.total) == (24, 21)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*(st.integers(0, 12) for _ in _SITES)), min_size=5, max_size=5))
def test_no_line_or_column_hides_one_count_only(counts):
    ends = [
        (site, Disposition(code, Class.OTHER, 1))
        for code, line in zip(_CODES, counts, strict=True)
        for site, count in zip(_SITES, line, strict=True)
        for _ in range(count)
    ]
    table = outcome_table(ends, _SITES, 5)
    if table.too_few:
        assert (table.rows, set(table.site_totals)) == ((), {Hidden.SMALL})
        return
    lines = [(*row.by_site, row.total) for row in table.rows] + [(*table.site_totals, table.size)]
    for line in itertools.chain(lines, zip(*lines, strict=True)):
        assert sum(isinstance(count, Hidden) for count in line) != 1
