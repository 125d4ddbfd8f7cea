"""The door: who are you, and your pass phrase; the first start; a code from your supervisor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from callcenter.domain.agent import Role
from callcenter.text import N_
from ui.messages import Explained
from ui.shell.actions import PersonEntry
from ui.style import px
from ui.text import _
from ui.widgets.card import Card, Scroll
from ui.widgets.icon import IconLabel
from ui.widgets.key_button import KeyButton, Kind
from ui.widgets.label import label
from ui.widgets.option_row import OptionRow

_ROLE_WORDS = {Role.AGENT: N_("agent"), Role.SUPERVISOR: N_("supervisor"), Role.COORDINATOR: N_("coordinator")}
_WIDTH = 460


class DoorPage(QWidget):
    """One card in the middle of the window: a title, a line of explanation, fields, one main button."""

    menu_wanted = Signal(QWidget)
    help_wanted = Signal()
    enrol_page_asked = Signal()

    def __init__(self, title: str, lead: str, *, look: bool = True) -> None:
        super().__init__()
        self._card = Card(margin=24, gap=12)
        self._card.setFixedWidth(px(_WIDTH))
        self._card.body.addWidget(IconLabel("headphones", "primary", 28), 0, Qt.AlignmentFlag.AlignLeft)
        self._card.body.addWidget(label(title, "name", weight=700, wrap=True))
        self._card.body.addWidget(label(lead, "body", ink="muted", wrap=True))
        self._trouble = Card("bad", margin=12, gap=4)
        self._trouble.hide()
        self._first_field: QWidget | None = None
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        # Not by alignment: an aligned card gets the height of its hint, and lines that wrap would be cut.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card)
        middle.addStretch(1)
        outer.addLayout(middle)
        if look:
            outer.addLayout(self._below())
        outer.addStretch(2)

    def _below(self) -> QHBoxLayout:
        look = KeyButton(_("Language and look"), icon="languages", kind=Kind.QUIET)
        look.setObjectName("look")
        look.clicked.connect(lambda: self.menu_wanted.emit(look))
        helping = KeyButton(_("Help"), icon="life-buoy", kind=Kind.QUIET)
        helping.setObjectName("help")
        helping.clicked.connect(self.help_wanted)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(look)
        row.addWidget(helping)
        row.addStretch(1)
        return row

    def _field(self, words: str, name: str, *, secret: bool = False) -> QLineEdit:
        self._card.body.addWidget(label(words, "small", weight=600, ink="muted", wrap=True))
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(words)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._card.body.addWidget(field)
        if self._first_field is None:
            self._first_field = field
        return field

    def _finish(self, name: str, words: str, last: QLineEdit, *others: KeyButton) -> None:
        """Put the button that goes on at the foot; Enter in the last field presses it."""
        button = KeyButton(words, "Enter", kind=Kind.PRIMARY)
        button.setObjectName(name)
        button.clicked.connect(self._ask)
        last.returnPressed.connect(self._ask)
        self._card.body.addWidget(self._trouble)
        row = QHBoxLayout()
        for other in others:
            row.addWidget(other)
        row.addStretch(1)
        row.addWidget(button)
        self._card.body.addSpacing(px(4))
        self._card.body.addLayout(row)

    def _have_code(self) -> KeyButton:
        code = KeyButton(_("I have a code"), kind=Kind.QUIET)
        code.setObjectName("have-code")
        code.clicked.connect(self.enrol_page_asked)
        return code

    def _ask(self) -> None:
        """Tell what was filled in; each page knows what that is."""
        raise NotImplementedError

    def show_trouble(self, explained: Explained | None) -> None:
        """Show what went wrong inside the card, or nothing."""
        while item := self._trouble.body.takeAt(0):
            if shown := item.widget():
                shown.deleteLater()
        self._trouble.setVisible(explained is not None)
        if explained is not None:
            self._trouble.body.addWidget(label(explained.what, "body", weight=600, ink="bad_text", wrap=True))
            advice = f"{explained.advice} ({explained.code})"
            self._trouble.body.addWidget(label(advice, "small", ink="bad_text", wrap=True))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._first_field is not None:
            self._first_field.setFocus()


class SignInPage(DoorPage):
    """Choose yourself, type your pass phrase, Enter."""

    sign_in_asked = Signal(str, str)
    recovery_asked = Signal(str)

    def __init__(self, people: Sequence[PersonEntry], chosen: str = "") -> None:
        super().__init__(_("Who are you?"), _("Choose your name and type your pass phrase."))
        self._rows = QButtonGroup(self)
        self._keys: list[str] = []
        self._card.body.addWidget(self._list(people, chosen))
        self._secret = self._field(_("Pass phrase"), "passphrase", secret=True)
        self._card.body.addWidget(self._forgotten(), 0, Qt.AlignmentFlag.AlignLeft)
        self._finish("sign-in", _("Sign in"), self._secret, self._have_code())

    def _forgotten(self) -> KeyButton:
        made = KeyButton(_("Forgot your pass phrase?"), kind=Kind.QUIET)
        made.setObjectName("forgotten")
        made.setAutoDefault(False)
        made.clicked.connect(self._tell_forgotten)
        return made

    def _tell_forgotten(self) -> None:
        place = self._rows.checkedId()
        if place >= 0:
            self.recovery_asked.emit(self._keys[place])

    def _list(self, people: Sequence[PersonEntry], chosen: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        for place, person in enumerate(people):
            row = OptionRow(person.name, aside=_whose(person))
            row.setObjectName(f"person-{person.key}")
            row.setChecked(person.key == chosen or (not chosen and place == 0))
            row.clicked.connect(lambda: self._secret.setFocus())
            self._rows.addButton(row, place)
            self._keys.append(person.key)
            column.addWidget(row)
        scroll = Scroll(box)
        scroll.setMaximumHeight(px(300))
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return scroll

    def _ask(self) -> None:
        place = self._rows.checkedId()
        if place >= 0:
            self.sign_in_asked.emit(self._keys[place], self._secret.text())
            self._secret.clear()


def _whose(person: PersonEntry) -> str:
    if person.aside:
        return _("old data")
    role = _(_ROLE_WORDS[person.role])
    return f"{role}, {person.site}" if person.site else role


class FirstStartPage(DoorPage):
    """Nothing is here yet: name the organisation and its coordinator."""

    found_asked = Signal(str, str, str, str)

    def __init__(self) -> None:
        lead = _("This laptop is new. Start as coordinator of an organisation, or use the code you were given.")
        super().__init__(_("Welcome"), lead)
        self._org = self._field(_("Organisation"), "organisation")
        self._name = self._field(_("Your first and last name"), "name")
        self._one = self._field(
            _("Choose a pass phrase: at least four words or twelve characters"), "new", secret=True
        )
        self._two = self._field(_("The same pass phrase again"), "again", secret=True)
        self._finish("start", _("Start"), self._two, self._have_code())

    def _ask(self) -> None:
        texts = (self._org.text().strip(), self._name.text().strip(), self._one.text(), self._two.text())
        self.found_asked.emit(*texts)


class EnrolPage(DoorPage):
    """A file from the supervisor, the code that was read out, and a pass phrase of one's own."""

    enrol_asked = Signal(Path, str, str, str)
    back_asked = Signal()

    def __init__(self, files: Sequence[Path]) -> None:
        lead = _("Your supervisor made a file for you and reads out its code. You choose a pass phrase of your own.")
        super().__init__(_("Your first time on this laptop"), lead)
        self._file = self._field(_("File"), "file")
        self._file.setText(str(files[-1]) if files else "")
        self._code = self._field(_("Code"), "code")
        self._one = self._field(
            _("Choose a pass phrase: at least four words or twelve characters"), "new", secret=True
        )
        self._two = self._field(_("The same pass phrase again"), "again", secret=True)
        if files:
            self._first_field = self._code
        back = KeyButton(_("Back"), kind=Kind.QUIET)
        back.clicked.connect(self.back_asked)
        self._finish("begin", _("Begin"), self._two, back)

    def _ask(self) -> None:
        self.enrol_asked.emit(Path(self._file.text().strip()), self._code.text(), self._one.text(), self._two.text())
