"""The laws that hold for every list, roster and history."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.domain.agent import Agent
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.case import Case
from callcenter.domain.codec import canonical
from callcenter.domain.lease import Tier
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.queue.availability import blocked, promise_window
from callcenter.queue.calling_hours import Calendar, local_day
from callcenter.queue.daybatch import Plan, deal
from callcenter.queue.priority import Empty, Queued, next_up, order
from callcenter.queue.recusal import recused
from callcenter.queue.units import unit_by_case, units_of
from callcenter.queue.whom import language_of
from tests.callcenter.queue.making import NOON
from tests.callcenter.queue.worlds import lists, packs, rosters, rules, single

_RULES = rules(3)
_CALENDAR = Calendar(_RULES)
_MOMENTS = st.integers(0, 14 * 24 * 12).map(lambda n: NOON + timedelta(minutes=5 * n))
_LAW = settings(max_examples=100, deadline=None)


def _deal(cases: list[Case], agents: list[Agent], seed: int = 1) -> Plan:
    return deal(cases, agents, _RULES, NOON, seed)


def _running(case: Case) -> bool:
    grace = timedelta(minutes=_RULES.leases.grace_minutes)
    return case.lease is not None and case.lease.ended_at is None and case.lease.expires_at + grace > NOON


@_LAW
@given(lists, rosters)
def test_a_unit_is_with_one_agent_and_a_case_in_one_lease(cases: list[Case], agents: list[Agent]) -> None:
    plan = _deal(cases, agents)
    assert max(Counter(g.case for g in plan.grants).values(), default=1) == 1
    by_case = {case.id: case for case in cases}
    assert not any(_running(by_case[g.case]) for g in plan.grants)
    units = unit_by_case(units_of(cases, _RULES.unit_limit))
    granted: dict[str, set[str]] = {}
    for grant in plan.grants:
        granted.setdefault(units[grant.case].key, set()).add(grant.agent)
    assert all(len(to) == 1 for to in granted.values())
    # A list may bring a number that joins two leased cases: then either agent may get the rest, nobody else.
    for case in cases:
        key = units[case.id].key
        if case.lease is not None and _running(case) and key in granted:
            holders = {c.lease.agent for c in units[case.id].cases if c.lease is not None and _running(c)}
            assert granted[key] <= holders


@_LAW
@given(lists, rosters)
def test_every_grant_keeps_the_hard_constraints(cases: list[Case], agents: list[Agent]) -> None:
    by_id, staff = {case.id: case for case in cases}, {agent.id: agent for agent in agents}
    units = unit_by_case(units_of(cases, _RULES.unit_limit))
    for grant in _deal(cases, agents).grants:
        case, agent = by_id[grant.case], staff[grant.agent]
        assert not case.do_not_call
        assert not case.closed(_RULES.cutoffs, _RULES.max_attempts)
        assert language_of(case) in agent.languages
        assert recused(agent, case, _RULES.recusal) is None
        assert not units[case.id].large
        refusals = [a for a in case.closed_attempts if a.outcome is Outcome.SOFT_REFUSAL]
        assert case.appointment or not refusals or (agent.converter and agent.id not in {a.agent for a in refusals})
        shift = agent.shifts[0]
        assert grant.expires_at == shift.end + timedelta(minutes=_RULES.leases.after_shift_minutes)
        others = units[case.id].others(case)
        steps = [NOON, *(NOON + timedelta(minutes=m) for m in range(1, 10 * 60))]
        assert any(blocked(case, _RULES, _CALENDAR, at, others) is None for at in steps if at < shift.end)


@_LAW
@given(lists, rosters)
def test_a_laptop_never_holds_more_people_than_its_limit(cases: list[Case], agents: list[Agent]) -> None:
    plan = _deal(cases, agents)
    held = Counter((g.agent, g.tier) for g in plan.grants)
    for case in cases:
        if case.lease is not None and case.id in dict(plan.kept):
            held[case.lease.agent, case.lease.tier] += 1
    for grant in plan.grants:
        limit = _RULES.leases.limit if grant.tier is Tier.PRIMARY else _RULES.leases.reserve
        assert held[grant.agent, grant.tier] <= limit


@_LAW
@given(lists, rosters)
def test_every_open_case_is_leased_granted_or_waits_with_a_reason(cases: list[Case], agents: list[Agent]) -> None:
    plan = _deal(cases, agents)
    told = Counter([*(g.case for g in plan.grants), *dict(plan.unassigned), *dict(plan.kept)])
    assert len(told) == len(plan.grants) + len(plan.unassigned) + len(plan.kept)
    open_ = {c.id for c in cases if not c.closed(_RULES.cutoffs, _RULES.max_attempts)}
    assert set(told) == open_


@_LAW
@given(lists, rosters, st.integers(0, 3), st.randoms(use_true_random=False))
def test_the_same_input_and_seed_give_the_same_plan_whatever_the_order_of_the_rows(
    cases: list[Case], agents: list[Agent], seed: int, chance: random.Random
) -> None:
    plan = canonical(_deal(cases, agents, seed))
    chance.shuffle(cases)
    chance.shuffle(agents)
    assert canonical(_deal(cases, agents, seed)) == plan


@_LAW
@given(lists, rosters)
def test_a_promise_in_the_block_is_granted_kept_or_reported(cases: list[Case], agents: list[Agent]) -> None:
    plan = _deal(cases, agents)
    reported = {g.case for g in plan.grants} | dict(plan.unassigned).keys() | dict(plan.kept).keys()
    promised = {c.id for c in cases if c.appointment and not c.closed(_RULES.cutoffs, _RULES.max_attempts)}
    assert promised <= reported


@_LAW
@given(lists, rosters)
def test_do_not_call_leaves_the_plan_and_the_laptop_at_once(cases: list[Case], agents: list[Agent]) -> None:
    stopped = [dataclasses.replace(case, do_not_call=True) for case in cases]
    assert _deal(stopped, agents).grants == ()
    found = order(stopped, _RULES, _CALENDAR, NOON, 1)
    assert found.ready == ()
    assert len(found.waiting) == len(cases)


@_LAW
@given(packs, _MOMENTS)
def test_every_pick_keeps_the_hard_constraints(cases: list[Case], at: datetime) -> None:
    by_id = {case.id: case for case in cases}
    units = unit_by_case(units_of(cases, _RULES.unit_limit))
    for queued in order(cases, _RULES, _CALENDAR, at, 1).ready:
        case = by_id[queued.case]
        _check_pick(case, queued, at)
        # Where a brother was spoken to since, the sister may be asked for at once.
        spoken = any(_contact(a) for other in units[case.id].others(case) for a in other.closed_attempts)
        if case.appointment is None and not spoken:
            _check_gaps(case, queued, at)


def _contact(attempt: CallAttempt) -> bool:
    return attempt.outcome is not None and MEANING[attempt.outcome].contact


def _check_pick(case: Case, queued: Queued, at: datetime) -> None:
    assert case.lease is not None
    assert case.lease.live(at)
    assert not case.do_not_call
    number = next(n for n in case.numbers if n.id == queued.number)
    assert number.role == queued.role
    assert number.status not in {s for s in type(number.status) if s.value in ("wrong", "do_not_use")}
    person = case.respondent
    assert person is not None
    age = person.age(local_day(at))
    if queued.role == "subject":
        assert case.parent_consent is True or (age is not None and age >= _RULES.parent_consent_under)
    if case.appointment is not None:
        start, _ = promise_window(case.appointment, _RULES)
        assert at >= start
        assert _CALENDAR.open_near(at, _RULES.appointments.outside_hours, queued.role, age)
    else:
        assert _CALENDAR.open_at(at, queued.role, age)


def _check_gaps(case: Case, queued: Queued, at: datetime) -> None:
    """Check the gap since each dial against the table of waiting times, apart from the rules' own code."""
    today = [a for a in case.closed_attempts if local_day(a.opened_at) == local_day(at)]
    dropped = any(a.detail == "dropped" for a in today)
    spent = [a for a in today if a.counts and a.outcome is not Outcome.BUSY]
    assert dropped or len(spent) < _RULES.attempts_per_day
    least = {Outcome.NO_ANSWER: 180, Outcome.VOICEMAIL: 180, Outcome.BUSY: 15, Outcome.NOT_IN_SERVICE: 7 * 24 * 60}
    on_line = [a for a in case.closed_attempts if a.number == queued.number]
    if on_line and not dropped:
        gap = at - (on_line[-1].closed_at or on_line[-1].opened_at)
        assert gap >= timedelta(minutes=least.get(on_line[-1].outcome or Outcome.COMPLETE, 0))
        assert not (_contact(on_line[-1]) and on_line[-1] in today)
    for attempt in case.closed_attempts:
        if attempt.outcome in (Outcome.THIRD_PARTY, Outcome.SOFT_REFUSAL) and attempt.detail != "dropped":
            days = 1 if attempt.outcome is Outcome.THIRD_PARTY else 7
            assert at - (attempt.closed_at or attempt.opened_at) >= timedelta(days=days)


