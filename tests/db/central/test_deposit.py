"""Handing in a laptop's sealed file: the same rules for the embedded file and PostgreSQL."""

from __future__ import annotations

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptClosed, AttemptOpened, NoteAdded, OutcomeCorrected, ShiftEnded
from callcenter.domain.outcome import Outcome
from callcenter.errors import CallcenterError
from callcenter.ports import Sealed
from callcenter.usecases.depositing import OtherOrganisation, for_office, hand_in
from db.central.open import all_events, revoke
from db.errors import DeviceRefused
from db.local.store import LocalStore
from tests.db.central.conftest import Town, forged
from tests.db.laptops import a_campaign, granted, opened


@pytest.fixture
def offices(town: Town) -> tuple[LocalStore, LocalStore, LocalStore]:
    """A coordinator, a supervisor and an agent with a case; the agent made a call that central does not know."""
    boss, guide, yasmina = (
        town.store("boss", Role.COORDINATOR),
        town.store("guide", Role.SUPERVISOR),
        town.store("yasmina"),
    )
    for store in (yasmina, guide):
        town.sync(store)
    with boss.work() as work:
        work.events.append(a_campaign(), *opened("c1"), granted("c1", "yasmina", at=town.clock()))
    town.sync(boss, yasmina, guide)
    with yasmina.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject"), AttemptClosed("c1", "a1", Outcome.BUSY))
    return boss, guide, yasmina


def _file(store: LocalStore) -> Sealed:
    with store.work() as work:
        return for_office(work, everything=False)


def _held(town: Town, store: LocalStore) -> int:
    return sum(e.device == store.device.device for e in all_events(town.owner))


def test_a_supervisor_hands_in_what_a_laptop_could_not_send(town: Town, offices) -> None:
    _, guide, yasmina = offices
    done = hand_in(town.box(guide), town.owner["org"], _file(yasmina))
    assert (done.calls, done.confirmed, done.apart, done.name) == (1, 2, (), "Yasmina B")
    assert _held(town, yasmina) == 2
    town.sync(guide)
    with guide.work() as work:
        (attempt,) = work.cases.get("c1").attempts
        assert (attempt.agent, attempt.outcome) == ("yasmina", Outcome.BUSY)


def test_a_file_that_is_handed_in_twice_changes_nothing_and_the_laptop_gets_have(town: Town, offices) -> None:
    boss, guide, yasmina = offices
    told = _file(yasmina)
    for who in (guide, boss, guide):
        assert hand_in(town.box(who), town.owner["org"], told).confirmed == 2
    town.sync(yasmina)
    assert _held(town, yasmina) == 2
    assert (yasmina.log.counts().waiting, yasmina.log.counts().quarantined) == (0, 0)


def test_what_a_revoked_laptop_recorded_can_still_be_handed_in(town: Town, offices) -> None:
    _, guide, _ = offices
    enrolment = town.enrol("jef")
    jef = town.laptop(enrolment)
    box = town.met(jef)
    with jef.work() as work:
        work.events.append(ShiftEnded(0, 0))
    revoke(town.owner, enrolment.enrolment, town.clock())
    with pytest.raises(CallcenterError):
        box.push(_file(jef).events)
    assert hand_in(town.box(guide), town.owner["org"], _file(jef)).confirmed == 1


def test_a_supervisor_hands_in_nothing_of_another_site(town: Town, offices) -> None:
    _, _, yasmina = offices
    other = town.store("other", Role.SUPERVISOR, "Brussel")
    town.met(other)
    with pytest.raises(DeviceRefused):
        hand_in(town.box(other), town.owner["org"], _file(yasmina))
    assert _held(town, yasmina) == 0


def test_an_agent_hands_in_nothing_of_anybody(town: Town, offices) -> None:
    _, _, yasmina = offices
    jef = town.store("jef")
    town.met(jef)
    for told in (_file(yasmina), _file(jef)):
        with pytest.raises(DeviceRefused):
            town.box(jef).deposit(told.device, told.db_epoch, told.events)


def test_a_device_is_proven_by_the_epoch_of_its_store(town: Town, offices) -> None:
    _, guide, yasmina = offices
    with pytest.raises(DeviceRefused):
        town.box(guide).deposit(yasmina.device.device, "guessed", _file(yasmina).events)
    with pytest.raises(DeviceRefused):
        town.box(guide).deposit("", "", ())


def test_a_supervisor_cannot_speak_as_a_coordinator_by_a_file(town: Town, offices) -> None:
    boss, guide, _ = offices
    with boss.work() as work:
        work.events.append(NoteAdded("c1", "", "x"))
    with pytest.raises(DeviceRefused):
        hand_in(town.box(guide), town.owner["org"], _file(boss))


def test_the_rules_of_push_hold_for_a_file(town: Town, offices) -> None:
    _, guide, yasmina = offices
    told = _file(yasmina)
    changed = forged(told.events[0], by="guide")
    done = hand_in(town.box(guide), town.owner["org"], told.holding((changed, told.events[1])))
    assert [(apart.kind, apart.case, apart.why) for apart in done.apart] == [("AttemptOpened", "c1", "not yours")]
    assert done.confirmed == 1


def test_an_agent_gets_no_rights_by_a_file(pg_town: Town) -> None:
    guide, yasmina = pg_town.store("guide", Role.SUPERVISOR), pg_town.store("yasmina")
    for store in (guide, yasmina):
        pg_town.met(store)
    with yasmina.work() as work:
        work.events.append(
            OutcomeCorrected("c1", "a1", Outcome.BUSY, Outcome.COMPLETE, "x"), NoteAdded("c9", "", "x")
        )
    done = hand_in(pg_town.box(guide), pg_town.owner["org"], _file(yasmina))
    assert [(apart.kind, apart.why) for apart in done.apart] == [("OutcomeCorrected", "role"), ("NoteAdded", "case")]


def test_a_file_of_another_organisation_is_not_read_in(town: Town, offices) -> None:
    _, guide, yasmina = offices
    with pytest.raises(OtherOrganisation):
        hand_in(town.box(guide), "another", _file(yasmina))
    assert _held(town, yasmina) == 0


def test_an_empty_file_is_fine(town: Town, offices) -> None:
    _, guide, yasmina = offices
    done = hand_in(town.box(guide), town.owner["org"], _file(yasmina).holding(()))
    assert (done.calls, done.confirmed) == (0, 0)
