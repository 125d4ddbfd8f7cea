"""Early leaving and repeating in a report."""

from __future__ import annotations

from datetime import date

from callcenter.domain.outcome import Outcome
from callcenter.indicators.suppression import Shown
from callcenter.reports.school_table import SchoolLine
from tests.callcenter.reports.making import answers, case, figures, pupil

_GONE = {"school_status": "6", "left_date": "2025-12-19", "left_qual": "0", "edu4w": "4", "ilo_status": "3"}


def of(cases, name: str) -> SchoolLine:
    return next(line for line in figures(cases).school if line.name == name)


def many(count: int, facts=None, born=date(2006, 9, 12)):
    return [case(f"{facts and sorted(facts.items())}-{n}", born=born, facts=facts) for n in range(count)]


def test_leavers_without_a_qualification_stand_beside_all_leavers():
    line = of([*many(6, _GONE), *many(8, {**_GONE, "left_qual": "1"}), *many(5)], "VSV")
    assert (line.count, line.known, line.missing, line.shown) == (6, 14, 5, Shown.FULL)
    assert line.bounds == (6 / 19, 11 / 19)
    assert not line.doubtful


def test_who_learns_and_works_at_nothing_is_neet():
    line = of([*many(6, _GONE), *many(12, {"school_status": "1"}, date(2010, 1, 1))], "NEET")
    assert (line.count, line.known, line.missing) == (6, 18, 0)


def test_pupils_who_stopped_are_counted_apart():
    cases = many(7, _GONE, date(2009, 9, 12))
    assert figures(cases).pupils_left == 7
    assert of(cases, "VSV").known == 0


def test_the_same_grade_again_is_repeating():
    again = [
        case(f"r{n}", Outcome.COMPLETE, before=pupil("2", "tso", 4), facts=answers("2", "tso", 4)) for n in range(5)
    ]
    on = [
        case(f"o{n}", Outcome.COMPLETE, before=pupil("2", "tso", 4), facts=answers("2", "tso", 5)) for n in range(15)
    ]
    line = of([*again, *on, *[case(f"m{n}", before=pupil("2", "tso", 4)) for n in range(30)]], "REPEAT")
    assert (line.count, line.known, line.missing) == (5, 20, 30)
    assert line.doubtful
