"""A dialog that asks or tells one thing: its title, and a column below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.style import BOLD, px
from ui.widgets.label import label


class TitledDialog(QDialog):
    """Modal; its parts go into `body`. It is gone once it was closed."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(520))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(24), px(20), px(24), px(16))
        self.body.setSpacing(px(12))
        self.body.addWidget(label(title, "name", weight=BOLD, wrap=True))
