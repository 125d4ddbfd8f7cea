"""The end of a shift over the real stores: everything is sent, and no name stays on the laptop."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptClosed, AttemptOpened
from callcenter.domain.outcome import Outcome
from callcenter.ports import PostBox
from callcenter.usecases.shift import close_shift, send_and_clear
from callcenter.usecases.syncing import sync
from db.central.open import create_central_sqlite, enrol_mailbox, open_central
from db.local.store import LocalStore
from tests.db.laptops import ORG, a_campaign, a_clock, a_store, an_enrolment, granted, opened


def _ignore(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def shift(tmp_path: Path) -> tuple[LocalStore, LocalStore, dict[str, PostBox]]:
    clock = a_clock()
    central = create_central_sqlite(tmp_path / "central.db", secrets.token_bytes(32), ORG)
    boss, yasmina = a_store("boss", Role.COORDINATOR, clock=clock), a_store("yasmina", clock=clock)
    for store in (boss, yasmina):
        enrol_mailbox(central, an_enrolment(store.device.person, store.device.role))
    boxes = {s.device.person: open_central(central, s.device, clock) for s in (boss, yasmina)}
    with boss.work() as work:
        work.events.append(
            a_campaign(), *(f for n in range(5) for f in (*opened(f"c{n}"), granted(f"c{n}", "yasmina")))
        )
    sync(boss.log, boxes["boss"], clock)
    sync(yasmina.log, boxes["yasmina"], clock)
    with yasmina.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject"), AttemptClosed("c1", "a1", Outcome.BUSY))
    return boss, yasmina, boxes


def test_after_a_shift_central_has_all_and_the_laptop_no_names(shift) -> None:
    boss, yasmina, boxes = shift
    with yasmina.work() as work:
        counted = close_shift(work)
    end = send_and_clear(yasmina, boxes["yasmina"], a_clock(), counted, _ignore)
    assert (end.clean, counted.calls) == (True, 1)
    with yasmina.work() as work:
        assert work.cases.all("k1") == ()
        assert len(work.events.of_kind("AttemptClosed")) == 1
    sync(boss.log, boxes["boss"], a_clock())
    with boss.work() as work:
        cases = work.cases.all("k1")
        assert [a.outcome for a in work.cases.get("c1").attempts] == [Outcome.BUSY]
        assert all(case.lease.ended_at is not None for case in cases)
        assert [len(e.fact.leases) for e in work.events.of_kind("PurgeDone")] == [5]


def test_cases_given_back_are_leased_to_somebody_else(shift) -> None:
    boss, yasmina, boxes = shift
    with yasmina.work() as work:
        counted = close_shift(work)
    send_and_clear(yasmina, boxes["yasmina"], a_clock(), counted, _ignore)
    sync(boss.log, boxes["boss"], a_clock())
    with boss.work() as work:
        work.events.append(*(granted(f"c{n}", "jef", epoch=2) for n in range(5)))
    result = sync(boss.log, boxes["boss"], a_clock())
    assert (result.set_aside, result.sane) == (0, True)
