"""The waterval: scales, kinds of step, who is known, missing or outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.indicators.interval import wilson
from callcenter.indicators.waterfall import (
    GRADUATED,
    LEFT,
    OUTSIDE,
    RANKS,
    UNKNOWN,
    Kind,
    Scale,
    Track,
    YearPair,
    waterfall,
)

LAST, THIS = "2024-2025", "2025-2026"


def a_pair(
    before: Track | None, after: Track | None = None, fate: str = UNKNOWN, start: Track | None = None
) -> YearPair:
    return YearPair("somebody", before, after, fate, start=start)


def last(form: str = "", finality: str = "", grade: int = 4, **more: str) -> Track:
    return Track(LAST, grade, form=form, finality=finality, **more)


def this(form: str = "", finality: str = "", grade: int = 5, **more: str) -> Track:
    return Track(THIS, grade, form=form, finality=finality, **more)


def test_the_worked_example_has_its_rate_and_bounds() -> None:
    steps = {("aso", "tso"): 6, ("tso", "aso"): 3, ("aso", "aso"): 31}
    pairs = [a_pair(last(one), this(other)) for (one, other), count in steps.items() for _ in range(count)]
    pairs += [a_pair(last("tso"))] * 10
    found = waterfall(pairs, Scale.FORM)
    assert (found.known, found.down, found.up, found.missing) == (40, 6, 3, 10)
    assert found.share == 0.15
    assert found.bounds == (0.12, 0.32)
    assert wilson(found.down, found.known) == pytest.approx((0.071, 0.291), abs=0.001)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_worked_person_went_down_between_and_in_the_year_and_once_in_all(kind: Kind) -> None:
    pair = a_pair(last("aso", "3"), this("bso", "1"), start=this("tso", "2"))
    for scale in (Scale.FORM, Scale.FINALITY):
        found = waterfall([pair], scale, kind)
        assert (found.known, found.down) == (1, 1)


def test_aso_to_transition_tso_is_a_drop_of_form_and_not_of_finality() -> None:
    pair = a_pair(last("aso", "3"), this("tso", "3"))
    assert waterfall([pair], Scale.FORM).down == 1
    assert waterfall([pair], Scale.FINALITY).down == 0
    assert waterfall([pair], Scale.FINALITY).known == 1


def test_tso_to_kso_is_no_step() -> None:
    found = waterfall([a_pair(last("tso"), this("kso"))], Scale.FORM)
    assert (found.known, found.down, found.up) == (1, 0, 0)


def test_the_step_from_grade_one_to_grade_two_is_in_no_rate() -> None:
    pair = a_pair(Track(LAST, 2, stream="A"), this("aso", "3", grade=3))
    for scale in Scale:
        found = waterfall([pair], scale)
        assert (found.known, found.missing) == (0, 0)
    assert waterfall([pair], Scale.STREAM).flows == {("A", OUTSIDE): 1}


def test_a_stream_step_counts_within_years_one_and_two() -> None:
    assert waterfall([a_pair(Track(LAST, 1, stream="A"), Track(THIS, 2, stream="B"))], Scale.STREAM).down == 1


@pytest.mark.parametrize("fate", [LEFT, GRADUATED, OUTSIDE])
def test_leavers_and_graduates_are_neither_known_nor_missing(fate: str) -> None:
    found = waterfall([a_pair(last("aso", "3"), fate=fate)], Scale.FINALITY)
    assert (found.known, found.missing, found.share, found.bounds) == (0, 0, None, None)
    assert found.flows == {("3", fate): 1}


@pytest.mark.parametrize("after", [None, this("", "3"), Track(THIS)], ids=["no answer", "form not told", "no grade"])
def test_a_second_place_that_is_not_known_is_missing(after: Track | None) -> None:
    found = waterfall([a_pair(last("bso", "1"), after)], Scale.FORM)
    assert (found.known, found.missing) == (0, 1)
    assert found.bounds == (0, 1)
    assert found.flows == {("bso", UNKNOWN): 1}


@pytest.mark.parametrize("after", [this("bso", grade=7), this("bso", ov="3")], ids=["year 7", "OV3"])
def test_year_seven_and_sheltered_tracks_are_outside_the_scales(after: Track) -> None:
    found = waterfall([a_pair(last("bso", "1"), after)], Scale.FORM)
    assert (found.known, found.missing) == (0, 0)
    assert found.flows == {("bso", OUTSIDE): 1}


def test_ov4_takes_the_ordinary_rank() -> None:
    assert waterfall([a_pair(last("aso", ov="4"), this("tso", ov="4"))], Scale.FORM).down == 1


@pytest.mark.parametrize("form", ["aso", "tso", "kso", "bso"])
def test_who_was_in_a_final_year_is_never_missing(form: str) -> None:
    assert waterfall([a_pair(last(form, grade=6))], Scale.FORM).missing == 0


def test_a_final_year_that_was_repeated_counts_when_both_places_are_known() -> None:
    assert waterfall([a_pair(last("tso", grade=6), this("bso", grade=6))], Scale.FORM).down == 1


def test_finality_exists_from_the_modernised_year_of_each_grade() -> None:
    assert Track("2021-2022", 3, finality="3").value(Scale.FINALITY) == "3"
    assert Track("2021-2022", 4, finality="3").value(Scale.FINALITY) == ""
    assert Track("2021-2022", 4, form="aso").value(Scale.FORM) == "aso"


def test_nobody_with_a_first_place_gives_an_undefined_rate() -> None:
    found = waterfall([a_pair(None, this("aso"))], Scale.FORM)
    assert (found.share, found.bounds, found.flows) == (None, None, {})


def test_a_year_without_its_start_is_unknown_between_the_years_and_absent_in_the_year() -> None:
    pair = a_pair(last("aso"), this("tso"))
    assert waterfall([pair], Scale.FORM, Kind.BETWEEN).missing == 1
    assert waterfall([pair], Scale.FORM, Kind.IN_YEAR).flows == {}


def test_the_same_grade_again_is_repeating() -> None:
    assert a_pair(last("aso", grade=4), this("aso", grade=4)).repeated is True
    assert a_pair(last("aso", grade=4), this("aso", grade=5)).repeated is False
    assert a_pair(last("aso", grade=4)).repeated is None


tracks = st.builds(
    lambda grade, stream, form, finality: (grade, stream, form, finality),
    st.integers(1, 7) | st.none(),
    st.sampled_from(["", "A", "B"]),
    st.sampled_from(["", *RANKS[Scale.FORM]]),
    st.sampled_from(["", "1", "2", "3"]),
)
pairs_of_tracks = st.builds(
    lambda one, other, fate: a_pair(Track(LAST, *one), Track(THIS, *other) if other else None, fate),
    tracks,
    tracks | st.none(),
    st.sampled_from([UNKNOWN, LEFT, GRADUATED]),
)


@given(st.lists(pairs_of_tracks, max_size=30), st.sampled_from(list(Scale)), st.sampled_from(list(Kind)))
def test_the_rate_lies_between_its_bounds_and_flows_hold_everybody_once(
    pairs: list[YearPair], scale: Scale, kind: Kind
) -> None:
    found = waterfall(pairs, scale, kind)
    assert found.down + found.up <= found.known
    assert found.known + found.missing <= sum(found.flows.values())
    if found.share is not None and found.bounds is not None:
        assert found.bounds[0] - 1e-12 <= found.share <= found.bounds[1] + 1e-12
    assert waterfall(list(reversed(pairs)), scale, kind) == found
