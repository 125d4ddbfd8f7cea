"""The card of the pace: interviews per hour today, or how the campaign will go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callcenter.queue.forecast import Forecast
from ui.style import px
from ui.supervisor.hour_chart import HourChart
from ui.supervisor.outlook_chart import OutlookChart
from ui.text import _
from ui.widgets import Card, KeyButton, Kind, Scroll, label

_TODAY, _AHEAD = range(2)


class PaceCard(Card):
    """Two pages under two words; `ahead_wanted` when the second is opened."""

    ahead_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(gap=6)
        self.body.setContentsMargins(px(16), px(10), px(16), px(10))
        head = QHBoxLayout()
        head.setSpacing(px(6))
        self._words = (
            KeyButton(_("Interviews per hour"), kind=Kind.CHOSEN),
            KeyButton(_("How it will go"), kind=Kind.QUIET),
        )
        for place, button in enumerate(self._words):
            button.setObjectName(("pace-today", "pace-ahead")[place])
            button.clicked.connect(lambda _checked, page=place: self._open(page))
            head.addWidget(button)
        head.addStretch(1)
        self.body.addLayout(head)
        self.hours = HourChart()
        self.outlook = OutlookChart()
        self._told = label("", "small", wrap=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.hours)
        self._pages.addWidget(self._ahead())
        self.body.addWidget(self._pages, 1)

    def _ahead(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.outlook, 1)
        column.addWidget(self._told)
        return Scroll(page)

    def show_forecast(self, found: Forecast, sentences: Sequence[str]) -> None:
        """Show how it will go, in words and as a chart."""
        self._told.setText(" ".join(sentences))
        self.outlook.show_forecast(found, " ".join(sentences))

    def _open(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        for place, button in enumerate(self._words):
            button.set_kind(Kind.CHOSEN if place == page else Kind.QUIET)
        if page == _AHEAD:
            self.ahead_wanted.emit()