@_LAW
@given(single, _MOMENTS)
def test_when_a_reason_ends_the_case_is_free_or_waits_for_something_later(case: Case, at: datetime) -> None:
    reason = blocked(case, _RULES, _CALENDAR, at)
    if reason is None or reason.until is None:
        return
    assert reason.until > at
    following = blocked(case, _RULES, _CALENDAR, reason.until)
    assert following is None or following.until is None or following.until > reason.until


@_LAW
@given(packs, _MOMENTS, st.randoms(use_true_random=False))
def test_the_order_on_the_laptop_does_not_depend_on_the_rows(
    cases: list[Case], at: datetime, chance: random.Random
) -> None:
    before = order(cases, _RULES, _CALENDAR, at, 1)
    chance.shuffle(cases)
    assert order(cases, _RULES, _CALENDAR, at, 1) == before
    assert len(before.ready) + len(before.waiting) == len(cases)


@_LAW
@given(packs, _MOMENTS)
def test_an_empty_queue_opens_when_it_says(cases: list[Case], at: datetime) -> None:
    found = next_up(cases, _RULES, _CALENDAR, at, 1)
    if isinstance(found, Empty) and found.opens_at is not None:
        assert found.opens_at > at
        assert isinstance(next_up(cases, _RULES, _CALENDAR, found.opens_at, 1), Queued)
