"""Each fault put into the program on purpose is reported by the harness that finds none in the program itself."""

from __future__ import annotations

import traceback

import pytest

from db.central.taking import Taking
from db.local import sync_log
from tests.sync.machine import Sync
from tests.sync.storm import Storm, Weather

pytest.importorskip("resource", reason="these faults need fork and kill -9")


def _until(storm: Storm, most: int) -> bool:
    return storm.kills + storm.cuts >= most


def test_acknowledging_before_the_commit_is_reported() -> None:
    with Storm(Weather(killed=0, backend=0, postmaster=0, audited=1, planted="ack_before_commit"), 3, 1) as storm:
        storm.rage(lambda storm: bool(storm.wrongly) or _until(storm, 60))
        assert storm.calm().wrongly


@pytest.mark.parametrize(
    ("planted", "audited", "most"), [("checkpoint_before_apply", 1, 100), ("missing_transaction", 0, 20)]
)
def test_a_step_outside_its_transaction_is_reported(planted: str, audited: float, most: int) -> None:
    weather = Weather(cut=0, killed=1, backend=0, postmaster=0, audited=audited, lives=0.4, planted=planted)
    with Storm(weather, 4, 1) as storm:
        storm.rage(lambda storm: bool(storm.lost) or _until(storm, most))
        assert storm.calm().lost


def _twice_leased(machine: Sync) -> None:
    machine.begin()
    for agent in ("ann", "bob"):
        machine.the_office_leases("c1", agent)
        machine.one_syncs("boss")
        machine.one_syncs(agent)
    machine.i06_at_most_one_may_dial_a_case()
    machine.teardown()


def test_a_central_without_a_book_of_leases_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    _twice_leased(Sync())
    monkeypatch.setattr(Taking, "_lease", lambda self, told: "")
    with pytest.raises(AssertionError, match="'c1': {'"):
        _twice_leased(Sync())


def _cloned(machine: Sync) -> None:
    machine.begin()
    machine.the_office_leases("c1", "ann")
    machine.one_syncs("boss")
    machine.one_syncs("ann")
    machine.a_laptop_is_cloned("ann")
    for name in ("ann", "ann'"):
        machine.an_agent_works(name, give_back=False)
        machine.one_syncs(name)
        machine.i03_acknowledged_is_equal_on_central()
    machine.teardown()


def test_an_acknowledgement_by_id_alone_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    _cloned(Sync())
    monkeypatch.setattr(sync_log, "_is_held", lambda verdict, own_sha: verdict.answer in ("have", "mismatch"))
    with pytest.raises(AssertionError) as caught:
        _cloned(Sync())
    assert any(frame.name.startswith("i03_") for frame in traceback.extract_tb(caught.value.__traceback__))
