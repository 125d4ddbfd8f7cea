"""What asks for attention: one card each, the most urgent first, with the one thing that can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callcenter.usecases.board import Attention
from ui.style import SEMIBOLD, px
from ui.supervisor.wording import ICONS, WAYS, detail_of, title_of
from ui.text import _
from ui.widgets import Card, EmptyState, IconLabel, KeyButton, Pill, Scroll, Tone, label


class AttentionList(Card):
    """The list; `asked` comes with the item whose button was pressed."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("attention")
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label(_("Asks for your attention"), "title", weight=SEMIBOLD))
        self._count = Pill("")
        head.addWidget(self._count)
        head.addStretch(1)
        self.body.addLayout(head)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self.body.addWidget(Scroll(content), 1)
        self._shown: tuple[tuple[Attention, str], ...] | None = None

    def show_items(self, items: Sequence[Attention], now: datetime) -> None:
        """Show other items; equal ones stay as they are, so that the focus does too."""
        titled = tuple((item, title_of(item, now)) for item in items)
        if self._shown == titled:
            return
        self._shown = titled
        self._count.say(str(len(items)), Tone.BAD if items else Tone.PLAIN)
        self._count.setVisible(bool(items))
        while item := self._column.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        for place, (each, title) in enumerate(titled):
            self._column.addWidget(self._card(each, title, place))
        if not items:
            advice = _("Requests for help, late appointments and refusals appear here.")
            self._column.addWidget(EmptyState("circle-check", _("Nothing waits for you"), advice))
        self._column.addStretch(1)

    def _card(self, item: Attention, title: str, place: int) -> QWidget:
        card = Card("raised", margin=10, gap=4)
        card.setObjectName(f"attention-{place}")
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconLabel(*ICONS[item.need]), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(title, "body", weight=SEMIBOLD, wrap=True))
        words.addWidget(label(detail_of(item), "small", ink="muted", wrap=True))
        row.addLayout(words, 1)
        if way := WAYS.get(item.need):
            button = KeyButton(_(way))
            button.set_height(34)
            button.setObjectName(f"attention-{place}-button")
            button.setAccessibleName(f"{_(way)}: {title}")
            button.clicked.connect(lambda: self.asked.emit(item))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        return card
