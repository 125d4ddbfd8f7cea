"""Another pass phrase for who is signed in: the old one, and the new one twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.messages import Explained
from ui.style import BOLD, px
from ui.text import _
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton, Kind
from ui.widgets.label import label


class PhraseDialog(QDialog):
    """Asks for three fields; `change_asked` comes with what was typed, and the window says how it went."""

    change_asked = Signal(str, str, str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("phrase-dialog")
        self.setWindowTitle(_("Change pass phrase"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(px(460))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(24), px(20), px(24), px(16))
        self._column.setSpacing(px(12))
        self._column.addWidget(label(_("Change pass phrase"), "name", weight=BOLD))
        words = _("From now on you sign in with the new one. The office can still help when you forget it.")
        self._column.addWidget(label(words, ink="muted", wrap=True))
        self._old = self._secret(_("Your pass phrase now"), "old")
        self._one = self._secret(_("Choose a pass phrase: at least four words or twelve characters"), "new")
        self._two = self._secret(_("The same pass phrase again"), "again")
        self._trouble = Card("bad", margin=12, gap=4)
        self._words = label("", "small", ink="bad_text", wrap=True)
        self._trouble.body.addWidget(self._words)
        self._trouble.hide()
        self._column.addWidget(self._trouble)
        self._column.addLayout(self._foot())

    def _secret(self, words: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        self._column.addWidget(Field(words, field))
        return field

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        back = KeyButton(_("Back"), "Esc", kind=Kind.QUIET)
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        self._go = KeyButton(_("Change"), "Enter", kind=Kind.PRIMARY)
        self._go.setObjectName("change")
        self._go.setDefault(True)
        self._go.clicked.connect(self._ask)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self._go)
        return foot

    def _ask(self) -> None:
        self._go.setEnabled(False)
        self.change_asked.emit(self._old.text(), self._one.text(), self._two.text())

    def show_trouble(self, explained: Explained) -> None:
        """Say what is wrong; what was typed stays."""
        self._go.setEnabled(True)
        self._words.setText(f"{explained.what}\n{explained.advice} ({explained.code})")
        self._trouble.show()
        self.adjustSize()
