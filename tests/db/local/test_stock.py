from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.domain.agent import Role
from callcenter.ports import StockEntry
from db.local.stock import StockTaken
from tests.db.laptops import MONDAY, a_store


def _entry(number: int, role: Role = Role.AGENT, site: str = "Gent") -> StockEntry:
    return StockEntry(f"e{number}", f"laptop-{number:02}", site, role, "7KQ2 M0XD", "SECRET", f"/x/{number}.enrol")


def test_a_stock_opened_twice_is_one_stock_and_takes_nothing_back() -> None:
    store = a_store("boss", Role.SUPERVISOR)
    with store.work() as work:
        work.stock.keep([_entry(2), _entry(1)])
        work.stock.hand("e1", "yasmina", MONDAY)
    with store.work() as work:
        work.stock.keep([_entry(1), _entry(2), _entry(3)])
        assert [(e.label, e.person) for e in work.stock.all()] == [
            ("laptop-01", "yasmina"),
            ("laptop-02", ""),
            ("laptop-03", ""),
        ]


def test_only_entries_of_the_role_and_site_that_nobody_has_are_free() -> None:
    store = a_store("boss", Role.SUPERVISOR)
    with store.work() as work:
        work.stock.keep([_entry(1), _entry(2), _entry(3, Role.SUPERVISOR), _entry(4, site="Aalst")])
        work.stock.hand("e1", "yasmina", MONDAY)
        assert work.stock.free(Role.AGENT, "Gent") == (_entry(2),)


def test_what_one_person_has_is_not_handed_to_another() -> None:
    store = a_store("boss", Role.SUPERVISOR)
    with store.work() as work:
        work.stock.keep([_entry(1)])
        given = work.stock.hand("e1", "yasmina", MONDAY)
        assert (given.person, given.handed_at, given.code) == ("yasmina", MONDAY, "7KQ2 M0XD")
        assert work.stock.hand("e1", "yasmina", MONDAY + timedelta(days=1)).handed_at == MONDAY
        with pytest.raises(StockTaken):
            work.stock.hand("e1", "jef", MONDAY)
        with pytest.raises(StockTaken):
            work.stock.hand("unknown", "jef", MONDAY)


def test_the_recovery_of_a_person_is_that_of_the_laptop_handed_last() -> None:
    store = a_store("boss", Role.SUPERVISOR)
    with store.work() as work:
        work.stock.keep([_entry(1), _entry(2)])
        work.stock.hand("e1", "yasmina", MONDAY)
        work.stock.hand("e2", "yasmina", MONDAY + timedelta(days=1))
        assert [e.enrolment for e in work.stock.recovery_for("yasmina")] == ["e2", "e1"]
        assert work.stock.recovery_for("jef") == ()


def test_a_stock_is_never_sent() -> None:
    store = a_store("boss", Role.SUPERVISOR)
    with store.work() as work:
        work.stock.keep([_entry(1)])
        work.stock.hand("e1", "yasmina", MONDAY)
    assert store.log.counts().total == 0
