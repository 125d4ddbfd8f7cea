"""The page of the laptops: who has one, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from callcenter.domain.agent import Agent, Role
from callcenter.ids import Id
from callcenter.ports import StockEntry
from callcenter.text import N_
from ui.messages import Explained
from ui.style import SEMIBOLD, px
from ui.text import _, current, plural
from ui.widgets import Card, Column, EmptyState, KeyButton, Kind, Pill, PillCell, Table, TextCell, Tone, label
from ui.widgets.side_column import SideColumn
from ui.widgets.table_card import TableCard

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_ROLES = {Role.AGENT: N_("agent"), Role.SUPERVISOR: N_("supervisor"), Role.COORDINATOR: N_("coordinator")}


class LaptopsPage(QWidget):
    """People on the left, with the day their laptop was handed out; on the right what can be done."""

    stock_asked = Signal()
    prepare_asked = Signal(object)
    recovery_asked = Signal(object)
    stolen_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._handed: Mapping[Id, tuple[StockEntry, ...]] = {}
        self._free: Mapping[tuple[Role, str], int] = {}
        self._own = True
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(14), px(16), px(14))
        row.setSpacing(px(14))
        row.addWidget(self._everybody(), 1)
        row.addWidget(SideColumn(364, self._trouble(), self._person(), self._stock()))

    def _everybody(self) -> QWidget:
        self._count = Pill("")
        card = TableCard(_("Laptops"), self._count)
        self.table = Table(
            (
                Column(_("Name"), lambda a: TextCell(a.name, strong=True), 0, order=lambda a: a.name),
                Column(_("Role"), lambda a: _(_ROLES[a.role]), 130, order=lambda a: a.role.value),
                Column(_("Site"), lambda a: a.site or "–", 130, order=lambda a: a.site),
                Column(_("Laptop"), self._laptop, 220),
            ),
            _("Laptops"),
        )
        self.table.setObjectName("laptops")
        self.table.row_touched.connect(self._choose)
        nobody = EmptyState("users", _("Nobody works here yet"), _("The coordinator brings in the list of people."))
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(nobody)
        card.body.addWidget(self._lists, 1)
        return card

    def _laptop(self, agent: Agent) -> PillCell | TextCell:
        entries = self._handed.get(agent.id, ())
        if not entries:
            return TextCell(_("none from here"), ink="muted")
        entry = entries[0]
        if entry.handed_at is None:
            return PillCell(_("handed out"), Tone.OK)
        return PillCell(_("handed out {day}", day=current().moment(entry.handed_at, "d MMM")), Tone.OK)

    def _trouble(self) -> Card:
        self.trouble = Card("bad", margin=12, gap=4)
        self.trouble.setObjectName("trouble")
        self._what = label("", "body", weight=SEMIBOLD, ink="bad_text", wrap=True)
        self._advice = label("", "small", ink="bad_text", wrap=True)
        self.trouble.body.addWidget(self._what)
        self.trouble.body.addWidget(self._advice)
        self.trouble.hide()
        return self.trouble

    def _person(self) -> Card:
        card = Card()
        card.body.addWidget(label(_("A laptop for this person"), "title", weight=SEMIBOLD))
        self._who = label(_("Choose somebody in the list."), "small", ink="muted", wrap=True)
        card.body.addWidget(self._who)
        self.prepare = self._button("prepare-laptop", _("Make a laptop ready"), "lock", Kind.PRIMARY)
        self.recovery = self._button("recovery-laptop", _("Show the recovery code"), "eye")
        self.stolen = self._button("stolen-laptop", _("Laptop stolen?"), "ban")
        asked = (self.prepare_asked, self.recovery_asked, self.stolen_asked)
        for button, signal in zip((self.prepare, self.recovery, self.stolen), asked, strict=True):
            button.clicked.connect(lambda _checked=False, ask=signal: self._ask(ask))
            card.body.addWidget(button)
        return card

    @staticmethod
    def _button(name: str, words: str, icon: str, kind: Kind = Kind.PLAIN) -> KeyButton:
        made = KeyButton(words, icon=icon, kind=kind)
        made.setObjectName(name)
        made.setEnabled(False)
        return made

    def _stock(self) -> Card:
        self.stock = Card()
        self.stock.body.addWidget(label(_("Stock"), "title", weight=SEMIBOLD))
        self._left = label("", "small", ink="muted", wrap=True)
        self.stock.body.addWidget(self._left)
        add = KeyButton(_("Add stock"), icon="plus")
        add.setObjectName("add-stock")
        add.clicked.connect(self.stock_asked)
        self.stock.body.addWidget(add)
        self.said = label("", "small", ink="ok_text", wrap=True)
        self.said.hide()
        self.stock.body.addWidget(self.said)
        return self.stock

    # --- values

    def show_people(self, people: Sequence[Agent], entries: Sequence[StockEntry], *, own: bool) -> None:
        """Show who works here, who has a laptop and what the stock holds; with an own central there is no stock."""
        self._own = own
        newest = sorted(entries, key=lambda e: (e.handed_at is not None, e.handed_at or _LONG_AGO), reverse=True)
        self._handed = {p: tuple(e for e in newest if e.person == p) for p in {e.person for e in newest if e.person}}
        free = [(e.role, e.site) for e in entries if not e.person]
        self._free = {key: free.count(key) for key in sorted(set(free))}
        self.stock.setVisible(not own)
        self._left.setText(self._stock_words())
        self.table.show_rows(sorted(people, key=lambda a: (a.role.value, a.name)))
        self._lists.setCurrentIndex(0 if people else 1)
        self._count.say(str(len(people)), Tone.PLAIN)

    def _stock_words(self) -> str:
        if not self._free:
            return _("Empty. The operator makes new files; open them here with their code.")
        return "\n".join(
            f"{_(_ROLES[role])} {site}: " + plural("{n} file", "{n} files", count)
            for (role, site), count in self._free.items()
        )

    def _choose(self, agent: Agent) -> None:
        self._who.setText(_("{name}: the file goes to the laptop, you read out the code.", name=agent.name))
        self.prepare.setEnabled(True)
        for button in (self.recovery, self.stolen):
            button.setEnabled(agent.id in self._handed)

    def _ask(self, signal: Signal) -> None:
        agent = self.table.chosen()
        if agent is not None:
            signal.emit(agent)

    def handed_to(self, person: Id) -> tuple[StockEntry, ...]:
        """Return the enrolments that a person was handed, the last one first."""
        return self._handed.get(person, ())

    def show_added(self, count: int) -> None:
        """Say how many files came into the stock."""
        self.tell(None)
        self.said.show()
        self.said.setText(plural("{n} file was added.", "{n} files were added.", count))

    def tell(self, explained: Explained | None) -> None:
        """Show what went wrong, or nothing."""
        self.trouble.setVisible(explained is not None)
        if explained is not None:
            self._what.setText(explained.what)
            self._advice.setText(f"{explained.advice} ({explained.code})")
