"""How long to wait after each outcome, as a table of fields."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from callcenter.domain.calling_rules import RETRY, Retry
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.text import N_
from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets import label
from ui.widgets.field import choice, line

_UNITS = {"1": N_("minutes"), "60": N_("hours"), "1440": N_("days")}
_HEADS = (
    N_("After"),
    N_("Wait at least"),
    N_("Next day"),
    N_("Other part of the week"),
    N_("Other agent"),
    N_("A shift"),
    N_("In all"),
)


class Waits(QWidget):
    """One row an outcome; an empty number of times is without limit."""

    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, _Wait] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(0, 1)
        for place, words in enumerate(_HEADS):
            grid.addWidget(label(_(words), "caption", weight=SEMIBOLD, ink="muted", wrap=place > 1), 0, place)
        for number, letter in enumerate(RETRY, 1):
            outcome = _(MEANING[Outcome(letter)].label)
            grid.addWidget(label(outcome, "body", wrap=True), number, 0)
            self._rows[letter] = _Wait(outcome, grid, number, self.touched)

    def show_waits(self, waits: Mapping[str, Retry]) -> None:
        """Fill in the fields."""
        for letter, row in self._rows.items():
            row.show_wait(waits.get(letter, Retry(0)))

    def values(self) -> dict[str, Retry]:
        """Return the waits by outcome letter."""
        return {letter: row.value() for letter, row in self._rows.items()}


class _Wait:
    """The fields of one row."""

    def __init__(self, outcome: str, grid: QGridLayout, row: int, touched: SignalInstance) -> None:
        self._amount = _number("amount", 0, 9999, 62)
        self._unit = choice("unit", {key: _(words) for key, words in _UNITS.items()})
        self._ticks = [QCheckBox() for _head in _HEADS[2:5]]
        self._counts = [_number("times", 0, 99, 52) for _head in _HEADS[5:]]
        wait = QWidget()
        across = QHBoxLayout(wait)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(6))
        across.addWidget(self._amount)
        across.addWidget(self._unit)
        self._unit.setMinimumContentsLength(6)
        parts = [wait, *self._ticks, *self._counts]
        for place, part in enumerate(parts, 1):
            grid.addWidget(part, row, place)
        named = [self._amount, *self._ticks, *self._counts]
        for part, head in zip(named, _HEADS[1:], strict=True):
            part.setAccessibleName(f"{outcome}: {_(head)}")
        self._unit.setAccessibleName(f"{outcome}: {_('Unit')}")
        self._unit.currentIndexChanged.connect(touched)
        for field in (self._amount, *self._counts):
            field.textEdited.connect(touched)
        for tick in self._ticks:
            tick.toggled.connect(touched)

    def show_wait(self, rule: Retry) -> None:
        """Fill in the fields, in the largest unit that fits."""
        unit = next(u for u in (1440, 60, 1) if rule.minutes % u == 0 and (rule.minutes >= u or u == 1))
        self._amount.setText(str(rule.minutes // unit))
        self._unit.setCurrentIndex(self._unit.findData(str(unit)))
        for tick, yes in zip(self._ticks, (rule.next_day, rule.other_slot, rule.other_agent), strict=True):
            tick.setChecked(yes)
        for field, count in zip(self._counts, (rule.per_shift, rule.times), strict=True):
            field.setText(str(count) if count else "")

    def value(self) -> Retry:
        """Return what the fields tell."""
        next_day, other_slot, other_agent = (tick.isChecked() for tick in self._ticks)
        per_shift, times = (_count(field) for field in self._counts)
        minutes = _count(self._amount) * int(self._unit.currentData())
        return Retry(minutes, other_slot, other_agent, next_day, per_shift, times)


def _number(name: str, least: int, most: int, width: int) -> QLineEdit:
    made = line(name)
    made.setValidator(QIntValidator(least, most, made))
    made.setFixedWidth(px(width))
    return made


def _count(field: QLineEdit) -> int:
    return int(field.text()) if field.text().isdigit() else 0
