"""One figure that matters: its name, its value, and one word about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from ui.style import BOLD, px
from ui.widgets.card import Card
from ui.widgets.elided import Elided
from ui.widgets.label import label
from ui.widgets.paint import Tone
from ui.widgets.pill import Pill


class Figure(Card):
    """A card with a big value; beside it muted words or a pill."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__(margin=16, gap=2)
        self.setObjectName(name)
        self._title_words = title
        self.body.setContentsMargins(px(16), px(10), px(16), px(10))
        self._title = Elided(title, "small", ink="muted")
        self._value = label("–", "kpi", weight=BOLD)
        self._aside = Elided("", "small", ink="muted")
        self._pill = Pill("")
        self._pill.hide()
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self._value)
        row.addStretch(1)
        row.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(self._title)
        self.body.addLayout(row)

    def show_value(self, value: str, aside: str = "", pill: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Show another value."""
        self._value.setText(value)
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._pill.setVisible(bool(pill))
        if pill:
            self._pill.say(pill, tone)
        self.setAccessibleName(", ".join(part for part in (self._title_words, value, aside, pill) if part))

    def value(self) -> str:
        """Return the value as shown."""
        return self._value.text()
