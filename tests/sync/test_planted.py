"""Each fault put into the program on purpose is reported by the harness that finds none in the program itself."""

from __future__ import annotations

import pytest

from tests.sync.storm import Storm, Weather

pytest.importorskip("resource", reason="these faults need fork and kill -9")

_KILLING = Weather(cut=0, killed=1, backend=0, postmaster=0, audited=0, lives=0.5)


def _until(storm: Storm, most: int) -> bool:
    return storm.kills + storm.cuts >= most


def test_acknowledging_before_the_commit_is_reported() -> None:
    with Storm(Weather(killed=0, backend=0, postmaster=0, audited=1, planted="ack_before_commit"), 3, 1) as storm:
        storm.rage(lambda storm: bool(storm.wrongly) or _until(storm, 60))
        assert storm.calm().wrongly


@pytest.mark.parametrize("planted", ["checkpoint_before_apply", "missing_transaction"])
def test_a_step_outside_its_transaction_is_reported(planted: str) -> None:
    weather = Weather(**{**_KILLING.__dict__, "planted": planted})
    with Storm(weather, 4, 1) as storm:
        storm.rage(lambda storm: _until(storm, 15))
        assert storm.calm().lost
