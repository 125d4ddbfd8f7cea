"""How everything looks: `apply` dresses the application; `colour`, `px`, `font`, `icon` serve painted widgets.

After a change of theme or text size the windows are built again: fixed widths are multiplied when they are made.
"""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from resources import folder
from ui.style.look import Look, choose, code, colour, font, icon, look, paint_icon, px
from ui.style.sheet import sheet
from ui.style.tokens import BOLD, MEDIUM, RADIUS, REGULAR, SCALES, SEMIBOLD, SERIES, Theme

__all__ = [
    "BOLD",
    "MEDIUM",
    "RADIUS",
    "REGULAR",
    "SCALES",
    "SEMIBOLD",
    "SERIES",
    "Look",
    "Theme",
    "apply",
    "code",
    "colour",
    "font",
    "icon",
    "look",
    "paint_icon",
    "px",
]

_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_primary",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "on_primary",
    QPalette.ColorRole.Link: "primary_text",
    QPalette.ColorRole.LinkVisited: "fill",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Accent: "primary",
}


def apply(app: QApplication, theme: Theme = Theme.LIGHT, scale: float = 1.0) -> None:
    """Dress the application in a theme and a text size (1.0, 1.15, 1.3 or 1.5)."""
    choose(theme, scale)
    _load_fonts()
    app.setStyle("Fusion")
    scheme = Qt.ColorScheme.Dark if theme is Theme.DARK else Qt.ColorScheme.Light
    app.styleHints().setColorScheme(scheme)
    app.setPalette(_palette())
    app.setFont(font())
    app.setStyleSheet(sheet(_drawing("chevron-down", "muted"), _drawing("check", "on_primary")))


def _palette() -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("faint"))
    return palette


@lru_cache(maxsize=1)
def _load_fonts() -> tuple[int, ...]:
    return tuple(QFontDatabase.addApplicationFont(str(ttf)) for ttf in sorted(folder("fonts").glob("*.ttf")))


@lru_cache(maxsize=1)
def _drawings() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="callcenter-drawings-")


def _drawing(name: str, ink: str) -> str:
    """Return the path of an icon in a colour: a style sheet takes pictures only as files."""
    path = Path(_drawings().name) / f"{name}-{code(ink)[1:]}.svg"
    if not path.exists():
        path.write_text(
            (folder("icons") / f"{name}.svg").read_text("utf-8").replace("currentColor", code(ink)), "utf-8"
        )
    return path.as_posix()
