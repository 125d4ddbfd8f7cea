"""What printed sums tell together of hidden counts."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from callcenter.indicators.disclosure import Cell, Disclosure, Sum

A, B, C, D = (("code", site) for site in "abcd")


def knowing(*sums: Sum, hidden: tuple[Cell, ...] = (A, B, C), protected: tuple[Cell, ...] = (A, B, C)) -> Disclosure:
    known = Disclosure(hidden, protected)
    known.learn(*sums)
    return known


def test_a_sum_of_two_hidden_counts_tells_neither() -> None:
    assert knowing({A: 1, B: 1}).told == frozenset()


def test_a_sum_with_one_hidden_count_tells_it() -> None:
    assert knowing({A: 1, D: 1}).told == {A}


def test_sums_tell_together_what_none_tells_alone() -> None:
    known = knowing({A: 1, B: 1, C: 1}, {B: 1, C: 1})
    assert known.told == {A}
    assert knowing({A: 1, B: 1}, {B: 1, C: 1}, {A: 1, C: 1}).told == {A, B, C}


def test_asking_what_would_be_told_lets_nobody_know() -> None:
    known = knowing({A: 1, B: 1})
    assert known.would_tell({B: 1})
    assert not known.would_tell({B: 1, C: 1})
    assert known.told == frozenset()


def test_a_count_that_only_protects_others_may_be_known() -> None:
    assert knowing({A: 1}, protected=(B, C)).told == frozenset()
    assert knowing({A: 1}, {A: 1, B: 1}, protected=(B, C)).told == {B}


def test_shares_of_a_count_tell_it_too() -> None:
    assert knowing({A: 0.5, B: 1}, {A: 1, B: 1}).told == {A, B}


_CELLS = (A, B, C, D)
sums = st.lists(st.fixed_dictionaries({cell: st.integers(-1, 1) for cell in _CELLS}), max_size=4)


@given(sums, st.tuples(*(st.integers(0, 3) for _ in _CELLS)))
def test_a_told_count_is_the_same_in_every_world_with_these_sums(
    printed: list[dict[Cell, int]], truth: tuple[int, ...]
) -> None:
    def seen(world: tuple[int, ...]) -> list[int]:
        return [sum(told[cell] * n for cell, n in zip(_CELLS, world, strict=True)) for told in printed]

    known = knowing(*printed, hidden=_CELLS, protected=_CELLS)
    worlds = [world for world in product(range(4), repeat=4) if seen(world) == seen(truth)]
    for cell in known.told:
        place = _CELLS.index(cell)
        assert {world[place] for world in worlds} == {truth[place]}
