"""Where a person was last year, by the list, and where this year, by the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from callcenter.domain.case import Case
from callcenter.indicators.waterfall import GRADUATED, LEFT, OUTSIDE, UNKNOWN, Track, YearPair

_SECONDARY = frozenset({"1", "2", "3"})
_HIGHER, _COURSE, _NOT = "4", "5", "6"
_ENROLLED = _SECONDARY | {_HIGHER, _COURSE}
STUDYING = "studying"
_STOPPED = "5"
_SAME_TRACK = frozenset({"1", "3"})
_BETWEEN_YEARS, _IN_THE_YEAR = "1", "2"
_SILENT = frozenset({"97", "98", "99"})


def pair_of(case: Case, previous_year: str, year: str) -> YearPair:
    """Return the year pair of a case; answers are read by their meaning (cc:fact), never by a variable's name."""
    before = _last_year(case, previous_year)
    facts = case.response.facts if case.response is not None else {}
    status = school_status(facts)
    after = _this_year(facts, year) if status in _SECONDARY else None
    fate = {_HIGHER: GRADUATED, _COURSE: OUTSIDE, _NOT: LEFT}.get(status, UNKNOWN)
    start = _start(facts, after) if after else None
    return YearPair(case.id, before, after, fate, case.site, facts.get("group", ""), start)


def _start(facts: Mapping[str, str], end: Track) -> Track | None:
    """Return where the year began; None where it was not told when somebody changed."""
    if facts.get("change_when") == _IN_THE_YEAR:
        return replace(
            end,
            stream=_said(facts, "start_stream"),
            form=_said(facts, "start_form"),
            finality=_said(facts, "start_finality"),
        )
    same = facts.get("school_same") in _SAME_TRACK or facts.get("change_when") == _BETWEEN_YEARS
    return end if same else None


def school_state(case: Case) -> str:
    """Return `left`, `studying` (secondary, higher or another course), or empty where the answers do not tell."""
    status = school_status(case.response.facts) if case.response is not None else ""
    return LEFT if status == _NOT else STUDYING if status in _ENROLLED else ""


def school_status(facts: Mapping[str, str]) -> str:
    """Return the code of school_status at the reference date; who stopped was not asked it."""
    return _NOT if facts.get("school_same") == _STOPPED else facts.get("school_status", "")


def _last_year(case: Case, year: str) -> Track | None:
    told = case.respondent.schooling.get(year, {}) if case.respondent else {}
    return _track(told, year, "") if told.get("grade") else None


def _this_year(facts: Mapping[str, str], year: str) -> Track | None:
    return _track(facts, year, "track_") if facts.get("track_grade", "").isdigit() else None


def _track(told: Mapping[str, str], year: str, prefix: str) -> Track:
    grade = _said(told, prefix + "grade")
    return Track(
        year=year,
        grade=int(grade) if grade.isdigit() else None,
        stream=_said(told, prefix + "stream"),
        form=_said(told, prefix + "form"),
        finality=_said(told, prefix + "finality"),
        ov=_said(told, prefix + "ov"),
    )


def _said(told: Mapping[str, str], name: str) -> str:
    value = told.get(name, "")
    return "" if value in _SILENT else value
