"""Icons as a label and as a button."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.style import RADIUS, colour, paint_icon, px
from ui.widgets.paint import box


class Pressed:
    """Mixed into a button: Enter presses it while it has the focus, and a click leaves the focus where it was."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            event.ignore()
            return
        super().keyPressEvent(event)  # type: ignore[misc]  # the button it is mixed into has it


class IconLabel(QWidget):
    """One icon in a token's colour."""

    def __init__(self, name: str, ink: str = "muted", size: int = 18) -> None:
        super().__init__()
        self._name, self._ink = name, ink
        self.setFixedSize(px(size), px(size))

    def show_icon(self, name: str, ink: str) -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._name, QRectF(self.rect()), self._ink)


class IconButton(Pressed, QAbstractButton):
    """A square button with an icon only; `name` is what a screen reader says and what the tooltip shows."""

    def __init__(self, icon: str, name: str, ink: str = "muted", size: int = 18) -> None:
        super().__init__()
        self._icon, self._ink, self._side = icon, ink, size
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, name: str, ink: str = "muted") -> None:
        """Show another icon with another name."""
        self._icon, self._ink = icon, ink
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._side + 16), px(self._side + 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        ground = colour("sunken") if self.underMouse() and self.isEnabled() else None
        ring = QPen(colour("focus"), 2) if self.hasFocus() else None
        box(painter, whole, RADIUS, ground, ring)
        side = px(self._side)
        spot = QRectF((whole.width() - side) / 2, (whole.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, spot, self._ink if self.isEnabled() else "border_strong")
