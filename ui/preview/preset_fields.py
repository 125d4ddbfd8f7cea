"""What the list would fill in, to try the form with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.style import px
from ui.text import _
from ui.widgets import Scroll, label
from ui.widgets.field import Field, line


class PresetFields(QWidget):
    """A line for each preset of the form; every key is told at once."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self._lead = label("", "small", ink="muted", wrap=True)
        column.addWidget(self._lead)
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(px(2), 0, px(8), 0)
        self._grid.setSpacing(px(10))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column.addWidget(Scroll(content), 1)
        self.offer(())

    def offer(self, names: Sequence[str]) -> None:
        """Show the presets of a form; what was filled in under the same name stays."""
        self._lead.setText(
            _("The list fills these in. Type here what a person could have.")
            if names
            else _("This form has nothing that the list fills in.")
        )
        if tuple(names) == tuple(self._lines):
            return
        known = self.values()
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = {}
        for place, name in enumerate(names):
            made = line(f"preset-{name}", known.get(name, ""))
            made.textEdited.connect(lambda _text: self.changed.emit())
            self._lines[name] = made
            self._grid.addWidget(Field(name, made), place // 2, place % 2)
        self._grid.setRowStretch(len(names), 1)

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill in values by name; names that the form does not have are left out."""
        for name, made in self._lines.items():
            made.setText(values.get(name, made.text()))

    def values(self) -> dict[str, str]:
        """Return what is filled in, without the empty ones."""
        return {name: made.text() for name, made in self._lines.items() if made.text()}
