"""Answers as rows: the key that chooses it, its words, and a tick when it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget

from ui.style import MEDIUM, RADIUS, REGULAR, SEMIBOLD, colour, font, paint_icon, px
from ui.widgets.paint import Ink, box, key_size, paint_key

_HEIGHT, _COMPACT = 42, 38
_PAD, _GAP = 13, 12
_WORDS = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class _Face:
    """What a row shows beside its words."""

    key: str
    aside: str
    compact: bool


class _Row:
    """What both kinds of row share; the button it is mixed into gives its role for screen readers."""

    _face: _Face

    def _dress(self, key: str, aside: str, *, compact: bool) -> None:
        self._face = _Face(key, aside, compact)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = f"{self.text()}, {aside}" if aside else self.text()
        self.setAccessibleName(f"{key}. {words}" if key else words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def key(self) -> str:
        """Return the key that chooses this answer."""
        return self._face.key

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click anywhere on the row."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter means "next" everywhere, though some desktops would let it press the row; Alt+Left means "back",
        # though Qt would walk the rows with it.
        held = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
        if held or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)  # type: ignore[misc]  # the button it is mixed into has it

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font("body", SEMIBOLD))
        wide = metrics.horizontalAdvance(self.text()) + self._left() + self._right() + 4
        return QSize(wide, self._least())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self._least())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(width - self._left() - self._right(), px(80))
        metrics = QFontMetrics(font("body", SEMIBOLD))
        words = metrics.boundingRect(0, 0, room, 10_000, _WORDS, self.text())
        return max(self._least(), words.height() + px(20))

    def _least(self) -> int:
        return px(_COMPACT if self._face.compact else _HEIGHT)

    def _left(self) -> int:
        key = key_size(self._face.key).width() + px(_GAP) if self._face.key else 0
        return px(_PAD) + key

    def _right(self) -> int:
        metrics = QFontMetrics(font("small"))
        aside = metrics.horizontalAdvance(self._face.aside) + px(_GAP) if self._face.aside else 0
        return px(_PAD) + px(18) + px(_GAP) + aside

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(cast(QWidget, self))
        whole = QRectF(self.rect())
        self._paint_coat(painter, whole)
        if self._face.key:
            size = key_size(self._face.key)
            cap = QRectF(px(_PAD), (whole.height() - size.height()) / 2, size.width(), size.height())
            chosen = Ink("primary", "primary", "on_primary")
            paint_key(painter, cap, self._face.key, chosen if self.isChecked() else Ink())
        if self.isChecked():
            side = px(18)
            spot = QRectF(whole.right() - px(_PAD) - side, (whole.height() - side) / 2, side, side)
            paint_icon(painter, "circle-check", spot, "primary_text")
        self._paint_words(painter, whole)

    def _paint_coat(self, painter: QPainter, whole: QRectF) -> None:
        ground = "primary_soft" if self.isChecked() else "raised" if self.underMouse() else "surface"
        edge = QPen(colour("primary" if self.isChecked() else "border"), 1)
        if self.underMouse() and not self.isChecked():
            edge = QPen(colour("border_strong"), 1)
        if self.hasFocus():
            edge = QPen(colour("focus"), 2)
        box(painter, whole, RADIUS, colour(ground), edge)

    def _paint_words(self, painter: QPainter, whole: QRectF) -> None:
        painter.setFont(font("body", SEMIBOLD if self.isChecked() else REGULAR))
        painter.setPen(colour("text" if self.isEnabled() else "faint"))
        where = QRectF(self._left(), 0, whole.width() - self._left() - self._right(), whole.height())
        painter.drawText(where, _WORDS, self.text())
        if not self._face.aside:
            return
        used = QFontMetrics(font("body", MEDIUM)).horizontalAdvance(self.text())
        start = min(where.left() + used + px(_GAP), where.right() + px(4))
        painter.setFont(font("small"))
        painter.setPen(colour("muted"))
        room = QRectF(start, 0, whole.right() - start, whole.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._face.aside)


class OptionRow(_Row, QRadioButton):
    """One answer of which exactly one is chosen; put the rows in an exclusive QButtonGroup."""

    def __init__(self, text: str, key: str = "", *, aside: str = "", compact: bool = False) -> None:
        QRadioButton.__init__(self, text)
        self._dress(key, aside, compact=compact)


class OptionToggle(_Row, QCheckBox):
    """One answer of which several may be chosen."""

    def __init__(self, text: str, key: str = "", *, aside: str = "", compact: bool = False) -> None:
        QCheckBox.__init__(self, text)
        self._dress(key, aside, compact=compact)
