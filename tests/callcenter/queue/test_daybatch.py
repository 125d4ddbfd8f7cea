from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.calling_rules import Leases
from callcenter.domain.case import Case
from callcenter.domain.lease import Tier
from callcenter.domain.outcome import Outcome
from callcenter.queue.daybatch import Known, Plan, deal
from callcenter.queue.reason import Reason
from tests.callcenter.queue.making import NOON, SETTINGS, a_case, an_agent, brussels, called, leased, promised
from tests.callcenter.queue.worlds import lists, rosters, rules

_TWO = [an_agent("amina"), an_agent("divine")]


def _deal(cases: list[Case], agents: list[Agent] | None = None, **more: Any) -> Plan:
    settings = more.pop("settings", SETTINGS)
    return deal(cases, _TWO if agents is None else agents, settings, more.pop("at", NOON), 7, **more)


def _many(n: int, **more: Any) -> list[Case]:
    return [a_case(f"c{i:03d}", e164=f"+3247{i:07d}", **more) for i in range(n)]


def _limits(limit: int, reserve: int) -> object:
    return dataclasses.replace(SETTINGS, leases=Leases(limit=limit, reserve=reserve))


def _why(plan: Plan) -> dict[str, str]:
    return {case: reason.code for case, reason in plan.unassigned}


def test_cases_are_shared_out_evenly_with_ranks_from_one() -> None:
    plan = _deal(_many(20))
    assert Counter(g.agent for g in plan.grants) == {"amina": 10, "divine": 10}
    assert sorted(g.rank for g in plan.grants if g.agent == "amina") == list(range(1, 11))
    assert plan.loads == {"amina": 10, "divine": 10}
    assert (plan.unassigned, plan.binding, plan.kept) == ((), (), ())


def test_a_lease_ends_two_hours_after_the_shift() -> None:
    assert {g.expires_at for g in _deal(_many(1)).grants} == {NOON + timedelta(hours=6)}


def test_a_longer_shift_gets_more_work() -> None:
    agents = [an_agent("amina", hours=2), an_agent("divine", hours=4)]
    assert Counter(g.agent for g in _deal(_many(30), agents).grants) == {"amina": 10, "divine": 20}


def test_a_laptop_holds_sixty_people_and_sixty_in_reserve() -> None:
    plan = _deal(_many(130), [an_agent()])
    assert Counter(g.tier for g in plan.grants) == {Tier.PRIMARY: 60, Tier.RESERVE: 60}
    assert set(_why(plan).values()) == {"all_full"}
    assert plan.binding == (Reason.of("all_full", agents=1, cases=10),)


def test_running_leases_stay_and_count_against_the_limit() -> None:
    held = [leased(case, NOON + timedelta(hours=1), "amina") for case in _many(3)]
    fresh = [a_case(f"d{i}", e164=f"+3248{i:07d}") for i in range(2)]
    plan = _deal([*held, *fresh], [an_agent("amina")], settings=_limits(4, 0))
    assert [case for case, _ in plan.kept] == ["c000", "c001", "c002"]
    assert plan.kept[0][1] == Reason.of("lease_of", agent="amina", until=NOON + timedelta(minutes=90))
    assert (len(plan.grants), len(plan.unassigned), plan.loads) == (1, 1, {"amina": 4})


def test_an_expired_lease_is_dealt_again_after_the_grace_only() -> None:
    case = leased(_many(1)[0], NOON - timedelta(minutes=29), "gone")
    assert not _deal([case]).grants
    assert _deal([case], at=NOON + timedelta(minutes=1)).grants


def test_a_lease_that_was_given_back_is_dealt_at_once() -> None:
    case = leased(_many(1)[0], NOON + timedelta(hours=1))
    assert case.lease is not None
    back = dataclasses.replace(case, lease=dataclasses.replace(case.lease, ended_at=NOON))
    assert _deal([back]).grants


