"""The protocol over both post boxes: leases between two laptops, versions, clocks, a file instead of a line."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.envelope import UnknownFact
from callcenter.domain.event import AttemptClosed, AttemptOpened, DoNotCallSet, LeaseEnded, LeaseReturned
from callcenter.domain.outcome import Outcome
from callcenter.usecases import syncing
from callcenter.usecases.depositing import for_office, hand_in
from callcenter.usecases.exchange import exchange
from callcenter.usecases.views import SyncResult
from db import cipher
from db.central.open import all_events
from db.local import sealed
from db.local.sealed import open_sealed, write_sealed
from db.local.store import LocalStore
from tests.db.central.conftest import Town
from tests.db.laptops import a_campaign, granted, opened


class Team:
    """A coordinator and two agents on one central; one case is leased to Ann."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.boss = town.store("boss", Role.COORDINATOR)
        self.ann, self.bob = town.store("ann"), town.store("bob")
        self.sync(self.ann, self.bob)
        with self.boss.work() as work:
            work.events.append(a_campaign(), *opened("c1"), granted("c1", "ann", at=town.clock()))
        self.sync(self.boss, self.ann, self.bob)

    def sync(self, *stores: LocalStore) -> list[SyncResult]:
        found = []
        for store in stores:
            found.append(exchange(store, self.town.box(store), self.town.clock))
            assert found[-1].sane
        return found

    def pass_on(self) -> None:
        """Take the case from Ann, whose laptop is offline, and give it to Bob."""
        with self.boss.work() as work:
            old = work.cases.get("c1").lease
            assert old is not None
            ended = LeaseEnded("c1", old.id, "reassigned")
            work.events.append(ended, granted("c1", "bob", old.epoch + 1, self.town.clock()))

    def call(self, store: LocalStore, attempt: str, outcome: Outcome = Outcome.BUSY) -> None:
        with store.work() as work:
            lease = work.cases.get("c1").lease
            assert lease is not None
            assert lease.agent == store.device.person
            work.events.append(
                AttemptOpened("c1", attempt, "n1", "subject", lease.id, store.device.person),
                AttemptClosed("c1", attempt, outcome),
            )

    def later(self, **more: float) -> None:
        self.town.clock.set(self.town.clock() + timedelta(**more))

    def dials(self, store: LocalStore) -> bool:
        """Tell whether a laptop would start a call now."""
        with store.work() as work:
            latest = work.clocks().latest
            return any(c.lease is not None and c.lease.callable(latest) for c in work.cases.leased_to(_me(store)))


def _me(store: LocalStore) -> str:
    return store.device.person


@pytest.fixture
def team(town: Town) -> Team:
    return Team(town)


def test_a_case_that_was_passed_on_is_with_one_laptop_once_both_have_synced(team: Team) -> None:
    team.pass_on()
    assert [r.set_aside for r in team.sync(team.boss, team.bob)] == [0, 0]
    assert (team.dials(team.ann), team.dials(team.bob)) == (True, True)  # what the screen warned of
    team.sync(team.ann)
    assert (team.dials(team.ann), team.dials(team.bob)) == (False, True)


def test_both_calls_are_kept_and_the_late_one_is_flagged_and_counts(team: Team) -> None:
    team.pass_on()
    team.sync(team.boss, team.bob)
    team.later(minutes=1)
    team.call(team.bob, "bob-1", Outcome.COMPLETE)
    team.later(minutes=1)
    team.call(team.ann, "ann-1", Outcome.COMPLETE)
    for results in (team.sync(team.ann, team.bob), team.sync(team.boss)):
        assert [r.set_aside for r in results] == [0] * len(results)
    with team.boss.work() as work:
        attempts = {a.id: a for a in work.cases.get("c1").attempts}
    assert {a: attempts[a].late for a in attempts} == {"bob-1": False, "ann-1": True}
    assert all(a.outcome is Outcome.COMPLETE for a in attempts.values())


def test_a_second_lease_while_the_first_one_runs_is_refused(team: Team) -> None:
    with team.boss.work() as work:
        work.events.append(granted("c1", "bob", 2, team.town.clock()))
    (result,) = team.sync(team.boss)
    assert result.set_aside == 1
    assert team.sync(team.bob)[0].cases == frozenset()
    assert not team.dials(team.bob)


def test_a_case_that_was_given_back_goes_to_another_laptop_at_once(team: Team) -> None:
    with team.ann.work() as work:
        lease = work.cases.get("c1").lease
        assert lease is not None
        work.events.append(LeaseReturned("c1", lease.id, "shift ended"))
    team.sync(team.ann, team.boss)
    with team.boss.work() as work:
        work.events.append(granted("c1", "bob", 2, team.town.clock()))
    assert [r.set_aside for r in team.sync(team.boss, team.bob)] == [0, 0]
    assert (team.dials(team.ann), team.dials(team.bob)) == (False, True)


def test_do_not_call_reaches_the_other_laptop_at_its_next_sync(team: Team) -> None:
    with team.boss.work() as work:
        work.events.append(DoNotCallSet("c1", reason="web"))
    team.sync(team.boss)
    (result,) = team.sync(team.ann)
    assert "c1" in result.cases
    with team.ann.work() as work:
        assert work.cases.get("c1").do_not_call


