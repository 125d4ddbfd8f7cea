"""What every answer widget can do, whatever the kind of its question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callcenter.forms.session import Kind, Question
from ui.style import px

NOT_APPLICABLE, DONT_KNOW, WONT_SAY = "97", "98", "99"
NON_ANSWERS = (NOT_APPLICABLE, DONT_KNOW, WONT_SAY)


class Answer(QWidget):
    """The answer to one question; `given` comes with each change that a person makes."""

    given = Signal(str)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(8))

    def show_value(self, value: str) -> None:
        """Show the value that the form holds, without telling it back."""

    def press(self, digit: int) -> bool:
        """Take a digit 1 to 9; tell whether it meant something here."""
        return False

    def target(self) -> QWidget | None:
        """Return the widget that takes the focus; None for a note."""
        return None


def offers(question: Question, choice: str) -> bool:
    """Tell whether a non-answer fits: 97, 98, 99 where the list has them, 98 and 99 for numbers."""
    if question.readonly:
        return False
    if question.kind in (Kind.INTEGER, Kind.DECIMAL):
        return choice in (DONT_KNOW, WONT_SAY)
    return any(c.value == choice for c in question.choices)
