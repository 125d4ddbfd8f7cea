"""Short questions of the desk: the line dropped, skip, help, a card, the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from callcenter.text import N_
from callcenter.usecases.views import HelpCard
from ui.agent.asking import Asking
from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets import KeyButton, KeyCap, Kind, OptionRow, label


class LineDroppedDialog(Asking):
    """The line dropped: call again at once; it stays the same attempt."""

    redial_asked = Signal()
    lost = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        lead = _("Call {name} again at once. It counts as the same call, and your answers are kept.", name=name)
        super().__init__(_("The line dropped"), lead, parent)
        self.go_on.setText(_("Call again"))
        self.go_back.setText(_("Back to the call"))
        lost = KeyButton(_("No answer any more"), kind=Kind.PLAIN)
        lost.clicked.connect(self._lose)
        self.add_way(lost)

    def confirm(self) -> None:
        self.accept()
        self.redial_asked.emit()

    def _lose(self) -> None:
        self.accept()
        self.lost.emit()


# The reason as it is kept, and as the agent reads it.
_SKIPS = (
    ("not_comfortable", N_("I would rather not call this person")),
    ("language", N_("Another language is needed")),
    ("bad_moment", N_("This is a bad moment for this person")),
    ("technical", N_("My telephone or laptop does not work")),
)


class SkipDialog(Asking):
    """Skipping needs a reason, and always works."""

    skipped = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Skip {name}?", name=name), _("The person goes back to the list. Why?"), parent)
        self._group = QButtonGroup(self)
        for place, (_code, words) in enumerate(_SKIPS):
            row = OptionRow(_(words), str(place + 1), compact=True)
            self._group.addButton(row, place)
            self.body.addWidget(row)
        self._other = QLineEdit()
        self._other.setPlaceholderText(_("Another reason"))
        self._other.setAccessibleName(_("Another reason"))
        self._other.textEdited.connect(self._write)
        self.body.addWidget(self._other)
        self._group.button(0).setChecked(True)
        self.go_on.setText(_("Skip"))

    def _write(self, text: str) -> None:
        self._group.setExclusive(False)
        for row in self._group.buttons():
            row.setChecked(not text and row is self._group.button(0))
        self._group.setExclusive(True)

    def first(self) -> QWidget | None:
        return self._group.button(0)

    def reason(self) -> str:
        """Return the reason that is kept."""
        return self._other.text().strip() or _SKIPS[max(self._group.checkedId(), 0)][0]

    def confirm(self) -> None:
        why = self.reason()
        self.accept()
        self.skipped.emit(why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        row = self._group.button(int(text) - 1) if text.isdecimal() and text != "0" else None
        if row is not None:
            self._other.clear()
            row.setChecked(True)
            row.setFocus()
            return
        super().keyPressEvent(event)


class HelpDialog(Asking):
    """Ask a supervisor; the number of the question goes along."""

    asked = Signal(str)

    def __init__(self, supervisor: str, question: str, parent: QWidget | None = None) -> None:
        who = supervisor.split(" ")[0] or _("your supervisor")
        lead = _("{name} sees your request at the next sync. In the same room? Raise your hand too.", name=who)
        super().__init__(_("Ask {name} for help", name=who), lead, parent)
        if question:
            self.body.addWidget(label(_("You are at question {question}.", question=question), "small", ink="muted"))
        self._text = QLineEdit()
        self._text.setPlaceholderText(_("What is it about? (not needed)"))
        self._text.setAccessibleName(_("What is it about?"))
        self.body.addWidget(self._text)
        self.go_on.setText(_("Ask for help"))

    def first(self) -> QWidget | None:
        return self._text

    def confirm(self) -> None:
        text = self._text.text().strip()
        self.accept()
        self.asked.emit(text)


class CardDialog(Asking):
    """A card for a hard moment; a confidential one takes a note that only the coordinator reads."""

    told = Signal(str)

    def __init__(self, card: HelpCard, parent: QWidget | None = None, *, in_call: bool) -> None:
        super().__init__(card.title, "", parent, width=520)
        words = label(card.text, "strong", wrap=True)
        words.setTextFormat(Qt.TextFormat.MarkdownText)
        self.body.addWidget(words)
        self._secret = QPlainTextEdit()
        self._secret.setTabChangesFocus(True)
        self._secret.setFixedHeight(px(80))
        self._secret.setPlaceholderText(_("Only the coordinator reads this; it is not in the answers."))
        self._secret.setAccessibleName(_("Confidential note for the coordinator"))
        self._secret.hide()
        self.body.addWidget(self._secret)
        self._write = KeyButton(_("Write something confidential"), icon="lock", kind=Kind.QUIET)
        self._write.clicked.connect(self._open)
        self.add_way(self._write)
        if not (in_call and card.confidential):
            self._write.hide()
        self.go_on.setText(_("Back to the call") if in_call else _("Close"))
        self.go_back.hide()

    def _open(self) -> None:
        self._write.hide()
        self._secret.show()
        self._secret.setFocus()
        self.go_on.setText(_("Keep and go back"))

    def confirm(self) -> None:
        text = self._secret.toPlainText().strip()
        self.accept()
        if text:
            self.told.emit(text)


KEYS = (
    ("1 – 9", N_("choose an answer")),
    ("Enter", N_("next; call; confirm")),
    ("Alt ←", N_("back to the previous question")),
    ("W", N_("does not know")),
    ("X", N_("will not answer")),
    ("Ctrl Z", N_("take the last answer back")),
    ("F2", N_("make an appointment")),
    ("F3", N_("the line dropped")),
    ("F4", N_("wrong number")),
    ("F6", N_("refuses")),
    ("F8", N_("ask for help")),
    ("F9", N_("hang up")),
    ("Esc", N_("back to the call")),
    ("?", N_("show these keys")),
)


class KeysDialog(Asking):
    """All keys of the desk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Keys"), _("In a text field digits and letters are just text."), parent, width=420)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        for line, (key, words) in enumerate(KEYS):
            grid.addWidget(KeyCap(key), line, 0)
            grid.addWidget(label(_(words), weight=SEMIBOLD if key == "Enter" else 400), line, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.go_on.setText(_("Close"))
        self.go_back.hide()
