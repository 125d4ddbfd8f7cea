"""The people: the roster from a list or by hand, and a laptop made ready for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from callcenter.domain.agent import Agent, Role
from callcenter.text import N_
from ui.style import SEMIBOLD, px
from ui.text import _, current, plural
from ui.trouble import Trouble
from ui.widgets import Card, Column, EmptyState, KeyButton, Kind, Pill, PillCell, Table, TextCell, Tone, label
from ui.widgets.field import Field, PathField, Wanted
from ui.widgets.side_column import SideColumn
from ui.widgets.table_card import TableCard

ROLE_WORDS: dict[Role, tuple[str, Tone]] = {
    Role.AGENT: (N_("Agent"), Tone.ACCENT),
    Role.SUPERVISOR: (N_("Supervisor"), Tone.OK),
    Role.COORDINATOR: (N_("Coordinator"), Tone.PLAIN),
}


class PeoplePage(QWidget):
    """Everybody on the left; on the right what can be done."""

    list_asked = Signal(Path)
    add_asked = Signal()
    prepare_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._at: datetime | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(14), px(16), px(14))
        row.setSpacing(px(14))
        row.addWidget(self._everybody(), 1)
        row.addWidget(self._right())

    def _everybody(self) -> QWidget:
        self._count = Pill("")
        card = TableCard(_("People"), self._count)
        say = current()
        self.table = Table(
            (
                Column(_("Name"), lambda a: TextCell(a.name, strong=True), 0, order=lambda a: a.name),
                Column(_("Role"), self._role, 130, order=lambda a: a.role.value),
                Column(_("Site"), lambda a: a.site or "–", 120, order=lambda a: a.site),
                Column(_("Languages"), lambda a: ", ".join(a.languages), 110),
                Column(_("Shifts to come"), lambda a: say.number(self._to_come(a)), 150, right=True),
                Column(_("Next shift"), self._next, 150),
            ),
            _("People"),
        )
        self.table.setObjectName("people")
        self.table.row_touched.connect(self._choose)
        self._nobody = EmptyState(
            "users", _("Nobody works here yet"), _("Bring in the list of people, or add them one by one.")
        )
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._nobody)
        card.body.addWidget(self._lists, 1)
        return card

    def _role(self, agent: Agent) -> PillCell:
        words, tone = ROLE_WORDS[agent.role]
        return PillCell(_(words), tone)

    def _to_come(self, agent: Agent) -> int:
        return sum(self._at is None or shift.end > self._at for shift in agent.shifts)

    def _next(self, agent: Agent) -> TextCell:
        coming = [shift.start for shift in agent.shifts if self._at is None or shift.end > self._at]
        return TextCell(current().moment(min(coming), "EEE d MMM, HH:mm") if coming else "–", ink="muted")

    def _right(self) -> QWidget:
        self.trouble = Trouble()
        return SideColumn(364, self.trouble, self._bring_in(), self._laptop())

    def _bring_in(self) -> Card:
        card = Card()
        card.body.addWidget(label(_("List of people"), "title", weight=SEMIBOLD))
        hint = _("CSV with code, first and last name, role, site, languages, alumni number, school and shifts.")
        self._file = PathField("roster", Wanted.OPEN, "CSV (*.csv)")
        self._file.chosen.connect(self.list_asked)
        card.body.addWidget(Field(_("File"), self._file, hint))
        read = KeyButton(_("Take over this list"), icon="upload")
        read.setObjectName("read-roster")
        read.clicked.connect(self._ask_list)
        add = KeyButton(_("Add one person"), icon="plus")
        add.setObjectName("add-person")
        add.clicked.connect(self.add_asked)
        self._said = label("", "small", ink="ok_text", wrap=True)
        for part in (read, add, self._said):
            card.body.addWidget(part)
        return card

    def _laptop(self) -> Card:
        card = Card()
        card.body.addWidget(label(_("A laptop for this person"), "title", weight=SEMIBOLD))
        self._who = label(_("Choose somebody in the list."), "small", ink="muted", wrap=True)
        card.body.addWidget(self._who)
        self.prepare = KeyButton(_("Make a laptop ready"), icon="lock", kind=Kind.PRIMARY)
        self.prepare.setObjectName("prepare")
        self.prepare.setEnabled(False)
        self.prepare.clicked.connect(self._ask_prepare)
        card.body.addWidget(self.prepare)
        return card

    # --- values

    def show_people(self, people: Sequence[Agent], at: datetime) -> None:
        """Show who works here."""
        self._at = at
        self.table.show_rows(sorted(people, key=lambda a: (a.role is not Role.COORDINATOR, a.name)))
        self._lists.setCurrentIndex(0 if people else 1)
        self._count.say(str(len(people)), Tone.PLAIN)

    def _choose(self, agent: Agent) -> None:
        self._who.setText(_("{name}: the file goes to the laptop, you read out the code.", name=agent.name))
        self.prepare.setEnabled(True)

    def _ask_list(self) -> None:
        if path := self._file.path():
            self.list_asked.emit(path)

    def _ask_prepare(self) -> None:
        agent = self.table.chosen()
        if agent is not None:
            self.prepare_asked.emit(agent)

    def show_taken(self, count: int) -> None:
        """Say that the list is taken over."""
        self.trouble.tell(None)
        self._said.setText(plural("{n} person in the roster.", "{n} people in the roster.", count))
