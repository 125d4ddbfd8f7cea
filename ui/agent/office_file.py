"""Making a sealed file for the office, where the network is closed: where it goes, and the code that opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callcenter.usecases.views import FileMade
from ui.messages import Explained
from ui.style import BOLD, px
from ui.text import _, plural
from ui.widgets import Card, KeyButton, label
from ui.widgets.field import PathField, Wanted


class OfficeFilePanel(QWidget):
    """First a button, then where the file goes, then the code to read out; `made_asked` comes with the path."""

    made_asked = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self.open = KeyButton(_("Make a file for the office"), icon="download")
        self.open.setObjectName("office-file")
        self.open.clicked.connect(self._ask_where)
        column.addWidget(self.open)
        column.addWidget(self._where())
        self.result = QVBoxLayout()
        column.addLayout(self.result)

    def _where(self) -> QWidget:
        self._place = QWidget()
        column = QVBoxLayout(self._place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        words = _("Save it on a stick, or send it to your supervisor. Without its code nobody can read it.")
        column.addWidget(label(words, "small", ink="muted", wrap=True))
        self.path = PathField("office-file-path", Wanted.SAVE)
        self.path.setAccessibleName(_("Where the file goes"))
        column.addWidget(self.path)
        self.make = KeyButton(_("Make the file"), icon="check")
        self.make.setObjectName("office-file-make")
        self.make.clicked.connect(self._make)
        column.addWidget(self.make)
        self._place.hide()
        return self._place

    def propose(self, path: Path) -> None:
        """Fill in where the file goes."""
        self.path.show_path(path)

    def _ask_where(self) -> None:
        self.open.hide()
        self._place.show()
        self.path.setFocus()

    def _make(self) -> None:
        path = self.path.path()
        if path is not None:
            self.make.setEnabled(False)
            self.made_asked.emit(path)

    def show_made(self, made: FileMade) -> None:
        """Say where it lies, what is in it, and its code; the file on the laptop changes nothing."""
        self.open.hide()
        self._place.hide()
        card = Card("raised", margin=12, gap=4)
        calls = plural("{n} call is in the file.", "{n} calls are in the file.", made.calls)
        card.body.addWidget(label(f"{made.path}\n{calls}", "small", wrap=True))
        card.body.addWidget(label(_("Read this code to your supervisor:"), "small", ink="muted", wrap=True))
        code = label(made.code, "title", weight=BOLD)
        code.setObjectName("office-file-code")
        card.body.addWidget(code)
        words = _("Everything stays on this laptop too, until the centre has confirmed it.")
        card.body.addWidget(label(words, "small", ink="muted", wrap=True))
        self._show(card)

    def show_trouble(self, explained: Explained) -> None:
        """Say why no file was made; another place may do."""
        self.make.setEnabled(True)
        card = Card("bad", margin=12)
        words = f"{explained.what}\n{explained.advice} ({explained.code})"
        card.body.addWidget(label(words, ink="bad_text", wrap=True))
        self._show(card)

    def _show(self, card: Card) -> None:
        while item := self.result.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.result.addWidget(card)
