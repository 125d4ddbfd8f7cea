from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.event import AttemptClosed, AttemptOpened, LeaseReturned, ShiftEnded
from callcenter.domain.outcome import Outcome
from callcenter.ports import Draft
from callcenter.usecases.shift import (
    CallGoingOn,
    Tally,
    clear_old,
    close_shift,
    ended_shift,
    held_cases,
    send_and_clear,
    tally,
)
from callcenter.usecases.syncing import ProgramTooOld
from callcenter.usecases.views import ShiftEnd
from db.errors import CentralUnreachable
from tests.callcenter.usecases.town import CASES, Line, Town, a_town, read_only
from tests.db.laptops import MONDAY, granted


def _close(town: Town) -> Tally:
    with town.yasmina.work() as work:
        return close_shift(work)


def _end(town: Town, counted: Tally, line: Line | None = None) -> ShiftEnd:
    used = line or town.line(town.yasmina)
    try:
        return send_and_clear(town.yasmina, used, town.clock, counted, lambda _done, _total: None)
    finally:
        used.close()


def _with_names(town: Town) -> set[str]:
    with town.yasmina.work() as work:
        return {case.id for case in held_cases(work) if case.pack is not None}


def test_a_shift_gives_back_what_was_leased_and_tells_its_calls(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    assert _close(town) == Tally(calls=1, interviews=0)
    with town.yasmina.work() as work:
        back = [e.fact for e in work.events.of_kind(LeaseReturned.__name__)]
        ended = [e.fact for e in work.events.of_kind(ShiftEnded.__name__)]
        assert work.cases.leased_to("yasmina") == ()
    assert {f.case for f in back if isinstance(f, LeaseReturned)} == set(CASES)
    assert ended == [ShiftEnded(1, 0)]


def test_a_shift_does_not_end_in_the_middle_of_a_call(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.yasmina.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject"))
    with pytest.raises(CallGoingOn):
        _close(town)
    with town.yasmina.work() as work:
        assert len(work.cases.leased_to("yasmina")) == 3
        assert work.events.of_kind(ShiftEnded.__name__) == ()


def test_only_the_calls_of_this_shift_by_this_person_count_and_a_known_person_is_no_call(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c0")
    town.clock.set(town.clock() + timedelta(hours=5))
    town.call("c1")
    with town.yasmina.work() as work:
        work.events.append(AttemptOpened("c2", "k", "n1", "subject"), AttemptClosed("c2", "k", Outcome.KNOWN_PERSON))
    with town.yasmina.work() as work:
        assert tally(work, held_cases(work)) == Tally(calls=1, interviews=0)


def test_names_go_only_after_central_confirmed_everything(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    end = _end(town, _close(town))
    assert (end.clean, end.purged, end.calls, end.sync.waiting) == (True, 3, 1, 0)
    assert _with_names(town) == set()


def test_names_stay_while_central_says_nothing_about_what_was_sent(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    line = town.line(town.yasmina)
    line.silent = True
    end = _end(town, _close(town), line)
    assert (end.clean, end.purged) == (False, 0)
    assert end.sync.waiting > 0
    assert _with_names(town) == set(CASES)


def test_a_shift_that_could_not_be_sent_is_ended_later_without_counting_anything_twice(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    counted = _close(town)
    for calls in range(4):
        line = town.line(town.yasmina)
        line.down_after = calls
        with pytest.raises(CentralUnreachable):
            _end(town, counted, line)
    end = _end(town, counted)
    assert (end.clean, end.calls) == (True, 1)
    town.sync(town.boss)
    with town.boss.work() as work:
        assert len(work.events.of_kind(ShiftEnded.__name__)) == 1
        assert len(work.cases.get("c1").attempts) == 1


def test_a_shift_ends_once_however_often_it_is_tried(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    first = _close(town)
    town.clock.set(town.clock() + timedelta(hours=9))
    assert _close(town) == first == Tally(calls=1, interviews=0)
    with town.yasmina.work() as work:
        assert len(work.events.of_kind(ShiftEnded.__name__)) == 1
        assert len(work.events.of_kind(LeaseReturned.__name__)) == len(CASES)


def test_what_was_leased_after_the_end_goes_back_without_a_second_end(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    first = _close(town)
    town.sync(town.yasmina)
    with town.boss.work() as work:
        work.events.append(granted("c2", "yasmina", 2))
    town.sync(town.boss)
    town.sync(town.yasmina)
    assert _close(town) == first
    with town.yasmina.work() as work:
        assert work.cases.leased_to("yasmina") == ()
        assert len(work.events.of_kind(ShiftEnded.__name__)) == 1


def test_a_call_after_the_end_begins_another_shift(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c0")
    _close(town)
    town.clock.set(town.clock() + timedelta(hours=5))
    town.call("c1")
    with town.yasmina.work() as work:
        assert ended_shift(work) is None
    assert _close(town) == Tally(calls=1, interviews=0)
    with town.yasmina.work() as work:
        assert len(work.events.of_kind(ShiftEnded.__name__)) == 2


def test_ending_again_changes_nothing(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    _end(town, _close(town))
    again = _end(town, Tally(0, 0))
    assert (again.clean, again.purged) == (True, 0)
    assert _with_names(town) == set()


def test_own_calls_stay_known_without_any_name(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    _end(town, _close(town))
    with town.yasmina.work() as work:
        assert len(work.events.of_kind(AttemptClosed.__name__)) == 1
        assert [case for case in held_cases(work) if case.numbers] == []


def test_nothing_is_cleared_while_the_counts_do_not_agree(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    line = town.line(town.yasmina)
    line.ack = lambda mailbox, n: replace(line._box.ack(mailbox, n), rolling="another")
    end = _end(town, _close(town), line)
    assert (end.clean, end.purged, end.sync.sane) == (False, 0, False)
    assert _with_names(town) == set(CASES)


def test_a_program_that_is_too_old_says_so_when_something_waits_and_keeps_it(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    line = town.line(town.yasmina)
    line.welcome = read_only
    with pytest.raises(ProgramTooOld):
        _end(town, _close(town), line)
    assert _with_names(town) == set(CASES)
    assert _end(town, _close(town)).clean


def test_names_go_a_day_after_the_lease_also_where_own_calls_still_wait(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    town.clock.set(town.clock() + timedelta(hours=29))
    assert clear_old(town.yasmina) == 0
    town.clock.set(town.clock() + timedelta(hours=2))
    assert clear_old(town.yasmina) == 3
    assert _with_names(town) == set()
    assert town.yasmina.log.counts().waiting == 2
    assert town.sync(town.yasmina).waiting == 0


def test_an_interview_under_way_stays_whole_at_the_next_start(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.yasmina.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject"))
        work.drafts.save(Draft("c1", "a1", "{}", "", town.clock()))
    town.clock.set(town.clock() + timedelta(days=3))
    clear_old(town.yasmina)
    assert _with_names(town) == {"c1"}
    with town.yasmina.work() as work:
        work.events.append(AttemptClosed("c1", "a1", Outcome.PARTIAL))
    clear_old(town.yasmina)
    assert _with_names(town) == set()


def test_own_events_go_two_weeks_after_a_backup_held_them_and_the_counts_still_agree(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    town.sync(town.yasmina)
    for days, left in ((13, 2), (15, 0)):
        town.clock.set(MONDAY + timedelta(days=days))
        clear_old(town.yasmina)
        with town.yasmina.work() as work:
            assert len(work.outbox.unconfirmed(everything=True)) == left
    assert town.sync(town.yasmina).sane


def test_an_office_keeps_what_it_has(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.clock.set(MONDAY + timedelta(days=60))
    assert clear_old(town.boss) == 0
    with town.boss.work() as work:
        assert len(work.cases.all("k1")) == 3
