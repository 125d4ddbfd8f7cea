"""Texts in the type sizes, weights and inks of the style."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.style import REGULAR


def label(
    text: str = "", size: str = "body", *, weight: int = REGULAR, ink: str = "text", wrap: bool = False
) -> QLabel:
    """Return a label: size caption ... kpi, weight 400 ... 700, ink a colour token."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", size)
    made.setProperty("weight", str(weight))
    made.setProperty("ink", ink)
    made.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def reink(made: QLabel, ink: str, weight: int | None = None) -> None:
    """Give a label another ink, and another weight when one is named."""
    made.setProperty("ink", ink)
    if weight is not None:
        made.setProperty("weight", str(weight))
    made.style().unpolish(made)
    made.style().polish(made)
