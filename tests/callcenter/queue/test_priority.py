from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest

from callcenter.domain.appointment import Firmness
from callcenter.domain.case import Case
from callcenter.domain.lease import Tier
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number, Pack
from callcenter.queue.priority import Empty, Order, Queued, next_up, order
from callcenter.queue.reason import Reason
from tests.callcenter.queue.making import CALENDAR, NOON, SETTINGS, a_case, brussels, called, leased, promised

_EVENING = NOON + timedelta(hours=8)
_YESTERDAY = brussels("06-22", "10:00")


def _mine(case: Case, tier: Tier = Tier.PRIMARY) -> Case:
    return leased(case, _EVENING, tier=tier)


def _order(*cases: Case, at: datetime = NOON, seed: int = 7) -> Order:
    return order(cases, SETTINGS, CALENDAR, at, seed)


def _ids(found: Order) -> list[str]:
    return [queued.case for queued in found.ready]


def _next(*cases: Case, at: datetime = NOON) -> Queued | Empty:
    return next_up(cases, SETTINGS, CALENDAR, at, 7)


def test_firm_before_soft_before_promised_before_sibling_before_fewest_tries() -> None:
    spoken = a_case("z-spoken", called(Outcome.COMPLETE, brussels("06-23", "12:00")), e164="+32471")
    cases = [
        _mine(a_case("tried", called(Outcome.NO_ANSWER, _YESTERDAY))),
        _mine(a_case("fresh")),
        _mine(a_case("sister", e164="+32471")),
        _mine(spoken),
        _mine(a_case("back", called(Outcome.THIRD_PARTY, _YESTERDAY))),
        _mine(a_case("missed", appointment=promised(NOON - timedelta(hours=1)))),
        _mine(a_case("soft", appointment=promised(NOON, Firmness.SOFT))),
        _mine(a_case("firm", appointment=promised(NOON))),
    ]
    found = _order(*cases)
    assert _ids(found) == ["firm", "soft", "back", "missed", "sister", "fresh", "tried"]
    assert found.waiting == (("z-spoken", Reason.of("closed")),)


def test_the_earlier_of_two_promises_comes_first() -> None:
    early = _mine(a_case("z", appointment=promised(NOON - timedelta(minutes=10))))
    assert _ids(_order(_mine(a_case("a", appointment=promised(NOON))), early)) == ["z", "a"]


def test_the_reserve_waits_until_the_primary_list_is_done() -> None:
    tried = _mine(a_case("tried", called(Outcome.NO_ANSWER, _YESTERDAY)))
    assert _ids(_order(_mine(a_case("spare"), Tier.RESERVE), tried)) == ["tried", "spare"]


def test_a_slot_that_was_not_tried_comes_before_one_that_was() -> None:
    same = _mine(a_case("a", called(Outcome.NO_ANSWER, brussels("06-22", "12:30"))))
    other = _mine(a_case("b", called(Outcome.NO_ANSWER, _YESTERDAY)))
    found = _order(same, other)
    assert _ids(found) == ["b", "a"]
    assert found.ready[0].why[0] == Reason.of("tries", n=1)
    assert Reason.of("new_slot", slot="nm") in found.ready[0].why
    assert Reason.of("answered", n=0, of=1, slot="nm") in found.ready[1].why


def test_who_named_another_moment_comes_after_who_named_this_one() -> None:
    evening = _mine(a_case("a", best_slots=("av",)))
    noon = _mine(a_case("b", best_slots=("nm",)))
    found = _order(evening, noon)
    assert _ids(found) == ["b", "a"]
    assert Reason.of("stated_slot", slot="nm") in found.ready[0].why


@pytest.mark.parametrize("where", ["respondent", "pack"])
def test_the_best_moment_of_the_list_counts_until_another_is_told_in_a_call(where: str) -> None:
    named, plain = _mine(a_case("a")), _mine(a_case("b"))
    if where == "pack":
        pack = Pack("a", "Noor", "P", "Gent", "nl", named.numbers, 2000, best_slots=("nm",))
        named = dataclasses.replace(named, respondent=None, pack=pack)
    else:
        named = _mine(a_case("a", person={"best_slots": ("nm",)}))
    assert {tuple(_ids(_order(named, plain, seed=seed))) for seed in range(20)} == {("a", "b")}
    assert Reason.of("stated_slot", slot="nm") in _order(named).ready[0].why
    told = dataclasses.replace(named, best_slots=("av",))
    assert _ids(_order(told, plain)) == ["b", "a"]


def test_free_text_about_the_best_moment_moves_nobody() -> None:
    told = _mine(a_case("a", person={"best_time": "woensdagnamiddag"}))
    plain = _mine(a_case("b"))
    assert len({tuple(_ids(_order(told, plain, seed=seed))) for seed in range(20)}) == 2


def test_equal_cases_stand_in_an_order_drawn_from_the_seed_not_of_the_rows() -> None:
    cases = [_mine(a_case(f"c{i}", e164=f"+3247{i:07d}")) for i in range(12)]
    assert _ids(_order(*cases)) == _ids(_order(*cases[::-1]))
    assert _ids(_order(*cases)) != _ids(_order(*cases, seed=8))


def test_what_is_next_tells_number_role_and_moment() -> None:
    numbers = (Number("n1", "+321"), Number("n2", "+322"))
    case = _mine(a_case("a", person={"numbers": numbers}, appointment=promised(NOON, number="n2")))
    found = _next(case)
    assert found == Queued("a", (Reason.of("appointment_firm", start=NOON), Reason.of("first_call")), NOON, "n2")


def test_a_case_whose_lease_is_over_or_given_back_is_not_called() -> None:
    expired = leased(a_case("a"), NOON)
    back = _mine(a_case("b"))
    assert back.lease is not None
    back = dataclasses.replace(back, lease=dataclasses.replace(back.lease, ended_at=NOON))
    found = _order(expired, back, a_case("c"))
    assert found.ready == ()
    assert [reason.code for _, reason in found.waiting] == ["lease_over", "not_leased", "not_leased"]


def test_an_empty_queue_counts_the_reasons_and_says_when_it_opens() -> None:
    tried = [_mine(a_case(f"c{m}", called(Outcome.NO_ANSWER, brussels("06-23", f"11:{m}")))) for m in (10, 20)]
    found = _next(*tried, _mine(a_case("no", do_not_call=True)))
    assert isinstance(found, Empty)
    first = brussels("06-23", "14:10")
    assert found.reasons == ((Reason.of("wait", outcome="G", until=first), 2), (Reason.of("do_not_call"), 1))
    assert found.opens_at == first


def test_an_empty_queue_never_opens_after_the_lease() -> None:
    found = _next(_mine(a_case("a", called(Outcome.THIRD_PARTY, brussels("06-23", "12:00")))))
    assert isinstance(found, Empty)
    assert found.opens_at is None


def test_a_crowd_behind_one_number_is_never_called_by_itself() -> None:
    found = _next(*(_mine(a_case(f"c{i}", e164="+321")) for i in range(7)), at=brussels("06-23", "20:35"))
    assert found == Empty(((Reason.of("lease_over", since=_EVENING), 7),), None)
    found = _next(*(_mine(a_case(f"c{i}", e164="+321")) for i in range(7)))
    assert found == Empty(((Reason.of("large_unit", n=7), 7),), None)


def test_do_not_call_takes_a_case_out_at_once() -> None:
    case = _mine(a_case("a"))
    assert isinstance(_next(case), Queued)
    assert isinstance(_next(dataclasses.replace(case, do_not_call=True)), Empty)


def test_an_empty_list_is_empty() -> None:
    assert _next() == Empty(())
