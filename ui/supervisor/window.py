"""The supervisor's window: the bar and its three pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from callcenter.usecases.board import Board
from ui.supervisor.assignment import AssignmentPage
from ui.supervisor.board import BoardPage
from ui.supervisor.corrections import CorrectionsPage
from ui.text import _, current
from ui.widgets.face_bar import FaceBar, NavEntry

TODAY, DEAL, CORRECT = "today", "deal", "correct"


class SupervisorWindow(QWidget):
    """Lays out and tells what was asked; the presenter answers."""

    page_opened = Signal(str)
    menu_wanted = Signal(QWidget)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        pages = (
            NavEntry(TODAY, _("Today"), "users"),
            NavEntry(DEAL, _("Deal the queues"), "list-checks"),
            NavEntry(CORRECT, _("Corrections"), "undo-2"),
        )
        self.bar = FaceBar(pages, name)
        self.board, self.assignment, self.corrections = BoardPage(), AssignmentPage(), CorrectionsPage()
        self._pages = {TODAY: self.board, DEAL: self.assignment, CORRECT: self.corrections}
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self.bar.page_asked.connect(self.open_page)
        self.bar.menu_asked.connect(self.menu_wanted)
        deal = QShortcut(QKeySequence("Ctrl+D"), self)
        deal.activated.connect(self._deal)
        self.bar.show_page(TODAY)

    def open_page(self, key: str) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(self._pages[key])
        self.bar.show_page(key)
        self.page_opened.emit(key)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the focus on the window: no button looks chosen before a key was pressed."""
        super().showEvent(event)
        self.setFocus()

    def pages(self) -> tuple[str, ...]:
        """Return the keys of all pages, in the order of the bar."""
        return tuple(self._pages)

    def page(self) -> str:
        """Return the page that is open."""
        return next(key for key, page in self._pages.items() if page is self._stack.currentWidget())

    def show_board(self, board: Board | None) -> None:
        """Show how it goes, also in the bar."""
        self.board.show_board(board)
        if board is None:
            self.bar.show_titles(_("Call desk"), "")
            return
        title = board.title.get(current().language) or board.title["nl"]
        self.bar.show_titles(title, ", ".join(board.sites))
        self.bar.show_count(TODAY, len(board.attention))

    def _deal(self) -> None:
        if self.page() == DEAL:
            self.assignment.ask_deal()
