"""The column beside a page's main part: cards of a fixed width that scroll together."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.style import px
from ui.widgets.card import Scroll


class SideColumn(Scroll):
    """Shows parts one below the other; `width` before the text size."""

    def __init__(self, width: int, *parts: QWidget) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        super().__init__(content)
        self.setFixedWidth(px(width))
