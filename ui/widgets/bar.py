"""How far something is, as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import px
from ui.widgets.paint import Tone, paint_bar


class Bar(QWidget):
    """A bar filled for a share of 0..1; `name` says in words what it shows."""

    def __init__(self, share: float = 0.0, name: str = "", tone: Tone = Tone.ACCENT, *, width: int = 120) -> None:
        super().__init__()
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_share(share, name, tone)

    def show_share(self, share: float, name: str, tone: Tone = Tone.ACCENT) -> None:
        """Show another share."""
        self._share, self._tone = share, tone
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._width), px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(48), px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bar(QPainter(self), QRectF(self.rect()), self._share, self._tone)
