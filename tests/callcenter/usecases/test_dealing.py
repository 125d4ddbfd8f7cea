from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Role
from callcenter.domain.appointment import Firmness
from callcenter.domain.event import AppointmentBooked, LeaseGranted
from callcenter.domain.outcome import Outcome
from callcenter.ids import new_id
from callcenter.ports import Delivery, Device
from callcenter.usecases import campaigning, dealing
from callcenter.usecases.dealing import AgentUnsuited, CampaignNotOpen
from callcenter.usecases.supervising import CorrectionRefused
from db.local.store import memory_store
from tests.office import AYA, MONDAY, SHIFT, Office, a_person, a_staffed_office, an_agent


def _deal(office: Office, seed: int = 1) -> dealing.Dealt:
    with office.store.work() as work:
        return dealing.deal_daybatch(work, office.campaign, SHIFT, seed)


def test_a_deal_gives_each_callable_case_to_one_agent_until_after_the_shift(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    dealt = _deal(office)
    leases = [case.lease for case in office.cases()]
    assert len(dealt.cases) == 6
    assert all(lease and lease.expires_at == SHIFT.end + timedelta(hours=2) for lease in leases)
    assert {lease.agent for lease in leases if lease} == {
        a.id for a in office.agents.values() if a.role is Role.AGENT
    }


def test_the_plan_shows_exactly_what_the_deal_then_does(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    with office.store.work() as work:
        plan = dealing.plan_daybatch(work, office.campaign, SHIFT, 7)
        assert all(case.lease is None for case in work.cases.all(office.campaign))
    assert _deal(office, 7).plan == plan
    assert {load.name: load.primary for load in plan.loads} == {"Bilal K.": 3, "Yasmina B.": 3}


def test_a_second_deal_moves_no_running_lease(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    _deal(office)
    before = [case.lease for case in office.cases()]
    again = _deal(office, 2)
    assert (again.cases, again.plan.kept) == (frozenset(), 6)
    assert [case.lease for case in office.cases()] == before


def test_a_new_lease_after_the_grace_has_the_next_epoch(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    _deal(office)
    tuesday = an_agent(
        "AG01",
        "Yasmina Benali",
        shifts=(type(SHIFT)(SHIFT.start + timedelta(days=1), SHIFT.end + timedelta(days=1)),),
    )
    office.employ(tuesday)
    office.clock.set(MONDAY + timedelta(days=1))
    with office.store.work() as work:
        dealing.deal_daybatch(work, office.campaign, None, 1)
    assert {case.lease.epoch for case in office.cases() if case.lease} == {2}


def test_nothing_is_dealt_in_a_campaign_that_is_not_open(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    with office.store.work() as work:
        campaigning.close_campaign(work, office.campaign)
        with pytest.raises(CampaignNotOpen):
            dealing.deal_daybatch(work, office.campaign, SHIFT, 1)


def test_brother_and_sister_go_to_one_agent_and_know_of_each_other(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.import_people(tmp_path, [a_person(40), a_person(41, **{"Gsm ouder 1": a_person(40)["Gsm ouder 1"]})])
    _deal(office)
    one, other = office.case("G-0040"), office.case("G-0041")
    assert one.lease is not None
    assert other.lease is not None
    assert one.lease.agent == other.lease.agent
    assert one.pack is not None
    assert one.pack.siblings == (other.id,)


def test_a_language_that_nobody_speaks_is_named_as_what_binds(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.import_people(tmp_path, [{**AYA, "Contacttaal": "fr"}])
    plan = _deal(office).plan
    assert [(r.code, r.fact("language"), r.fact("cases")) for r in plan.binding] == [("language", "fr", 1)]


def test_a_supervisor_deals_to_the_agents_of_the_own_site_only(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, role=Role.SUPERVISOR, site="Gent")
    office.employ(an_agent("AG01", "Yasmina Benali"), an_agent("AG09", "Senne Maes", site="Kortrijk"))
    assert {load.name for load in _deal(office).plan.loads} == {"Yasmina B."}


def test_blocks_are_those_that_did_not_end_yet(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    with office.store.work() as work:
        (block,) = dealing.blocks(work)
    assert (block.start, block.end, block.agents) == (SHIFT.start, SHIFT.end, 2)
    office.clock.set(SHIFT.end)
    with office.store.work() as work:
        assert dealing.blocks(work) == ()


def test_a_case_moves_to_another_agent_with_the_next_epoch_and_the_old_lease_ended(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    _deal(office)
    aya = office.case()
    assert aya.lease is not None
    with office.store.work() as work:
        (other,) = dealing.takers(work, aya.id)
        dealing.reassign(work, aya.id, other.id, "ill")
    moved = office.case().lease
    assert moved is not None
    assert (moved.agent, moved.epoch, moved.live(MONDAY)) == (other.id, 2, True)
    assert other.id != aya.lease.agent


def test_a_case_is_not_moved_to_somebody_who_may_not_call_it(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.import_people(tmp_path, [{**AYA, "Contacttaal": "fr"}])
    with office.store.work() as work:
        case = next(c for c in work.cases.all(office.campaign) if c.reference == "G-0001")
        assert dealing.takers(work, case.id) == ()
        with pytest.raises(AgentUnsuited):
            dealing.reassign(work, case.id, office.agents["AG01"].id, "")


def test_a_supervisor_of_another_site_moves_nothing(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, role=Role.SUPERVISOR, site="Kortrijk")
    aya = office.case()
    with office.store.work() as work, pytest.raises(CorrectionRefused):
        dealing.reassign(work, aya.id, office.agents["AG01"].id, "")


def test_a_promise_made_on_one_laptop_is_known_on_the_laptop_that_gets_the_case_next(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    start = MONDAY + timedelta(hours=2)
    office.call("AG01", "G-0001", Outcome.APPOINTMENT)
    promise = AppointmentBooked(
        office.case().id, new_id(MONDAY), start, start + timedelta(minutes=15), Firmness.FIRM, number="n1"
    )
    office.hear("AG01", promise)
    _deal(office)
    with office.store.work() as work:
        grants = work.events.of_kind(LeaseGranted.__name__)
        (grant,) = (e for e in grants if e.fact.about == promise.case)
    laptop = memory_store(
        Device("org", "d9", "p9", "Bilal Kaya", Role.AGENT, "Gent", "e", ("me",)), RehearsedClock(MONDAY)
    )
    sent = next(o for o in office.store.log.unsent() if o.event_id == grant.id)
    laptop.log.receive("me", [Delivery(1, sent.wire, sent.sha256)])
    with laptop.work() as work:
        case = work.cases.get(promise.case)
    assert case.appointment is not None
    assert (case.appointment.start, case.appointment.made_by) == (start, office.agents["AG01"].id)
