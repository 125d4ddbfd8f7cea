"""Hours on some days of the week, as rows: the days, from when, until when."""

from __future__ import annotations

from datetime import date, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from callcenter.domain.calling_rules import Slot, Window
from ui.coordinator.fields import Clock
from ui.style import px
from ui.text import _, current
from ui.widgets import label
from ui.widgets.field import line

_MONDAY = date(2026, 6, 22)


class HoursRow(QWidget):
    """Seven days to tick and two hours; a part of the week has a short name in front."""

    touched = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self._code = line("code", window.code) if isinstance(window, Slot) else None
        if self._code is not None:
            self._code.setFixedWidth(px(64))
            self._code.setAccessibleName(_("Short name"))
            self._code.textEdited.connect(self.touched)
            row.addWidget(self._code)
        self._days = [self._day(number, ticked=number in window.days) for number in range(1, 8)]
        for day in self._days:
            row.addWidget(day)
        row.addSpacing(px(12))
        self._start, self._end = Clock("from"), Clock("until")
        for field, value, words in ((self._start, window.start, _("From")), (self._end, window.end, _("Until"))):
            field.show_time(value)
            field.setAccessibleName(words)
            field.changed.connect(self.touched)
        row.addWidget(self._start)
        row.addWidget(label("–", "body", ink="muted"))
        row.addWidget(self._end)
        row.addStretch(1)

    def _day(self, number: int, *, ticked: bool) -> QCheckBox:
        when = _MONDAY + timedelta(days=number - 1)
        made = QCheckBox(current().date(when, "EEEEEE"))
        made.setAccessibleName(current().date(when, "EEEE"))
        made.setChecked(ticked)
        made.toggled.connect(self.touched)
        return made

    @property
    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def value(self) -> Window:
        """Return the hours as the fields tell them."""
        days = tuple(number for number, day in enumerate(self._days, 1) if day.isChecked())
        told = (self._start.time(), self._end.time(), days)
        return Window(*told) if self._code is None else Slot(*told, self._code.text().strip())


def blank_hours() -> Window:
    """Return what new hours begin with."""
    return Window(time(9), time(12))


def blank_slot() -> Slot:
    """Return what a new part of the week begins with."""
    return Slot(time(9), time(12), (1, 2, 3, 4, 5), "")
