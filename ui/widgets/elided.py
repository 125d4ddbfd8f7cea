"""A single line that ends in dots when there is no room, and tells the whole text as a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import REGULAR, colour, font, px


class Elided(QWidget):
    """One line of text that may become shorter than it is."""

    def __init__(self, text: str = "", size: str = "body", *, weight: int = REGULAR, ink: str = "text") -> None:
        super().__init__()
        self._size, self._weight, self._ink = size, weight, ink
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._tip()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(self._size, self._weight))
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), px(64)), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._tip()

    def _tip(self) -> None:
        self.setToolTip(self._text if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(self._size, self._weight))
        painter.setPen(colour(self._ink))
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
