"""Interviews per hour of the day, as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import SEMIBOLD, colour, font, px
from ui.text import _, current
from ui.widgets.paint import smooth


class HourChart(QWidget):
    """One bar an hour with its count above it; an hour without interviews shows no number."""

    def __init__(self) -> None:
        super().__init__()
        self._hours: tuple[tuple[int, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_hours(self, hours: Sequence[tuple[int, int]]) -> None:
        """Show other counts."""
        self._hours = tuple(hours)
        told = [_("{hour} h: {n}", hour=hour, n=count) for hour, count in self._hours if count]
        self.setAccessibleName(", ".join(told) or _("No interviews yet today"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(190))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), px(96))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        smooth(painter)
        words, foot = px(18), px(20)
        floor = self.height() - foot
        painter.setPen(colour("border"))
        painter.drawLine(0, floor, self.width(), floor)
        if not self._hours:
            return
        highest = max([count for _hour, count in self._hours] + [1])
        step = self.width() / len(self._hours)
        for place, (hour, count) in enumerate(self._hours):
            tall = max((floor - words) * count / highest, 0.0)
            column = QRectF(place * step, 0, step, self.height())
            if count:
                self._paint_bar(painter, QRectF(place * step + step * 0.19, floor - tall, step * 0.62, tall))
                painter.setFont(font("caption", SEMIBOLD))
                painter.setPen(colour("text"))
                above = QRectF(column.left(), floor - tall - words, step, words)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, current().number(count))
            painter.setFont(font("caption"))
            painter.setPen(colour("muted"))
            below = QRectF(column.left(), floor, step, foot)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, _("{hour} h", hour=hour))

    def _paint_bar(self, painter: QPainter, where: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("primary"))
        painter.drawRoundedRect(where, 3, 3)
