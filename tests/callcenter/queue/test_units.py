from __future__ import annotations

from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number
from callcenter.queue.units import unit_by_case, units_of
from tests.callcenter.queue.making import NOON, a_case, called


def test_brothers_and_sisters_behind_one_number_are_one_unit() -> None:
    cases = [a_case("a", e164="+32470000001"), a_case("b", e164="+32470000001"), a_case("c", e164="+32470000002")]
    units = units_of(cases, 6)
    assert [[c.id for c in unit.cases] for unit in units] == [["a", "b"], ["c"]]
    assert [unit.key for unit in units] == ["a", "c"]
    assert [c.id for c in units[0].others(cases[0])] == ["b"]


def test_numbers_join_people_through_others() -> None:
    a = a_case("a", person={"numbers": (Number("n1", "+321"), Number("n2", "+322"))})
    b = a_case("b", person={"numbers": (Number("n1", "+323"), Number("n2", "+324", role="parent"))})
    c = a_case("c", person={"numbers": (Number("n1", "+322"), Number("n2", "+324"))})
    assert len(units_of([a, b, c], 6)) == 1


def test_a_wrong_number_joins_nobody() -> None:
    a = a_case("a", called(Outcome.WRONG_NUMBER, NOON), e164="+321")
    assert len(units_of([a, a_case("b", e164="+321")], 6)) == 2


def test_a_number_of_more_than_six_people_is_flagged() -> None:
    crowd = [a_case(f"p{n}", e164="+321") for n in range(7)]
    assert units_of(crowd, 6)[0].large
    assert not units_of(crowd[:6], 6)[0].large


def test_the_order_of_the_rows_changes_no_unit() -> None:
    cases = [a_case(f"p{n}", e164=f"+32{n // 2}") for n in range(8)]
    assert units_of(cases, 6) == units_of(cases[::-1], 6)
    assert unit_by_case(units_of(cases, 6))["p3"].key == "p2"
