"""Last year's place by the list, this year's by what answers mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from callcenter.domain.case import Case
from callcenter.domain.response import Response
from callcenter.domain.sample import Respondent
from callcenter.indicators.tracks import STUDYING, pair_of, school_state
from callcenter.indicators.waterfall import GRADUATED, LEFT, OUTSIDE, UNKNOWN, Track, YearPair

LAST, THIS = "2024-2025", "2025-2026"
_AT = datetime(2026, 6, 24, 16, 0, tzinfo=UTC)
_SAME = {"school_same": "1", "school_status": "1", "track_grade": "5", "track_form": "tso", "track_finality": "2"}


def a_case(facts: dict[str, str] | None = None, **schooling: str) -> Case:
    told = {LAST: schooling} if schooling else {}
    person = Respondent("p1", "Noor", "Peeters", "Gent", schooling=told)
    heard = (Response("a1", "subject", "tajo", "1", "", _AT, facts=facts),) if facts is not None else ()
    return Case("c1", person="p1", site="Gent", respondent=person, responses=heard)


def a_pair(facts: dict[str, str] | None = None) -> YearPair:
    return pair_of(a_case(facts, grade="4", form="aso", finality="3"), LAST, THIS)


def test_last_year_comes_from_the_list_and_this_year_from_the_answers() -> None:
    found = a_pair(_SAME)
    assert found.before == Track(LAST, 4, form="aso", finality="3")
    assert found.after == Track(THIS, 5, form="tso", finality="2")


def test_without_an_interview_this_year_is_not_known() -> None:
    found = a_pair()
    assert (found.after, found.fate) == (None, UNKNOWN)


def test_without_last_year_in_the_list_there_is_no_first_place() -> None:
    assert pair_of(a_case(_SAME), LAST, THIS).before is None


@pytest.mark.parametrize(
    ("facts", "fate"),
    [
        ({"school_same": "5"}, LEFT),
        ({"school_same": "6", "school_status": "6"}, LEFT),
        ({"school_status": "4"}, GRADUATED),
        ({"school_status": "5"}, OUTSIDE),
        ({"school_status": "98"}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_who_is_not_in_secondary_school_has_a_fate_and_no_place(facts: dict[str, str], fate: str) -> None:
    found = a_pair({**facts, "track_grade": "5", "track_form": "tso"})
    assert (found.after, found.fate) == (None, fate)


@pytest.mark.parametrize("silent", ["97", "98", "99"])
def test_an_answer_that_was_not_given_is_no_place(silent: str) -> None:
    found = a_pair({**_SAME, "track_form": silent, "track_finality": silent})
    assert found.after == Track(THIS, 5)


def test_the_year_began_where_it_ended_when_the_track_is_the_same() -> None:
    found = a_pair(_SAME)
    assert found.start == found.after


def test_a_change_in_the_year_tells_where_it_began() -> None:
    changed = {**_SAME, "school_same": "2", "change_when": "2", "start_form": "aso", "start_finality": "98"}
    assert a_pair(changed).start == Track(THIS, 5, form="aso", finality="")


def test_a_change_between_the_years_is_the_start_of_the_year() -> None:
    found = a_pair({**_SAME, "school_same": "2", "change_when": "1"})
    assert found.start == found.after


def test_a_change_that_nobody_dated_leaves_the_start_unknown() -> None:
    assert a_pair({**_SAME, "school_same": "2", "change_when": "98"}).start is None


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"school_status": "1"}, STUDYING),
        ({"school_status": "4"}, STUDYING),
        ({"school_status": "5"}, STUDYING),
        ({"school_status": "6"}, LEFT),
        ({"school_same": "5"}, LEFT),
        ({"school_status": "99"}, ""),
        (None, ""),
    ],
)
def test_studying_or_not_is_told_by_the_answers(facts: dict[str, str] | None, state: str) -> None:
    assert school_state(a_case(facts)) == state
