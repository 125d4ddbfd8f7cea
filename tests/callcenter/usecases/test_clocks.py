from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from callcenter.domain.event import ClockMeasured
from callcenter.domain.outcome import Outcome
from callcenter.usecases import board, reporting
from callcenter.usecases.clocks import measured, put_right
from callcenter.usecases.exchange import exchange
from tests.callcenter.usecases.town import Town, a_town
from tests.db.laptops import MONDAY
from tests.office import a_staffed_office


def _exchange(town: Town, minutes_behind: int) -> None:
    line = town.line(town.yasmina)
    line.welcome = lambda w: replace(w, server_time=w.server_time + timedelta(minutes=minutes_behind))
    exchange(town.yasmina, line, town.clock)
    line.close()
    town.sync(town.boss)


def _told(town: Town) -> list[timedelta]:
    """Return how far after Monday morning each call began, as reports tell it."""
    with town.boss.work() as work:
        found = put_right(work.cases.all("k1"), measured(work))
    return sorted(a.opened_at - MONDAY for case in found for a in case.attempts)


def test_calls_of_a_clock_that_was_behind_are_told_at_their_right_time(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c1")
    _exchange(town, 12)
    assert _told(town) == [timedelta(minutes=12)]
    with town.boss.work() as work:
        (attempt,) = work.cases.get("c1").attempts
        assert attempt.opened_at == MONDAY  # the fact itself stays as it was said


def test_a_clock_that_is_a_little_wrong_changes_nothing(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c1")
    _exchange(town, 4)
    assert _told(town) == [timedelta()]


def test_calls_after_the_clock_was_set_right_are_told_as_they_were(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c1")
    _exchange(town, 12)
    town.clock.set(MONDAY + timedelta(hours=1))
    town.call("c2")
    _exchange(town, 0)
    assert _told(town) == [timedelta(minutes=12), timedelta(hours=1)]


def test_calls_of_earlier_weeks_are_left_alone(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c1")
    _exchange(town, 0)
    town.clock.set(MONDAY + timedelta(days=7))
    _exchange(town, 20)
    assert _told(town) == [timedelta()]


def test_board_and_report_tell_a_call_at_its_right_time(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.call("AG01", "G-0001", Outcome.BUSY)
    office.hear("AG01", ClockMeasured(45 * 60), at=office.clock() + timedelta(minutes=1))
    right = office.clock() + timedelta(minutes=45)
    with office.store.work() as work:
        rows = board.progress(work, office.campaign, office.clock() + timedelta(hours=1)).agents
        cases = reporting.campaign_report(work, office.campaign).cases
    assert [row.last_seen for row in rows if row.last_seen] == [right]
    assert [a.opened_at for case in cases for a in case.attempts] == [right]
