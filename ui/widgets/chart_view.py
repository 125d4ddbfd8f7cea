"""A chart that was drawn elsewhere as SVG, shown at the size there is."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import px


class ChartView(QWidget):
    """Shows an SVG drawing as large as it fits, without stretching it; `description` says in words what it shows."""

    def __init__(self, drawing: str | bytes = b"", description: str = "", *, height: int = 240) -> None:
        super().__init__()
        self._height = height
        self._renderer = QSvgRenderer(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_svg(drawing, description)

    def show_svg(self, drawing: str | bytes, description: str) -> None:
        """Show another drawing; an empty one shows nothing."""
        data = drawing.encode() if isinstance(drawing, str) else drawing
        if data:
            self._renderer.load(QByteArray(data))
        self._shown = bool(data) and self._renderer.isValid()
        self.setAccessibleName(description)
        self.update()

    def sizeHint(self) -> QSize:
        own = self._renderer.defaultSize()
        if own.isEmpty():
            return QSize(px(320), px(self._height))
        return QSize(round(own.width() * px(self._height) / own.height()), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        own = self._renderer.viewBoxF()
        if not self._shown or own.isEmpty():
            return
        factor = min(self.width() / own.width(), self.height() / own.height())
        wide, high = own.width() * factor, own.height() * factor
        where = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, where)
