"""What a laptop removes by itself at a start, whether or not a shift was ever ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from callcenter.domain.event import AttemptOpened, NoteAdded
from callcenter.ports import Draft
from callcenter.usecases.shift import clear_old, held_cases
from tests.callcenter.usecases.town import Town, a_town


def _lease_ends(town: Town) -> datetime:
    with town.yasmina.work() as work:
        return max(case.lease.expires_at for case in held_cases(work))


def _names(town: Town) -> list[str]:
    with town.yasmina.work() as work:
        return sorted(case.id for case in held_cases(work) if case.pack)


def test_within_a_day_after_the_leases_names_stay(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.clock.set(_lease_ends(town) + timedelta(hours=23))
    assert clear_old(town.yasmina) == 0
    assert _names(town) == ["c0", "c1", "c2"]


def test_a_day_after_the_leases_names_go_also_where_calls_were_never_sent(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c1")
    waiting = list(town.yasmina.log.unsent())
    town.clock.set(_lease_ends(town) + timedelta(hours=24, seconds=1))
    assert clear_old(town.yasmina) == 3
    assert _names(town) == []
    assert list(town.yasmina.log.unsent()) == waiting
    assert town.sync(town.yasmina).confirmed == len(waiting)


def test_an_interview_that_was_never_closed_keeps_its_case_until_it_is(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.yasmina.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject", agent="yasmina"))
        work.drafts.save(Draft("c1", "a1", "{}", "", work.now()))
    town.clock.set(_lease_ends(town) + timedelta(days=3))
    assert clear_old(town.yasmina) == 2
    assert _names(town) == ["c1"]


def test_own_events_go_as_many_days_as_was_set_after_a_backup_held_them(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.yasmina.work() as work:
        work.events.append(NoteAdded("c1", "", "wil liever een brief"))
    town.sync(town.yasmina)
    synced = town.clock()
    for days, stays in ((29, True), (31, False)):
        town.clock.set(synced + timedelta(days=days))
        clear_old(town.yasmina, timedelta(days=30))
        with town.yasmina.work() as work:
            assert bool(work.events.of_kind(NoteAdded.__name__)) is stays
    assert town.sync(town.yasmina).sane
    assert town.sync(town.yasmina).pushed == 0


def test_an_office_clears_nothing_by_itself(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.clock.set(_lease_ends(town) + timedelta(days=400))
    assert clear_old(town.boss) == 0
    with town.boss.work() as work:
        assert len(held_cases(work)) == 3
