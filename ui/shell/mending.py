"""The door when something is wrong: a forgotten pass phrase, and data that are damaged or came from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.messages import Explained
from ui.shell.actions import PersonEntry, Saved
from ui.shell.door import DoorPage
from ui.style import BOLD
from ui.text import _, plural
from ui.widgets.card import Card
from ui.widgets.field import PathField, Wanted
from ui.widgets.key_button import KeyButton, Kind
from ui.widgets.label import label

# Damaged, copied from elsewhere, put back from a backup: such a store is not worked on any more.
BEYOND: Final = frozenset({"STORE-03", "STORE-07", "STORE-13"})


class RecoveryPage(DoorPage):
    """The supervisor types the recovery code of this laptop, its person chooses another pass phrase."""

    recover_asked = Signal(str, str, str)
    back_asked = Signal()

    def __init__(self, person: PersonEntry) -> None:
        lead = _(
            "Ask your supervisor to come: they have the recovery code of this laptop. "
            "You choose another pass phrase. Nothing that you did is lost."
        )
        super().__init__(_("Forgot your pass phrase, {name}?", name=person.name), lead)
        # In sight: nobody types 26 letters blindly without a mistake, and the owner of the data sits there.
        self._secret = self._field(_("Recovery code, typed by the supervisor"), "recovery")
        self._one = self._field(
            _("Choose a pass phrase: at least four words or twelve characters"), "new", secret=True
        )
        self._two = self._field(_("The same pass phrase again"), "again", secret=True)
        back = KeyButton(_("Back"), kind=Kind.QUIET)
        back.setObjectName("back")
        back.clicked.connect(self.back_asked)
        self._finish("recover", _("Open"), self._two, back)

    def _ask(self) -> None:
        self.recover_asked.emit(self._secret.text(), self._one.text(), self._two.text())


class RescuePage(DoorPage):
    """Says why the data are not worked on, and saves what is in them for the supervisor."""

    rescue_asked = Signal(str, Path)
    back_asked = Signal()

    def __init__(self, person: PersonEntry, why: Explained, proposed: Path) -> None:
        super().__init__(_("Something is wrong with your data"), f"{why.what} {why.advice} ({why.code})")
        words = _("What you did and did not send yet goes into a file. Only its code opens it.")
        self._card.body.addWidget(label(words, "body", ink="muted", wrap=True))
        self._secret = self._field(_("Pass phrase of {name}", name=person.name), "passphrase", secret=True)
        self._card.body.addWidget(label(_("Where the file goes"), "small", ink="muted", weight=BOLD))
        self._path = PathField("rescue-path", Wanted.SAVE)
        self._path.setAccessibleName(_("Where the file goes"))
        self._path.show_path(proposed)
        self._card.body.addWidget(self._path)
        back = KeyButton(_("Back"), kind=Kind.QUIET)
        back.setObjectName("back")
        back.clicked.connect(self.back_asked)
        self._finish("rescue", _("Make the file"), self._secret, back)

    def _ask(self) -> None:
        path = self._path.path()
        if path is not None:
            self.rescue_asked.emit(self._secret.text(), path)


class SavedPage(DoorPage):
    """Where the file lies, its code, and the way on: a new enrolment file."""

    back_asked = Signal()

    def __init__(self, saved: Saved) -> None:
        words = _("Give it to your supervisor with its code. They also have a new enrolment file for you.")
        super().__init__(_("Saved for your supervisor"), words)
        calls = plural("{n} call is in the file.", "{n} calls are in the file.", saved.calls)
        self._card.body.addWidget(label(f"{saved.path}\n{calls}", "small", wrap=True))
        if saved.lost:
            words = plural(
                "{n} step could not be read any more.", "{n} steps could not be read any more.", saved.lost
            )
            warning = Card("warn", margin=12)
            warning.body.addWidget(label(words, "small", ink="warn_text", wrap=True))
            self._card.body.addWidget(warning)
        self._card.body.addWidget(label(_("Read this code to your supervisor:"), "small", ink="muted", wrap=True))
        code = label(saved.code, "title", weight=BOLD)
        code.setObjectName("rescue-code")
        self._card.body.addWidget(code)
        words = _("The old data stay on this laptop, locked, until your supervisor has looked at them.")
        self._card.body.addWidget(label(words, "small", ink="muted", wrap=True))
        self._card.body.addLayout(self._ways())

    def _ways(self) -> QHBoxLayout:
        back = KeyButton(_("Back"), kind=Kind.QUIET)
        back.setObjectName("back")
        back.clicked.connect(self.back_asked)
        on = KeyButton(_("I have a code"), kind=Kind.PRIMARY)
        on.setObjectName("have-code")
        on.clicked.connect(self.enrol_page_asked)
        self._first_field = on
        row = QHBoxLayout()
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(on)
        return row

    def _ask(self) -> None:
        self.enrol_page_asked.emit()
