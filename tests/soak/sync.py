"""Whether anything that a screen confirmed is lost, doubled or misbelieved, while lines break and processes die.

Laptops run `callcenter rehearse` against a real PostgreSQL over lines that are cut at random bytes; laptops, backends
and the server are killed. The last line is the tally.

--every-byte  cuts one sync at every byte of both ways; --every-write fails every write of a call and a sync, one
after the other; --machine lets the state machine of the invariants draw 5,000 runs of 100 steps; --release does all.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from db.central.open import create_central_sqlite
from tests.sync.disk import failing, may_trace
from tests.sync.every_byte import every_byte
from tests.sync.line import Line
from tests.sync.server import Server
from tests.sync.storm import Storm, Weather
from tests.sync.tally import Tally, add
from tests.sync.town import Town, quick_phrases

_WEATHER = Weather(cut=0.9, killed=0.7, backend=0.1, postmaster=0.02, audited=0.05, lives=0.6)
_CALLS = ("fsync", "pwrite64", "ftruncate")


def main(words: list[str]) -> int:
    """Rage, and print the tally as the last line; exit status 1 when it is not clean."""
    asked = argparse.ArgumentParser(prog="soak sync")
    asked.add_argument("--minutes", type=float, default=20)
    asked.add_argument("--laptops", type=int, default=3, choices=range(1, 5))
    asked.add_argument("--seed", type=int, default=0, help="0: another storm each time")
    for part in ("every-byte", "every-write", "machine", "release"):
        asked.add_argument(f"--{part}", action="store_true")
    asked.add_argument("--stride", type=int, default=1, help="with --every-byte: every so many bytes")
    told = asked.parse_args(words)
    quick_phrases()
    found, cuts, failed = Tally(), 0, False
    if told.every_byte or told.release:
        cuts += _every_byte(found, told.stride)
    if told.every_write or told.release:
        _every_write(found)
    if told.machine or told.release:
        failed = not _machine()
    with Storm(_WEATHER, told.seed or secrets.randbits(32), told.laptops, rehearsed=True) as storm:
        end = time.monotonic() + told.minutes * 60
        _tell(f"storm for {told.minutes:g} minutes, seed {storm.seed}")
        storm.rage(lambda storm: time.monotonic() > end)
        add(found, storm.calm())
        print(found.line(cuts + storm.cuts, storm.kills))
    return int(failed or not found.sound)


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _every_byte(found: Tally, stride: int) -> int:
    server = Server()
    server.start()
    line = Line(server.port)
    try:
        with tempfile.TemporaryDirectory() as folder:
            tally, cuts = every_byte(server.url, line, Path(folder), stride, _tell)
    finally:
        line.close()
        server.stop()
    add(found, tally)
    return cuts


def _every_write(found: Tally) -> None:
    """Let the first, second, third ... write fail, until an order is over before its turn has come."""
    if not may_trace():
        _tell("every write: left out, strace may not trace processes here")
        return
    for call in _CALLS:
        with tempfile.TemporaryDirectory() as name:
            owner = create_central_sqlite(Path(name) / "central.db", secrets.token_bytes(32), "org-1")
            town = Town(Path(name), owner)
            (laptop,) = town.begin("ann", cases=5)
            when = 1
            while failing(laptop, call, when)["seen"] >= when:
                when += 1
            add(found, town.end())
            _tell(f"every {call} failed once, {when - 1} in all: {found.line(0, 0)}")


def _machine() -> bool:
    from tests.sync.machine import at_length

    return at_length(5_000, 100, _tell)
