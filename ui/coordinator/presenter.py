"""Keeps the coordinator's window fresh and hands each page to its presenter."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from ui.background import Lanes
from ui.coordinator.actions import CoordinatorActions
from ui.coordinator.presenters import (
    CampaignPresenter,
    Desk,
    PeoplePresenter,
    ReportPresenter,
    ReviewPresenter,
    SamplePresenter,
)
from ui.coordinator.window import PEOPLE, REPORTS, CoordinatorWindow
from ui.widgets.face_bar import Safety

_EVERY_MS = 30_000


class CoordinatorPresenter(QObject):
    """Serves one window; `start` shows it for the first time and keeps it fresh."""

    def __init__(self, window: CoordinatorWindow, actions: CoordinatorActions, lanes: Lanes) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._online: bool | None = None
        self._desk = Desk(window, actions, lanes)
        self._campaign = CampaignPresenter(self._desk, self.refresh)
        self._sample = SamplePresenter(self._desk, self.refresh)
        self._people, self._review = PeoplePresenter(self._desk), ReviewPresenter(self._desk)
        self._reports = ReportPresenter(self._desk)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        window.page_opened.connect(lambda _page: self.refresh())
        window.bar.sync_asked.connect(lambda: actions.sync())
        lanes.store.changed.connect(self._changed)
        lanes.free.changed.connect(self._changed)

    def start(self) -> None:
        """Show everything for the first time."""
        self.refresh()
        self._timer.start()

    def refresh(self) -> None:
        """Read the bar, the campaign and the open page again."""
        self._desk.ask(self._actions.safety, self._show_safety)
        self._desk.ask(self._actions.campaign.read, self._window.show_campaign)
        self._review.refresh()
        if self._window.page() == PEOPLE:
            self._people.refresh()
        elif self._window.page() == REPORTS:
            self._reports.refresh()

    def connection_changed(self, *, online: bool) -> None:
        """Tell whether central was reached, after each try to sync, and show what came."""
        self._online = online
        self.refresh()

    def _show_safety(self, safety: Safety) -> None:
        self._window.bar.show_safety(replace(safety, online=self._online))

    def _changed(self, _changes: object, initiator: object) -> None:
        if initiator is not self._desk:
            self.refresh()
