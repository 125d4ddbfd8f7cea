"""Enrolments on both kinds of central: handed out, bound once, in time, and cut off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import NoteAdded
from db.central.open import record, revoke, status
from db.errors import (
    CentralUnreachable,
    DeviceRefused,
    DeviceRevoked,
    EnrolmentExpired,
    EnrolmentNotHanded,
    EnrolmentUnknown,
    EnrolmentUsed,
)
from tests.db.central.conftest import Town
from tests.db.laptops import a_campaign, a_form, a_greeting, granted, opened


def _say(store, *facts):
    with store.work() as work:
        return work.events.append(*facts)


def test_a_stock_enrolment_is_handed_to_a_person_whose_laptop_finds_what_waits(town: Town) -> None:
    boss, sam = town.store("boss", Role.COORDINATOR), town.store("sam", Role.SUPERVISOR)
    _say(boss, a_campaign(), a_form(), *opened("c1"), granted("c1", "yasmina", at=town.clock()))
    town.sync(boss)
    stock = town.enrol("stock-1", name="")
    town.met(sam).hand(stock.enrolment, "yasmina", "Yasmina B")
    laptop = town.laptop(stock)
    welcome = town.box(laptop).hello(a_greeting(laptop.device))
    assert (welcome.person, welcome.name) == ("yasmina", "Yasmina B")
    assert set(welcome.mailboxes) == {"agent:yasmina"}
    kinds = [d.wire.split('"kind":"')[1].split('"')[0] for d in town.box(laptop).pull("agent:yasmina", 0)]
    assert sorted(kinds) == ["CampaignChanged", "FormPublished", "LeaseGranted"]


def test_stock_that_nobody_was_given_binds_no_laptop(town: Town) -> None:
    laptop = town.laptop(town.enrol("stock-1", name=""))
    with pytest.raises(EnrolmentNotHanded):
        town.met(laptop)


def test_an_enrolment_in_use_is_not_handed_out_again(town: Town) -> None:
    sam = town.store("sam", Role.SUPERVISOR)
    stock = town.enrol("stock-1", name="")
    town.met(sam).hand(stock.enrolment, "yasmina", "Yasmina B")
    town.met(sam).hand(stock.enrolment, "jef", "Jef B")  # the first was a mistake, nobody used it yet
    town.met(town.laptop(stock))
    with pytest.raises(EnrolmentUsed):
        town.met(sam).hand(stock.enrolment, "yasmina", "Yasmina B")


def test_agents_hand_out_nothing_and_supervisors_only_agents_of_their_own_site(town: Town) -> None:
    agent, sam = town.store("yasmina"), town.store("sam", Role.SUPERVISOR)
    here, away = town.enrol("s1", name=""), town.enrol("s2", site="Brussel", name="")
    office = town.enrol("s3", Role.SUPERVISOR, name="")
    town.store("amir", site="Brussel")
    with pytest.raises(DeviceRefused):
        town.met(agent).hand(here.enrolment, "jef", "Jef B")
    box = town.met(sam)
    for enrolment, person in (("none", "jef"), (away.enrolment, "jef"), (office.enrolment, "jef")):
        with pytest.raises(EnrolmentUnknown):
            box.hand(enrolment, person, "Jef B")
    with pytest.raises(EnrolmentUnknown):
        box.hand(here.enrolment, "amir", "Amir B")
    town.met(town.store("boss", Role.COORDINATOR)).hand(away.enrolment, "jef", "Jef B")


def test_an_enrolment_that_was_not_used_in_time_says_so(town: Town) -> None:
    late = town.enrol("yasmina", expires_at=town.clock() - timedelta(minutes=1))
    with pytest.raises(EnrolmentExpired):
        town.met(town.laptop(late))
    stock = town.enrol("s1", name="", expires_at=town.clock() - timedelta(minutes=1))
    with pytest.raises(EnrolmentExpired):
        town.met(town.store("sam", Role.SUPERVISOR)).hand(stock.enrolment, "jef", "Jef B")


def test_an_enrolment_that_is_bound_does_not_expire(town: Town) -> None:
    enrolment = town.enrol("yasmina", expires_at=town.clock() + timedelta(seconds=1))
    store = town.laptop(enrolment)
    town.met(store)
    town.clock.set(town.clock() + timedelta(days=40))
    assert town.box(store).hello(a_greeting(store.device)).verdict == "ok"


def test_one_device_is_not_bound_to_two_enrolments(town: Town) -> None:
    store = town.store("yasmina")
    town.met(store)
    town.addresses[store.device.device] = town.enrol("yasmina").central
    with pytest.raises(EnrolmentUsed):
        town.met(store)


def test_a_revoked_enrolment_is_not_handed_out_and_binds_nothing(town: Town) -> None:
    stock = town.enrol("s1", name="")
    revoke(town.owner, stock.enrolment, town.clock())
    with pytest.raises(EnrolmentUnknown):
        town.met(town.store("sam", Role.SUPERVISOR)).hand(stock.enrolment, "jef", "Jef B")
    with pytest.raises(DeviceRevoked):
        town.met(town.laptop(stock))


def test_what_a_revoked_laptop_recorded_is_handed_in_by_its_office(town: Town) -> None:
    boss, sam = town.store("boss", Role.COORDINATOR), town.store("sam", Role.SUPERVISOR)
    enrolment = town.enrol("yasmina")
    store = town.laptop(enrolment)
    _say(boss, *opened("c1"), granted("c1", "yasmina", at=town.clock()))
    town.sync(boss, store)
    _say(store, NoteAdded("c1", "", "before it was stolen"))
    sent = store.log.unsent()
    revoke(town.owner, enrolment.enrolment, town.clock())
    with pytest.raises((DeviceRevoked, CentralUnreachable)):
        town.box(store).push(sent)
    with pytest.raises(DeviceRefused):
        town.met(town.store("amir")).deposit(store.device.device, store.device.db_epoch, sent)
    with pytest.raises(DeviceRefused):
        town.met(town.store("eva", Role.SUPERVISOR, "Brussel")).deposit(
            store.device.device, store.device.db_epoch, sent
        )
    verdicts = town.met(sam).deposit(store.device.device, store.device.db_epoch, sent)
    assert [v.answer for v in verdicts] == ["have"]


def test_the_record_tells_what_was_done_and_the_status_how_each_stands(town: Town) -> None:
    boss, sam = town.store("boss", Role.COORDINATOR), town.store("sam", Role.SUPERVISOR)
    stock, gone = town.enrol("s1", name=""), town.enrol("s2")
    old = town.enrol("s3", expires_at=town.clock() - timedelta(days=1))
    town.met(boss)
    town.met(sam).hand(stock.enrolment, "yasmina", "Yasmina B")
    revoke(town.owner, gone.enrolment, town.clock())
    acts = [(n.act, n.subject) for n in record(town.owner)]
    for act in (("handed", stock.enrolment), ("revoked", gone.enrolment), ("enrolled", old.enrolment)):
        assert act in acts
    assert sum(act == "bound" for act, _ in acts) == 2
    stands = {e.enrolment: e for e in status(town.owner).enrolments if e.org == town.owner["org"]}
    assert stands[stock.enrolment].state == "unbound"
    assert (stands[gone.enrolment].state, stands[old.enrolment].state) == ("revoked", "expired")
    assert {e.app for e in stands.values() if e.state == "bound"} == {"callcenter test"}
