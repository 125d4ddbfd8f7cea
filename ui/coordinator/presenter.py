"""Keeps the coordinator's window fresh and hands each page to its presenter."""

from __future__ import annotations

from ui.background import Lanes
from ui.coordinator.actions import CoordinatorActions
from ui.coordinator.erase_presenter import ErasePresenter
from ui.coordinator.presenters import (
    CampaignPresenter,
    Desk,
    PeoplePresenter,
    ReportPresenter,
    ReviewPresenter,
    SamplePresenter,
)
from ui.coordinator.rules_presenter import RulesPresenter
from ui.coordinator.window import PEOPLE, REPORTS, RULES, CoordinatorWindow
from ui.office import OfficePresenter


class CoordinatorPresenter(OfficePresenter):
    """Serves one window; `start` shows it for the first time and keeps it fresh."""

    def __init__(self, window: CoordinatorWindow, actions: CoordinatorActions, lanes: Lanes) -> None:
        desk = Desk(window, actions, lanes)
        super().__init__(window, actions, lanes, desk)
        self._window, self._actions = window, actions
        self._campaign = CampaignPresenter(desk, self.refresh)
        self._rules = RulesPresenter(desk, self.refresh)
        self._sample = SamplePresenter(desk, self.refresh)
        self._people, self._review = PeoplePresenter(desk), ReviewPresenter(desk)
        self._reports = ReportPresenter(desk)
        self._erasing = ErasePresenter(desk, self.refresh)

    def refresh(self) -> None:
        """Read the bar, the campaign and the open page again."""
        super().refresh()
        self.ask(self._actions.campaign.read, self._window.show_campaign)
        self._review.refresh()
        self._erasing.refresh()
        if self._window.page() == PEOPLE:
            self._people.refresh()
        elif self._window.page() == RULES:
            self._rules.refresh()
        elif self._window.page() == REPORTS:
            self._reports.refresh()
