"""What was heard in calls and waits for the coordinator: people who need help, new numbers and addresses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callcenter.text import N_
from callcenter.usecases.concerns import Concern, Kind
from callcenter.usecases.supervising import ProposalEntry
from ui.style import px
from ui.text import _, current, plural
from ui.widgets import Card, Column, EmptyState, KeyButton, Pill, PillCell, Table, TextCell, Tone, label
from ui.widgets.key_button import Kind as Button
from ui.widgets.table_card import TableCard

_PARTS = {"phone": N_("Telephone number"), "email": N_("E-mail address"), "town": N_("Town")}


class ReviewPage(QWidget):
    """People first; below them one row a proposal: `decided` comes with the entry and whether it is accepted."""

    decided = Signal(object, bool)
    erase_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        card = TableCard(_("Heard in calls, to be decided"))
        self.table = Table(
            (
                Column(_("Moment"), lambda e: current().moment(e.at, "EEE d MMM, HH:mm"), 160, order=lambda e: e.at),
                Column(_("Person"), lambda e: TextCell(e.name, strong=True), 0, order=lambda e: e.name),
                Column(_("What"), lambda e: _(_PARTS.get(e.part, e.part)), 180, order=lambda e: e.part),
                Column(_("Known now"), lambda e: TextCell(e.old or "–", ink="muted"), 240),
                Column(_("New"), lambda e: e.value, 240),
            ),
            _("Heard in calls, to be decided"),
        )
        self.table.setObjectName("proposals")
        self.table.row_touched.connect(lambda _entry: self._allow())
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(
            EmptyState("inbox", _("Nothing to decide"), _("New numbers and addresses from calls appear here."))
        )
        card.body.addWidget(self._lists, 1)
        column.setSpacing(px(14))
        column.addWidget(self._worries(), 1)
        column.addWidget(card, 1)
        column.addLayout(self._foot())

    def _worries(self) -> Card:
        self._alarm = Pill("")
        card = TableCard(_("Asked for help, or in trouble"), self._alarm)
        self.concerns = Table(
            (
                Column(_("Moment"), lambda c: current().moment(c.at, "EEE d MMM, HH:mm"), 160, order=lambda c: c.at),
                Column(_("Person"), lambda c: TextCell(c.name, strong=True, tip=c.reference), 150),
                Column("", _kind, 150, order=lambda c: c.kind.value),
                Column(_("About"), _about, 0),
                Column(_("May be passed on"), _passed_on, 150),
                Column(_("Agent"), lambda c: c.agent, 130),
            ),
            _("Asked for help, or in trouble"),
        )
        self.concerns.setObjectName("concerns")
        self._quiet = QStackedWidget()
        self._quiet.addWidget(self.concerns)
        self._quiet.addWidget(
            EmptyState(
                "heart-handshake", _("Nobody asked for help"), _("Questions and worries from calls appear here.")
            )
        )
        card.body.addWidget(self._quiet, 1)
        return card

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        self.erase = KeyButton(_("Erase a person…"), icon="trash-2")
        self.erase.setObjectName("erase")
        self.erase.clicked.connect(self.erase_asked)
        foot.addWidget(self.erase)
        words = _("What you accept goes into the next selections. What you refuse stays in the history.")
        foot.addWidget(label(words, "small", ink="muted", wrap=True), 1)
        self._refuse = KeyButton(_("Refuse"), icon="x")
        self._refuse.setObjectName("refuse")
        self._refuse.clicked.connect(lambda: self._decide(accepted=False))
        self._accept = KeyButton(_("Accept"), icon="check", kind=Button.PRIMARY)
        self._accept.setObjectName("accept")
        self._accept.clicked.connect(lambda: self._decide(accepted=True))
        foot.addWidget(self._refuse)
        foot.addWidget(self._accept)
        return foot

    def show_proposals(self, entries: Sequence[ProposalEntry]) -> None:
        """Show what waits."""
        self.table.show_rows(entries)
        self._lists.setCurrentIndex(0 if entries else 1)
        self._allow()

    def show_concerns(self, concerns: Sequence[Concern]) -> None:
        """Show who asked for help and who worried an agent."""
        self.concerns.show_rows(concerns)
        self._quiet.setCurrentIndex(0 if concerns else 1)
        worries = sum(concern.kind is Kind.WORRY for concern in concerns)
        self._alarm.setVisible(worries > 0)
        self._alarm.say(plural("{n} in trouble", "{n} in trouble", worries), Tone.BAD)

    def show_erasing(self, waiting: int) -> None:
        """Show how many erasures not every laptop has confirmed."""
        words = _("Erase a person…")
        self.erase.setText(f"{words} ({current().number(waiting)})" if waiting else words)

    def _allow(self) -> None:
        chosen = self.table.chosen() is not None
        self._accept.setEnabled(chosen)
        self._refuse.setEnabled(chosen)

    def _decide(self, *, accepted: bool) -> None:
        entry = self.table.chosen()
        if entry is not None:
            self.decided.emit(entry, accepted)


def _kind(concern: Concern) -> PillCell:
    worry = concern.kind is Kind.WORRY
    return PillCell(_("in trouble") if worry else _("asked for help"), Tone.BAD if worry else Tone.ACCENT)


def _about(concern: Concern) -> TextCell:
    words = " · ".join(part for part in (", ".join(concern.topics), " ".join(concern.text.split())) if part)
    return TextCell(words, tip=words)


def _passed_on(concern: Concern) -> TextCell:
    if concern.kind is Kind.WORRY:
        return TextCell(_("by you alone"), ink="muted")
    return TextCell(_("yes") if concern.share else _("no"), ink="text" if concern.share else "muted")
