"""Which widget takes the answer of which kind of question."""

from __future__ import annotations

from collections.abc import Callable

from callcenter.forms.session import Kind, Question
from ui.form.answer import Answer
from ui.form.choices import ChooseByTyping, ChooseMany, ChooseOne, Rank, is_long
from ui.form.entries import Decimal, Lines, Whole, Words
from ui.form.moments import Day, DayAndHour, Hour
from ui.text import _
from ui.widgets import OptionToggle


class Said(Answer):
    """A question that only asks to tick that something was said."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._row = OptionToggle(_("Said"), "1")
        self._row.setEnabled(not question.readonly)
        self._row.clicked.connect(lambda on: self.given.emit("OK" if on else ""))
        self.column.addWidget(self._row)
        self.show_value(question.value)

    def show_value(self, value: str) -> None:
        self._row.setChecked(value == "OK")

    def press(self, digit: int) -> bool:
        if digit == 1 and self._row.isEnabled():
            self._row.click()
        return digit == 1

    def target(self) -> OptionToggle:
        return self._row


_BY_KIND: dict[Kind, Callable[[Question], Answer]] = {
    Kind.INTEGER: Whole,
    Kind.DECIMAL: Decimal,
    Kind.RANGE: Decimal,
    Kind.DATE: Day,
    Kind.TIME: Hour,
    Kind.DATETIME: DayAndHour,
    Kind.NOTE: Answer,
    Kind.ACKNOWLEDGE: Said,
}
_ROWS = {Kind.ONE: ChooseOne, Kind.MANY: ChooseMany, Kind.RANK: Rank, Kind.RANGE: ChooseOne}


def answer_for(question: Question, *, compact: bool) -> Answer:
    """Return the widget that takes the answer of a question."""
    if question.kind is Kind.ONE and is_long(question):
        return ChooseByTyping(question)
    if question.kind in _ROWS and (question.choices or question.kind is not Kind.RANGE):
        return _ROWS[question.kind](question, compact=compact)
    if question.kind is Kind.TEXT:
        return Lines(question) if "multiline" in question.appearance else Words(question)
    return _BY_KIND[question.kind](question)
