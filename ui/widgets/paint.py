"""Shapes that several widgets and table cells paint alike: key caps, pills, bars, focus rings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui.style import SEMIBOLD, colour, font, px

_CENTRE = Qt.AlignmentFlag.AlignCenter


class Tone(StrEnum):
    """What a pill or a bar means: nothing in particular, the accent, good, take care, wrong."""

    PLAIN = "plain"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


# Ground and ink of a pill.
_PILLS = {
    Tone.PLAIN: ("sunken", "muted"),
    Tone.ACCENT: ("primary_soft", "primary_text"),
    Tone.OK: ("ok_soft", "ok_text"),
    Tone.WARN: ("warn_soft", "warn_text"),
    Tone.BAD: ("bad_soft", "bad_text"),
}
_BARS = {Tone.PLAIN: "border_strong", Tone.ACCENT: "primary", Tone.OK: "ok", Tone.WARN: "warn", Tone.BAD: "bad"}


@dataclass(frozen=True)
class Ink:
    """Colours of a key cap, by token: its ground (empty is none), its border, its letter."""

    ground: str = "key"
    border: str = "border_strong"
    letter: str = "muted"


def smooth(painter: QPainter) -> None:
    """Ask for smooth edges."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def box(painter: QPainter, where: QRectF, radius: float, ground: QColor | None, border: QPen | None) -> None:
    """Paint a rounded box whose border lies wholly inside `where`."""
    smooth(painter)
    inset = border.widthF() / 2 if border else 0.0
    painter.setPen(border or Qt.PenStyle.NoPen)
    painter.setBrush(ground or Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), radius, radius)


def key_size(text: str) -> QSize:
    """Return the size of a key cap."""
    width = QFontMetricsF(font("caption", SEMIBOLD)).horizontalAdvance(text)
    return QSize(max(px(26), round(width) + px(14)), px(24))


def paint_key(painter: QPainter, where: QRectF, text: str, ink: Ink) -> None:
    """Paint a key cap: a small box with a thicker lower edge."""
    smooth(painter)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink.border))
    painter.drawRoundedRect(where, 5, 5)
    if ink.ground:
        painter.setBrush(colour(ink.ground))
        painter.drawRoundedRect(where.adjusted(1, 1, -1, -2), 4, 4)
    painter.setPen(colour(ink.letter))
    painter.setFont(font("caption", SEMIBOLD))
    painter.drawText(where.adjusted(0, 0, 0, -1), _CENTRE, text)


def pill_size(text: str) -> QSize:
    """Return the size of a pill."""
    metrics = QFontMetricsF(font("caption", SEMIBOLD))
    return QSize(round(metrics.horizontalAdvance(text)) + px(22), px(20))


def paint_pill(painter: QPainter, where: QRectF, text: str, tone: Tone) -> None:
    """Paint a pill; a text that does not fit ends in dots."""
    ground, ink = _PILLS[tone]
    box(painter, where, where.height() / 2, colour(ground), None)
    painter.setFont(font("caption", SEMIBOLD))
    painter.setPen(colour(ink))
    room = where.width() - px(12)
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(where, _CENTRE, shown)


def paint_bar(painter: QPainter, where: QRectF, share: float, tone: Tone = Tone.ACCENT) -> None:
    """Paint a bar that is filled for a share of 0..1."""
    radius = where.height() / 2
    box(painter, where, radius, colour("sunken"), None)
    filled = min(max(share, 0.0), 1.0) * where.width()
    if filled > 0:
        part = QRectF(where.left(), where.top(), max(filled, where.height()), where.height())
        box(painter, part, radius, colour(_BARS[tone]), None)
