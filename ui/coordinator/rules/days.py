"""Days and spans of days, as rows: public holidays, school holidays, exams."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from callcenter.domain.calling_rules import Span
from ui.coordinator.fields import python_day
from ui.style import px
from ui.text import _, current
from ui.widgets import label
from ui.widgets.field import day, line


class SpanRow(QWidget):
    """A name, a first and a last day."""

    touched = Signal()

    def __init__(self, span: Span) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self._name = line("name", span.name)
        self._name.setAccessibleName(_("Name"))
        self._name.textEdited.connect(self.touched)
        self._first, self._last = day("from", _qt(span.start)), day("until", _qt(span.end))
        for field, words in ((self._first, _("From")), (self._last, _("Until"))):
            field.setAccessibleName(words)
            field.dateChanged.connect(self.touched)
        row.addWidget(self._name, 1)
        row.addWidget(self._first)
        row.addWidget(label("–", "body", ink="muted"))
        row.addWidget(self._last)

    @property
    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def value(self) -> Span:
        """Return the span as the fields tell it."""
        return Span(python_day(self._first.date()), python_day(self._last.date()), self._name.text().strip())


class DayRow(QWidget):
    """One day without calls."""

    touched = Signal()

    def __init__(self, when: date) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._day = day("day", _qt(when))
        self._day.setLocale(QLocale(current().language))
        self._day.setDisplayFormat("ddd dd/MM/yyyy")
        self._day.setAccessibleName(_("Day without calls"))
        self._day.dateChanged.connect(self.touched)
        row.addWidget(self._day, 1)

    @property
    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def value(self) -> date:
        """Return the day."""
        return python_day(self._day.date())


def _qt(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)
