"""One person's line to central: one exchange at a time, and a sealed file where there is no line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from callcenter.app.installation import Installation, Opened
from callcenter.ports import PostBox
from callcenter.usecases.depositing import HandedIn, calls_in, for_office, hand_in
from callcenter.usecases.exchange import exchange
from callcenter.usecases.shift import Tally, send_and_clear
from callcenter.usecases.syncing import Progress, ignore_progress
from callcenter.usecases.views import FileMade, ShiftEnd, SyncResult
from db.local.sealed import open_sealed, seal_secret, write_sealed


class Line:
    """The exchanges of one open store; its methods run in the free lane and never two at a time."""

    def __init__(self, installation: Installation, opened: Opened) -> None:
        self._installation, self._opened = installation, opened
        self._turn = Lock()

    def exchange(self, *, pull: bool = True, retry: bool = False) -> SyncResult | None:
        """Exchange once; None while another exchange goes on."""
        if not self._turn.acquire(blocking=False):
            return None
        try:
            self._opened.store.check_due()
            with self._box() as box:
                store, clock = self._opened.store, self._installation.clock
                return exchange(store, box, clock, pull=pull, retry=retry)
        finally:
            self._turn.release()

    def end_shift(self, counted: Tally, progress: Progress) -> ShiftEnd:
        """Send everything and clear names; waits for an exchange that goes on."""
        self._opened.store.check_due()
        with self._turn, self._box() as box:
            return send_and_clear(self._opened.store, box, self._installation.clock, counted, progress)

    def file_for_office(self, path: Path, *, everything: bool) -> FileMade:
        """Write what central has not confirmed, or all there is, into a sealed file."""
        with self._opened.store.work() as work:
            told = for_office(work, everything=everything)
        code = write_sealed(path, told, *self._opened.store.seal())
        return FileMade(path, code, len(told.events), calls_in(told.events))

    def read_file(self, path: Path, code: str, progress: Progress = ignore_progress) -> HandedIn:
        """Hand in a laptop's file at central; a code is needed only for a laptop of another office."""
        with self._opened.store.work() as work:
            secrets = {each.enrolment: seal_secret(each.recovery, each.enrolment) for each in work.stock.all()}
        told = open_sealed(path, code, secrets)
        with self._turn, self._box() as box:
            return hand_in(box, self._opened.store.device.org, told, progress)

    @contextmanager
    def _box(self) -> Iterator[PostBox]:
        box = self._installation.connect(self._opened)
        try:
            yield box
        finally:
            box.close()
