"""Opens SQLCipher files, asserts that they are encrypted, and makes raw keys from pass phrases."""

from __future__ import annotations

import contextlib
import os
import time
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlcipher3
from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

KEY_BYTES = 32
SALT_BYTES = 16
_BUSY_SECONDS = 20
_GUESS_SECONDS = 0.3
_MOST = 8


class CannotOpen(Exception):
    """The file does not open with this key: a wrong key and a damaged file look the same."""


@dataclass(frozen=True)
class Cost:
    """What one guess of a secret costs, for Argon2id."""

    rounds: int = 3
    memory_kib: int = 65_536
    lanes: int = 1


# The least that one guess of a pass phrase costs, however slow the machine; `tuned` raises it.
PASSPHRASE = Cost()
# A random secret of 128 bits or more needs no slow guessing.
RANDOM_SECRET = Cost(rounds=1, memory_kib=8_192)


def derive_key(secret: str, salt: bytes, cost: Cost) -> bytes:
    """Return the raw key of a secret; accents count by what they look like, not by how they were typed."""
    phrase = unicodedata.normalize("NFC", secret).encode()
    return hash_secret_raw(phrase, salt, cost.rounds, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def tuned(least: Cost) -> Cost:
    """Return what one guess shall cost on this machine: some 0.3 s, at least the given cost, at most eight times it.

    Measured once, when a vault is made, and kept beside it: on another machine it opens all the same.
    """
    began = time.perf_counter()
    derive_key("", bytes(SALT_BYTES), least)
    taken = time.perf_counter() - began
    rounds = round(least.rounds * _GUESS_SECONDS / max(taken, 1e-6))
    return replace(least, rounds=min(max(rounds, least.rounds), _MOST * least.rounds))


def connect(path: Path | None, key: bytes, salt: bytes = b"") -> Any:
    """Return a driver connection to an encrypted file, or to memory; CannotOpen when the key does not fit.

    A given salt is written into a new file, whose first 16 bytes it then is.
    """
    connection = sqlcipher3.dbapi2.connect(
        ":memory:" if path is None else str(path),
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _unlock(connection, key + salt)
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Any, key: bytes) -> None:
    # Else a wrong key writes lines on stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    # A plain SQLite library would ignore the key and write plain text.
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise RuntimeError("the SQLite library in use does not encrypt")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher3.dbapi2.DatabaseError as error:
        if "not a database" not in str(error) and "malformed" not in str(error):
            raise
        raise CannotOpen(str(error)) from error


def _settle(connection: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")


def engine(path: Path | None, key: bytes) -> Engine:
    """Return an engine with one connection to an encrypted file (None: memory); each begin takes the write lock.

    CannotOpen when the key does not fit.
    """
    connection = connect(path, key)
    _settle(connection)
    made = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connection,
        module=sqlcipher3.dbapi2,
        poolclass=StaticPool,
        # No error quotes what was written: it holds names and answers.
        hide_parameters=True,
    )

    @event.listens_for(made, "begin")
    def _begin(started: Connection) -> None:
        started.exec_driver_sql("BEGIN IMMEDIATE")

    return made


def integrity_faults(connection: Connection) -> tuple[str, ...]:
    """Return what is wrong with the pages of an encrypted file; each page carries its own check."""
    rows = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
    return tuple(str(row[0]) for row in rows)


@contextlib.contextmanager
def _small(path: Path, key: bytes, salt: bytes = b"") -> Iterator[Any]:
    connection = connect(path, key, salt)
    try:
        yield connection
    finally:
        connection.close()


def write_small(path: Path, secret: str, cost: Cost, items: Mapping[str, str]) -> None:
    """Write a new small file of texts that opens with a secret, and wait until the disk holds it."""
    path.unlink(missing_ok=True)
    salt = os.urandom(SALT_BYTES)
    with _small(path, derive_key(secret, salt, cost), salt) as connection:
        connection.execute("CREATE TABLE item (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        connection.executemany("INSERT INTO item VALUES (?, ?)", list(items.items()))
    fsync(path)


def read_small(path: Path, secret: str, cost: Cost) -> dict[str, str]:
    """Return the texts of a small file; CannotOpen when the secret does not fit or the file is damaged."""
    # SQLCipher keeps its salt in the first 16 bytes, so nothing has to lie beside the file.
    with path.open("rb") as file:
        salt = file.read(SALT_BYTES)
    if len(salt) < SALT_BYTES:
        raise CannotOpen("the file is too short")
    with _small(path, derive_key(secret, salt, cost)) as connection:
        return dict(connection.execute("SELECT name, value FROM item").fetchall())


def fsync(path: Path) -> None:
    """Wait until the disk holds a file and, where the system allows it, its folder's entry."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    with contextlib.suppress(OSError):  # Windows opens no folders; there the rename itself is durable.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
