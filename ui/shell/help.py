"""The help: a window with a list of pages at the left and the page beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFragment
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from resources import folder
from ui.style import BOLD, SEMIBOLD, colour, font, px
from ui.text import _, current

PAGES = ("agent", "supervisor", "coordinator", "supported", "whats-new")
_SIZES = {1: "name", 2: "title"}
_SPACE = {1: (0, 8), 2: (20, 6)}


def page_file(name: str, language: str) -> Path:
    """Return the Markdown file of a page."""
    return folder("help") / language / f"{name}.md"


class HelpWindow(QDialog):
    """Shows the pages of the screen's language; it may stay open beside the work."""

    def __init__(self, first: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._texts = [page_file(name, current().language).read_text("utf-8") for name in PAGES]
        self._pages = self._list()
        self._page = self._paper()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(16), px(16), px(16))
        row.setSpacing(px(12))
        row.addWidget(self._pages)
        row.addWidget(self._page, 1)
        self.resize(px(900), px(600))
        self._pages.currentRowChanged.connect(self._show)
        self._pages.setCurrentRow(PAGES.index(first))

    def _list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("help-pages")
        made.setAccessibleName(_("Pages of the help"))
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.addItems([text.partition("\n")[0].lstrip("# ") for text in self._texts])
        made.ensurePolished()
        made.setFixedWidth(made.sizeHintForColumn(0) + px(8))
        return made

    @staticmethod
    def _paper() -> QTextBrowser:
        made = QTextBrowser()
        made.setObjectName("help-page")
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setOpenLinks(False)
        made.document().setDocumentMargin(px(12))
        return made

    def _show(self, place: int) -> None:
        self._page.setAccessibleName(self._pages.item(place).text())
        self._page.document().setDefaultFont(font("strong"))
        self._page.setMarkdown(self._texts[place])
        _dress(self._page.document())
        self._page.moveCursor(QTextCursor.MoveOperation.Start)


def _dress(document: QTextDocument) -> None:
    """Give Markdown the type, spaces and colours of the program."""
    for block in list(_blocks(document)):
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        above, below = _SPACE.get(level, (0, 6))
        form = block.blockFormat()
        form.setTopMargin(px(above))
        form.setBottomMargin(px(below))
        form.setLineHeight(130, 1)  # in per cent of the line (ProportionalHeight)
        cursor.setBlockFormat(form)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setCharFormat(_format(font(_SIZES.get(level, "strong"), BOLD)))
            continue
        for part in list(_fragments(block)):
            if part.charFormat().fontFixedPitch():
                cursor.setPosition(part.position())
                cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
                key = _format(font("strong", SEMIBOLD))
                key.setBackground(colour("sunken"))
                key.setForeground(colour("primary_text"))
                cursor.setCharFormat(key)


def _format(face: QFont) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(face)
    made.setForeground(colour("text"))
    return made


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1
