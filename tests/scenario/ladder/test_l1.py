"""The ladder L1: every expression has the value that the oracle recorded, or that a named deviation states."""

from __future__ import annotations

import pytest

from tests.scenario.ladder.tables import Case, allowed, cases, ours

CASES = list(cases("l1"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_expression_has_the_value_of_the_oracle(case: Case):
    assert ours(case) == allowed("l1").get(case.key, case.expected())


def test_every_named_deviation_is_of_a_case_and_differs_from_the_oracle():
    theirs = {case.key: case.expected() for case in CASES}
    assert [name for name, value in allowed("l1").items() if theirs[name] == value] == []


def test_there_are_six_hundred_different_cases_in_both_zones():
    assert len({case.key for case in CASES}) == len(CASES)
    assert sum(case.zone == "UTC" for case in CASES) >= 600
    assert sum(case.zone == "Europe/Brussels" for case in CASES) >= 190


def test_every_table_names_the_topic_that_it_restates():
    assert [case.topic for case in CASES if not case.line["source"]] == []