# --- versions: an old program with this central, a newer program with this central, and what passes between them


@pytest.mark.parametrize(
    ("protocol", "verdict", "held"), [(0, "read_only", 0), (1, "ok", 2), (2, "ok", 2)], ids=["old", "same", "newer"]
)
def test_programs_of_every_age_meet_this_central(
    team: Team, monkeypatch: pytest.MonkeyPatch, protocol: int, verdict: str, held: int
) -> None:
    team.call(team.ann, "ann-1")
    monkeypatch.setattr(syncing, "PROTOCOL", protocol)
    with team.boss.work() as work:
        work.events.append(DoNotCallSet("c1"))
    monkeypatch.setattr(syncing, "PROTOCOL", 1)
    team.sync(team.boss)
    monkeypatch.setattr(syncing, "PROTOCOL", protocol)
    result = exchange(team.ann, team.town.box(team.ann), team.town.clock)
    assert (result.verdict, result.sane) == (verdict, True)
    ours = [e for e in all_events(team.town.owner) if e.device == team.ann.device.device]
    assert len(ours) == held
    with team.ann.work() as work:
        assert work.cases.get("c1").do_not_call  # an old program still hears of it


def test_what_an_old_program_could_not_send_goes_once_it_is_new(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team.call(team.ann, "ann-1")
    monkeypatch.setattr(syncing, "PROTOCOL", 0)
    assert team.sync(team.ann)[0].waiting == 2
    monkeypatch.setattr(syncing, "PROTOCOL", 1)
    assert team.sync(team.ann)[0].waiting == 0


def test_a_kind_of_the_future_is_carried_and_read_by_the_program_that_knows_it(team: Team) -> None:
    newer = {
        "case": "c1",
        "attempt": "ann-1",
        "outcome": "B",
        "detail": "",
        "share": None,
        "seconds": 4,
        "mood": "ok",
    }
    with team.ann.work() as work:
        work.events.append(
            AttemptOpened("c1", "ann-1", "n1", "subject"),
            UnknownFact("MoodNoted", "c1", {"mood": "calm"}, newer_version=2),
            UnknownFact("AttemptClosed", "c1", newer, newer_version=9),
        )
    team.sync(team.ann, team.boss)
    with team.boss.work() as work:
        (mood,) = work.events.of_kind("MoodNoted")
        assert mood.fact == UnknownFact("MoodNoted", "c1", {"mood": "calm"}, newer_version=2)
        (attempt,) = work.cases.get("c1").attempts
        assert attempt.outcome is None  # a version from the future is kept raw and not guessed at
        # The text that is kept is the text that was sent: a later program reads it from the same log.
        (closed,) = work.events.of_kind("AttemptClosed")
        assert isinstance(closed.fact, UnknownFact)
        assert closed.fact.body["mood"] == "ok"


# --- clocks


@pytest.mark.parametrize("minutes", [-600, -12, 12, 600, 60 * 24 * 400])
def test_no_clock_is_a_reason_to_refuse_what_was_recorded(team: Team, minutes: int) -> None:
    team.later(minutes=minutes)
    with team.ann.work() as work:
        work.events.append(AttemptOpened("c1", "a", "n1", "subject"), AttemptClosed("c1", "a", Outcome.BUSY))
    clock = team.town.clock
    result = exchange(team.ann, team.town.box(team.ann), clock)
    assert (result.waiting, result.set_aside, result.sane) == (0, 0, True)
    if team.town.owner["kind"] == "postgres":
        assert result.skew_seconds == pytest.approx(-60 * minutes, abs=30)


# --- a file instead of a line


def test_a_laptop_without_a_line_hands_its_work_in_by_file_and_has_it_confirmed_later(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "PASSPHRASE", cipher.RANDOM_SECRET)
    team.call(team.ann, "ann-1")
    path = tmp_path / "ann.kantoor"
    with team.ann.work() as work:
        waiting = for_office(work, everything=False)
    code = write_sealed(path, waiting, *team.ann.seal())
    assert team.ann.log.counts().waiting == 2  # a file confirms nothing
    told = open_sealed(path, code, {})
    for _ in range(2):
        assert hand_in(team.town.box(team.boss), team.town.owner["org"], told).confirmed == 2
    team.sync(team.boss)
    with team.boss.work() as work:
        assert [a.id for a in work.cases.get("c1").attempts] == ["ann-1"]
    (result,) = team.sync(team.ann)
    assert (result.confirmed, result.waiting, result.set_aside) == (2, 0, 0)
    ours = [e for e in all_events(team.town.owner) if e.device == team.ann.device.device]
    assert len(ours) == 2


def test_a_file_with_everything_brings_back_what_central_lost(team: Team) -> None:
    team.call(team.ann, "ann-1")
    team.sync(team.ann)
    with team.ann.work() as work:
        few, all_of_it = for_office(work, everything=False), for_office(work, everything=True)
    assert (len(few.events), len(all_of_it.events)) == (0, 2)
    assert dataclasses.replace(all_of_it, events=()) == dataclasses.replace(few, events=())
