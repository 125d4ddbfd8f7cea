"""The lock: covers what is open until the pass phrase is typed again, and destroys nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from ui.background import Lanes
from ui.messages import explain
from ui.shell.door import DoorPage
from ui.text import _


class LockPage(DoorPage):
    """Lies over the whole window and takes every key; asks for the pass phrase of who is signed in."""

    unlock_asked = Signal(str)

    def __init__(self, name: str, window: QWidget) -> None:
        lead = _(
            "What was open is still there, and a call that is going on goes on. Type your pass phrase to go back."
        )
        super().__init__(_("Locked: {name}", name=name), lead, look=False)
        self.setParent(window)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._secret = self._field(_("Pass phrase"), "unlock-passphrase", secret=True)
        self._finish("unlock", _("Unlock"), self._secret)

    def _ask(self) -> None:
        self.unlock_asked.emit(self._secret.text())
        self._secret.clear()

    def try_again(self) -> None:
        """Take another pass phrase."""
        self.setEnabled(True)
        self._secret.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()


class DeskLock(QObject):
    """Locks and unlocks one window; `released` comes when it may be used again.

    Questions that stand before the window are put out of sight and come back as they were.
    """

    released = Signal()

    def __init__(self, window: QMainWindow, lanes: Lanes) -> None:
        super().__init__(window)
        self._window, self._lanes = window, lanes
        self._page: LockPage | None = None
        self._before: QWidget | None = None
        self._hidden: list[QWidget] = []

    @property
    def locked(self) -> bool:
        """Tell whether the window is covered."""
        return self._page is not None

    def lock(self, name: str, unlock: Callable[[str], None]) -> None:
        """Cover the window; `unlock` is run in the store lane and raises when the pass phrase is wrong."""
        if self._page is not None:
            return
        self._before = QApplication.focusWidget()
        page = self._page = LockPage(name, self._window)
        page.unlock_asked.connect(lambda phrase: self._try(unlock, phrase))
        self._hide_questions()
        if face := self._window.centralWidget():
            face.setEnabled(False)
        page.setGeometry(self._window.rect())
        page.show()
        page.raise_()
        if application := QApplication.instance():
            application.installEventFilter(self)
        self._window.activateWindow()

    def _try(self, unlock: Callable[[str], None], phrase: str) -> None:
        if self._page is not None:
            self._page.setEnabled(False)
            self._lanes.store.run(lambda _ticket: unlock(phrase), done=lambda _: self.release(), failed=self._refuse)

    def _refuse(self, error: BaseException) -> None:
        if self._page is not None:
            self._page.show_trouble(explain(error))
            self._page.try_again()

    def release(self) -> None:
        """Uncover the window: what was open is there again, with the focus where it was."""
        page, self._page = self._page, None
        if page is None:
            return
        if application := QApplication.instance():
            application.removeEventFilter(self)
        page.hide()
        page.deleteLater()
        if face := self._window.centralWidget():
            face.setEnabled(True)
        questions, self._hidden = self._hidden, []
        for question in questions:
            if isValid(question):
                question.show()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self._before = None
        self.released.emit()

    def _hide_questions(self) -> None:
        if self._page is None:
            return
        for other in QApplication.topLevelWidgets():
            if other is not self._window and other.isVisible():
                if other.windowType() is Qt.WindowType.Popup:
                    other.close()
                    continue
                other.hide()
                self._hidden.append(other)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and hide what opens before it meanwhile."""
        if self._page is not None and isinstance(watched, QWidget):
            if event.type() == QEvent.Type.Resize and watched is self._window:
                self._page.setGeometry(self._window.rect())
            elif event.type() == QEvent.Type.Show and watched.isWindow() and watched is not self._window:
                # It may not vanish while it is being shown.
                QTimer.singleShot(0, self, self._hide_questions)
        return False
