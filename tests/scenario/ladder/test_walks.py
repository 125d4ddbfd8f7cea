"""The ladder L3, L4 and L6: every case is one state of a small form, equal to what the oracle recorded."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.scenario.ladder.replayed import Case, cases, differences, families, recorded, walks

ALLOWED = json.loads((Path(__file__).parent / "allowed_walks.json").read_text("utf-8"))
CASES = [case for level, family in families() for case in cases(level, family)]


def allowed(case: Case) -> bool:
    """Whether a deviation is named for this case."""
    return any(fnmatchcase(case.walk.name, rule["walk"]) and case.step in rule["steps"] for rule in ALLOWED)


@pytest.mark.parametrize("case", [case for case in CASES if not allowed(case)], ids=str)
def test_state_is_the_oracles(case: Case):
    assert differences(case) == []


@pytest.mark.parametrize("case", [case for case in CASES if allowed(case)], ids=str)
def test_named_deviation_still_deviates(case: Case):
    assert differences(case) != []


@pytest.mark.parametrize(("level", "family"), list(families()))
def test_recording_is_of_the_form_and_the_steps_as_they_are_now(level: str, family: str):
    found = walks(level, family)
    assert [walk.mark for walk in found] == [recorded(level, family)[walk.name]["mark"] for walk in found]
    assert len({walk.name for walk in found}) == len(found) == len(recorded(level, family))


@pytest.mark.parametrize(("level", "least", "bar"), [("l4", 200, 0.98)])
def test_level_has_its_cases_and_keeps_its_bar(level: str, least: int, bar: float):
    mine = [case for case in CASES if case.level == level]
    assert len(mine) >= least
    if bar < 1:
        assert sum(not allowed(case) for case in mine) >= bar * len(mine)
