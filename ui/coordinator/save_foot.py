"""The foot of a page whose form is saved: what was said last, and the button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from ui.style import px
from ui.text import _
from ui.widgets import KeyButton, Kind, label


class SaveFoot(QHBoxLayout):
    """`button` is off until something was changed; `name` is its object name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setSpacing(px(12))
        self.said = label("", "small", ink="ok_text", wrap=True)
        self.button = KeyButton(_("Save"), "Ctrl+S", icon="check", kind=Kind.PRIMARY)
        self.button.setObjectName(name)
        self.button.setEnabled(False)
        self.addWidget(self.said, 1)
        self.addWidget(self.button)

    def show_saved(self) -> None:
        """Say that what was typed is kept, and wait for the next change."""
        self.button.setEnabled(False)
        self.said.setText(_("Saved. Laptops get it with their next synchronisation."))