def test_brothers_and_sisters_go_to_one_agent_in_one_tier() -> None:
    pairs = [a_case(f"c{i:02d}", e164=f"+3247{i // 2:07d}") for i in range(20)]
    plan = _deal(pairs, settings=_limits(5, 5))
    by_pair: dict[int, set[tuple[str, Tier]]] = {}
    for grant in plan.grants:
        by_pair.setdefault(int(grant.case[1:]) // 2, set()).add((grant.agent, grant.tier))
    assert all(len(where) == 1 for where in by_pair.values())


def test_a_brother_follows_the_running_lease_of_his_sister() -> None:
    sister = leased(a_case("a", e164="+321"), NOON + timedelta(hours=1), "divine")
    assert [g.agent for g in _deal([sister, a_case("b", e164="+321")]).grants] == ["divine"]
    elsewhere = leased(a_case("a", e164="+321"), NOON + timedelta(hours=1), "someone")
    assert _why(_deal([elsewhere, a_case("b", e164="+321")])) == {"b": "held"}


def test_a_number_stays_with_one_agent_for_the_day() -> None:
    tried = a_case("a", called(Outcome.NO_ANSWER, brussels("06-23", "09:00"), agent="divine"))
    assert [g.agent for g in _deal([tried]).grants] == ["divine"]
    assert _why(_deal([tried], [an_agent("amina")])) == {"a": "held"}
    tomorrow = brussels("06-24", "12:30")
    assert [g.agent for g in _deal([tried], [an_agent("amina", tomorrow)], at=tomorrow).grants] == ["amina"]


def test_a_promise_is_kept_by_somebody_else_when_the_agent_of_the_day_went_home() -> None:
    tried = a_case(
        "a", called(Outcome.APPOINTMENT, brussels("06-23", "09:00"), agent="divine"), appointment=promised(NOON)
    )
    assert [g.agent for g in _deal([tried], [an_agent("amina")]).grants] == ["amina"]


def test_a_crowd_behind_one_number_is_flagged_and_not_dealt() -> None:
    crowd = [a_case(f"c{i}", e164="+321") for i in range(7)]
    assert set(_why(_deal(crowd)).values()) == {"large_unit"}


def test_what_opens_later_in_the_shift_is_dealt_and_what_opens_after_it_waits() -> None:
    tried = a_case("a", called(Outcome.NO_ANSWER, brussels("06-23", "11:00"), agent="amina"))
    assert [g.case for g in _deal([tried], [an_agent("amina", hours=4)]).grants] == ["a"]
    assert _why(_deal([tried], [an_agent("amina", hours=1)])) == {"a": "wait"}


def test_a_case_goes_to_an_agent_who_still_works_when_it_opens() -> None:
    later = a_case("a", appointment=promised(brussels("06-23", "15:30")))
    agents = [an_agent("amina", hours=1), an_agent("divine", hours=4)]
    assert [g.agent for g in _deal([later], agents).grants] == ["divine"]


def test_the_only_speaker_of_a_language_is_kept_for_it_and_named_when_full() -> None:
    turkish = [a_case(f"t{i}", e164=f"+3249{i:07d}", person={"language": "tr"}) for i in range(5)]
    agents = [an_agent("amina", languages=("nl", "tr")), an_agent("divine"), an_agent("els"), an_agent("finn")]
    plan = _deal([*_many(20), *turkish], agents, settings=_limits(4, 0))
    assert Counter(g.case[0] for g in plan.grants if g.agent == "amina") == {"t": 4}
    assert Reason.of("language_full", agents=1, cases=1, language="tr") in plan.binding


def test_a_language_nobody_speaks_binds() -> None:
    plan = _deal([a_case("t", person={"language": "tr"})])
    assert plan.binding == (Reason.of("language", cases=1, language="tr"),)


def test_the_own_site_comes_first_while_loads_stay_even() -> None:
    agents = [an_agent("amina", site="Gent"), an_agent("kobe", site="Kortrijk")]
    cases = [
        a_case(f"c{i:02d}", e164=f"+3247{i:07d}", person={"site": ("Gent", "Kortrijk")[i % 2]}) for i in range(20)
    ]
    plan = _deal(cases, agents)
    assert all((g.agent == "amina") == (int(g.case[1:]) % 2 == 0) for g in plan.grants)
    gent = _deal([c for c in cases if c.site == "Gent"], agents)
    assert Counter(g.agent for g in gent.grants) == {"amina": 5, "kobe": 5}
    assert all(g.split.site for g in gent.grants if g.split and g.agent == "amina")


def test_two_promises_at_one_moment_go_to_two_agents() -> None:
    cases = [a_case(f"c{i}", e164=f"+3247{i:07d}", appointment=promised(NOON + timedelta(hours=1))) for i in range(2)]
    assert {g.agent for g in _deal(cases).grants} == {"amina", "divine"}


def test_a_personal_promise_goes_to_its_maker_or_when_absent_to_another() -> None:
    mine = [a_case("a", appointment=promised(NOON + timedelta(hours=1), personal=True))]
    assert [g.agent for g in _deal(mine).grants] == ["amina"]
    assert [g.agent for g in _deal(mine, [an_agent("divine")]).grants] == ["divine"]


@pytest.mark.parametrize(
    ("start", "end", "gets"),
    [
        ("10:00", "14:00", True),  # on shift now
        ("16:30", "20:00", True),  # later the same day
        ("09:00", "12:30", False),  # went home
    ],
)
def test_without_a_block_those_who_work_now_or_later_today_get_cases(start: str, end: str, *, gets: bool) -> None:
    shift = Shift(brussels("06-23", start), brussels("06-23", end))
    assert bool(_deal(_many(1), [an_agent(shifts=(shift,))]).grants) is gets


def test_a_block_names_the_shifts_that_get_cases() -> None:
    evening = Shift(brussels("06-23", "16:30"), brussels("06-23", "20:00"))
    plan = _deal(_many(4), [an_agent("amina", hours=3), an_agent("divine", shifts=(evening,))], block=evening)
    assert {g.agent for g in plan.grants} == {"divine"}
    assert set(plan.loads) == {"divine"}


def test_supervisors_get_no_cases_and_without_agents_everybody_waits() -> None:
    intern = dataclasses.replace(an_agent(), role=Role.SUPERVISOR)
    assert _why(_deal(_many(2), [intern])) == {"c000": "nobody_works", "c001": "nobody_works"}


def test_first_come_promises_then_those_with_fewest_tries() -> None:
    tried = a_case("tried", called(Outcome.NO_ANSWER, brussels("06-22", "10:00")), e164="+321")
    fresh = a_case("fresh", e164="+322")
    due = a_case("due", appointment=promised(NOON), e164="+323")
    plan = _deal([tried, fresh, due], [an_agent()])
    assert [g.case for g in plan.grants] == ["due", "fresh", "tried"]
    assert plan.grants[1].why[0] == "first_call"
    assert Reason.read(plan.grants[0].why[0]) == Reason.of("appointment_firm", start=NOON)


def test_closed_cases_are_not_in_the_plan() -> None:
    done = a_case("done", called(Outcome.COMPLETE, brussels("06-22", "10:00")))
    plan = _deal([done, a_case("no", do_not_call=True)])
    assert (plan.grants, plan.unassigned, plan.kept) == ((), (), ())


def test_last_years_agent_and_the_one_of_the_last_lease_are_preferred_and_it_is_told() -> None:
    cases = _many(20)
    spoken = {case.id: "divine" for case in cases[:10]}
    plan = _deal(cases, known=Known(spoken=spoken))
    assert {g.case for g in plan.grants if g.agent == "divine"} == set(spoken)
    told = [Reason.read(text).code for text in plan.grants[-1].chosen]
    assert told == ["agent_last_year", "agent_site", "agent_before"]
    back = [dataclasses.replace(leased(c, NOON - timedelta(hours=2), "amina")) for c in cases[:5]]
    stays = _deal([*back, *cases[5:10]])
    assert {g.case for g in stays.grants if g.agent == "amina"} == {c.id for c in back}


def test_the_split_of_a_weight_names_price_and_runner_up() -> None:
    plan = _deal([*_many(30), a_case("z", e164="+321", known_by=frozenset({"amina"}))])
    grant = next(g for g in plan.grants if g.agent == "divine" and g.case != "z")
    assert grant.split is not None
    assert grant.split.runner_up == "amina"
    assert grant.split.weight == grant.split.base + grant.split.value + grant.split.site
    (alone,) = (g for g in plan.grants if g.case == "z")
    assert alone.chosen == ("agent_only",)


def test_a_plan_is_proven_and_loads_are_even() -> None:
    agents = [an_agent(name, hours=hours) for name, hours in (("amina", 2), ("divine", 4), ("els", 3))]
    plan = _deal(_many(180), agents)
    assert plan.certificate.share <= 0.0001
    assert plan.certificate.value > 0
    assert plan.shares == {"amina": 40, "divine": 80, "els": 60}
    assert all(0.9 * share <= plan.loads[agent] <= 1.05 * share for agent, share in plan.shares.items())
    assert plan.balance == ()


def test_the_only_speaker_of_a_language_with_more_than_a_fair_share_is_named() -> None:
    turkish = [a_case(f"t{i:02d}", e164=f"+3249{i:07d}", person={"language": "tr"}) for i in range(30)]
    agents = [an_agent("amina", languages=("nl", "tr")), an_agent("divine"), an_agent("els")]
    plan = _deal([*_many(30), *turkish], agents)
    assert plan.loads["amina"] == 30
    assert all(abs(plan.loads[agent] - 15) <= 1 for agent in ("divine", "els"))
    high, *low = plan.balance
    assert high == Reason.of("load_language", agent="amina", agents=1, cases=30, language="tr", n=150)
    assert [reason.code for reason in low] == ["load_low", "load_low"]


def test_what_a_laptop_has_no_room_for_goes_to_another() -> None:
    pairs = [a_case(f"p{i:02d}", e164=f"+3247{i // 3:07d}") for i in range(12)]
    plan = _deal([*pairs, *_many(3)], settings=_limits(4, 4))
    assert len(plan.grants) == 15 or {r.code for _, r in plan.unassigned} == {"all_full"}
    held = Counter((g.agent, g.tier) for g in plan.grants)
    assert max(held.values()) <= 4


@settings(max_examples=60, deadline=None)
@given(lists, rosters, st.integers(0, 3))
def test_each_plan_is_proven_and_says_why_this_agent(cases: list[Case], agents: list[Agent], seed: int) -> None:
    plan = deal(cases, agents, rules(3), NOON, seed)
    assert plan.certificate.gap >= 0
    assert set(plan.shares) == set(plan.loads)
    for grant in plan.grants:
        codes = {Reason.read(text).code for text in grant.chosen}
        assert codes
        assert grant.split is not None or codes <= {"agent_pinned", "agent_only"}
        if grant.split is not None and grant.split.runner_up:
            assert grant.split.runner_up in plan.loads
            assert grant.split.runner_up != grant.agent


@settings(max_examples=40, deadline=None)
@given(rosters.filter(bool), st.integers(0, 40))
def test_a_unit_that_is_worth_more_is_not_dropped_for_one_that_is_worth_less(agents: list[Agent], n: int) -> None:
    agents = [dataclasses.replace(a, languages=("nl",), start_year="", site="Gent") for a in agents]
    promised_back = called(Outcome.THIRD_PARTY, NOON - timedelta(days=2), agent="gone")
    cases = [*_many(n), *(a_case(f"p{i}", promised_back, e164=f"+3249{i:07d}") for i in range(3))]
    plan = deal(cases, agents, rules(3), NOON, 1)
    granted = {grant.case for grant in plan.grants}
    room = 4 * len(plan.loads)
    if any(case.startswith("c") for case in granted) and room >= 3:
        assert {"p0", "p1", "p2"} <= granted
