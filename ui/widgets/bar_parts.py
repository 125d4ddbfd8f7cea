"""What the bar above every face holds: the program's mark, two lines of titles, and whose menu it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui.style import SEMIBOLD, colour, font, paint_icon, px
from ui.text import _
from ui.widgets.elided import Elided
from ui.widgets.icon import Pressed
from ui.widgets.paint import box


class Logo(QWidget):
    """The program's mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(px(32), px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), 8, colour("primary"), None)
        side = px(20)
        middle = (self.width() - side) / 2
        paint_icon(painter, "headphones", QRectF(middle, middle, side, side), "on_primary")


class Initials(Pressed, QAbstractButton):
    """Somebody's initials; a press opens the menu."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.show_person(name)
        self.setFixedSize(px(34), px(34))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_person(self, name: str, letters: str = "") -> None:
        """Show whose menu this is; without `letters` they are taken from the name."""
        self.setText(letters or "".join(part[0] for part in name.split()[:2]).upper())
        self.setAccessibleName(_("Menu of {agent}", agent=name))
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(px(34), px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ring = QPen(colour("focus"), 2) if self.hasFocus() else None
        box(painter, QRectF(self.rect()), self.width() / 2, colour("fill_soft"), ring)
        painter.setFont(font("caption", SEMIBOLD))
        painter.setPen(colour("fill"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Titles(QVBoxLayout):
    """Which campaign this is about, above a smaller line."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
        self._title = Elided("", "body", weight=SEMIBOLD)
        self._subtitle = Elided("", "caption", ink="muted")
        self.addStretch(1)
        self.addWidget(self._title)
        self.addWidget(self._subtitle)
        self.addStretch(1)

    def say(self, title: str, subtitle: str) -> None:
        """Show both lines."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
