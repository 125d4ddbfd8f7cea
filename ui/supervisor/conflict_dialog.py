"""Two people decided differently about one thing: which word holds?"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from callcenter.domain.outcome import MEANING
from callcenter.ids import Id
from callcenter.text import N_
from callcenter.usecases.conflicts import Conflict, Field, Side
from ui.office_dialogs import OfficeDialog
from ui.text import _, current
from ui.widgets import Kind, OptionRow, label

_DECIDED = {"accepted": N_("Accept the new number or address"), "refused": N_("Keep what was known")}


class ConflictDialog(OfficeDialog):
    """`decided` comes with True when the first word holds."""

    decided = Signal(bool)

    def __init__(self, name: str, conflict: Conflict, names: Mapping[Id, str], parent: QWidget | None) -> None:
        super().__init__(_("Which one holds for {name}?", name=name), "conflict", parent)
        lead = _("They did not know of each other. The other word stays in the history.")
        self.body.addWidget(label(lead, ink="muted", wrap=True))
        self._group = QButtonGroup(self)
        for place, side in enumerate((conflict.first, conflict.second)):
            moment = current().moment(side.at, "EEE d MMM, HH:mm")
            who = names.get(side.by, "–")
            aside = " · ".join(part for part in (who, moment, side.reason) if part)
            row = OptionRow(_value(conflict.field, side), aside=aside, compact=True)
            row.setObjectName(f"side-{place}")
            self._group.addButton(row, place)
            self.body.addWidget(row)
        self.body.addStretch(1)
        self.hold = self.add_way("hold", _("This one holds"), Kind.PRIMARY)
        self.hold.setEnabled(False)
        self._group.idClicked.connect(lambda _place: self.hold.setEnabled(True))
        self.hold.clicked.connect(self._tell)

    def _tell(self) -> None:
        self.decided.emit(self._group.checkedId() == 0)
        self.accept()


def _value(field: Field, side: Side) -> str:
    if field is Field.CONTACT:
        return _(_DECIDED[side.value])
    return next((_(meaning.label) for outcome, meaning in MEANING.items() if outcome.value == side.value), side.value)
