"""The side of the preview: the questions with their whys, and what the list would fill in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui.preview.preset_fields import PresetFields
from ui.preview.why_table import WhyTable
from ui.style import px
from ui.text import _
from ui.widgets import Card, KeyButton, Kind


class Panel(Card):
    """Two pages: the questions, and the presets."""

    def __init__(self) -> None:
        super().__init__(margin=14, gap=10)
        self.whys, self.presets = WhyTable(), PresetFields()
        self._pages = QStackedWidget()
        self.questions_button = KeyButton(_("Values and whys"), icon="list-checks", kind=Kind.QUIET)
        self.presets_button = KeyButton(_("Filled in by the list"), icon="user", kind=Kind.QUIET)
        self._ways: dict[QWidget, KeyButton] = {
            self.whys: self.questions_button,
            self.presets: self.presets_button,
        }
        row = QHBoxLayout()
        row.setSpacing(px(6))
        for page, button in self._ways.items():
            self._pages.addWidget(page)
            button.clicked.connect(lambda _checked=False, page=page: self.open_page(page))
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self._pages, 1)
        self.open_page(self.whys)

    def open_page(self, page: QWidget) -> None:
        """Show the questions or the presets."""
        self._pages.setCurrentWidget(page)
        for one, button in self._ways.items():
            button.set_kind(Kind.CHOSEN if one is page else Kind.QUIET)

    def focus_filter(self) -> None:
        """Show the questions and type in their filter."""
        self.open_page(self.whys)
        self.whys.part.setFocus()
        self.whys.part.selectAll()
