from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.event import DoNotCallSet
from callcenter.usecases.syncing import last_sync, sync
from db.errors import CentralUnreachable
from tests.callcenter.usecases.town import CASES, Town, a_town, read_only


def _mine(town: Town) -> int:
    return town.yasmina.log.counts().total


def test_leases_come_in_and_calls_go_out_until_nothing_moves(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.yasmina.work() as work:
        assert {case.id for case in work.cases.leased_to("yasmina")} == set(CASES)
    town.call()
    result = town.sync(town.yasmina)
    assert (result.pushed, result.confirmed, result.waiting, result.set_aside, result.sane) == (2, 2, 0, 0, True)
    arrived = town.sync(town.boss)
    assert "c1" in arrived.cases
    with town.boss.work() as work:
        assert [a.outcome for a in work.cases.get("c1").attempts] == ["B"]


def test_a_second_sync_moves_nothing(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    town.sync(town.yasmina)
    again = town.sync(town.yasmina)
    assert (again.pushed, again.pulled, again.cases) == (0, 0, frozenset())


def test_a_line_that_breaks_anywhere_loses_and_doubles_nothing(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    for calls in range(6):
        town.call()
        line = town.line(town.yasmina)
        line.down_after = calls
        with pytest.raises(CentralUnreachable):
            town.sync(town.yasmina, line)
        line.close()
    result = town.sync(town.yasmina)
    assert (result.waiting, result.sane) == (0, True)
    assert town.held(town.yasmina) == _mine(town) == 12


def test_events_wait_while_central_does_not_answer(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    line = town.line(town.yasmina)
    line.down_after = 0
    with pytest.raises(CentralUnreachable):
        town.sync(town.yasmina, line)
    line.close()
    assert town.yasmina.log.counts().waiting == 2


def test_a_central_without_a_word_about_what_was_pushed_is_not_asked_for_ever(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    line = town.line(town.yasmina)
    line.silent = True
    result = town.sync(town.yasmina, line)
    line.close()
    assert (result.confirmed, result.waiting) == (0, 2)
    assert line.asked.count("push") <= 5


def test_a_restored_central_gets_everything_again(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.back_up()
    town.call()
    town.sync(town.yasmina)
    town.restore(told=True)
    assert town.held(town.yasmina) == 0
    result = town.sync(town.yasmina)
    assert (result.confirmed, result.sane) == (2, True)
    assert town.held(town.yasmina) == _mine(town)


def test_a_central_that_lost_events_without_saying_so_gets_them_again(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.back_up()
    town.call()
    town.sync(town.yasmina)
    town.restore(told=False)
    assert town.sync(town.yasmina).sane
    assert town.held(town.yasmina) == _mine(town)


def test_a_restored_central_learns_leases_again_and_the_laptop_keeps_its_own(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.back_up()
    town.call()
    town.sync(town.yasmina)
    town.restore(told=True)
    for store in (town.boss, town.yasmina, town.boss):
        town.sync(store)
    with town.boss.work() as office, town.yasmina.work() as laptop:
        assert [a.id for a in office.cases.get("c1").attempts] == [a.id for a in laptop.cases.get("c1").attempts]
        assert {case.id for case in laptop.cases.leased_to("yasmina")} == set(CASES)


def test_a_program_that_is_too_old_sends_nothing_and_still_reads(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    with town.boss.work() as work:
        work.events.append(DoNotCallSet("c2"))
    town.sync(town.boss)
    line = town.line(town.yasmina)
    line.welcome = read_only
    result = town.sync(town.yasmina, line)
    line.close()
    assert "push" not in line.asked
    assert (result.verdict, result.waiting, result.sane) == ("read_only", 2, True)
    with town.yasmina.work() as work:
        assert work.cases.get("c2").do_not_call


def test_without_pulling_only_own_events_travel(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    with town.boss.work() as work:
        work.events.append(DoNotCallSet("c2"))
    town.sync(town.boss)
    line = town.line(town.yasmina)
    result = sync(town.yasmina.log, line, town.clock, pull=False)
    line.close()
    assert "pull" not in line.asked
    assert (result.confirmed, result.pulled, result.cases) == (2, 0, frozenset())
    with town.yasmina.work() as work:
        assert not work.cases.get("c2").do_not_call


def test_a_mailbox_that_ends_before_what_was_read_means_that_central_was_restored(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    town.sync(town.yasmina)
    line = town.line(town.yasmina)
    line.welcome = lambda welcome: replace(welcome, mailboxes={"agent:yasmina": 1})
    result = town.sync(town.yasmina, line)
    line.close()
    assert (result.replayed, result.confirmed, result.sane) == (True, 2, True)


def test_what_central_held_before_the_line_broke_is_kept(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    line = town.line(town.yasmina)
    line.down_after = 2  # hello and push go through, the rest does not
    with pytest.raises(CentralUnreachable):
        town.sync(town.yasmina, line)
    line.close()
    assert town.yasmina.log.counts().acknowledged == 2


def test_the_difference_of_the_clocks_and_the_moment_are_kept(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    line = town.line(town.yasmina)
    line.welcome = lambda welcome: replace(welcome, server_time=welcome.server_time + timedelta(minutes=7))
    town.clock.set(town.clock() + timedelta(hours=1))
    result = town.sync(town.yasmina, line)
    line.close()
    assert result.skew_seconds == 7 * 60
    assert last_sync(town.yasmina.log) == town.clock()


def test_progress_is_told_in_confirmed_events(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    for _call in range(3):
        town.call()
    told: list[tuple[int, int]] = []
    line = town.line(town.yasmina)
    sync(town.yasmina.log, line, town.clock, lambda done, total: told.append((done, total)))
    line.close()
    assert told == [(6, 6)]
