"""Background sync while a face is open: one at a time, never in the way of a call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from callcenter.app.installation import Installation, Opened
from callcenter.usecases.syncing import sync
from callcenter.usecases.views import SyncResult
from ui.background import Lanes

_EVERY_MS = 30_000


class Syncer(QObject):
    """Tries every half minute and when asked; tells whether central was reached."""

    tried = Signal(bool)

    def __init__(self, installation: Installation, opened: Opened, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._installation, self._opened, self._lanes = installation, opened, lanes
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.now)
        self._timer.start()

    def now(self, then: Callable[[], object] | None = None) -> None:
        """Sync once, unless one is running; `then` is called after it, reached or not."""
        if self._running:
            return
        self._running = True

        def done(_result: SyncResult) -> None:
            self._ended(then, reached=True)

        def failed(_error: BaseException) -> None:
            # No network is the ordinary state of a borrowed laptop: the bar tells it, no message box.
            self._ended(then, reached=False)

        self._lanes.free.run(lambda _ticket: self.once(), done=done, failed=failed, initiator=self)

    def changed(self, _changes: object, _initiator: object) -> None:
        """Sync because something was written; a method of this object, so that it ends with its face."""
        self.now()

    def once(self) -> SyncResult:
        """Sync in this thread."""
        box = self._installation.connect(self._opened)
        try:
            return sync(self._opened.store.log, box, self._installation.clock)
        finally:
            box.close()

    def _ended(self, then: Callable[[], object] | None, *, reached: bool) -> None:
        self._running = False
        self.tried.emit(reached)
        if then is not None:
            then()
