"""What a person's answers tell of school, qualification, learning and work at the reference date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from callcenter.domain.case import Case
from callcenter.indicators.early_leaving import ISCED, QUALIFICATIONS, Situation
from callcenter.indicators.tracks import school_status

_SECONDARY, _ENROLLED = frozenset({"1", "2", "3"}), frozenset({"1", "2", "3", "4", "5"})
_HIGHER, _NOT = "4", "6"
_SHELTERED = frozenset({"1", "2"})
_STAYS, _GOES = frozenset({"1", "2", "3"}), frozenset({"4", "5", "6"})
_LEARNING: Mapping[str, bool] = {"1": True, "2": True, "3": True, "4": False}
_EMPLOYED: Mapping[str, bool] = {"1": True, "2": False, "3": False}
_ATTESTS = frozenset({"A", "A-REM", "A-UIT", "B", "C"})
_UNFINISHED, _YEAR_SIX = "0", "2"


def situation_of(case: Case, school_year: str, ref_school: date) -> Situation:
    """Return one person's situation; answers are read by their meaning, and an unknown stays unknown.

    A leaver of the school year stopped in it, or was enrolled at `ref_school` and does not stay in secondary school
    next year (as planned, until the next wave knows). Who began higher education earlier left in an earlier year.
    """
    person = case.respondent
    born = person.birth_date if person else None
    age = person.age(ref_school) if person else None
    if case.response is None:
        return Situation(age, born)
    facts = case.response.facts
    status = school_status(facts)
    leaver = _leaver(facts, status, school_year)
    return Situation(
        age=age,
        born=born,
        leaver=leaver,
        left_on=_left_on(facts, status, school_year) if leaver else None,
        qualified=_qualified(facts, status),
        sheltered=facts.get("track_ov") in _SHELTERED,
        learning=_learning(facts, status),
        level=_level(facts, status),
        employed=_EMPLOYED.get(facts.get("ilo_status", "")),
    )


def _leaver(facts: Mapping[str, str], status: str, school_year: str) -> bool | None:
    if status in _SECONDARY:
        plan = facts.get("next_year", "")
        return False if plan in _STAYS else True if plan in _GOES else None
    if status in _ENROLLED:
        return False
    if status != _NOT:
        return None
    last = _day(facts.get("left_date", ""))
    return None if last is None else _in_year(last, school_year)


def _left_on(facts: Mapping[str, str], status: str, school_year: str) -> date | None:
    if status == _NOT:
        return _day(facts.get("left_date", ""))
    return date(int(school_year[5:]), 6, 30)


def _in_year(day: date, school_year: str) -> bool:
    return date(int(school_year[:4]), 9, 1) <= day <= date(int(school_year[5:]), 8, 31)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # empty, or not known
        return None


def _qualified(facts: Mapping[str, str], status: str) -> bool | None:
    """Tell whether one of the six qualifications is held; in school it is the one of this year's end."""
    if status == _HIGHER:
        return True
    told = facts.get("left_qual" if status == _NOT else "qualification", "")
    if told in QUALIFICATIONS or _seventh(facts, status):
        return True
    if status == _NOT:
        return False if told == _UNFINISHED else None
    return False if facts.get("attest") in _ATTESTS else None


def _learning(facts: Mapping[str, str], status: str) -> bool | None:
    """Tell whether there was education in the last four weeks; enrolment says it where nobody asked."""
    asked = _LEARNING.get(facts.get("edu4w", ""))
    return True if asked is None and status in _ENROLLED else asked


def _seventh(facts: Mapping[str, str], status: str) -> bool:
    """Tell whether somebody is in year 7, which follows on the certificate of year 6."""
    return status in _SECONDARY and facts.get("track_grade") == "7"


def _level(facts: Mapping[str, str], status: str) -> int | None:
    """Return the highest ISCED level reached; a pupil without a qualification has at most level 2."""
    if status == _HIGHER:
        return ISCED["1"]
    told = facts.get("left_qual" if status == _NOT else "qualification", "")
    if told in ISCED:
        return ISCED[told]
    if _seventh(facts, status):
        return ISCED[_YEAR_SIX]
    return ISCED[_UNFINISHED] if status in _SECONDARY else None
