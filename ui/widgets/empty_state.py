"""What a place says when there is nothing in it: why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.style import SEMIBOLD, px
from ui.widgets.flow import Flow
from ui.widgets.icon import IconLabel
from ui.widgets.label import label


class EmptyState(QWidget):
    """An icon, what is so, and what to do; widgets below it may be added to `body`."""

    def __init__(self, icon: str, title: str, advice: str = "") -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setSpacing(px(8))
        self.body.setContentsMargins(px(16), px(24), px(16), px(24))
        self.body.addStretch(1)
        self.body.addWidget(IconLabel(icon, "faint", 36), 0, Qt.AlignmentFlag.AlignHCenter)
        heading = label(title, "title", weight=SEMIBOLD, wrap=True)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(heading)
        if advice:
            words = label(advice, "body", ink="muted", wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.addWidget(words)
        self.body.addStretch(1)

    def add_row(self, parts: Sequence[QWidget]) -> None:
        """Put widgets side by side under the words; they break into rows where room is short."""
        flow = Flow(parts, gap=8, centred=True)
        self.body.insertSpacing(self.body.count() - 1, px(8))
        self.body.insertWidget(self.body.count() - 1, flow)

    def add(self, part: QWidget) -> None:
        """Put a widget under the words, above the lower space."""
        self.body.insertWidget(self.body.count() - 1, part, 0, Qt.AlignmentFlag.AlignHCenter)
