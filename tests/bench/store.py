"""What encryption costs a laptop's store: SQLCipher against plain SQLite, a commit against a bare write, unlocking.

Both files are worked on in turns by the same library with the same settings; ratios are of medians. What needs the
processor is measured in processor time, a commit by the clock, each in turn with its counterpart.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

import sqlcipher3

from db import cipher
from db.local.vault import new_vault, open_vault
from tests.bench.bars import verdict

_COMMITS, _QUERIES = 100, 2_000
_WIRE = "x" * 600
_PHRASE = "vier woorden is genoeg"


def main(argv: list[str]) -> None:
    """Print each ratio with its bar, and whether the bar is kept."""
    parser = argparse.ArgumentParser(prog="bench store")
    parser.add_argument("--events", type=int, default=100_000, help="rows of the bulk insert")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        closed = cipher.connect(folder / "closed.db", secrets.token_bytes(cipher.KEY_BYTES))
        cipher._settle(closed)
        plain = _plain(folder / "plain.db")
        print(f"{asked.events} rows, {asked.rounds} rounds in turns, medians")
        _compare("bulk, SQLCipher to plain", _turns(asked.rounds, closed, plain, _bulk(asked.events), anew=True), 2)
        _compare("point query, SQLCipher to plain", _turns(asked.rounds, closed, plain, _query(asked.events)), 3)
        ours, theirs, bare = _commits(folder, closed, plain, asked.rounds)
        _compare("commit FULL, SQLCipher to plain", (ours, theirs), 1.5)
        _compare("commit FULL to write + fdatasync", (ours, bare), 3)
        _unlock(folder / "store", asked.rounds)


def _plain(path: Path) -> Any:
    """Return a connection of the same library to a file without key, with the settings of a store."""
    connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None)
    cipher._settle(connection)
    return connection


def _empty(connection: Any) -> None:
    connection.execute("DROP TABLE IF EXISTS event")
    connection.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, sha256 TEXT, wire TEXT)")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _turns(
    rounds: int, one: Any, other: Any, act: Callable[[Any], None], *, anew: bool = False
) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        for connection in (one, other) if anew else ():
            _empty(connection)
        ours.append(_timed(lambda: act(one)))
        theirs.append(_timed(lambda: act(other)))
    return ours, theirs


def _timed(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _waited(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _rows(count: int) -> Iterable[tuple[int, str, str]]:
    return ((n, f"{n:064x}", _WIRE) for n in range(count))


def _bulk(count: int) -> Callable[[Any], None]:
    def act(connection: Any) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO event VALUES (?, ?, ?)", _rows(count))
        connection.execute("COMMIT")

    return act


def _query(count: int) -> Callable[[Any], None]:
    def act(connection: Any) -> None:
        chance = random.Random(3)  # noqa: S311 - the same rows for both
        for _ in range(_QUERIES):
            connection.execute("SELECT wire FROM event WHERE id = ?", (chance.randrange(count),)).fetchone()

    return act


def _commits(folder: Path, closed: Any, plain: Any, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Return what a commit in each file waits, and a page appended to a file without any database."""
    file = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    found: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(rounds * _COMMITS):
        found[0].append(_waited(lambda: _commit(closed)))
        found[1].append(_waited(lambda: _commit(plain)))
        found[2].append(_waited(lambda: _bare(file)))
    os.close(file)
    return found


def _commit(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO event (sha256, wire) VALUES ('', ?)", (_WIRE,))
    connection.execute("COMMIT")


def _bare(file: int) -> None:
    os.write(file, bytes(4096))
    getattr(os, "fdatasync", os.fsync)(file)


def _compare(what: str, times: tuple[list[float], list[float]], bar: float) -> None:
    ours, theirs = (median(side) for side in times)
    ratio = ours / theirs
    sides = f"[{ours * 1000:.2f} ms to {theirs * 1000:.2f} ms]"
    print(f"{what:36} {ratio:6.2f}  (bar {bar:g}) {verdict(ratio, bar)}  {sides}", flush=True)


def _unlock(folder: Path, rounds: int) -> None:
    folder.mkdir()
    new_vault(folder, _PHRASE, secrets.token_hex(16))
    seconds = median(_timed(lambda: open_vault(folder, _PHRASE)) for _ in range(rounds))
    kept = "kept" if 0.1 <= seconds <= 1 else "BROKEN"
    print(f"{'unlocking with a pass phrase, s':36} {seconds:6.2f}  (0.1 to 1) {kept}")
