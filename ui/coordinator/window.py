"""The coordinator's window: the bar and its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from callcenter.usecases.campaigning import CampaignView
from ui.coordinator.campaign_editor import CampaignPage
from ui.coordinator.import_wizard import ImportPage
from ui.coordinator.people import PeoplePage
from ui.coordinator.report_builder import ReportPage
from ui.coordinator.review import ReviewPage
from ui.coordinator.rules.page import RulesPage
from ui.office import OfficeWindow
from ui.text import _, current
from ui.widgets.face_bar import NavEntry

CAMPAIGN, RULES, SAMPLE, PEOPLE, REVIEW, REPORTS = "campaign", "rules", "list", "people", "review", "reports"


class CoordinatorWindow(OfficeWindow):
    """Lays out and tells what was asked; the presenters answer."""

    def __init__(self, name: str, templates: Sequence[str], reports: Path, today: date) -> None:
        campaign, sample, people = CampaignPage(templates), ImportPage(today), PeoplePage()
        rules, review, report = RulesPage(), ReviewPage(), ReportPage(reports)
        pages: dict[NavEntry, QWidget] = {
            NavEntry(CAMPAIGN, _("Campaign"), "settings"): campaign,
            NavEntry(RULES, _("Rules"), "clock"): rules,
            NavEntry(SAMPLE, _("List"), "list-checks"): sample,
            NavEntry(PEOPLE, _("People"), "users"): people,
            NavEntry(REVIEW, _("To decide"), "inbox"): review,
            NavEntry(REPORTS, _("Reports"), "chart-column"): report,
        }
        super().__init__(name, pages)
        self.campaign, self.rules, self.sample, self.people = campaign, rules, sample, people
        self.review, self.reports = review, report
        self.sample.people_asked.connect(lambda: self.open_page(PEOPLE))
        self._bind("Ctrl+S", {CAMPAIGN: self.campaign.ask_save, RULES: self.rules.ask_save})
        self._bind("Ctrl+I", {SAMPLE: self.sample.ask_import})
        self._bind("Ctrl+P", {REPORTS: self.reports.ask_export})

    def _bind(self, keys: str, by_page: Mapping[str, Callable[[], object]]) -> None:
        """Let a key do what it means on the open page."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: by_page.get(self.page(), lambda: None)())

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
