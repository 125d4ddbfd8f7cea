"""Erasing a person: find who it is, see what will go, say why, and type the name; which laptops have not answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.text import N_
from callcenter.usecases.erasing import Erasable, Reason, Unanswered
from ui.messages import Explained
from ui.style import BOLD, SEMIBOLD, px
from ui.text import _, current, plural
from ui.trouble import Trouble
from ui.widgets import Card, KeyButton, Kind, OptionRow, Scroll, label
from ui.widgets.field import Field, choice, line

_REASONS = {
    Reason.ASKED: N_("The person asked for it"),
    Reason.OBJECTED: N_("The person objected"),
    Reason.WITHDRAWN: N_("The consent was withdrawn"),
    Reason.MISTAKE: N_("The person should never have been in the list"),
    Reason.RETENTION: N_("The time to keep it is over"),
}


class ErasePersonDialog(QDialog):
    """`find_asked` comes with the text; `erase_asked` with the person, the reason and the name as it was typed."""

    find_asked = Signal(str)
    erase_asked = Signal(object, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("erase-person")
        self.setWindowTitle(_("Erase a person's data"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(620))
        self._found: tuple[Erasable, ...] = ()
        content = QWidget()
        self._column = column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(label(_("Erase a person's data"), "name", weight=BOLD, wrap=True))
        lead = _("Name, numbers, answers and notes go for ever, here, at the centre and on every laptop.")
        column.addWidget(label(lead, ink="muted", wrap=True))
        column.addLayout(self._search())
        self._people = QVBoxLayout()
        self._people.setSpacing(px(6))
        column.addLayout(self._people)
        column.addWidget(self._confirmation())
        self.trouble = Trouble()
        column.addWidget(self.trouble)
        self._waiting = QVBoxLayout()
        column.addLayout(self._waiting)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(20), px(24), px(16))
        outer.addWidget(Scroll(content), 1)
        outer.addLayout(self._foot())
        self.resize(px(640), px(600))

    def _search(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._text = line("erase-search", placeholder=_("Name, reference or telephone number"))
        self._text.setAccessibleName(_("Name, reference or telephone number"))
        self._text.returnPressed.connect(self._find)
        find = KeyButton(_("Search"), icon="search")
        find.setObjectName("erase-find")
        find.setAutoDefault(False)
        find.clicked.connect(self._find)
        row.addWidget(self._text, 1)
        row.addWidget(find)
        return row

    def _confirmation(self) -> QWidget:
        self._card = Card("warn", margin=14)
        self._goes = label("", "small", ink="warn_text", wrap=True)
        self._card.body.addWidget(self._goes)
        self._reason = choice("erase-reason", {reason.value: _(words) for reason, words in _REASONS.items()})
        self._card.body.addWidget(Field(_("Why"), self._reason))
        self._typed = line("erase-typed")
        self._typed.textChanged.connect(self._allow)
        self._card.body.addWidget(Field(_("Type first name and surname to confirm"), self._typed))
        self._card.hide()
        return self._card

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        back = KeyButton(_("Close"), "Esc", kind=Kind.QUIET)
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        self._erase = KeyButton(_("Erase for ever"), icon="trash-2", kind=Kind.DANGER)
        self._erase.setObjectName("erase-for-ever")
        self._erase.setAutoDefault(False)
        self._erase.setEnabled(False)
        self._erase.clicked.connect(self._tell)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self._erase)
        return foot

    def _find(self) -> None:
        self.trouble.tell(None)
        self.find_asked.emit(self._text.text())

    def show_found(self, found: Sequence[Erasable]) -> None:
        """Show who it may be; nobody is chosen before somebody chooses."""
        self._found = tuple(found)
        _clear(self._people)
        self._group = QButtonGroup(self)
        for place, person in enumerate(self._found):
            aside = " · ".join((*person.references, person.site))
            row = OptionRow(person.name, aside=aside, compact=True)
            row.setObjectName(f"erase-{place}")
            self._group.addButton(row, place)
            self._people.addWidget(row)
        if not found:
            self._people.addWidget(
                label(_("Nobody found. Three letters are needed."), "small", ink="muted", wrap=True)
            )
        self._group.idClicked.connect(self._choose)
        self._card.hide()
        self._allow()

    def _choose(self, place: int) -> None:
        person = self._found[place]
        self._goes.setText(_words(person))
        self._typed.clear()
        self._card.show()
        self._typed.setFocus()
        self._allow()

    def chosen(self) -> Erasable | None:
        """Return who is chosen."""
        place = self._group.checkedId() if self._found else -1
        return self._found[place] if place >= 0 else None

    def _allow(self) -> None:
        person = self.chosen()
        same = person is not None and _plain(self._typed.text()) == _plain(person.name)
        self._erase.setEnabled(same)

    def _tell(self) -> None:
        person = self.chosen()
        if person is not None:
            self.erase_asked.emit(person, Reason(self._reason.currentData()), self._typed.text())

    def show_erased(self) -> None:
        """Say that it is done, and go back to the search."""
        self.show_found(())
        _clear(self._people)
        self._text.clear()
        words = _("Erased here. The centre and the laptops follow as soon as they synchronise.")
        self._people.addWidget(label(words, weight=SEMIBOLD, ink="ok_text", wrap=True))

    def show_trouble(self, explained: Explained) -> None:
        """Say why nothing was erased."""
        self.trouble.tell(explained)

    def show_unanswered(self, waiting: Sequence[Unanswered]) -> None:
        """Show which laptops have not confirmed yet."""
        _clear(self._waiting)
        if not waiting:
            return
        card = Card("raised", margin=12, gap=4)
        title = plural(
            "{n} erasure is not confirmed by every laptop",
            "{n} erasures are not confirmed by every laptop",
            len(waiting),
        )
        card.body.addWidget(label(title, weight=SEMIBOLD, wrap=True))
        for each in waiting:
            day = current().moment(each.at, "EEE d MMM, HH:mm")
            words = _(
                "Erased on {day}: no answer yet from the laptop of {names}", day=day, names=", ".join(each.missing)
            )
            card.body.addWidget(label(words, "small", ink="muted", wrap=True))
        advice = _("Ask these agents to start the program with a network, or cut the laptop off.")
        card.body.addWidget(label(advice, "small", ink="muted", wrap=True))
        self._waiting.addWidget(card)


def _words(person: Erasable) -> str:
    parts = [
        plural("{n} number", "{n} numbers", person.numbers),
        plural("{n} call", "{n} calls", person.attempts),
        plural("{n} set of answers", "{n} sets of answers", person.answers),
        plural("{n} note", "{n} notes", person.notes),
    ]
    goes = _("This goes: {parts}", parts=", ".join(parts))
    where = _("In: {campaigns}", campaigns=", ".join(person.campaigns))
    told = _("On the laptop of: {names}", names=", ".join(person.agents)) if person.agents else ""
    return "\n".join(part for part in (goes, where, told, _("It cannot be undone.")) if part)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _clear(column: QVBoxLayout) -> None:
    while item := column.takeAt(0):
        if old := item.widget():
            old.hide()
            old.deleteLater()
