"""Buttons that show their key: icon, words and key cap."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.style import MEDIUM, RADIUS, SEMIBOLD, colour, font, paint_icon, px
from ui.widgets.icon import Pressed
from ui.widgets.paint import Ink, box, key_size, paint_key


class Kind(StrEnum):
    """What a button is: the next step, one of several, a quiet one, a chosen one, making a call, hanging up."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    CHOSEN = "chosen"
    CALL = "call"
    DANGER = "danger"


# Ground, ground under the mouse, border, ink; an empty name is nothing.
_COATS: dict[Kind, tuple[str, str, str, str]] = {
    Kind.PRIMARY: ("primary", "primary_hover", "", "on_primary"),
    Kind.PLAIN: ("surface", "raised", "border", "text"),
    Kind.QUIET: ("", "sunken", "", "text"),
    Kind.CHOSEN: ("primary_soft", "primary_soft", "primary", "primary_text"),
    Kind.CALL: ("ok", "ok", "", "on_ok"),
    Kind.DANGER: ("bad", "bad", "", "on_bad"),
}
_LOUD = (Kind.PRIMARY, Kind.CALL, Kind.DANGER)
_ICON, _GAP, _SIDE, _QUIET_SIDE = 18, 10, 13, 9


class KeyCap(QWidget):
    """A key on its own, beside words."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setFixedSize(key_size(key))
        self.setAccessibleName(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_key(QPainter(self), QRectF(self.rect()), self._key, Ink())


class KeyButton(Pressed, QPushButton):
    """A push button with an icon before (or after) its words and the cap of its key at the end.

    `key` is only shown: who owns the window binds it. When there is too little room the icon goes first.
    """

    def __init__(
        self, text: str, key: str = "", *, icon: str = "", kind: Kind = Kind.PLAIN, icon_after: bool = False
    ) -> None:
        super().__init__(text)
        self._key, self._icon, self._kind, self._icon_after = key, icon, kind, icon_after
        self._height = 40
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name_it()

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._name_it()
        self.updateGeometry()

    def set_height(self, height: int) -> None:
        """Set the height at scale 1.0; 40 otherwise."""
        self._height = height
        self.updateGeometry()

    def set_kind(self, kind: Kind) -> None:
        """Make it another kind of button; its words may need more room."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    @property
    def key(self) -> str:
        """Return the key on its cap."""
        return self._key

    def _name_it(self) -> None:
        self.setAccessibleName(f"{self.text()}, {self._key}" if self._key else self.text())

    def _weight(self) -> int:
        return SEMIBOLD if self._kind in _LOUD else MEDIUM

    def _side(self) -> int:
        return px(_QUIET_SIDE if self._kind in (Kind.QUIET, Kind.CHOSEN) else _SIDE)

    def _width(self, *, with_icon: bool) -> int:
        parts = [QFontMetrics(font("body", self._weight())).horizontalAdvance(self.text()) + 2]
        parts += [px(_ICON)] if self._icon and with_icon else []
        parts += [key_size(self._key).width()] if self._key else []
        return sum(parts) + px(_GAP) * (len(parts) - 1) + 2 * self._side()

    def sizeHint(self) -> QSize:
        return QSize(self._width(with_icon=True), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(with_icon=not self.text()), px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_coat(painter)
        ink = _COATS[self._kind][3] if self.isEnabled() else "faint"
        left, right = float(self._side()), float(self.width() - self._side())
        if self._key:
            size = key_size(self._key)
            cap = QRectF(right - size.width(), (self.height() - size.height()) / 2, size.width(), size.height())
            paint_key(painter, cap, self._key, self._key_ink())
            right = cap.left() - px(_GAP)
        self._paint_words(painter, left, right, ink)

    def _paint_words(self, painter: QPainter, left: float, right: float, ink: str) -> None:
        side = px(_ICON)
        middle = (self.height() - side) / 2
        # A few pixels less than asked for still hold the icon: the gaps give way first.
        has_icon = bool(self._icon) and self.width() >= self._width(with_icon=True) - px(6)
        metrics = QFontMetrics(font("body", self._weight()))
        if has_icon and not self._icon_after:
            paint_icon(painter, self._icon, QRectF(left, middle, side, side), self._icon_ink(ink))
            left += side + px(_GAP)
        if has_icon and self._icon_after:
            spot = left + metrics.horizontalAdvance(self.text()) + px(_GAP)
            paint_icon(painter, self._icon, QRectF(spot, middle, side, side), ink)
        painter.setFont(font("body", self._weight()))
        painter.setPen(colour(ink))
        where = QRectF(left, 0, max(right - left, 0), self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _icon_ink(self, ink: str) -> str:
        return "muted" if self._kind in (Kind.PLAIN, Kind.QUIET) and self.isEnabled() else ink

    def _key_ink(self) -> Ink:
        if self._kind not in _LOUD or not self.isEnabled():
            return Ink()
        ground, _, _, ink = _COATS[self._kind]
        return Ink(ground, ink, ink)

    def _paint_coat(self, painter: QPainter) -> None:
        ground, hovered, border, _ = _COATS[self._kind]
        if not self.isEnabled():
            ground, border = ("raised", "border") if ground else ("", "")
        elif self.isDown():
            ground = "sunken" if self._kind in (Kind.PLAIN, Kind.QUIET) else hovered
        elif self.underMouse():
            ground = hovered
        whole = QRectF(self.rect())
        edge = QPen(colour(border), 1) if border else None
        box(painter, whole, RADIUS, colour(ground) if ground else None, edge)
        if self.hasFocus():
            self._paint_ring(painter, whole)

    def _paint_ring(self, painter: QPainter, whole: QRectF) -> None:
        if self._kind not in _LOUD:
            box(painter, whole, RADIUS, None, QPen(colour("focus"), 2))
            return
        # On a coloured ground the ring is a gap in the ink's colour: it stays visible on blue, green and red.
        ink = colour(_COATS[self._kind][3])
        box(painter, whole.adjusted(2, 2, -2, -2), RADIUS - 2, None, QPen(ink, 2))
