"""The look in use: theme and text size, its colours, sizes, fonts and icons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import folder
from ui.style.tokens import COLOURS, REGULAR, TYPE, Theme

FAMILY = "Inter"


@dataclass(frozen=True)
class Look:
    """Theme and text size; the size multiplies type and fixed widths."""

    theme: Theme = Theme.LIGHT
    scale: float = 1.0


class _Current:
    def __init__(self) -> None:
        self.look = Look()


_current = _Current()


def look() -> Look:
    """Return the look in use."""
    return _current.look


def choose(theme: Theme, scale: float) -> Look:
    """Make a look the one in use; `ui.style.apply` calls it before it dresses the application."""
    _current.look = Look(theme, scale)
    return _current.look


def code(name: str) -> str:
    """Return a token's colour as `#RRGGBB`; a text that is a colour code already stays as it is."""
    return name if name.startswith("#") else COLOURS[look().theme][name]


def colour(name: str) -> QColor:
    """Return a token's colour."""
    return QColor(code(name))


def px(size: float) -> int:
    """Return a size at scale 1.0, in pixels of the text size in use."""
    return round(size * look().scale)


def font(size: str = "body", weight: int = REGULAR) -> QFont:
    """Return Inter at a named size (caption ... kpi) and weight (400..700)."""
    made = QFont(FAMILY)
    made.setPixelSize(px(TYPE[size]))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def icon(name: str, ink: str = "text", size: int = 18) -> QIcon:
    """Return a bundled icon in a token's colour; size in px at scale 1.0."""
    return QIcon(_drawn(name, code(ink), px(size) * 2))


def paint_icon(painter: QPainter, name: str, where: QRectF, ink: str = "text") -> None:
    """Paint a bundled icon, sharp at any device pixel ratio."""
    _renderer(name, code(ink)).render(painter, where)


@lru_cache(maxsize=512)
def _drawn(name: str, ink: str, side: int) -> QPixmap:
    # Twice the size asked for, so that it stays sharp on a screen of 200 %.
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(2)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, ink).render(painter, QRectF(0, 0, side / 2, side / 2))
    painter.end()
    return pixmap


@lru_cache(maxsize=512)
def _renderer(name: str, ink: str) -> QSvgRenderer:
    drawing = (folder("icons") / f"{name}.svg").read_text("utf-8").replace("currentColor", ink)
    # Lucide draws lines of 2 in 24; at 18 px a little less reads calmer.
    drawing = drawing.replace('stroke-width="2"', 'stroke-width="1.8"')
    return QSvgRenderer(QByteArray(drawing.encode()))
