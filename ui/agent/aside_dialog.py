"""What the centre would not have, on the laptop where it waits: look at it, offer it again, or let it stay aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from callcenter.usecases.set_aside import AsideEntry
from ui.agent.asking import Asking
from ui.agent.office_file import OfficeFilePanel
from ui.style import SEMIBOLD
from ui.text import _, current
from ui.widgets import Card, KeyButton, label
from ui.widgets.event_words import kind_words, why_words


class AsideDialog(Asking):
    """One card an event; `again_asked` and `leave_asked` come with the ids of all that is still open."""

    again_asked = Signal(object)
    leave_asked = Signal(object)

    def __init__(self, entries: Sequence[AsideEntry], parent: QWidget | None = None) -> None:
        lead = _("These results are safe on this laptop. The other ones are with the centre.")
        super().__init__(_("Not accepted by the centre"), lead, parent, width=560)
        self._open = tuple(entry.event for entry in entries if not entry.left)
        for entry in entries:
            self.body.addWidget(_card(entry))
        if not entries:
            self.body.addWidget(label(_("Nothing is set aside."), ink="muted", wrap=True))
        self.file = OfficeFilePanel()
        self.body.addWidget(self.file)
        self.go_on.setText(_("Offer them again"))
        self.go_on.setVisible(bool(self._open))
        self.leave = KeyButton(_("Leave them aside"))
        self.leave.setObjectName("leave-aside")
        self.leave.setToolTip(_("Only with your supervisor: they are kept, and ask for nothing any more."))
        self.leave.clicked.connect(self._leave)
        self.add_way(self.leave)
        # Only now: a button that is shown before it has a place would be a window of its own.
        self.leave.setVisible(bool(self._open))

    def confirm(self) -> None:
        self.again_asked.emit(self._open)
        self.accept()

    def _leave(self) -> None:
        self.leave_asked.emit(self._open)
        self.accept()


def _card(entry: AsideEntry) -> Card:
    card = Card("raised", margin=10, gap=2)
    moment = current().moment(entry.at, "EEE d MMM, HH:mm")
    about = " · ".join(part for part in (kind_words(entry.kind), entry.name, moment) if part)
    card.body.addWidget(label(about, weight=SEMIBOLD, wrap=True))
    why = why_words(entry.why)
    words = _("{why} Left aside with a supervisor.", why=why) if entry.left else why
    card.body.addWidget(label(words, "small", ink="muted", wrap=True))
    return card
