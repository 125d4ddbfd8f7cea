"""To decide: numbers and addresses that were heard in calls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callcenter.text import N_
from callcenter.usecases.supervising import ProposalEntry
from ui.style import SEMIBOLD, px
from ui.text import _, current
from ui.widgets import Card, Column, EmptyState, KeyButton, Kind, Table, TextCell, label

_PARTS = {"phone": N_("Telephone number"), "email": N_("E-mail address"), "town": N_("Town")}


class ReviewPage(QWidget):
    """One row a proposal; `decided` comes with the entry and whether it is accepted."""

    decided = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        card = Card(margin=0, gap=0)
        card.body.setContentsMargins(0, 0, 0, px(10))  # the table stays inside the round corners
        head = label(_("Heard in calls, to be decided"), "title", weight=SEMIBOLD)
        head.setContentsMargins(px(16), px(12), px(16), px(6))
        card.body.addWidget(head)
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
        column.addWidget(card, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        words = _("What you accept goes into the next selections. What you refuse stays in the history.")
        foot.addWidget(label(words, "small", ink="muted", wrap=True), 1)
        self._refuse = KeyButton(_("Refuse"), icon="x")
        self._refuse.setObjectName("refuse")
        self._refuse.clicked.connect(lambda: self._decide(accepted=False))
        self._accept = KeyButton(_("Accept"), icon="check", kind=Kind.PRIMARY)
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

    def _allow(self) -> None:
        chosen = self.table.chosen() is not None
        self._accept.setEnabled(chosen)
        self._refuse.setEnabled(chosen)

    def _decide(self, *, accepted: bool) -> None:
        entry = self.table.chosen()
        if entry is not None:
            self.decided.emit(entry, accepted)
