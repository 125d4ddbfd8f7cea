"""The open file of a store: one connection, one unit of work at a time, and the cases decoded last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from db.cipher import integrity_faults
from db.errors import StoreDamaged, translated
from db.local.case_cache import CaseCache


class StoreFile:
    """One connection that the store's lane and a running sync share, one transaction after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.RLock()
        self._busy = False
        self._wipe = False
        self.cache = CaseCache()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Run one transaction: kept at the end of the block, undone when an exception leaves it."""
        with self._turn:
            if self._busy:
                raise RuntimeError("a unit of work was opened inside another one")
            self._busy = True
            try:
                with translated(), self._engine.begin() as connection:
                    yield connection
            except BaseException:
                self.cache.clear()  # it may hold what was undone
                self._wipe = False
                raise
            finally:
                self._busy = False
            if self._wipe:
                self._wipe = False
                self.checkpoint()

    def wipe(self) -> None:
        """Empty the write-ahead log when the running unit is kept: what it overwrote may still stand there."""
        self._wipe = True

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it."""
        self._outside("PRAGMA wal_checkpoint(TRUNCATE)")

    def check(self) -> None:
        """Read every page against its own check; StoreDamaged when one does not fit."""
        self.checkpoint()
        with self.begin() as connection:
            faults = integrity_faults(connection)
        if faults:
            raise StoreDamaged(pages=len(faults))

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            self._engine.dispose()

    def _outside(self, statement: str) -> None:
        with self._turn, translated():
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute(statement)
            finally:
                raw.close()
