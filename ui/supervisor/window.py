"""The supervisor's window: the bar and its three pages."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from callcenter.usecases.board import Board
from ui.office import OfficeWindow
from ui.supervisor.assignment import AssignmentPage
from ui.supervisor.board import BoardPage
from ui.supervisor.corrections import CorrectionsPage
from ui.text import _, current
from ui.widgets.face_bar import NavEntry

TODAY, DEAL, CORRECT = "today", "deal", "correct"


class SupervisorWindow(OfficeWindow):
    """Lays out and tells what was asked; the presenter answers."""

    def __init__(self, name: str) -> None:
        board, assignment, corrections = BoardPage(), AssignmentPage(), CorrectionsPage()
        pages: dict[NavEntry, QWidget] = {
            NavEntry(TODAY, _("Today"), "users"): board,
            NavEntry(DEAL, _("Deal the queues"), "list-checks"): assignment,
            NavEntry(CORRECT, _("Corrections"), "undo-2"): corrections,
        }
        super().__init__(name, pages)
        self.board, self.assignment, self.corrections = board, assignment, corrections
        deal = QShortcut(QKeySequence("Ctrl+D"), self)
        deal.activated.connect(self._deal)

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
