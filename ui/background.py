"""The two lanes beside the main thread: one for the local store, in order, and a free one for the rest.

Screens ask, lanes answer: `lanes.store.run(lambda ticket: next_case(agent), done=self.show, failed=self.explain)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid


class Ticket:
    """One piece of work: ask it to stop, or let it tell how far it is.

    The work itself looks at `cancelled` where it can stop; a cancelled ticket's answer is dropped.
    """

    def __init__(self, report: Callable[[Ticket, object], None]) -> None:
        self._stop = Event()
        self._report = report

    @property
    def cancelled(self) -> bool:
        """Tell whether nobody waits for the answer any more."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop, and drop its answer."""
        self._stop.set()

    def progress(self, value: object) -> None:
        """Tell the asker how far the work is; called by the work, heard on the main thread."""
        self._report(self, value)


Work = Callable[[Ticket], Any]


@dataclass
class _Asked:
    """What waits on the main thread for a ticket."""

    done: Callable[[Any], object] | None
    failed: Callable[[BaseException], object] | None
    progress: Callable[[Any], object] | None
    initiator: object


@dataclass(frozen=True)
class _News:
    """One word from a lane's thread: `what` is done, failed or progress."""

    ticket: Ticket
    what: str
    value: Any = field(default=None)


class Lane(QObject):
    """A queue of work on threads of its own, answered on the main thread."""

    changed = Signal(object, object)
    """A result that touched cases, and who asked for it."""
    complained = Signal(object)
    """An error that no asker wanted to hear."""
    _arrived = Signal(object)

    def __init__(self, width: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(width)
        self._pool.setExpiryTimeout(-1)
        self._asked: dict[Ticket, _Asked] = {}
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Work,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        progress: Callable[[Any], object] | None = None,
        initiator: object = None,
    ) -> Ticket:
        """Start work; `done`, `failed` and `progress` are called on the main thread.

        The work takes the ticket, opens its own unit of work and returns values. Call from the main thread only.
        """
        ticket = Ticket(lambda sender, value: self._arrived.emit(_News(sender, "progress", value)))
        self._asked[ticket] = _Asked(done, failed, progress, initiator)
        self._pool.start(_Run(work, ticket, self._arrived.emit))
        return ticket

    @property
    def busy(self) -> bool:
        """Tell whether answers are still to come."""
        return bool(self._asked)

    def finish(self) -> None:
        """Wait for all work, and for the work that its answers start; answers are delivered meanwhile."""
        while self._asked:
            self._pool.waitForDone()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _deliver(self, news: _News) -> None:
        if news.what == "progress":
            asked = self._asked.get(news.ticket)
            _call(asked.progress if asked and not news.ticket.cancelled else None, news.value)
            return
        asked = self._asked.pop(news.ticket)
        if news.what == "done":
            # A change is news to every screen, also when the asker lost interest.
            # Views have counts and lists of the same name; only a set of cases is news.
            touched = getattr(news.value, "cases", None)
            if isinstance(touched, frozenset) and touched:
                self.changed.emit(news.value, asked.initiator)
            _call(None if news.ticket.cancelled else asked.done, news.value)
        elif asked.failed is None:
            self.complained.emit(news.value)
        else:
            _call(None if news.ticket.cancelled else asked.failed, news.value)


def _call(hearer: Callable[[Any], object] | None, value: object) -> None:
    """Tell a hearer, unless its window was closed meanwhile."""
    if hearer is None:
        return
    owner = getattr(hearer, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return
    hearer(value)


class _Run(QRunnable):
    """Carries one piece of work to a thread and its answer back."""

    def __init__(self, work: Work, ticket: Ticket, tell: Callable[[_News], object]) -> None:
        super().__init__()
        self._work, self._ticket, self._tell = work, ticket, tell

    def run(self) -> None:
        try:
            value = None if self._ticket.cancelled else self._work(self._ticket)
        except BaseException as error:  # noqa: BLE001 - the lane's boundary: every error travels to the main thread
            self._tell(_News(self._ticket, "failed", error))
        else:
            self._tell(_News(self._ticket, "done", value))


class Lanes(QObject):
    """Both lanes: `store` for every read and write of the local store, `free` for central, PDF, lists and forms."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = Lane(1, self)
        self.free = Lane(2, self)

    def finish(self) -> None:
        """Wait until neither lane has anything left; at the end of the program and in tests."""
        while self.store.busy or self.free.busy:
            self.store.finish()
            self.free.finish()
