"""A message above the form: the file cannot be used, answers were lost, the end was reached."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.style import SEMIBOLD, px
from ui.widgets import Card, IconLabel, label


class Notice(Card):
    """An icon, a sentence and a second one; hidden while there is nothing to say."""

    def __init__(self, ground: str, icon: str, ink: str) -> None:
        super().__init__(ground, margin=12)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconLabel(icon, ink, 18))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        self._first = label("", "body", weight=SEMIBOLD, wrap=True)
        self._second = label("", "small", wrap=True)
        words.addWidget(self._first)
        words.addWidget(self._second)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.hide()

    def tell(self, first: str, second: str = "") -> None:
        """Tell something; an empty first sentence tells nothing any more."""
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.setVisible(bool(first))

    def text(self) -> str:
        """Return what is said, empty while hidden."""
        return "" if self.isHidden() else f"{self._first.text()} {self._second.text()}".strip()
