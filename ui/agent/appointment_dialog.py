"""When to call again: the usual moments first, an exact one second; firm or a guess."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDateEdit, QHBoxLayout, QLineEdit, QWidget

from callcenter.domain.appointment import Firmness
from callcenter.queue.explain import explain
from callcenter.queue.picker import Picker
from callcenter.text import LOCAL_ZONE
from callcenter.usecases.views import AppointmentWish
from ui.agent.asking import Asking
from ui.agent.chips import chips
from ui.messages import Explained
from ui.style import SEMIBOLD, px
from ui.text import _, current
from ui.widgets import Card, KeyButton, Kind, OptionRow, label

_HOUR = r"([01]?\d|2[0-3])([:.uh]?[0-5]?\d?)?"


def hour_of(text: str) -> time:
    """Read an hour as people type it: 17, 1730, 17:30, 17u30; nothing is five in the afternoon."""
    digits = "".join(c for c in text if c.isdigit())
    if not digits:
        return time(17)
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    return time(min(int(hours), 23), min(int(minutes), 59))


class AppointmentDialog(Asking):
    """A digit chooses a moment, Enter agrees to it; `declined` when no moment is wanted and none is needed."""

    agreed = Signal(AppointmentWish)
    declined = Signal()

    def __init__(
        self,
        name: str,
        now: datetime,
        parent: QWidget | None = None,
        *,
        soft: bool = False,
        optional: bool = False,
        picker: Picker | None = None,
    ) -> None:
        super().__init__(_("When shall we call {name} again?", name=name), "", parent, width=480)
        self._now, self._picker = now, picker
        self._chips = chips(now, picker)
        self._group = QButtonGroup(self)
        for place, chip in enumerate(self._chips):
            self._add_row(chip.words, place)
        self._add_row(_("Another moment"), len(self._chips))
        self._group.button(0).setChecked(True)
        self.body.addLayout(self._exact(now))
        self._add_doubt()
        self.body.addWidget(label(_("How sure is it?"), "small", weight=SEMIBOLD, ink="muted"))
        self._firmness = QButtonGroup(self)
        self._firm = OptionRow(_("The person named this moment"), "V", compact=True)
        self._soft = OptionRow(_("It is a guess"), "R", compact=True)
        for row in (self._firm, self._soft):
            self._firmness.addButton(row)
            self.body.addWidget(row)
        (self._soft if soft else self._firm).setChecked(True)
        self._personal = QCheckBox(_("I call back myself"))
        self._personal.setToolTip(_("After 24 hours anybody may do it, so that nobody is forgotten."))
        self.body.addWidget(self._personal)
        self._trouble = Card("bad", margin=10)
        self._words = label("", "small", ink="bad_text", wrap=True)
        self._trouble.body.addWidget(self._words)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.go_on.setText(_("Make appointment"))
        if optional:
            none = KeyButton(_("No appointment"), kind=Kind.QUIET)
            none.clicked.connect(self._decline)
            self.add_way(none)

    def _add_doubt(self) -> None:
        self._doubt = label("", "small", ink="warn_text", wrap=True)
        self._doubt.hide()
        self.body.addWidget(self._doubt)
        self._group.idToggled.connect(lambda _place, _on: self._judge())

    def _add_row(self, words: str, place: int) -> None:
        row = OptionRow(words, str(place + 1), compact=True)
        row.setObjectName(f"moment-{place + 1}")
        self._group.addButton(row, place)
        self.body.addWidget(row)

    def _exact(self, now: datetime) -> QHBoxLayout:
        today = now.astimezone(LOCAL_ZONE)
        good = self._picker.offered(now, 1) if self._picker is not None else ()
        local = good[0].astimezone(LOCAL_ZONE) if good else today.replace(hour=17, minute=0)
        self._day = QDateEdit(QDate(local.year, local.month, local.day))
        self._day.setMinimumDate(QDate(today.year, today.month, today.day))
        self._day.setDisplayFormat("dd-MM-yyyy")
        self._day.setCalendarPopup(True)
        self._day.setAccessibleName(_("Day"))
        self._hour = QLineEdit(f"{local:%H:%M}")
        self._hour.setValidator(QRegularExpressionValidator(QRegularExpression(_HOUR), self))
        self._hour.setAccessibleName(_("Hour"))
        self._hour.setFixedWidth(px(90))
        row = QHBoxLayout()
        row.setContentsMargins(px(50), 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._day)
        row.addWidget(self._hour)
        self._day.dateChanged.connect(self._choose_exact)
        self._hour.textEdited.connect(self._choose_exact)
        row.addStretch(1)
        return row

    def _choose_exact(self) -> None:
        self._group.button(len(self._chips)).setChecked(True)
        self._judge()

    def _judge(self) -> None:
        """Say at once why nobody could keep an exact moment, and the next good one; what was agreed still counts."""
        exact = self._group.checkedId() == len(self._chips)
        fault = self._picker.fault(self.wish().start) if exact and self._picker is not None else None
        self._doubt.setText(explain(fault, current(), at=self._now) if fault is not None else "")
        self._doubt.setVisible(fault is not None)

    def wish(self) -> AppointmentWish:
        """Return the moment as it is chosen now."""
        place = self._group.checkedId()
        if place < len(self._chips):
            start = self._chips[place].start
        else:
            day, hour = self._day.date(), hour_of(self._hour.text())
            start = datetime.combine(date(day.year(), day.month(), day.day()), hour, LOCAL_ZONE)
        firmness = Firmness.FIRM if self._firm.isChecked() else Firmness.SOFT
        return AppointmentWish(start, firmness, personal=self._personal.isChecked())

    def show_trouble(self, explained: Explained) -> None:
        """Say why the moment was not taken."""
        self._words.setText(f"{explained.what} {explained.advice}")
        self._trouble.show()

    def first(self) -> QWidget | None:
        return self._group.checkedButton()

    def confirm(self) -> None:
        wish = self.wish()
        self.accept()
        self.agreed.emit(wish)

    def _decline(self) -> None:
        self.accept()
        self.declined.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().upper()
        row = self._group.button(int(text) - 1) if text.isdecimal() and text != "0" else None
        if row is not None:
            row.setChecked(True)
            if row is self._group.button(len(self._chips)):
                self._day.setFocus(Qt.FocusReason.ShortcutFocusReason)
            else:
                row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif text in ("V", "R"):
            (self._firm if text == "V" else self._soft).setChecked(True)
        else:
            super().keyPressEvent(event)
