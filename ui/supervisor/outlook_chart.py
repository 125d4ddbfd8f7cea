"""How the share of interviewed people is expected to rise, as a band with a line, and the goal."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from callcenter.queue.forecast import Forecast
from ui.style import SEMIBOLD, colour, font, px
from ui.text import _, current
from ui.widgets.paint import smooth

_SOFT = 46
"""How much of the band's colour is seen, of 255."""


class OutlookChart(QWidget):
    """One point a calling day: the middle as a line, the 80 % interval around it, the goal as a dashed line."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Forecast | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_forecast(self, found: Forecast | None, words: str) -> None:
        """Show another forecast; `words` say the same for who does not see it."""
        self._found = found
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(170))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), px(84))

    def paintEvent(self, event: QPaintEvent) -> None:
        found = self._found
        if found is None or not found.reach:
            return
        painter = QPainter(self)
        smooth(painter)
        left, foot, top = px(44), px(20), px(8)
        field = QRectF(left, top, self.width() - left - px(8), self.height() - foot - top)
        highest = min(1.0, max(found.goal, max(one.high for one in found.reach)) * 1.08)
        self._paint_frame(painter, field, found, highest)
        points = [(self._across(field, n), one) for n, one in enumerate(found.reach)]

        def down(share: float) -> float:
            return field.bottom() - field.height() * share / highest

        band = [QPointF(x, down(one.high)) for x, one in points]
        band += [QPointF(x, down(one.low)) for x, one in reversed(points)]
        soft = QColor(colour("primary"))
        soft.setAlpha(_SOFT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawPolygon(QPolygonF(band))
        painter.setPen(QPen(colour("primary"), px(2)))
        painter.drawPolyline(QPolygonF([QPointF(x, down(one.middle)) for x, one in points]))
        painter.setPen(QPen(colour("warn"), px(1), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(field.left(), down(found.goal)), QPointF(field.right(), down(found.goal)))

    def _across(self, field: QRectF, place: int) -> float:
        assert self._found is not None  # noqa: S101 - only painted with a forecast
        return field.left() + field.width() * place / max(len(self._found.reach) - 1, 1)

    def _paint_frame(self, painter: QPainter, field: QRectF, found: Forecast, highest: float) -> None:
        say = current()
        painter.setFont(font("caption", SEMIBOLD))
        painter.setPen(colour("muted"))
        for share in (0.0, found.goal, found.reach[-1].middle):
            at = field.bottom() - field.height() * share / highest
            if share == found.reach[-1].middle and abs(share - found.goal) * field.height() / highest < px(14):
                continue
            where = QRectF(0, at - px(9), field.left() - px(6), px(18))
            painter.drawText(
                where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, say.percent(share, 0)
            )
        painter.setPen(colour("border"))
        painter.drawLine(field.bottomLeft(), field.bottomRight())
        painter.setFont(font("caption"))
        painter.setPen(colour("muted"))
        for place, way in ((0, Qt.AlignmentFlag.AlignLeft), (len(found.reach) - 1, Qt.AlignmentFlag.AlignRight)):
            words = say.date(found.reach[place].day, "d MMM")
            under = QRectF(field.left(), field.bottom(), field.width(), px(20))
            painter.drawText(under, way | Qt.AlignmentFlag.AlignVCenter, words)
        label = _("goal {share}", share=say.percent(found.goal, 0))
        painter.setPen(colour("warn_text"))
        above = QRectF(
            field.left(), field.bottom() - field.height() * found.goal / highest - px(18), field.width(), px(18)
        )
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
