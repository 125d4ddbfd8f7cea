"""Dialogs about laptops: a code, a recovery code, what to do when one is stolen, and the operator's stock."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from callcenter.ports import StockEntry
from ui.messages import Explained
from ui.style import BOLD, SEMIBOLD
from ui.text import _, current
from ui.trouble import Trouble
from ui.widgets import Card, KeyButton, Kind, label
from ui.widgets.field import Field, PathField, Wanted, line
from ui.widgets.titled_dialog import TitledDialog


class _Dialog(TitledDialog):
    """With room for what went wrong, and a foot with the way back on the left."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(title, name, parent)
        self._trouble = Trouble()

    def add_foot(self, *ways: KeyButton) -> None:
        """Put the buttons at the foot, after a way back."""
        self.body.addWidget(self._trouble)
        foot = QHBoxLayout()
        back = KeyButton(_("Close"), "Esc", kind=Kind.QUIET)
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        foot.addWidget(back)
        foot.addStretch(1)
        for way in ways:
            foot.addWidget(way)
        self.body.addLayout(foot)

    def show_trouble(self, explained: Explained) -> None:
        """Say what went wrong."""
        self._trouble.tell(explained)


class _CodeCard(Card):
    """A code large enough to be read out from a screen."""

    def __init__(self, title: str, code: str, name: str) -> None:
        super().__init__("raised")
        self.body.addWidget(label(title, "small", weight=SEMIBOLD, ink="muted"))
        self.code = label(code, "kpi", weight=BOLD, wrap=True)
        self.code.setObjectName(name)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.code)


class CodeDialog(_Dialog):
    """The code that is read out, and the file that goes to the laptop."""

    def __init__(self, name: str, path: Path, code: str, parent: QWidget) -> None:
        super().__init__(_("Laptop of {name}", name=name), "laptop-code", parent)
        lead = _("Put the file on the laptop. Read the code out when {name} sits at it; write it nowhere.", name=name)
        self.body.addWidget(label(lead, ink="muted", wrap=True))
        card = _CodeCard(_("Code"), code, "code")
        self.code = card.code
        self.body.addWidget(card)
        where = QLineEdit(str(path))
        where.setObjectName("file")
        where.setReadOnly(True)
        self.body.addWidget(Field(_("File"), where))
        done = KeyButton(_("Done"), "Enter", kind=Kind.PRIMARY)
        done.setObjectName("done")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        self.body.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)


class RecoveryDialog(_Dialog):
    """Says when a recovery code is for, and shows it once that is confirmed."""

    def __init__(self, name: str, entries: Sequence[StockEntry], parent: QWidget) -> None:
        super().__init__(_("Recovery code of {name}", name=name), "recovery", parent)
        if not entries:
            words = _("No laptop was handed to {name} from here. Whoever handed it out keeps its code.", name=name)
            self.body.addWidget(label(words, wrap=True))
            self.add_foot()
            return
        lead = _(
            "Only when {name} sits beside you and forgot the pass phrase. On the laptop: Forgot your pass phrase?"
            " Whoever has this code and the laptop can read everything on it.",
            name=name,
        )
        self.body.addWidget(label(lead, ink="muted", wrap=True))
        self._cards = [_CodeCard(_handed(entry), entry.recovery, "recovery-code") for entry in entries]
        for card in self._cards:
            card.hide()
            self.body.addWidget(card)
        self._show = KeyButton(_("{name} is here: show the code", name=name.split()[0]), icon="eye")
        self._show.setObjectName("show-recovery")
        self._show.setAutoDefault(False)
        self._show.clicked.connect(self._reveal)
        self.add_foot(self._show)

    def _reveal(self) -> None:
        self._show.hide()
        for card in self._cards:
            card.show()
        self.adjustSize()


def _handed(entry: StockEntry) -> str:
    if entry.handed_at is None:
        return entry.label
    return _("Handed out on {day}", day=current().moment(entry.handed_at, "EEE d MMM y"))


class StolenDialog(_Dialog):
    """Cuts a laptop off, or shows the line that the operator runs; `cut_off_asked` comes with the enrolment."""

    cut_off_asked = Signal(str)

    def __init__(self, name: str, entries: Sequence[tuple[StockEntry, str]], parent: QWidget) -> None:
        super().__init__(_("Is the laptop of {name} stolen or lost?", name=name), "stolen", parent)
        if not entries:
            words = _("No laptop was handed to {name} from here. Tell whoever handed it out.", name=name)
            self.body.addWidget(label(words, wrap=True))
            self.add_foot()
            return
        lead = _(
            "Its data are encrypted. Cut it off now: from its next word on central tells it nothing and takes nothing"
            " from it. Then give its people to somebody else, and tell the coordinator: the theft may have to be"
            " reported within 72 hours."
        )
        self.body.addWidget(label(lead, ink="muted", wrap=True))
        ways = [self._way(entry, command) for entry, command in entries]
        self.done_words = label(_("This laptop is cut off."), "body", weight=SEMIBOLD, ink="ok_text", wrap=True)
        self.done_words.hide()
        self.body.addWidget(self.done_words)
        self.add_foot(*(way for way in ways if way is not None))

    def _way(self, entry: StockEntry, command: str) -> KeyButton | None:
        if not command:
            cut = KeyButton(_("Cut this laptop off"), icon="ban", kind=Kind.DANGER)
            cut.setObjectName("cut-off")
            cut.setAutoDefault(False)
            cut.clicked.connect(lambda: self.cut_off_asked.emit(entry.enrolment))
            return cut
        words = _("Call the operator, who runs this line. {when}.", when=_handed(entry))
        shown = QLineEdit(command)
        shown.setObjectName("command")
        shown.setReadOnly(True)
        shown.setCursorPosition(0)
        self.body.addWidget(Field(words, shown))
        copy = KeyButton(_("Copy the line"), icon="copy")
        copy.setObjectName("copy")
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(command))
        return copy

    def show_done(self) -> None:
        """Say that it is cut off."""
        self.done_words.show()
        for button in self.findChildren(KeyButton, "cut-off"):
            button.setEnabled(False)


class StockDialog(_Dialog):
    """The operator's folder and the code of its stock; `told` comes with file and code."""

    told = Signal(Path, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Add stock"), "stock", parent)
        lead = _(
            "The operator gave you a folder with enrolment files and, by another way, a code. Choose the file"
            " office.stock in that folder. It is then kept on this laptop, encrypted, and the folder is emptied."
        )
        self.body.addWidget(label(lead, ink="muted", wrap=True))
        self._file = PathField("stock-file", Wanted.OPEN, "office.stock (*.stock)")
        self.body.addWidget(Field(_("File"), self._file))
        self._code = line("stock-code")
        self.body.addWidget(Field(_("Code of the stock"), self._code))
        self._add = KeyButton(_("Add stock"), "Enter", icon="plus", kind=Kind.PRIMARY)
        self._add.setObjectName("add")
        self._add.clicked.connect(self._tell)
        self.add_foot(self._add)

    def _tell(self) -> None:
        path = self._file.path()
        if path is not None and self._code.text().strip():
            self.told.emit(path, self._code.text())
