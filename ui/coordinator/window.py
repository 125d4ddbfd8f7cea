"""The coordinator's window: the bar and its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from callcenter.usecases.campaigning import CampaignView
from ui.coordinator.campaign_editor import CampaignPage
from ui.coordinator.import_wizard import ImportPage
from ui.coordinator.people import PeoplePage
from ui.coordinator.report_builder import ReportPage
from ui.coordinator.review import ReviewPage
from ui.text import _, current
from ui.widgets.face_bar import FaceBar, NavEntry

CAMPAIGN, SAMPLE, PEOPLE, REVIEW, REPORTS = "campaign", "list", "people", "review", "reports"


class CoordinatorWindow(QWidget):
    """Lays out and tells what was asked; the presenters answer."""

    page_opened = Signal(str)
    menu_wanted = Signal(QWidget)

    def __init__(self, name: str, templates: Sequence[str], reports: Path, today: date) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        entries = (
            NavEntry(CAMPAIGN, _("Campaign"), "settings"),
            NavEntry(SAMPLE, _("List"), "list-checks"),
            NavEntry(PEOPLE, _("People"), "users"),
            NavEntry(REVIEW, _("To decide"), "inbox"),
            NavEntry(REPORTS, _("Reports"), "chart-column"),
        )
        self.bar = FaceBar(entries, name)
        self.campaign, self.sample, self.people = CampaignPage(templates), ImportPage(today), PeoplePage()
        self.review, self.reports = ReviewPage(), ReportPage(reports)
        self._pages: dict[str, QWidget] = {
            CAMPAIGN: self.campaign,
            SAMPLE: self.sample,
            PEOPLE: self.people,
            REVIEW: self.review,
            REPORTS: self.reports,
        }
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
        self.sample.people_asked.connect(lambda: self.open_page(PEOPLE))
        self._bind("Ctrl+S", CAMPAIGN, self.campaign.ask_save)
        self._bind("Ctrl+I", SAMPLE, self.sample.ask_import)
        self._bind("Ctrl+P", REPORTS, self.reports.ask_export)
        self.bar.show_page(CAMPAIGN)

    def _bind(self, keys: str, page: str, then: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: then() if self.page() == page else None)

    def open_page(self, key: str) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(self._pages[key])
        self.bar.show_page(key)
        self.page_opened.emit(key)

    def pages(self) -> tuple[str, ...]:
        """Return the keys of all pages, in the order of the bar."""
        return tuple(self._pages)

    def page(self) -> str:
        """Return the page that is open."""
        return next(key for key, page in self._pages.items() if page is self._stack.currentWidget())

    def show_campaign(self, view: CampaignView | None) -> None:
        """Show which campaign this is about."""
        self.campaign.show_campaign(view)
        if view is None:
            self.bar.show_titles(_("Call desk"), _("No campaign yet"))
        else:
            self.bar.show_titles(view.settings.title(current().language), ", ".join(view.settings.sites))

    def show_waiting(self, count: int) -> None:
        """Show how many things are to be decided."""
        self.bar.show_count(REVIEW, count)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the focus on the window: no button looks chosen before a key was pressed."""
        super().showEvent(event)
        self.setFocus()
