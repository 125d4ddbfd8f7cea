"""Background sync while a face is open: one at a time, never in the way of a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from callcenter.app.line import Line
from callcenter.errors import CallcenterError
from callcenter.usecases.views import LineState, SyncResult
from ui.background import Lanes

_EVERY_MS: Final = 30_000
_SLOWEST_MS: Final = 300_000
# A laptop without a network tells it by this code; that is no news to anybody.
_UNREACHABLE: Final = "SYNC-01"


def _never() -> bool:
    """Tell that no call goes on."""
    return False


class Syncer(QObject):
    """Tries every half minute and when asked, ever less often while nobody answers; tells how it went.

    While `in_call` says that a call goes on, own events are sent and nothing is fetched: the person on the screen is
    not taken away in mid-call.
    """

    tried = Signal(object)
    """How the line stands now, a LineState."""

    def __init__(self, line: Line, lanes: Lanes, parent: QObject, in_call: Callable[[], bool] = _never) -> None:
        super().__init__(parent)
        self._line, self._lanes, self._in_call = line, lanes, in_call
        self._running = self._wanted = False
        self._first = self._pulled = True
        self._then: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.now)
        self._timer.start()

    @property
    def pause_ms(self) -> int:
        """Return how long it waits before the next try by itself, in ms."""
        return self._timer.interval()

    def now(self, then: Callable[[], object] | None = None) -> None:
        """Sync once, or again after the one that runs; `then` is called after it, reached or not."""
        if then is not None:
            self._then.append(then)
        if self._running:
            self._wanted = True
            return
        self._running = True
        pull, retry = not self._in_call(), self._first
        self._pulled = pull
        self._first = False
        self._lanes.free.run(
            lambda _ticket: self._line.exchange(pull=pull, retry=retry),
            done=self._done,
            failed=self._failed,
            initiator=self,
        )

    def changed(self, _changes: object, _initiator: object) -> None:
        """Sync because something was written; a method of this object, so that it ends with its face."""
        self.now()

    def _done(self, result: SyncResult | None) -> None:
        self._timer.setInterval(_EVERY_MS)
        self._ended(None if result is None else LineState.after(result))

    def _failed(self, error: BaseException) -> None:
        # No network is the ordinary state of a borrowed laptop: the bar tells it, no message box.
        self._timer.setInterval(min(2 * self._timer.interval(), _SLOWEST_MS))
        known = error if isinstance(error, CallcenterError) else None
        trouble = None if known is None or known.code == _UNREACHABLE else known
        self._ended(LineState(online=False, trouble=trouble))

    def _ended(self, state: LineState | None) -> None:
        self._running = False
        if state is not None:
            self.tried.emit(state)
        then, self._then = self._then, []
        for each in then:
            each()
        self._timer.start()
        if state is not None and state.online and not self._pulled and not self._in_call():
            self._wanted = True  # the call ended meanwhile: what waits for this laptop is fetched now
        if self._wanted:
            self._wanted = False
            self.now()
