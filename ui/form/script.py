"""The words of a question: what is read aloud, what only the caller sees, what goes wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from callcenter.forms.session import Question, Run
from ui.style import code, px
from ui.text import _
from ui.widgets import Card, IconLabel, label

_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")


def spoken(runs: Sequence[Run]) -> str:
    """Return the words alone, for screen readers and tests."""
    return "".join(run.text for run in runs).replace("**", "").replace("__", "").strip()


def _rich(runs: Sequence[Run]) -> str:
    """Return the words as rich text: fills in the fill's colour, `**strong**` words bold."""
    parts = []
    for run in runs:
        words = html.escape(run.text, quote=False)
        words = _BOLD.sub(lambda found: f"<b>{found.group(1) or found.group(2)}</b>", words).replace("\n", "<br>")
        parts.append(f'<span style="color:{code("fill")}; font-weight:600">{words}</span>' if run.fill else words)
    return f'<p style="line-height:140%; margin:0">{"".join(parts)}</p>'


class ScriptLabel(QLabel):
    """What the caller says, the biggest thing on the screen."""

    def __init__(self, size: str = "script") -> None:
        super().__init__()
        self.setProperty("type", size)
        self.setProperty("ink", "text")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, runs: Sequence[Run]) -> None:
        """Show other words."""
        self.setText(_rich(runs))
        self.setAccessibleName(spoken(runs))


class Silent(Card):
    """Words for the caller only: an instruction, or a hint to read when asked."""

    def __init__(self, words: str, icon: str = "circle-question-mark") -> None:
        super().__init__("raised", margin=10, gap=0)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconLabel(icon, "muted", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(words, "small", ink="muted", wrap=True), 1)
        self.body.addLayout(row)


class Words(QWidget):
    """The script of one question with its silent boxes."""

    def __init__(self, question: Question, size: str = "script") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.script = ScriptLabel(size)
        self.script.say(question.label)
        column.addWidget(self.script)
        if not spoken(question.label):
            self.script.hide()
        if question.guidance:
            column.addWidget(Silent(_("Do not read aloud. {guidance}", guidance=question.guidance)))
        if question.hint:
            column.addWidget(Silent(_("Only when asked: {hint}", hint=question.hint), "message-square"))


class Complaint(Card):
    """What is wrong with an answer, in words, under its question."""

    def __init__(self) -> None:
        super().__init__("bad", margin=10, gap=0)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconLabel("triangle-alert", "bad_text", 16), 0, Qt.AlignmentFlag.AlignTop)
        self._words = label("", "small", weight=500, ink="bad_text", wrap=True)
        row.addWidget(self._words, 1)
        self.body.addLayout(row)
        self.hide()

    def say(self, words: str) -> None:
        """Show what is wrong; nothing when all is well."""
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.setVisible(bool(words))

    def text(self) -> str:
        """Return what it says."""
        return self._words.text()
