"""The window of the preview: the form as the agent will see it, and beside it what every question is and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.form import FormPage
from ui.preview.notice import Notice
from ui.preview.panel import Panel
from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets import Card, Elided, IconLabel, KeyButton, Kind, StepBar

_LOW = 800  # below this height, at scale 1.0, the page is compact, as on the desk


class PreviewWindow(QWidget):
    """Lays out and tells what was asked; the presenter answers."""

    undo_asked = Signal()
    restart_asked = Signal()
    reload_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.form, self.steps, self.panel = FormPage(), StepBar(), Panel()
        self.trouble = Notice("bad", "triangle-alert", "bad_text")
        self.note = Notice("warn", "info", "warn_text")
        self.end = Notice("ok", "circle-check", "ok_text")
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top())
        body = QHBoxLayout()
        body.setContentsMargins(px(16), px(14), px(16), px(14))
        body.setSpacing(px(16))
        body.addLayout(self._middle(), 11)
        body.addWidget(self.panel, 9)
        column.addLayout(body, 1)
        self._keys = self._name_keys()

    def sizeHint(self) -> QSize:
        return QSize(px(1366), px(820))

    def _top(self) -> QWidget:
        top = Card("top", margin=0)
        top.setFixedHeight(px(56))
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(10))
        top.body.addLayout(row)
        self._title = Elided("", "title", weight=SEMIBOLD)
        self._file = Elided("", "small", ink="muted")
        row.addWidget(IconLabel("file-text", "primary_text", 20))
        row.addWidget(self._title)
        row.addWidget(self._file)
        row.addStretch(1)
        self.undo = KeyButton(_("Take back"), "Ctrl Z", icon="undo-2", kind=Kind.QUIET)
        self.restart = KeyButton(_("Begin again"), "Ctrl N", icon="skip-forward", kind=Kind.QUIET)
        self.reload = KeyButton(_("Read the file again"), "F5", icon="refresh-cw", kind=Kind.QUIET)
        self.undo.clicked.connect(self.undo_asked)
        self.restart.clicked.connect(self.restart_asked)
        self.reload.clicked.connect(self.reload_asked)
        for button in (self.undo, self.restart, self.reload):
            row.addWidget(button)
        return top

    def _middle(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(px(10))
        for notice in (self.trouble, self.note, self.end):
            column.addWidget(notice)
        column.addWidget(self.steps)
        self._paper = Card(margin=24)
        self._paper.body.addWidget(self.form)
        column.addWidget(self._paper, 1)
        return column

    def _name_keys(self) -> dict[tuple[Qt.Key, bool], Callable[[], object]]:
        """Return what each key does wherever the focus is: (key, with Ctrl or Alt) -> act."""
        return {
            (Qt.Key.Key_Z, True): self.undo.click,
            (Qt.Key.Key_N, True): self.restart.click,
            (Qt.Key.Key_F5, False): self.reload.click,
            (Qt.Key.Key_F, True): self.panel.focus_filter,
            (Qt.Key.Key_Left, True): self.form.navigation.back.click,
            (Qt.Key.Key_Escape, False): self.form.focus_answer,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that nothing with the focus wanted; digits and letters typed beside the form stay there."""
        held = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
        act = self._keys.get((Qt.Key(event.key()), bool(held)))
        if act is not None:
            act()
        elif self.panel.isAncestorOf(self.focusWidget()) or not self.form.press(event):
            super().keyPressEvent(event)

    def show_file(self, title: str, file: str) -> None:
        """Name the form and its file."""
        self._title.setText(title)
        self._file.setText(file)
        self.setWindowTitle(_("{file} – preview", file=file))

    def show_form(self) -> None:
        """Show the page, once there is a form."""
        self.form.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Without this the first Tab stop, a button of the top bar, would have the ring.
        self.form.focus_answer() if self.form.isVisible() else self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = event.size().height() < px(_LOW)
        self.form.set_compact(compact)
        margin = px(10 if compact else 16)
        self._paper.body.setContentsMargins(px(24), margin, px(20), margin)
