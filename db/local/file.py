"""The open file of a store: one connection, one unit of work at a time, and the cases decoded last."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from db.cipher import integrity_faults
from db.errors import StoreDamaged, translated
from db.local.case_cache import CaseCache
from db.local.mark import Mark, write_mark

# A sync in the middle of a shift does not read the whole file again when that was done so many seconds ago.
_CHECK_EVERY: Final = 900.0
# Reading so many bytes against their checks takes less time than the pass phrase.
SMALL: Final = 16 * 1024 * 1024


class StoreFile:
    """One connection that the store's lane and a running sync share, one transaction after the other.

    `path` is None for a store in memory; `mark` lies beside the folder of a store that may be worked on.
    """

    def __init__(self, engine: Engine, path: Path | None = None) -> None:
        self._engine = engine
        self._path = path
        self.mark: Mark | None = None
        self._turn = threading.RLock()
        self._busy = False
        self._wipe = False
        self._checked: float | None = None
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
                self._drop_copies()

    def wipe(self) -> None:
        """Once the running unit is kept, remove what else holds what it overwrote: write-ahead log and old copies."""
        self._wipe = True

    def offer(self, seq: int) -> None:
        """Mark beside the store that own events up to a number leave this laptop from now on."""
        with self._turn:
            if self.mark is not None and self._path is not None and seq > self.mark.offered:
                coming = replace(self.mark, offered=seq)
                write_mark(self._path.parent, coming)
                self.mark = coming

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it."""
        self._outside("PRAGMA wal_checkpoint(TRUNCATE)")

    def check(self) -> None:
        """Read every page against its own check; StoreDamaged when one does not fit."""
        with self._turn:
            # Another window may bring its log into the file just now: what is damaged stays so at the second look.
            if self._faults() and (faults := self._faults()):
                raise StoreDamaged(pages=faults)
            self._checked = time.monotonic()

    def _faults(self) -> int:
        self.checkpoint()
        with self.begin() as connection:
            return len(integrity_faults(connection))

    def check_due(self) -> None:
        """Check, unless that was done in the last quarter of an hour; a large file is read less often."""
        times = max(1.0, self._path.stat().st_size / SMALL) if self._path is not None else 1.0
        if self._checked is None or time.monotonic() - self._checked > _CHECK_EVERY * times:
            self.check()

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            self._engine.dispose()

    def _drop_copies(self) -> None:
        if self._path is not None:
            drop_copies(self._path)

    def _outside(self, statement: str) -> None:
        with self._turn, translated():
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute(statement)
            finally:
                raw.close()


def copy_before(path: Path, version: int) -> Path:
    """Return where the copy of a store lies that was made before its tables moved on from a version."""
    return path.with_name(f"{path.name}.v{version}")


def drop_copies(path: Path, before: float | None = None) -> None:
    """Remove copies made before a migration, all or those from before a moment (POSIX): they hold names of then."""
    for copy in path.parent.glob(f"{path.name}.v*"):
        with contextlib.suppress(OSError):
            if before is None or copy.stat().st_mtime < before:
                copy.unlink()
