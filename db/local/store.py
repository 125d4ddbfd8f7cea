"""One person's store: units of work for the use cases, and the log for sync."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from callcenter.clock import Clock
from callcenter.domain.codec import from_json
from callcenter.ids import Id, moment_of
from callcenter.ports import Clocks, Device
from db import cipher, migrate
from db.local import projection, schema, state
from db.local.cases import StoredCampaigns, StoredCases, StoredDrafts
from db.local.file import StoreFile
from db.local.log import StoredEvents
from db.local.outbox import StoredOutbox
from db.local.stock import StoredStock
from db.local.sync_log import LocalLog


class Work:
    """One transaction on the local store, at one moment."""

    def __init__(self, connection: Connection, device: Device, at: datetime, file: StoreFile) -> None:
        self._at = at
        self.device = device
        self.cases = StoredCases(connection, file.cache)
        self.events = StoredEvents(connection, device, at, file.cache)
        self.drafts = StoredDrafts(connection)
        self.campaigns = StoredCampaigns(connection, device)
        self.stock = StoredStock(connection)
        self.outbox = StoredOutbox(connection, at, file.cache)
        self._connection = connection

    def now(self) -> datetime:
        """Return the moment of this unit."""
        return self._at

    def clocks(self) -> Clocks:
        """Return how this laptop's clock stands against central's, and against its own last word."""
        skew = float(state.read(self._connection, state.SKEW, 0.0))
        last = self._connection.execute(select(func.max(schema.outbox.c.event_id))).scalar()
        return Clocks(self._at, timedelta(seconds=skew), moment_of(last) if last else None)


class LocalStore:
    """An open encrypted store; `central` is the address that came with the enrolment."""

    def __init__(self, file: StoreFile, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        with file.begin() as connection:
            self._device = from_json(Device, state.read(connection, state.DEVICE))
            self.central: Mapping[str, Any] = state.read(connection, state.CENTRAL, {})
        self._log = LocalLog(self._device, file)

    @property
    def device(self) -> Device:
        """Return whose store this is."""
        return self._device

    @property
    def log(self) -> LocalLog:
        """Return the side that sync uses."""
        return self._log

    def seal(self) -> tuple[Id, str]:
        """Return the enrolment of this store and the secret that seals its files; both empty in an old store."""
        with self._file.begin() as connection:
            last = int(state.read(connection, state.LAST_SEQ, 0))
            told = str(state.read(connection, state.ENROLMENT, "")), str(state.read(connection, state.SEAL, ""))
        # What is sealed may reach central without this laptop.
        self._file.offer(last)
        return told

    def said_after(self, seq: int) -> tuple[tuple[int, Id, str], ...]:
        """Return number, id and hash of the own events that are kept, after a number."""
        own = schema.outbox.c
        query = select(own.seq, own.event_id, own.sha256).where(own.seq > seq).order_by(own.seq)
        with self._file.begin() as connection:
            return tuple((row.seq, row.event_id, row.sha256) for row in connection.execute(query))

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Open a unit of work: commits at the end, rolls back when an exception leaves it."""
        with self._file.begin() as connection:
            yield Work(connection, self._device, self._clock(), self._file)

    def rebuild(self) -> None:
        """Drop the projection and make it again from the log."""
        with self._file.begin() as connection:
            projection.rebuild(connection, self._file.cache)

    def check(self) -> None:
        """Read every page against its own check; StoreDamaged when one does not fit."""
        self._file.check()

    def check_due(self) -> None:
        """Check before a sync, unless that was done in the last quarter of an hour."""
        self._file.check_due()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def new_file(path: Path | None, key: bytes, device: Device, central: Mapping[str, Any]) -> StoreFile:
    """Make an empty store in a new file, or in memory."""
    file = StoreFile(cipher.engine(path, key))
    with file.begin() as connection:
        migrate.create(connection, schema.tables, schema.HEAD)
        state.write(connection, **{state.DEVICE: device, state.CENTRAL: dict(central)})
    return file


def memory_store(device: Device, clock: Clock) -> LocalStore:
    """Return an empty store in memory, encrypted like any other; for rehearsals and tests."""
    return LocalStore(new_file(None, bytes(cipher.KEY_BYTES), device, {}), clock)
