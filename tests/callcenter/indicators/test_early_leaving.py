"""VSV, ELET and NEET: who counts, who does not, and who is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.indicators.early_leaving import (
    EarlyLeaving,
    Indicator,
    Situation,
    early_leaving,
    end_of_compulsory_school,
)

_BORN = date(2006, 3, 1)
# Twenty years old, left with only the attest of year 4, follows a course.
_ON_A_COURSE = Situation(
    age=20,
    born=_BORN,
    leaver=True,
    left_on=date(2025, 11, 14),
    qualified=False,
    learning=True,
    level=2,
    employed=False,
)


def of(*people: Situation) -> EarlyLeaving:
    return early_leaving(people)


def test_a_pupil_with_a_saturday_job_is_no_neet() -> None:
    pupil = Situation(age=17, born=date(2009, 1, 5), leaver=False, learning=True, level=2, employed=True)
    assert of(pupil).neet == Indicator(0, 1, 0)


def test_a_certificate_of_year_six_is_a_qualification_and_level_three() -> None:
    person = Situation(
        age=19, born=date(2007, 1, 5), leaver=True, left_on=date(2026, 5, 1), qualified=True, learning=False, level=3
    )
    found = of(person)
    assert found.vsv == Indicator(0, 1, 0)
    assert found.elet == Indicator(0, 1, 0)


def test_a_course_makes_no_elet_and_no_neet_but_an_early_leaver() -> None:
    found = of(_ON_A_COURSE)
    assert found.elet == Indicator(0, 1, 0)
    assert found.neet == Indicator(0, 1, 0)
    assert found.vsv == Indicator(1, 1, 0)


def test_who_left_in_an_earlier_year_is_no_early_leaver_of_this_year() -> None:
    assert of(replace(_ON_A_COURSE, leaver=False)).vsv == Indicator(0, 0, 0)


def test_a_leaver_of_compulsory_age_stands_apart() -> None:
    pupil = replace(_ON_A_COURSE, age=17, born=date(2008, 9, 1))
    found = of(pupil)
    assert (found.vsv, found.pupils) == (Indicator(0, 0, 0), 1)


def test_a_sheltered_track_is_left_out_of_early_leaving() -> None:
    assert of(replace(_ON_A_COURSE, sheltered=True)).vsv == Indicator(0, 0, 0)


@pytest.mark.parametrize("changes", [{"leaver": None, "left_on": None}, {"qualified": None}])
def test_an_unknown_leaver_or_qualification_is_missing(changes: dict[str, None]) -> None:
    assert of(replace(_ON_A_COURSE, **changes)).vsv == Indicator(0, 0, 1)


def test_who_was_not_reached_is_missing_in_the_bands_of_that_age() -> None:
    found = of(Situation(age=20, born=_BORN), Situation(age=16), Situation(age=None))
    assert (found.vsv.missing, found.elet.missing, found.neet.missing) == (1, 1, 2)
    assert found.elet.share is None
    assert found.elet.bounds == (0, 1)


def test_neither_learning_nor_work_is_neet() -> None:
    idle = replace(_ON_A_COURSE, learning=False)
    assert of(idle).neet == Indicator(1, 1, 0)
    assert of(idle).elet == Indicator(1, 1, 0)
    assert of(replace(idle, employed=True)).neet == Indicator(0, 1, 0)
    assert of(replace(idle, employed=None)).neet == Indicator(0, 0, 1)


@pytest.mark.parametrize(
    ("born", "end"),
    [
        (date(2008, 3, 12), date(2026, 3, 12)),
        (date(2008, 10, 12), date(2026, 6, 30)),
        (date(2008, 2, 29), date(2026, 3, 1)),
    ],
)
def test_compulsory_school_ends_at_eighteen_or_in_june_of_that_year(born: date, end: date) -> None:
    assert end_of_compulsory_school(born) == end


def test_nobody_gives_no_share_and_no_bounds() -> None:
    found = of()
    assert (found.vsv.share, found.vsv.bounds, found.pupils) == (None, None, 0)


maybe = st.booleans() | st.none()
people = st.builds(
    Situation,
    age=st.integers(12, 35) | st.none(),
    born=st.dates(date(1995, 1, 1), date(2012, 1, 1)) | st.none(),
    leaver=maybe,
    left_on=st.dates(date(2025, 9, 1), date(2026, 8, 31)) | st.none(),
    qualified=maybe,
    sheltered=st.booleans(),
    learning=maybe,
    level=st.integers(1, 6) | st.none(),
    employed=maybe,
)


@given(st.lists(people, max_size=25))
def test_a_share_lies_between_its_bounds(found: list[Situation]) -> None:
    told = early_leaving(found)
    for each in (told.vsv, told.elet, told.neet):
        assert 0 <= each.count <= each.known <= each.known + each.missing <= len(found)
        if each.share is not None and each.bounds is not None:
            assert each.bounds[0] - 1e-12 <= each.share <= each.bounds[1] + 1e-12
