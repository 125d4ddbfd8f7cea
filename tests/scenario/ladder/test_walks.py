"""The ladder L3, L4 and L6: every case is one state of a small form, equal to what the oracle recorded."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.scenario.ladder.replayed import Case, cases, differences, families, recorded, states_of, walks

ALLOWED = json.loads((Path(__file__).parent / "allowed_walks.json").read_text("utf-8"))
STATES = [case for level, family in families() for case in states_of(level, family)]


def named(case: Case, line: str) -> list[str]:
    """The deviations that name this difference of this case."""
    found = [rule for rule in ALLOWED if fnmatchcase(case.walk.name, rule["walk"])]
    return [
        f"{rule['walk']}: {rule['what']}" for rule in found if fnmatchcase(line, rule["what"].replace("[", "[[]"))
    ]


@pytest.mark.parametrize("case", STATES, ids=str)
def test_state_is_the_oracles(case: Case):
    assert [line for line in differences(case) if not named(case, line)] == []


def test_every_named_deviation_is_still_met():
    met = {name for case in STATES for line in differences(case) for name in named(case, line)}
    assert met == {f"{rule['walk']}: {rule['what']}" for rule in ALLOWED}


@pytest.mark.parametrize(("level", "family"), list(families()))
def test_recording_is_of_the_form_and_the_steps_as_they_are_now(level: str, family: str):
    found = walks(level, family)
    assert [walk.mark for walk in found] == [recorded(level, family)[walk.name]["mark"] for walk in found]
    assert len({walk.name for walk in found}) == len(found) == len(recorded(level, family))


@pytest.mark.parametrize(("level", "least", "bar"), [("l3", 150, 0.97), ("l4", 200, 0.98), ("l6", 150, 0.95)])
def test_level_has_its_cases_and_few_of_them_deviate(level: str, least: int, bar: float):
    mine = [case for one, family in families() if one == level for case in cases(level, family)]
    assert len(mine) >= least
    assert sum(not differences(case) for case in mine) >= bar * len(mine)
