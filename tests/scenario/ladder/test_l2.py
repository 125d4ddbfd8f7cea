"""The ladder L2: every state of a small form is the one that the oracle recorded, or one that a deviation states.

Of each node its value is told and, where it is so, that it is hidden, read-only, required, refused or missing.
"""

from __future__ import annotations

import pytest

from tests.scenario.ladder.tables import REFUSED, Case, allowed, cases, ours

CASES = list(cases("l2"))
STATES = [(case, k) for case in CASES for k in range(1 + len(case.line["steps"]))]


def theirs(case: Case, k: int) -> object:
    """What the oracle recorded of a state."""
    states = case.expected()
    return states if states == REFUSED else states[k]


def tells(case: Case, k: int) -> bool:
    """Whether a state says more than that an answer was stored as it was given."""
    return k == 0 or theirs(case, k) != {step[0]: step[-1] for step in [case.line["steps"][k - 1]]}


@pytest.mark.parametrize(
    ("case", "k"), STATES, ids=lambda value: str(value) if isinstance(value, Case) else f"> {value}"
)
def test_state_is_the_oracles(case: Case, k: int):
    states = ours(case)
    if states == REFUSED or case.expected() == REFUSED:
        assert states == allowed("l2").get(case.key, case.expected())
    else:
        assert states[k] == allowed("l2").get(f"{case.key} > {k}", theirs(case, k))


def test_every_named_deviation_is_of_a_state_and_differs_from_the_oracle():
    recorded = {f"{case.key} > {k}": theirs(case, k) for case, k in STATES}
    recorded |= {case.key: case.expected() for case in CASES}
    assert [name for name, value in allowed("l2").items() if recorded[name] == value] == []


def test_there_are_two_hundred_and_fifty_states_that_tell_something():
    assert len({case.key for case in CASES}) == len(CASES)
    assert sum(tells(case, k) for case, k in STATES if case.zone == "UTC") >= 250
