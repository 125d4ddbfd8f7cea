from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.domain.agent import Agent
from callcenter.domain.case import Case
from callcenter.domain.lease import Lease
from callcenter.domain.outcome import Outcome
from callcenter.queue.daybatch import deal
from callcenter.queue.plan import Plan
from callcenter.queue.reason import Reason
from callcenter.queue.replan import Move, forced, freed, settled
from tests.callcenter.queue.making import NOON, SETTINGS, a_case, an_agent, called, leased, promised
from tests.callcenter.queue.worlds import lists, rosters, rules

_LATER = NOON + timedelta(minutes=30)
_RULES = rules(3)
_LAW = settings(max_examples=60, deadline=None)


def _after(cases: list[Case], plan: Plan) -> list[Case]:
    """Return the cases with the leases of a plan."""
    granted = {g.case: g for g in plan.grants}
    return [
        dataclasses.replace(c, lease=Lease(f"l-{c.id}", g.agent, 1, NOON, g.expires_at, g.tier, g.rank))
        if (g := granted.get(c.id))
        else c
        for c in cases
    ]


def _again(cases: list[Case], agents: list[Agent], rules: Any = SETTINGS) -> tuple[Plan, tuple[Move, ...]]:
    moves = forced(cases, agents, rules, _LATER)
    plan = deal(freed(cases, moves, _LATER), agents, rules, _LATER, 1)
    return plan, settled(moves, plan)


def _list(n: int, **more: Any) -> list[Case]:
    return [a_case(f"c{i:03d}", e164=f"+3247{i:07d}", **more) for i in range(n)]


_THREE = [an_agent("amina", hours=8), an_agent("divine", hours=8), an_agent("els", hours=8)]


def test_without_events_nothing_moves() -> None:
    cases = _after(_list(60), deal(_list(60), _THREE, SETTINGS, NOON, 1))
    plan, moves = _again(cases, _THREE)
    assert (plan.grants, moves) == ((), ())
    assert len(plan.kept) == 60


def test_when_one_agent_is_gone_only_that_agents_people_move() -> None:
    cases = _after(_list(60), deal(_list(60), _THREE, SETTINGS, NOON, 1))
    plan, moves = _again(cases, _THREE[1:])
    theirs = {c.id for c in cases if c.lease and c.lease.agent == "amina"}
    assert {move.case for move in moves} == theirs == {g.case for g in plan.grants}
    assert {move.why for move in moves} == {Reason.of("moved_gone", agent="amina")}
    assert {move.taker for move in moves} == {"divine", "els"}
    assert max(plan.loads.values()) - min(plan.loads.values()) <= 2


def test_an_agent_whose_shift_was_taken_off_the_roster_is_absent() -> None:
    cases = _after(_list(6), deal(_list(6), _THREE, SETTINGS, NOON, 1))
    absent = dataclasses.replace(_THREE[0], shifts=())
    _, moves = _again(cases, [absent, *_THREE[1:]])
    assert {move.why.code for move in moves} == {"moved_absent"}


def test_who_asks_not_to_be_called_leaves_the_lease_at_once_and_goes_to_nobody() -> None:
    (case,) = (leased(c, _LATER + timedelta(hours=2)) for c in _list(1))
    plan, (move,) = _again([dataclasses.replace(case, do_not_call=True)], _THREE)
    assert (move.why, move.taker, plan.grants) == (Reason.of("moved_stopped"), "", ())


def test_a_language_heard_on_the_phone_moves_the_person_to_a_speaker() -> None:
    heard = called(Outcome.LANGUAGE, NOON, detail="tr", agent="amina")
    case = leased(a_case("t", heard), _LATER + timedelta(hours=2))
    turkish = an_agent("taner", hours=30, languages=("nl", "tr"))
    moves = forced([case], [*_THREE, turkish], SETTINGS, _LATER)
    assert [(m.giver, m.why.code) for m in moves] == [("amina", "moved_unsuited")]


def test_a_promise_of_an_absent_agent_goes_to_whoever_it_meets_no_other_promise_of() -> None:
    start = _LATER + timedelta(hours=1)
    theirs = a_case("a", e164="+321", appointment=promised(start))
    busy = a_case("b", e164="+322", appointment=promised(start + timedelta(minutes=5), personal=True))
    until = _LATER + timedelta(hours=4)
    plan, (move,) = _again([leased(theirs, until, "gone"), busy], _THREE)
    taker = {g.case: g.agent for g in plan.grants}
    assert move.taker == taker["a"]
    assert taker["b"] == "amina"
    assert taker["a"] != "amina"


def test_a_call_that_runs_may_finish() -> None:
    running = dataclasses.replace(called(Outcome.NO_ANSWER, NOON), closed_at=None, outcome=None)
    case = leased(a_case("a", running), _LATER + timedelta(hours=2), "gone")
    assert forced([case], _THREE, SETTINGS, _LATER) == ()


def test_two_people_behind_a_number_that_became_known_come_together() -> None:
    until = _LATER + timedelta(hours=2)
    pair = [leased(a_case("a", e164="+321"), until, "amina"), leased(a_case("b", e164="+321"), until, "divine")]
    plan, (move,) = _again(pair, _THREE)
    assert (move.case, move.why.code, move.taker) == ("b", "moved_household", "amina")
    assert [g.agent for g in plan.grants] == ["amina"]


@_LAW
@given(lists, rosters)
def test_planning_twice_changes_nothing_the_second_time(cases: list[Case], agents: list[Agent]) -> None:
    moves = forced(cases, agents, _RULES, NOON)
    first = deal(freed(cases, moves, NOON), agents, _RULES, NOON, 1)
    settled_cases = _after(list(freed(cases, moves, NOON)), first)
    again = forced(settled_cases, agents, _RULES, NOON)
    granted = {g.case for g in first.grants}
    assert not granted & {move.case for move in again}
    second = deal(freed(settled_cases, again, NOON), agents, _RULES, NOON, 1)
    assert not granted & {g.case for g in second.grants}


@_LAW
@given(lists, rosters, st.integers(0, 2))
def test_every_open_case_is_leased_granted_or_waits_after_an_agent_left(
    cases: list[Case], agents: list[Agent], gone: int
) -> None:
    left = [agent for place, agent in enumerate(agents) if place != gone]
    before = _after(cases, deal(cases, agents, _RULES, NOON, 1))
    plan, moves = _again(before, left, _RULES)
    told = {g.case for g in plan.grants} | dict(plan.unassigned).keys() | dict(plan.kept).keys()
    assert told == {c.id for c in cases if not c.closed(_RULES.cutoffs, _RULES.max_attempts)}
    assert {move.case for move in moves}.isdisjoint(dict(plan.kept))
