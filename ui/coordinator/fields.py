"""Fields of a form by the name of their setting: how each takes a value and how it gives one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from PySide6.QtCore import QDate, QObject, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from ui.style import px
from ui.text import _
from ui.widgets.field import choice, day, line

_NEVER = QDate(2000, 1, 1)


class Fields(QObject):
    """Makes fields and keeps them; `touched` when one was changed by hand."""

    touched = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fill: dict[str, Callable[[Any], object]] = {}
        self._give: dict[str, Callable[[], Any]] = {}
        self._filling = False

    def keep(self, name: str, fill: Callable[[Any], object], give: Callable[[], Any]) -> None:
        """Keep a field that was made elsewhere; call `touch` when it changes."""
        self._fill[name], self._give[name] = fill, give

    def line(self, name: str) -> QLineEdit:
        """Return a line of text."""
        made = line(name)
        made.textEdited.connect(self.touch)
        self.keep(name, lambda text: _fill_line(made, text), lambda: made.text().strip())
        return made

    def text(self, name: str) -> QPlainTextEdit:
        """Return room for some sentences."""
        made = QPlainTextEdit()
        made.setObjectName(name)
        made.setTabChangesFocus(True)
        made.textChanged.connect(self.touch)
        self.keep(name, made.setPlainText, made.toPlainText)
        return made

    def day(self, name: str, *, may_be_empty: bool = False) -> QWidget:
        """Return a day; one that may be empty gives None for it."""
        made = day(name, _NEVER)
        made.setMinimumDate(_NEVER)
        if may_be_empty:
            made.setSpecialValueText(_("not yet"))
        made.dateChanged.connect(self.touch)
        self.keep(
            name,
            lambda value: made.setDate(_NEVER if value is None else QDate(*value.timetuple()[:3])),
            lambda: python_day(made.date()) if made.date() != _NEVER else None,
        )
        return made

    def clock(self, name: str) -> Clock:
        """Return an hour of the day."""
        made = Clock(name)
        made.changed.connect(self.touch)
        self.keep(name, made.show_time, made.time)
        return made

    def choice(self, name: str, words: Mapping[str, str], keys: tuple[str, ...]) -> QWidget:
        """Return one of several, by key."""
        made = choice(name, {key: _(words[key]) for key in keys})
        made.currentIndexChanged.connect(self.touch)
        self.keep(name, lambda value: made.setCurrentIndex(made.findData(value)), made.currentData)
        return made

    def number(self, name: str, least: int, most: int) -> QLineEdit:
        """Return a whole number; an empty field is the smallest: the settings refuse what makes no sense."""
        made = line(name)
        made.setValidator(QIntValidator(least, most, made))
        made.textEdited.connect(self.touch)
        self.keep(
            name,
            lambda value: made.setText(str(value)),
            lambda: int(made.text()) if made.text().isdigit() else least,
        )
        return made

    def percent(self, name: str) -> QLineEdit:
        """Return a share, typed as a whole percentage from 1 to 100."""
        made = line(name)
        made.setValidator(QIntValidator(1, 100, made))
        made.textEdited.connect(self.touch)
        self.keep(
            name,
            lambda share: made.setText(str(round(share * 100))),
            lambda: int(made.text()) / 100 if made.text().isdigit() else 0.0,
        )
        return made

    def tick(self, name: str, words: str) -> QCheckBox:
        """Return a yes or no."""
        made = QCheckBox(words)
        made.setObjectName(name)
        made.toggled.connect(self.touch)
        self.keep(name, made.setChecked, made.isChecked)
        return made

    def touch(self) -> None:
        """Tell that something was changed by hand."""
        if not self._filling:
            self.touched.emit()

    def show(self, value_of: Callable[[str], Any]) -> None:
        """Fill in every field with the value of its name."""
        self._filling = True
        for name, fill in self._fill.items():
            fill(value_of(name))
        self._filling = False

    def values(self) -> dict[str, Any]:
        """Return what the fields tell, by name."""
        return {name: give() for name, give in self._give.items()}


class Clock(QLineEdit):
    """An hour of the day as `20:30`; a half typed one still gives the hour before it."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setInputMask("99:99")
        self.setFixedWidth(px(78))
        self._time = time(0)
        self.textEdited.connect(self._read)

    def show_time(self, value: time) -> None:
        """Show another hour."""
        self._time = value
        self.setText(f"{value:%H:%M}")

    def time(self) -> time:
        """Return the hour."""
        return self._time

    def _read(self, text: str) -> None:
        try:
            self._time = time.fromisoformat(text)
        except ValueError:  # half typed
            return
        self.changed.emit()


def python_day(chosen: QDate) -> date:
    """Return a day as the settings keep it."""
    return date(chosen.year(), chosen.month(), chosen.day())


def _fill_line(made: QLineEdit, text: str) -> None:
    """Fill in a text so that its beginning is seen."""
    made.setText(text)
    made.setCursorPosition(0)
