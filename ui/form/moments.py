"""Answers that are a day or an hour: typed in boxes, so that no calendar has to be clicked."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from callcenter.forms.session import Question
from ui.form.answer import Answer
from ui.form.script import spoken
from ui.style import px
from ui.text import _
from ui.widgets import label


class _Box(QLineEdit):
    """A box for one number of a moment; when it is full the next one gets the focus."""

    def __init__(self, name: str, digits: int, question: Question) -> None:
        super().__init__()
        self._digits = digits
        self.following: QLineEdit | None = None
        self.setValidator(QRegularExpressionValidator(QRegularExpression(rf"\d{{0,{digits}}}"), self))
        self.setFixedWidth(px(48 + 12 * digits))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(f"{spoken(question.label)}, {name}")
        self.setReadOnly(question.readonly)
        self.textEdited.connect(self._go_on)

    def _go_on(self, text: str) -> None:
        if len(text) == self._digits and self.following is not None:
            self.following.setFocus(Qt.FocusReason.TabFocusReason)
            self.following.selectAll()

    def number(self) -> int | None:
        """Return the number in the box."""
        return int(self.text()) if self.text() else None


class _Boxes(Answer):
    """A row of boxes with their names above them."""

    last_digits = 4
    """How many digits the last box needs before the moment is whole."""

    def __init__(self, question: Question, parts: tuple[tuple[str, int], ...]) -> None:
        super().__init__(question)
        self._boxes = [_Box(name, digits, question) for name, digits in parts]
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for box, (name, _digits) in zip(self._boxes, parts, strict=True):
            pair = QVBoxLayout()
            pair.setSpacing(px(4))
            pair.addWidget(label(name, "caption", weight=600, ink="muted"))
            pair.addWidget(box)
            row.addLayout(pair)
            box.textEdited.connect(lambda _text: self._tell())
        for box, following in zip(self._boxes, self._boxes[1:], strict=False):
            box.following = following
        row.addStretch(1)
        self.column.addLayout(row)
        self._trouble = label("", "small", ink="bad_text", wrap=True)
        self._trouble.hide()
        self.column.addWidget(self._trouble)
        self.show_value(question.value)

    def _tell(self) -> None:
        numbers = [box.number() for box in self._boxes]
        if all(n is None for n in numbers):
            self._say("")
            self.given.emit("")
        elif not any(n is None for n in numbers) and len(self._boxes[-1].text()) >= self.last_digits:
            value = self.made_of([n or 0 for n in numbers])
            self._say("" if value else self.impossible())
            self.given.emit(value)

    def _say(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def made_of(self, numbers: list[int]) -> str:
        """Return the form's value for the numbers of the boxes, or an empty text when there is no such moment."""
        raise NotImplementedError

    def parted(self, value: str) -> list[str]:
        """Return the texts of the boxes for a value of the form."""
        raise NotImplementedError

    def impossible(self) -> str:
        """Return what to say of numbers that are no moment."""
        return _("This date does not exist.")

    def show_value(self, value: str) -> None:
        if any(box.hasFocus() for box in self._boxes):
            return
        for box, text in zip(self._boxes, self.parted(value), strict=True):
            box.setText(text)

    def target(self) -> QWidget:
        return self._boxes[0]


class Day(_Boxes):
    """A date; only month and year, or only the year, where the form asks no more."""

    def __init__(self, question: Question) -> None:
        wishes = question.appearance
        parts = ((_("Day"), 2), (_("Month"), 2), (_("Year"), 4))
        self._first = 2 if "year" in wishes else 1 if "month-year" in wishes else 0
        super().__init__(question, parts[self._first :])

    def made_of(self, numbers: list[int]) -> str:
        # A month alone is its first day, a year alone the first of January, as ODK does.
        day, month, year = ([1] * self._first + numbers)[-3:]
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return ""

    def parted(self, value: str) -> list[str]:
        year, _dash, rest = value[:10].partition("-")
        month, _dash, day = rest.partition("-")
        return [day, month, year][self._first :]


class Hour(_Boxes):
    """A time of the day."""

    last_digits = 1

    def __init__(self, question: Question) -> None:
        super().__init__(question, ((_("Hour"), 2), (_("Minutes"), 2)))

    def made_of(self, numbers: list[int]) -> str:
        hour, minute = numbers
        return f"{hour:02}:{minute:02}:00.000" if hour < 24 and minute < 60 else ""

    def parted(self, value: str) -> list[str]:
        hour, _colon, rest = value.partition(":")
        return [hour, rest[:2]]

    def impossible(self) -> str:
        return _("This time does not exist.")


class DayAndHour(Answer):
    """A date with its time."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._day, self._hour = Day(question), Hour(question)
        self._parts = ["", ""]
        self.column.addWidget(self._day)
        self.column.addWidget(self._hour)
        self._day.given.connect(lambda value: self._tell(0, value))
        self._hour.given.connect(lambda value: self._tell(1, value))
        self.show_value(question.value)

    def _tell(self, place: int, value: str) -> None:
        self._parts[place] = value
        self.given.emit("T".join(self._parts) if all(self._parts) else "")

    def show_value(self, value: str) -> None:
        day, _t, hour = value.partition("T")
        self._parts = [day, hour]
        self._day.show_value(day)
        self._hour.show_value(hour)

    def target(self) -> QWidget:
        return self._day.target()
