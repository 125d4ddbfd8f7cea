"""Notices that nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_LOOK_EVERY = 5_000  # ms
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Tells once when the whole program was left alone for `limit` ms; `clock` tells ms and counts a sleeping laptop.

    `begin` and `end` say when it matters.
    """

    idle = Signal()

    def __init__(self, limit: int, clock: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit, self._clock = limit, clock
        self._touched = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(min(_LOOK_EVERY, limit))
        self._timer.timeout.connect(lambda: self.check(self._clock()))

    def begin(self) -> None:
        """Count from now."""
        self._touched = self._clock()
        self._timer.start()
        if application := QCoreApplication.instance():
            application.installEventFilter(self)

    def end(self) -> None:
        """Stop counting."""
        self._timer.stop()
        if application := QCoreApplication.instance():
            application.removeEventFilter(self)

    def check(self, now: int) -> None:
        """Tell `idle` when the limit has passed at `now` (ms); a clock that was put back counts from there."""
        self._touched = min(self._touched, now)
        if self._timer.isActive() and now - self._touched >= self._limit:
            self.end()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._clock()
        return False
