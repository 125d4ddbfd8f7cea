"""A QR code for one's own telephone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import px

_QUIET = 4  # modules of white around the code, as ISO/IEC 18004 asks


class QrCode(QWidget):
    """Shows a text as a QR code; capitals and digits make a smaller code (`TEL:+32...`)."""

    def __init__(self, content: str, name: str, *, side: int = 180) -> None:
        super().__init__()
        import segno  # loaded when a code is first shown

        # The error level is kept at L: the code is read from a bright screen at once.
        self._modules = [bytes(row) for row in segno.make(content, error="l", boost_error=False, micro=False).matrix]
        self._side = side
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def modules(self) -> int:
        """Return the number of modules on one side."""
        return len(self._modules)

    def sizeHint(self) -> QSize:
        return QSize(px(self._side), px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        # Black on white in both themes: telephones read no inverted codes.
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        count = self.modules + 2 * _QUIET
        step = max(self.width() // count, 1)
        start = (self.width() - step * self.modules) / 2
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(QRectF(start + x * step, start + y * step, step, step), Qt.GlobalColor.black)
