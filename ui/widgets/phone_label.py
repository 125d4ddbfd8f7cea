"""A telephone number: masked to its last two digits until it is shown, then selectable as long as it is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.text import _


class PhoneLabel(QLabel):
    """A number as text; only a number shown in full can be selected."""

    def __init__(self, masked: str, digits: str = "", size: str = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", size)
        self.setProperty("weight", "600")
        self.show_number(masked, digits)

    def show_number(self, masked: str, digits: str = "") -> None:
        """Show a number: its digits when they are given, else the masked form."""
        self.setText(digits or masked)
        shown = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(shown if digits else Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if digits else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Number {number}", number=digits or masked))
