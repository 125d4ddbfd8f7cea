from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from callcenter.domain.calling_rules import Recusal
from callcenter.queue.recusal import recused
from tests.callcenter.queue.making import a_case, an_agent

_AGENT = an_agent(
    "yasmina",
    reference="G-0777",
    start_year="2017",
    schools=("Technisch Instituut Muide",),
    numbers=("+32470111111",),
)
_YEARS = {
    "2023-2024": {"school": "Technisch Instituut Muide"},
    "2024-2025": {"school": "Lyceum Scheldezicht"},
    "2025-2026": {"school": "Vakschool Dampoort"},
}


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ({}, None),
        ({"reference": "G-0777"}, "self"),
        ({"reference": "G-0001"}, None),
        ({"start_year": "2017"}, "cohort"),
        ({"start_year": "2017", "site": "Kortrijk"}, None),
        ({"start_year": "2018"}, None),
        ({"schooling": _YEARS}, None),  # the same school three years ago
        ({"schooling": {"2025-2026": {"school": "technisch instituut  MUIDE"}}}, "school"),
    ],
)
def test_agents_do_not_call_people_they_may_know(person: Mapping[str, Any], code: str | None) -> None:
    found = recused(_AGENT, a_case(person=person))
    assert (found.code if found else None) == code


def test_a_number_in_common_is_family() -> None:
    assert recused(_AGENT, a_case(e164="+32470111111")).code == "family"


def test_pressing_k_once_is_for_good() -> None:
    assert recused(_AGENT, a_case(known_by=frozenset({"yasmina"}))).code == "known"
    assert recused(an_agent("divine"), a_case(known_by=frozenset({"yasmina"}))) is None


@pytest.mark.parametrize("pair", [("yasmina", "person-case"), ("G-0777", "K-0055"), ("yasmina", "K-0055")])
def test_a_pair_of_the_coordinator_is_honoured_by_id_or_reference(pair: tuple[str, str]) -> None:
    case = a_case(person={"reference": "K-0055"})
    assert recused(_AGENT, case, Recusal(pairs=(pair,))).code == "pair"


def test_a_coordinator_may_waive_cohort_and_school_but_never_family() -> None:
    waived = Recusal(cohort=False, school=False)
    person = {"start_year": "2017", "schooling": {"2025-2026": {"school": "Technisch Instituut Muide"}}}
    assert recused(_AGENT, a_case(person=person)).code == "cohort"
    assert recused(_AGENT, a_case(person=person), waived) is None
    assert recused(_AGENT, a_case(e164="+32470111111"), waived).code == "family"


def test_an_agent_without_cohort_or_school_shares_none() -> None:
    person = {"start_year": "", "schooling": {"2025-2026": {"school": ""}}}
    assert recused(an_agent("divine", schools=("",)), a_case(person=person)) is None
