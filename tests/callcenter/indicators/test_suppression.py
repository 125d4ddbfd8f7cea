"""Small cells: hidden, and protected against subtraction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.indicators.suppression import OTHER, Shown, merge_links, rate_shown, small, suppress


def test_one_to_four_is_small_and_zero_is_shown() -> None:
    assert [count for count in range(7) if small(count)] == [1, 2, 3, 4]


def test_another_threshold_moves_the_border() -> None:
    assert [count for count in range(7) if small(count, 3)] == [1, 2]


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (0, 0, Shown.HIDDEN),
        (2, 4, Shown.HIDDEN),
        (0, 5, Shown.FULL),
        (5, 5, Shown.FULL),
        (4, 40, Shown.ROUNDED),
        (36, 40, Shown.ROUNDED),
        (5, 10, Shown.FULL),
    ],
)
def test_a_rate_of_few_is_rounded_and_of_fewer_than_five_hidden(
    numerator: int, denominator: int, shown: Shown
) -> None:
    assert rate_shown(numerator, denominator) is shown


def test_the_worked_table_hides_four_cells_and_no_total() -> None:
    found = suppress([[12, 3, 9], [7, 6, 8]])
    assert found.cells == ((False, True, True), (False, True, True))
    assert not any(found.row_totals + found.column_totals)


def test_a_small_total_is_hidden_too() -> None:
    found = suppress([[1, 2], [20, 30]])
    assert found.row_totals == (True, False)


def test_the_only_count_of_a_row_takes_its_total_along() -> None:
    found = suppress([[3, 0], [0, 20]])
    assert found.cells[0] == (True, False)
    assert found.row_totals[0]


def test_an_empty_table_stays_empty() -> None:
    assert suppress([]).cells == ()


tables = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 12), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@given(tables)
def test_no_subtraction_in_one_line_brings_a_hidden_count_back(table: list[list[int]]) -> None:
    found = suppress(table)
    for r, row in enumerate(found.cells):
        assert sum(row) + found.row_totals[r] != 1
    for c in range(len(table[0])):
        assert sum(row[c] for row in found.cells) + found.column_totals[c] != 1


@given(tables)
def test_totals_given_as_cells_are_protected_like_all_others(table: list[list[int]]) -> None:
    whole = [[*row, sum(row)] for row in [*table, [sum(column) for column in zip(*table, strict=True)]]]
    found = suppress(whole)
    assert all(sum(line) != 1 for line in [*found.cells, *zip(*found.cells, strict=True)])


@given(tables)
def test_every_small_count_is_hidden_and_no_zero_is(table: list[list[int]]) -> None:
    found = suppress(table)
    for row, hidden in zip(table, found.cells, strict=True):
        assert all(gone for count, gone in zip(row, hidden, strict=True) if small(count))
        assert not any(gone for count, gone in zip(row, hidden, strict=True) if not count)


@given(tables)
def test_an_internal_table_hides_nothing(table: list[list[int]]) -> None:
    found = suppress(table, threshold=1)
    assert not any(any(row) for row in found.cells)
    assert not any(found.row_totals + found.column_totals)


def test_small_links_are_merged() -> None:
    links = {("A", "A"): 20, ("A", "B"): 3, ("B", "A"): 4}
    assert merge_links(links) == ({("A", "A"): 20, (OTHER, OTHER): 7}, 0)


def test_small_links_that_stay_small_together_are_left_out_and_told() -> None:
    assert merge_links({("A", "A"): 20, ("A", "B"): 3}) == ({("A", "A"): 20}, 3)
