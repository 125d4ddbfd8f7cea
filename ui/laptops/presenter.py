"""Serves the page of the laptops: what is asked goes to a lane, what comes back is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from callcenter.domain.agent import Agent
from callcenter.ids import Id
from callcenter.ports import StockEntry
from ui import messages
from ui.background import Lanes
from ui.laptops.actions import LaptopActions
from ui.laptops.dialogs import CodeDialog, RecoveryDialog, StockDialog, StolenDialog
from ui.laptops.page import LaptopsPage


class LaptopsPresenter(QObject):
    """`frame` is the window over which dialogs open."""

    def __init__(self, page: LaptopsPage, frame: QWidget, actions: LaptopActions, lanes: Lanes) -> None:
        super().__init__(frame)
        self._page, self._frame, self._actions, self._lanes = page, frame, actions, lanes
        page.stock_asked.connect(self._add_stock)
        page.prepare_asked.connect(self._prepare)
        page.recovery_asked.connect(self._recover)
        page.stolen_asked.connect(self._stolen)

    def refresh(self) -> None:
        """Read people and stock again."""
        told = self._actions

        def show(found: tuple[tuple[Agent, ...], tuple[StockEntry, ...]]) -> None:
            self._page.show_people(*found, own=told.own)

        self._ask(lambda: (told.people(), told.entries()), show)

    def _ask(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        self._lanes.store.run(lambda _ticket: work(), done=done, failed=failed or self._failed, initiator=self._frame)

    def _failed(self, error: BaseException) -> None:
        self._page.tell(messages.explain(error))

    def _add_stock(self) -> None:
        dialog = StockDialog(self._frame)

        def added(count: int) -> None:
            dialog.accept()
            self._page.show_added(count)
            self.refresh()

        def read(path: Path, code: str) -> None:
            self._ask(
                lambda: self._actions.add_stock(path, code),
                added,
                lambda error: dialog.show_trouble(messages.explain(error)),
            )

        dialog.told.connect(read)
        dialog.open()

    def _prepare(self, agent: Agent) -> None:
        def show(made: tuple[Path, str]) -> None:
            self._page.tell(None)
            CodeDialog(agent.name, *made, self._frame).open()
            self.refresh()

        self._lanes.free.run(
            lambda _ticket: self._actions.prepare(agent), done=show, failed=self._failed, initiator=self._frame
        )

    def _recover(self, agent: Agent) -> None:
        RecoveryDialog(agent.name, self._page.handed_to(agent.id), self._frame).open()

    def _stolen(self, agent: Agent) -> None:
        entries = [(entry, self._actions.command(entry.enrolment)) for entry in self._page.handed_to(agent.id)]
        dialog = StolenDialog(agent.name, entries, self._frame)

        def cut(enrolment: Id) -> None:
            self._ask(
                lambda: self._actions.cut_off(enrolment),
                lambda _nothing: dialog.show_done(),
                lambda error: dialog.show_trouble(messages.explain(error)),
            )

        dialog.cut_off_asked.connect(cut)
        dialog.open()
