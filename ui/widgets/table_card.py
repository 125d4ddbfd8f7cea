"""A card with a table in it: the title above, what belongs to it beside, and the table up to the edges."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.style import SEMIBOLD, px
from ui.widgets.card import Card
from ui.widgets.label import label


class TableCard(Card):
    """Add the table to `body`.

    `near` stands right behind the title, `far` at the end of its line; `below` is the room under it.
    """

    def __init__(
        self, title: str, near: QWidget | None = None, far: tuple[QWidget, ...] = (), below: int = 6
    ) -> None:
        super().__init__(margin=0, gap=0)
        self.body.setContentsMargins(0, 0, 0, px(10))  # the table stays inside the round corners
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(12), px(16), px(below))
        head.setSpacing(px(8))
        head.addWidget(label(title, "title", weight=SEMIBOLD))
        if near is not None:
            head.addWidget(near)
        head.addStretch(1)
        for each in far:
            head.addWidget(each)
        self.body.addLayout(head)
