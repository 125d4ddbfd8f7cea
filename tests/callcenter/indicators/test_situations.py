"""From answers to a situation: what is known, and what stays unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from callcenter.domain.case import Case
from callcenter.domain.response import Response
from callcenter.domain.sample import Respondent
from callcenter.indicators.early_leaving import Situation
from callcenter.indicators.situations import situation_of

_YEAR, _REF = "2025-2026", date(2026, 5, 31)
_AT = datetime(2026, 6, 24, 16, 0, tzinfo=UTC)


def told(born: date | None = date(2007, 4, 2), **facts: str) -> Situation:
    person = Respondent("p1", "Noor", "Peeters", "Gent", birth_date=born)
    heard = (Response("a1", "subject", "tajo", "1", "", _AT, facts=facts),) if facts else ()
    return situation_of(Case("c1", person="p1", respondent=person, responses=heard), _YEAR, _REF)


def test_without_an_interview_only_the_age_is_known() -> None:
    assert told() == Situation(age=19, born=date(2007, 4, 2))


def test_the_age_is_that_of_the_reference_date() -> None:
    assert told(born=date(2007, 6, 1)).age == 18
    assert told(born=None).age is None


@pytest.mark.parametrize(
    ("day", "leaver"), [("2025-11-14", True), ("2026-05-30", True), ("2025-06-30", False), ("", None)]
)
def test_who_stopped_is_a_leaver_of_the_year_of_the_last_day(day: str, leaver: bool | None) -> None:
    found = told(school_status="6", left_date=day, left_qual="0")
    assert found.leaver is leaver
    assert found.qualified is False


@pytest.mark.parametrize(
    ("plan", "leaver"), [("1", False), ("3", False), ("6", True), ("5", True), ("7", None), ("98", None)]
)
def test_a_pupil_is_a_leaver_by_plan(plan: str, leaver: bool | None) -> None:
    assert told(school_status="1", next_year=plan).leaver is leaver


def test_a_pupil_who_plans_to_leave_does_so_at_the_end_of_june() -> None:
    assert told(school_status="1", next_year="6").left_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("facts", "qualified", "level"),
    [
        ({"school_status": "1", "attest": "DIPL", "qualification": "1"}, True, 3),
        ({"school_status": "1", "attest": "C"}, False, 2),
        ({"school_status": "1", "attest": "UITG"}, None, 2),
        ({"school_status": "1", "track_grade": "7", "attest": "C"}, True, 3),
        ({"school_status": "4"}, True, 3),
        ({"school_status": "6", "left_qual": "2"}, True, 3),
        ({"school_status": "6", "left_qual": "0"}, False, 2),
        ({"school_status": "6", "left_qual": "99"}, None, None),
    ],
)
def test_qualification_and_level_follow_the_answers(
    facts: dict[str, str], qualified: bool | None, level: int | None
) -> None:
    found = told(**facts)
    assert (found.qualified, found.level) == (qualified, level)


@pytest.mark.parametrize(
    ("facts", "learning"),
    [
        ({"school_status": "6", "edu4w": "1"}, True),
        ({"school_status": "6", "edu4w": "2"}, True),
        ({"school_status": "6", "edu4w": "3"}, True),
        ({"school_status": "6", "edu4w": "4"}, False),
        ({"school_status": "6", "edu4w": "98"}, None),
        ({"school_status": "1"}, True),
        ({"school_status": "98"}, None),
    ],
)
def test_learning_is_what_was_said_or_the_enrolment(facts: dict[str, str], learning: bool | None) -> None:
    assert told(**facts).learning is learning


@pytest.mark.parametrize(("status", "employed"), [("1", True), ("2", False), ("3", False), ("", None)])
def test_work_is_counted_as_the_form_computed_it(status: str, employed: bool | None) -> None:
    assert told(school_status="6", ilo_status=status).employed is employed


def test_ov1_and_ov2_are_sheltered() -> None:
    assert told(school_status="2", track_ov="2").sheltered is True
    assert told(school_status="2", track_ov="3").sheltered is False
