from __future__ import annotations

import json
from datetime import timedelta

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptOpened, Fact, NoteAdded, ShiftEnded
from db.local.cases import CaseUnknown
from db.local.store import LocalStore
from tests.db.laptops import MONDAY, a_campaign, a_clock, a_form, a_store, granted, opened


def test_events_are_numbered_without_gaps_and_keep_their_order_when_the_clock_stands() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        first = work.events.append(*opened("c1"), *opened("c2"))
    with store.work() as work:
        second = work.events.append(NoteAdded("c1", "", "x"))
    events = first + second
    assert [e.seq for e in events] == [1, 2, 3, 4, 5]
    assert [e.logical for e in events] == sorted({e.logical for e in events})
    assert events[0].logical == int(MONDAY.timestamp() * 1000)


def test_a_clock_set_back_does_not_set_the_order_back() -> None:
    clock = a_clock()
    store = a_store("boss", Role.COORDINATOR, clock=clock)
    with store.work() as work:
        (early,) = work.events.append(NoteAdded("c1", "", "first"))
    clock.set(MONDAY - timedelta(days=1))
    with store.work() as work:
        (late,) = work.events.append(NoteAdded("c1", "", "second"))
        assert work.events.of_case("c1") == (early, late)
    assert late.at < early.at


def test_each_own_event_is_chained_to_the_one_before() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        work.events.append(*opened("c1"), *opened("c2"))
    with store._file.begin() as connection:
        rows = connection.exec_driver_sql("SELECT sha256, prev_sha256 FROM outbox ORDER BY seq").all()
    assert [r.prev_sha256 for r in rows] == ["", *(r.sha256 for r in rows[:-1])]


def test_an_event_belongs_to_the_site_of_its_case_else_to_the_device() -> None:
    store = a_store("boss", Role.COORDINATOR, site="")
    with store.work() as work:
        at_once = work.events.append(*opened("c1", site="Brussel"), a_campaign())
        later = work.events.append(AttemptOpened("c1", "a1", "n1", "subject"), ShiftEnded(1, 0))
    assert [e.site for e in at_once] == ["Brussel", "Brussel", ""]
    assert [e.site for e in later] == ["Brussel", ""]
    agent = a_store("yasmina", site="Gent")
    with agent.work() as work:
        lone = work.events.append(ShiftEnded(1, 0), granted("c9", "yasmina"))
    assert [e.site for e in lone] == ["Gent", "Gent"]


def _fail_after(store: LocalStore, *facts: Fact) -> None:
    with store.work() as work:
        work.events.append(*facts)
        assert work.cases.get("c1").last_event == MONDAY
        raise ZeroDivisionError


def test_a_unit_that_fails_leaves_no_trace() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with pytest.raises(ZeroDivisionError):
        _fail_after(store, *opened("c1"))
    with store.work() as work:
        with pytest.raises(CaseUnknown):
            work.cases.get("c1")
        (again,) = work.events.append(NoteAdded("c1", "", "x"))
    assert again.seq == 1


def test_a_case_read_after_a_failed_unit_is_what_was_kept() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        work.events.append(*opened("c1"))
    with pytest.raises(ZeroDivisionError):
        _fail_after(store, AttemptOpened("c1", "a1", "n1", "subject"))
    with store.work() as work:
        work.events.append(AttemptOpened("c1", "a2", "n1", "subject"))
        assert [a.id for a in work.cases.get("c1").attempts] == ["a2"]


def test_two_units_never_run_inside_each_other() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work(), pytest.raises(RuntimeError), store.work():
        pass
    assert store.log.counts().total == 0


def test_events_of_a_kind_come_in_their_order() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        work.events.append(a_campaign("k1"), a_form("1"), a_campaign("k2"))
        assert [e.fact.campaign for e in work.events.of_kind("CampaignChanged")] == ["k1", "k2"]


def test_what_is_kept_is_the_text_that_travels() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        (event, _) = work.events.append(*opened("c1"))
    (first, _) = store.log.unsent()
    assert first.wire == event.wire()
    assert json.loads(first.wire)["seq"] == 1
