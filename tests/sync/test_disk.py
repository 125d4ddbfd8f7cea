"""Disks that are full, that fail at the Nth write, and bytes that flip: told by code; nothing confirmed is lost."""

from __future__ import annotations

import json
import random
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from callcenter.clock import now
from callcenter.errors import CallcenterError
from db.central.open import create_central_sqlite
from db.local.open import open_store
from tests.sync.disk import failing, may_trace
from tests.sync.fleet import Laptop
from tests.sync.laptop import PHRASE
from tests.sync.town import Town

pytest.importorskip("resource", reason="these faults need the limits of a Unix process")

_HOME = Path(__file__).resolve().parents[2]
_FLIPS = 12


@pytest.fixture
def town(tmp_path: Path) -> Town:
    owner = create_central_sqlite(tmp_path / "central.db", secrets.token_bytes(32), "org-1")
    return Town(tmp_path, owner)


def _alone(laptop: Laptop, **words: object) -> dict[str, object]:
    order = json.dumps({"folder": str(laptop.folder), "witness": str(laptop.witness), **words})
    done = subprocess.run(
        [sys.executable, "-m", "tests.sync.laptop", order], cwd=_HOME, capture_output=True, text=True, check=True
    )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_a_full_disk_is_told_with_its_code_and_nothing_is_lost(town: Town) -> None:
    (laptop,) = town.begin("ann")
    size = (laptop.folder / "store.db").stat().st_size
    told = _alone(laptop, rounds=0, limit=size + 400_000)
    assert told["code"] == "STORE-01"
    tally = town.end()
    assert tally.confirmed > 5
    assert tally.sound, tally


@pytest.mark.parametrize(("call", "nth"), [("fsync", (1, 3, 6, 11, 20, 37)), ("pwrite64", (1, 9, 25, 60, 120, 250))])
def test_a_disk_that_fails_at_the_nth_write_loses_nothing(town: Town, call: str, nth: tuple[int, ...]) -> None:
    if not may_trace():
        pytest.skip("strace may not trace processes here")
    (laptop,) = town.begin("ann", cases=5)
    codes = [failing(laptop, call, when).get("code") for when in nth]
    assert set(codes) <= {"", "STORE-01", "WITNESS"}
    assert "STORE-01" in codes
    tally = town.end()
    assert tally.confirmed > 0
    assert tally.sound, tally


def test_a_byte_that_flips_in_the_store_is_noticed_before_anything_is_sent(town: Town, tmp_path: Path) -> None:
    (laptop,) = town.begin("ann")
    path = laptop.folder / "store.db"
    whole = path.read_bytes()
    chance = random.Random(5)  # noqa: S311 - the same bytes in every run
    for _ in range(_FLIPS):
        place = chance.randrange(len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(CallcenterError) as caught:
            _opened_and_checked(laptop.folder)
        assert caught.value.code == "STORE-03"
    path.write_bytes(whole)
    _opened_and_checked(laptop.folder)
    shutil.rmtree(laptop.folder)


def _opened_and_checked(folder: Path) -> None:
    store = open_store(folder, PHRASE, now)
    try:
        store.check()
    finally:
        store.close()


@pytest.mark.parametrize(("planted", "waits"), [("", True), ("synchronous_not_full", False)])
def test_every_commit_of_a_store_waits_for_the_disk(town: Town, planted: str, waits: bool) -> None:
    if not may_trace():
        pytest.skip("strace may not trace processes here")
    (laptop,) = town.begin("ann")
    few, many = (failing(laptop, "fsync", 10_000, rounds, planted)["seen"] for rounds in (1, 6))
    # A call has four commits, and the witness waits for the disk twice.
    assert ((many - few) / 5 >= 6) is waits


def test_a_store_says_from_inside_that_each_commit_waits_for_the_disk(town: Town) -> None:
    (laptop,) = town.begin("ann")
    store = open_store(laptop.folder, PHRASE, now)
    with store._file.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    store.close()
