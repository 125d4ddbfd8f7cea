"""One question on a page: its words, its answer, what is wrong with it."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callcenter.forms.session import Question
from ui.form.answers import answer_for
from ui.form.script import Complaint, Words
from ui.style import px


class Block(QWidget):
    """A question with its answer; `answered(ref, value)` comes with each change that a person makes."""

    answered = Signal(str, str)

    def __init__(self, question: Question, *, size: str, compact: bool) -> None:
        super().__init__()
        self.question = question
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(Words(question, size))
        self._complaint = Complaint()
        self.answer = answer_for(question, compact=compact)
        column.addWidget(self.answer)
        column.addWidget(self._complaint)
        self._complaint.say(question.message)
        self.answer.given.connect(lambda value: self.answered.emit(question.ref, value))

    def fits(self, question: Question) -> bool:
        """Tell whether this block can show the question by only changing its value and message."""
        return _still(question) == _still(self.question)

    def refresh(self, question: Question) -> None:
        """Show the value and message that the form holds now."""
        self.question = question
        self.answer.show_value(question.value)
        self._complaint.say(question.message)

    def complaint(self) -> str:
        """Return what it says is wrong."""
        return self._complaint.text()


def _still(question: Question) -> Question:
    """Return the question without what changes while one answers it."""
    return dataclasses.replace(question, value="", message="")
