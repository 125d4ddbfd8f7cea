"""Fields with their words above them, and the field for a file or folder."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label


class Field(QWidget):
    """A widget under its words; `hint` is a line below it."""

    def __init__(self, words: str, part: QWidget, hint: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        # Fields in a row stand level at their foot, also where one of their words needs two lines.
        column.addStretch(1)
        name = label(words, "small", weight=SEMIBOLD, ink="muted", wrap=True)
        name.setBuddy(part)
        column.addWidget(name)
        column.addWidget(part)
        if hint:
            column.addWidget(label(hint, "caption", ink="muted", wrap=True))
        if not part.accessibleName():
            part.setAccessibleName(words)


def line(name: str, text: str = "", placeholder: str = "") -> QLineEdit:
    """Return a line to type in."""
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setPlaceholderText(placeholder)
    return made


def choice(name: str, entries: dict[str, str], chosen: str = "") -> QComboBox:
    """Return a list to choose one of; `entries` are keys with their words."""
    made = QComboBox()
    made.setObjectName(name)
    for key, words in entries.items():
        made.addItem(words, key)
    made.setCurrentIndex(max(made.findData(chosen), 0))
    # A long entry must not widen the whole window.
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def day(name: str, chosen: QDate) -> QDateEdit:
    """Return a field for a day."""
    made = QDateEdit(chosen)
    made.setObjectName(name)
    made.setDisplayFormat("dd/MM/yyyy")
    made.setCalendarPopup(True)
    made.setMaximumHeight(px(38))  # as high as a line, beside which it stands
    return made


class Wanted(StrEnum):
    """What a path field asks for."""

    OPEN = "open"
    SAVE = "save"
    FOLDER = "folder"


class PathField(QWidget):
    """A path that can be typed or chosen; `chosen` comes when a dialog or Enter confirmed it."""

    chosen = Signal(Path)

    def __init__(self, name: str, wanted: Wanted, kinds: str = "", text: str = "") -> None:
        super().__init__()
        self._wanted, self._kinds = wanted, kinds
        self._line = line(name, text)
        self._line.returnPressed.connect(self._confirm)
        self._line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        browse = KeyButton(_("Browse…"), icon="search")
        browse.setObjectName(f"{name}-browse")
        browse.clicked.connect(self._browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._line, 1)
        row.addWidget(browse)
        self.setFocusProxy(self._line)

    def setAccessibleName(self, name: str) -> None:
        """Name the line itself: the frame around it is silent."""
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def path(self) -> Path | None:
        """Return the path, or None while nothing is filled in."""
        text = self._line.text().strip()
        return Path(text).expanduser() if text else None

    def show_path(self, path: Path) -> None:
        """Fill in a path."""
        self._line.setText(str(path))

    def _confirm(self) -> None:
        path = self.path()
        if path is not None:
            self.chosen.emit(path)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.accessibleName(), str(self.path() or Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        modes = {
            Wanted.OPEN: QFileDialog.FileMode.ExistingFile,
            Wanted.SAVE: QFileDialog.FileMode.AnyFile,
            Wanted.FOLDER: QFileDialog.FileMode.Directory,
        }
        dialog.setFileMode(modes[self._wanted])
        if self._wanted is Wanted.SAVE:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if self._kinds:
            dialog.setNameFilter(self._kinds)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, text: str) -> None:
        self._line.setText(text)
        self._confirm()
