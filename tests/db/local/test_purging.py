from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptOpened, NoteAdded
from callcenter.ports import Delivery, Draft, Verdict
from db.local.cases import CaseUnknown
from db.local.open import create_store, open_store
from db.local.store import LocalStore
from db.local.vault import open_vault
from tests.db.laptops import MONDAY, a_clock, a_pack, a_store, an_enrolment, granted, opened
from tests.db.local.pages import plain_pages

_PHRASE = "vier woorden is genoeg"


def _receive(store: LocalStore, *cases: str, first: int = 1) -> list[Delivery]:
    office = a_store("boss")
    with office.work() as work:
        work.events.append(*(granted(c, "yasmina", pack=a_pack(c, f"Zwaantje-{c}")) for c in cases))
    sent = [Delivery(n, o.wire, o.sha256) for n, o in enumerate(office.log.unsent(), first)]
    store.log.receive("agent:yasmina", sent)
    return sent


def _confirm(store: LocalStore) -> None:
    store.log.settle([Verdict(o.event_id, "have", o.sha256) for o in store.log.unsent()])


@pytest.fixture
def store() -> LocalStore:
    made = a_store("yasmina")
    _receive(made, "c1", "c2", "c3")
    with made.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject"))
        work.drafts.save(Draft("c1", "a1", "{}", "", MONDAY))
        work.drafts.save(Draft("c2", "a2", "{}", "", MONDAY))
    return made


def test_a_purge_removes_packs_cases_and_drafts_but_no_own_events(store: LocalStore) -> None:
    _confirm(store)
    assert store.log.purge(frozenset({"c2"})) == 2
    with store.work() as work:
        assert [c.id for c in work.cases.leased_to("yasmina")] == ["c2"]
        assert [e.fact.kind for e in work.events.of_case("c1")] == ["AttemptOpened"]
        assert work.drafts.get("c1") is None
        assert work.drafts.get("c2") is not None
        with pytest.raises(CaseUnknown):
            work.cases.holding("a1")
    assert store.log.counts().acknowledged == 1


def test_a_case_with_events_that_central_has_not_confirmed_stays_whole(store: LocalStore) -> None:
    assert store.log.purge(frozenset()) == 2
    with store.work() as work:
        assert work.cases.get("c1").pack.first_name == "Zwaantje-c1"
        assert work.drafts.get("c1") is not None


def test_a_purged_delivery_that_comes_again_brings_nothing_back(store: LocalStore) -> None:
    _confirm(store)
    again = _receive(store, "c4", first=4)
    store.log.purge(frozenset())
    store.log.offer_again()
    assert store.log.receive("agent:yasmina", [Delivery(1, again[0].wire, again[0].sha256)]) == frozenset()
    with store.work() as work:
        assert work.cases.leased_to("yasmina") == ()


def test_a_new_lease_brings_a_purged_case_back_with_own_attempts(store: LocalStore) -> None:
    _confirm(store)
    store.log.purge(frozenset())
    _receive(store, "c1", first=4)
    with store.work() as work:
        assert [a.id for a in work.cases.get("c1").attempts] == ["a1"]


def test_a_purged_store_made_again_from_its_log_stays_purged(store: LocalStore) -> None:
    _confirm(store)
    store.log.purge(frozenset())
    store.rebuild()
    with store.work() as work:
        assert work.cases.leased_to("yasmina") == ()


def test_purged_names_stand_nowhere_in_the_file(tmp_path: Path) -> None:
    store = create_store(tmp_path / "yasmina", an_enrolment("yasmina"), _PHRASE, a_clock())
    _receive(store, *(f"c{n}" for n in range(300)))
    file, key = tmp_path / "yasmina" / "store.db", open_vault(tmp_path / "yasmina", _PHRASE)
    store._file.checkpoint()
    assert plain_pages(file, key).count(b'Zwaantje-c7"') >= 1
    assert store.log.purge(frozenset({"c5"})) == 299
    assert (tmp_path / "yasmina" / "store.db-wal").stat().st_size == 0
    left = plain_pages(file, key)
    assert b'Zwaantje-c5"' in left
    assert left.count(b"Zwaantje-") == left.count(b'Zwaantje-c5"')
    store.close()


