"""A list of rows of which each can be taken out and new ones added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.style import px
from ui.text import _
from ui.widgets import IconButton, KeyButton, Kind

_Value = TypeVar("_Value")
_Given = TypeVar("_Given", covariant=True)


class Row(Protocol[_Given]):
    """One row: shows a value and gives it back."""

    touched: SignalInstance

    @property
    def widget(self) -> QWidget:
        """Return what stands in the row."""

    def value(self) -> _Given:
        """Return what its fields tell."""


class Rows(QWidget, Generic[_Value]):
    """Rows below each other; `make` makes one for a value, `blank` is what a new one begins with."""

    def __init__(self, make: Any, blank: Any, add: str, touched: Any) -> None:
        super().__init__()
        self._make, self._blank, self._touched = make, blank, touched
        self._rows: list[Row[_Value]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self._column = QVBoxLayout()
        self._column.setSpacing(px(6))
        column.addLayout(self._column)
        more = KeyButton(add, icon="plus", kind=Kind.QUIET)
        more.clicked.connect(self._add_blank)
        foot = QHBoxLayout()
        foot.addWidget(more)
        foot.addStretch(1)
        column.addLayout(foot)

    def show_values(self, values: Iterable[_Value]) -> None:
        """Show other rows instead."""
        while item := self._column.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        self._rows = []
        for value in values:
            self._add(value)

    def values(self) -> list[_Value]:
        """Return what the rows tell."""
        return [row.value() for row in self._rows]

    def _add_blank(self) -> None:
        self._add(self._blank())
        self._touched()

    def _add(self, value: _Value) -> None:
        row: Row[_Value] = self._make(value)
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(6))
        across.addWidget(row.widget, 1)
        gone = IconButton("trash-2", _("Take this row out"))
        gone.clicked.connect(lambda: self._take_out(row, line))
        across.addWidget(gone)
        row.touched.connect(self._touched)
        self._rows.append(row)
        self._column.addWidget(line)

    def _take_out(self, row: Row[_Value], line: QWidget) -> None:
        self._rows.remove(row)
        line.hide()
        line.deleteLater()
        self._touched()
