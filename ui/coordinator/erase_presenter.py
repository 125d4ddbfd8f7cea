"""Serves the erasing of a person: searched and erased in the store, and the laptops that have not answered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from callcenter.usecases.erasing import Erasable, Reason, Unanswered
from ui.coordinator.erase_dialog import ErasePersonDialog
from ui.coordinator.presenters import Desk


class ErasePresenter(QObject):
    """Opens the dialog from the page of what is to be decided, and counts what is open there."""

    def __init__(self, desk: Desk, refresh: Callable[[], object]) -> None:
        super().__init__(desk)
        self._desk, self._refresh = desk, refresh
        self._actions = desk.actions.erasure
        desk.window.review.erase_asked.connect(self._open)

    def refresh(self) -> None:
        """Count the erasures that not every laptop confirmed."""
        self._desk.ask(
            self._actions.unanswered, lambda open_ones: self._desk.window.review.show_erasing(len(open_ones))
        )

    def _open(self) -> None:
        dialog = ErasePersonDialog(self._desk.window)
        dialog.find_asked.connect(
            lambda text: self._desk.ask(lambda: self._actions.find(text), dialog.show_found, dialog.trouble)
        )
        dialog.erase_asked.connect(lambda *told: self._erase(dialog, *told))
        self._list(dialog)
        dialog.open()

    def _erase(self, dialog: ErasePersonDialog, person: Erasable, reason: Reason, typed: str) -> None:
        def done(_changes: object) -> None:
            dialog.show_erased()
            self._list(dialog)
            self._refresh()
            self._desk.actions.sync()

        self._desk.ask(lambda: self._actions.erase(person, reason, typed), done, dialog.trouble)

    def _list(self, dialog: ErasePersonDialog) -> None:
        def show(open_ones: tuple[Unanswered, ...]) -> None:
            dialog.show_unanswered(open_ones)

        self._desk.ask(self._actions.unanswered, show, dialog.trouble)