def test_with_waiting_ones_the_names_go_and_own_events_stay_to_be_sent(store: LocalStore) -> None:
    assert store.log.purge(frozenset(), waiting=True) == 3
    with store.work() as work:
        assert work.cases.leased_to("yasmina") == ()
        assert work.drafts.latest() is None
    (sent,) = store.log.unsent()
    assert "AttemptOpened" in sent.wire


_LATER = MONDAY + timedelta(days=20)


def test_own_events_go_only_when_confirmed_and_durable_for_long_enough(store: LocalStore) -> None:
    assert store.log.forget_own(_LATER) == 0
    store.log.note_durable(1, MONDAY)  # not confirmed yet: a mistake of central
    assert store.log.forget_own(_LATER) == 0
    _confirm(store)
    assert store.log.forget_own(_LATER) == 0
    store.log.note_durable(1, MONDAY)
    store.log.note_durable(1, MONDAY + timedelta(days=15))
    assert store.log.forget_own(MONDAY) == 0
    assert store.log.forget_own(MONDAY + timedelta(seconds=1)) == 1
    with store.work() as work:
        assert [e.fact.kind for e in work.events.of_case("c1")] == ["LeaseGranted"]


def test_forgotten_events_still_count_in_the_checks_and_are_not_offered_again(store: LocalStore) -> None:
    _confirm(store)
    before = store.log.counts()
    store.log.note_durable(1, MONDAY)
    store.log.forget_own(_LATER)
    assert store.log.counts() == before
    assert store.log.offer_again() == 0
    with store.work() as work:
        (event,) = work.events.append(AttemptOpened("c2", "a2", "n1", "subject"))
    assert event.seq == 2


def test_an_office_forgets_nothing_of_its_own() -> None:
    office = a_store("boss", Role.COORDINATOR)
    with office.work() as work:
        work.events.append(*opened("c1"))
    _confirm(office)
    office.log.note_durable(9, MONDAY)
    assert office.log.forget_own(_LATER) == 0
    with office.work() as work:
        assert work.cases.get("c1").respondent is not None


def test_after_a_restored_server_an_event_has_to_become_durable_again(store: LocalStore) -> None:
    _confirm(store)
    store.log.note_durable(1, MONDAY)
    assert store.log.offer_again() == 1
    _confirm(store)
    assert store.log.forget_own(_LATER) == 0


def test_a_copy_of_before_a_migration_goes_after_a_week_and_with_every_purge(tmp_path: Path) -> None:
    folder = tmp_path / "yasmina"
    store = create_store(folder, an_enrolment("yasmina"), _PHRASE, a_clock())
    copy = folder / "store.db.v2"
    copy.write_bytes(b"names of then")
    store.log.purge(frozenset())
    assert not copy.exists()
    store.close()
    for age, stays in ((6, True), (8, False)):
        copy.write_bytes(b"names of then")
        made = (MONDAY - timedelta(days=age)).timestamp()
        os.utime(copy, (made, made))
        open_store(folder, _PHRASE, a_clock()).close()
        assert copy.exists() == stays


def test_nothing_of_forgotten_events_stands_in_any_file(tmp_path: Path) -> None:
    folder = tmp_path / "yasmina"
    store = create_store(folder, an_enrolment("yasmina"), _PHRASE, a_clock())
    with store.work() as work:
        work.events.append(*(NoteAdded(f"c{n}", "", f"Zwaantje-{n} belt terug " * 20) for n in range(50)))
    _confirm(store)
    store.log.note_durable(50, MONDAY)
    assert store.log.forget_own(_LATER) == 50
    key = open_vault(folder, _PHRASE)
    assert b"Zwaantje" not in plain_pages(folder / "store.db", key)
    assert (folder / "store.db-wal").stat().st_size == 0
    store.close()
    assert not any(b"Zwaantje" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
