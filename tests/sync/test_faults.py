"""Processes that are killed, and disks that are full: what the screen confirmed is there afterwards."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from callcenter.clock import now
from db.central.open import all_events, create_central_sqlite, enrol_mailbox
from db.local.open import create_store, open_store
from db.types import Enrolment
from tests.db.laptops import ORG, an_enrolment, granted
from tests.sync.laptop import PHRASE

_HOME = Path(__file__).resolve().parents[2]
_KILLS = 4


def _program(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.sync.laptop", *words]


def _killed_after(lines: int, *words: str) -> list[str]:
    """Run the program until it has said some lines, kill it, and return all whole lines it said."""
    with subprocess.Popen(_program(*words), cwd=_HOME, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        said += process.stdout.readlines()
    return [line for line in said if line.endswith("\n")]


@pytest.fixture
def enrolment() -> Enrolment:
    return an_enrolment("yasmina")


@pytest.fixture
def folder(tmp_path: Path, enrolment: Enrolment) -> Iterator[Path]:
    store = create_store(tmp_path / "yasmina", enrolment, PHRASE, now)
    with store.work() as work:
        work.events.append(granted("c1", "yasmina", at=now()))
    store.close()
    return tmp_path / "yasmina"


def test_a_killed_program_loses_nothing_it_confirmed(folder: Path) -> None:
    told: set[tuple[str, ...]] = set()
    for n in range(_KILLS):
        told |= {tuple(line.split()) for line in _killed_after(2 + 7 * n, "record", str(folder))}
        store = open_store(folder, PHRASE, now)
        store.check()
        with store.work() as work:
            kept = {(str(e.seq), e.id) for e in work.events.of_case("c1")}
        assert told <= kept
        assert {int(seq) for seq, _ in kept} == set(range(1, len(kept) + 1))
        store.close()
    assert len(told) >= sum(2 + 7 * n for n in range(_KILLS))


def test_a_program_killed_while_it_pushes_leaves_central_with_each_event_once(
    folder: Path, tmp_path: Path, enrolment: Enrolment
) -> None:
    address = create_central_sqlite(tmp_path / "central.db", secrets.token_bytes(32), ORG)
    enrol_mailbox(address, enrolment)
    for n in range(_KILLS):
        _killed_after(1 + 3 * n, "push", str(folder), json.dumps(dict(address)))
        held = {e.seq: e.sha256 for e in all_events(address)}
        store = open_store(folder, PHRASE, now)
        with store._file.begin() as connection:
            said = connection.exec_driver_sql("SELECT seq, sha256, acked FROM outbox").all()
        store.close()
        assert len(held) == len(all_events(address)) > 0
        assert all(held[row.seq] == row.sha256 for row in said if row.acked or row.seq in held)
        assert set(held) <= {row.seq for row in said}


def test_a_full_disk_is_told_with_its_code_and_nothing_is_lost(folder: Path) -> None:
    pytest.importorskip("resource")
    size = (folder / "store.db").stat().st_size
    done = subprocess.run(
        _program("fill", str(folder), str(size + 1_000_000)), cwd=_HOME, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["code"] == "STORE-01"
    assert told["kept"] > 5
    store = open_store(folder, PHRASE, now)
    store.check()
    assert store.log.counts().total == told["kept"] + 1
    store.close()
