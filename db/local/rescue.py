"""Reads what can be read of a store that is not worked on any more, and seals it for the office.

Nothing is changed in the folder: all reading is done on copies, which are as encrypted as the store.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlcipher3

from callcenter.domain.agent import Role
from callcenter.domain.codec import from_json, parse
from callcenter.domain.envelope import sha256
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import Device, Outgoing, Sealed
from callcenter.text import N_
from db import cipher
from db.errors import translated
from db.local import state, wal
from db.local.labels import LABEL
from db.local.reconciling import GIVEN_UP
from db.local.sealed import write_sealed
from db.local.vault import open_vault

_FILE: Final = "store.db"
_Error = sqlcipher3.dbapi2.Error
# More rows than a page of the smallest events holds; the end of a table that cannot be read is guessed by it.
_ROWS_A_PAGE: Final = 40


class NothingReadable(CallcenterError):
    """Not one event of the store can be read."""

    code = "STORE-16"
    what = N_("Nothing in this data can be read any more.")
    advice = N_("Do not delete anything: give the laptop to your supervisor. What was sent before is safe.")


@dataclass(frozen=True)
class Rescued:
    """What was saved for the office: the file, its code, what is in it, and how many events could not be read."""

    path: Path
    code: str
    events: tuple[Outgoing, ...]
    lost: int


class _Reader:
    """Reads single rows; behind a page that does not fit SQLCipher gives nothing any more, so it begins anew."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._connection = self._open()

    def row(self, query: str, *values: object) -> Any:
        """Return one row, or None when there is none or its page cannot be read."""
        try:
            return self._connection.execute(query, values).fetchone()
        except _Error:
            self._connection.close()
            self._connection = self._open()
            return None

    def last(self, table: str, column: str) -> int:
        """Return the last number of a table, or more than it can be."""
        row = self.row(f"SELECT max({column}) FROM {table}")  # noqa: S608 - the words are ours
        if row is not None:
            return int(row[0] or 0)
        pages = self.row("PRAGMA page_count")
        return int(pages[0]) * _ROWS_A_PAGE if pages else 0

    def meta(self, name: str) -> Any:
        """Return a small value of the store, or None."""
        row = self.row("SELECT value FROM meta WHERE name = ?", name)
        return None if row is None else json.loads(row[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _open(self) -> Any:
        try:
            return cipher.connect(self._path, self._key)
        except cipher.CannotOpen as error:
            raise NothingReadable() from error


@dataclass(frozen=True)
class _Found:
    events: tuple[Outgoing, ...]
    lost: int


def rescue(folder: Path, passphrase: str, out: Path, at: datetime) -> Rescued:
    """Seal a store's own events that central did not confirm, as far as each still fits its hash.

    They keep their device and numbers, so central judges them as if the old store had sent them. Raises
    WrongPassphrase, VaultDamaged, NothingReadable.
    """
    key = open_vault(folder, passphrase)
    with translated(), tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
        reader = _Reader(_copied(folder, Path(name)), key)
        try:
            found = _own_events(reader)
            told = _told(folder, reader, found, at)
            seal = str(reader.meta(state.ENROLMENT) or ""), str(reader.meta(state.SEAL) or "")
        finally:
            reader.close()
    return Rescued(out, write_sealed(out, told, *seal), told.events, found.lost)


def _copied(folder: Path, target: Path) -> Path:
    shutil.copyfile(folder / _FILE, target / _FILE)
    log = folder / f"{_FILE}-wal"
    if log.exists():
        whole = wal.is_whole(log)
        content = log.read_bytes()
        (target / log.name).write_bytes(content if whole else wal.mended(content))
    return target / _FILE


def _own_events(reader: _Reader) -> _Found:
    """Find unconfirmed own events by their numbers, then go through the log for those that are not found so."""
    acked: set[Id] = set()
    waiting: set[Id] = set()
    found: dict[Id, Outgoing] = {}
    for seq in range(1, reader.last("outbox", "seq") + 1):
        row = reader.row("SELECT event_id, sha256, acked OR set_aside = ? FROM outbox WHERE seq = ?", GIVEN_UP, seq)
        if row is None:
            continue
        event, sha, held = row
        (acked if held else waiting).add(event)
        text = None if held else reader.row("SELECT wire FROM event WHERE id = ?", event)
        if text and sha256(text[0]) == sha:
            found[event] = Outgoing(seq, event, text[0], sha)
    for sent in _in_log(reader):
        if sent.event_id not in acked:
            found.setdefault(sent.event_id, sent)
    return _Found(tuple(sorted(found.values(), key=lambda sent: sent.seq)), len(waiting - found.keys()))


def _in_log(reader: _Reader) -> Iterator[Outgoing]:
    for row_id in range(1, reader.last("event", "rowid") + 1):
        row = reader.row("SELECT id, sha256, wire FROM event WHERE rowid = ? AND own", row_id)
        if row and sha256(row[2]) == row[1]:
            yield Outgoing(int(parse(row[2])["seq"]), row[0], row[2], row[1])


def _told(folder: Path, reader: _Reader, found: _Found, at: datetime) -> Sealed:
    told = reader.meta(state.DEVICE)
    if told is None and not found.events:
        raise NothingReadable()
    me = from_json(Device, told) if told else _guessed(folder, parse(found.events[0].wire))
    return Sealed(me.org, me.device, me.db_epoch, me.person, me.name, me.site, at, found.events)


def _guessed(folder: Path, envelope: dict[str, Any]) -> Device:
    """Return whose store it was by its events and what lies beside it."""
    label = json.loads((folder / LABEL).read_text("utf-8"))
    epoch = (folder / "epoch").read_text("utf-8").strip()
    person, device = envelope["by"], envelope["device"]
    return Device(label["org"], device, person, label["name"], Role(label["role"]), label["site"], epoch, ())
