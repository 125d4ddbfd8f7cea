from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from callcenter.domain.event import AttemptOpened, LeaseReturned
from callcenter.domain.lease import MARGIN
from callcenter.usecases.expiring import let_go
from tests.callcenter.usecases.town import Town, a_town


def _end_of_lease(town: Town) -> timedelta:
    with town.yasmina.work() as work:
        return work.cases.get("c0").lease.expires_at - work.now()


def _let_go(town: Town, shown: str = "") -> frozenset[str]:
    with town.yasmina.work() as work:
        return let_go(work, shown).cases


def _returned(town: Town) -> list[str]:
    with town.yasmina.work() as work:
        return [e.fact.case for e in work.events.of_kind(LeaseReturned.__name__)]


def test_while_its_lease_runs_a_case_stays(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.clock.set(town.clock() + _end_of_lease(town) - timedelta(minutes=10))
    assert _let_go(town, "c0") == frozenset()
    assert _returned(town) == []


def test_the_shown_case_leaves_the_desk_when_no_call_may_start_any_more(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.clock.set(town.clock() + _end_of_lease(town) - MARGIN + timedelta(seconds=1))
    assert _let_go(town, "c0") == {"c0"}
    assert _let_go(town) == frozenset()
    assert _returned(town) == []


def test_when_a_lease_is_over_its_case_is_given_back_once_and_the_office_hears_it(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.clock.set(town.clock() + _end_of_lease(town) + timedelta(seconds=1))
    gone = _let_go(town, "c0")
    assert "c0" in gone
    assert _let_go(town) == frozenset()
    assert sorted(_returned(town)) == sorted(gone)
    town.sync(town.yasmina)
    town.sync(town.boss)
    with town.boss.work() as work:
        assert work.cases.get("c0").lease.ended_at is not None


def test_a_call_that_goes_on_keeps_its_case(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.yasmina.work() as work:
        work.events.append(AttemptOpened("c0", "a1", "n1", "subject", agent="yasmina"))
    town.clock.set(town.clock() + _end_of_lease(town) + timedelta(hours=1))
    assert "c0" not in _let_go(town, "c0")


def test_a_clock_that_runs_ahead_of_centrals_gives_nothing_back(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    wrong = _end_of_lease(town) + timedelta(hours=3)
    town.yasmina.log.note_sync(town.clock(), -wrong.total_seconds(), "r")
    town.clock.set(town.clock() + wrong)
    assert _let_go(town) == frozenset()
