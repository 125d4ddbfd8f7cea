"""Where a person was last year, by the list, and where this year, by the answers."""

from __future__ import annotations

from collections.abc import Mapping

from callcenter.domain.case import Case
from callcenter.indicators.waterfall import GRADUATED, LEFT, UNKNOWN, Track, YearPair

_SECONDARY = frozenset({"1", "2", "3"})
_HIGHER, _COURSE, _NOT = "4", "5", "6"
_ENROLLED = _SECONDARY | {_HIGHER, _COURSE}
STUDYING = "studying"
_STOPPED = "5"


def pair_of(case: Case, previous_year: str, year: str) -> YearPair:
    """Return the year pair of a case; answers are read by their meaning (cc:fact), never by a variable's name."""
    before = _last_year(case, previous_year)
    facts = case.response.facts if case.response is not None else {}
    status = _status(facts)
    after = _this_year(facts, year) if status in _SECONDARY else None
    fate = {_HIGHER: GRADUATED, _NOT: LEFT}.get(status, UNKNOWN)
    return YearPair(case.id, before, after, fate, case.site, facts.get("group", ""))


def school_state(case: Case) -> str:
    """Return `left`, `studying` (secondary, higher or another course), or empty where the answers do not tell."""
    status = _status(case.response.facts) if case.response is not None else ""
    return LEFT if status == _NOT else STUDYING if status in _ENROLLED else ""


def _status(facts: Mapping[str, str]) -> str:
    return _NOT if facts.get("school_same") == _STOPPED else facts.get("school_status", "")


def _last_year(case: Case, year: str) -> Track | None:
    told = case.respondent.schooling.get(year, {}) if case.respondent else {}
    return _track(told, year, "") if told.get("grade") else None


def _this_year(facts: Mapping[str, str], year: str) -> Track | None:
    return _track(facts, year, "track_") if facts.get("track_grade", "").isdigit() else None


def _track(told: Mapping[str, str], year: str, prefix: str) -> Track:
    def part(name: str) -> str:
        value = told.get(prefix + name, "")
        return "" if value in ("97", "98", "99") else value

    grade = part("grade")
    return Track(
        year=year,
        grade=int(grade) if grade.isdigit() else None,
        stream=part("stream"),
        form=part("form"),
        finality=part("finality"),
        ov=part("ov"),
    )
