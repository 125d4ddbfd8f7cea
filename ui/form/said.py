"""What was already said in this call, and the way back to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.forms.session import Said
from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets import Card, KeyButton, Kind, Pill, Scroll, label
from ui.widgets.paint import pill_size


class SaidStrip(Card):
    """The last answers as pills, as many as fit, and a button that shows all."""

    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__("raised", margin=0)
        self.body.setContentsMargins(px(12), px(2), px(4), px(2))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(label(_("Already said"), "caption", weight=SEMIBOLD, ink="muted"))
        self._pills = QWidget()
        self._row = QHBoxLayout(self._pills)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        row.addWidget(self._pills, 1)
        self.all = KeyButton(_("Show all"), icon="list-checks", kind=Kind.QUIET)
        self.all.set_height(36)
        self.all.clicked.connect(self.all_asked)
        row.addWidget(self.all)
        self.body.addLayout(row)
        self._said: tuple[Said, ...] = ()

    def show_said(self, said: Sequence[Said]) -> None:
        """Show what was said; hidden while nothing was."""
        self._said = tuple(said)
        self.setVisible(bool(self._said))
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        while item := self._row.takeAt(0):
            if old := item.widget():
                # Until it is deleted a pill without a layout would be painted as large as it likes.
                old.hide()
                old.deleteLater()
        # The pills get what the title and the button leave.
        room = self.width() - self.all.sizeHint().width() - px(130)
        shown: list[Pill] = []
        for one in reversed(self._said):
            words = one.answer if len(one.answer) <= 28 else f"{one.answer[:27]}…"
            room -= pill_size(words).width() + px(8)
            if room < 0:
                break
            pill = Pill(words)
            pill.setToolTip(one.question)
            shown.insert(0, pill)
        for pill in shown:
            self._row.addWidget(pill)
        self._row.addStretch(1)


class _Entry(Card):
    """One question that was answered, with a button to change it."""

    change_asked = Signal(str)

    def __init__(self, said: Said) -> None:
        super().__init__("raised", margin=10, gap=4)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(said.question, "small", ink="muted", wrap=True))
        words.addWidget(label(said.answer, "body", weight=SEMIBOLD, wrap=True))
        row.addLayout(words, 1)
        change = KeyButton(_("Change"), kind=Kind.QUIET)
        change.setAccessibleName(_("Change: {question}", question=said.question))
        change.clicked.connect(lambda: self.change_asked.emit(said.ref))
        row.addWidget(change, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)


class SaidDialog(QDialog):
    """All answers so far; changing one goes to its question, later answers are kept until they no longer fit."""

    change_asked = Signal(str)

    def __init__(self, said: Sequence[Said], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Already said"))
        self.resize(px(560), px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(16))
        column.setSpacing(px(12))
        column.addWidget(label(_("Already said"), "title", weight=SEMIBOLD))
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, px(8), 0)
        for one in said:
            entry = _Entry(one)
            entry.change_asked.connect(self._change)
            rows.addWidget(entry)
        rows.addStretch(1)
        column.addWidget(Scroll(content), 1)
        close = KeyButton(_("Back to the call"), "Esc")
        close.clicked.connect(self.reject)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _change(self, ref: str) -> None:
        self.accept()
        self.change_asked.emit(ref)
