"""Serves the page of the calling rules."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from callcenter.domain.campaign import CampaignSettings
from callcenter.errors import CallcenterError
from callcenter.queue.contradictions import contradictions
from callcenter.usecases.ruling import RulesVersion
from ui import messages
from ui.coordinator.presenters import Desk


class RulesPresenter(QObject):
    """Judges while one types, keeps what is saved, and brings earlier versions back."""

    def __init__(self, desk: Desk, refresh: Callable[[], object]) -> None:
        super().__init__(desk)
        self._desk, self._refresh = desk, refresh
        self._page, self._actions = desk.window.rules, desk.actions.rules
        self._page.judge_asked.connect(self._judge)
        self._page.save_asked.connect(self._save)
        self._page.restore_asked.connect(self._restore)
        self._page.calendar_asked.connect(self._calendar)

    def refresh(self) -> None:
        """Read the rules and their versions again."""

        def show(versions: tuple[RulesVersion, ...]) -> None:
            self._page.show_rules(versions[0].settings if versions else None)
            self._page.show_versions(versions, self._desk.actions.now())
            if versions:
                self._judge()

        self._desk.ask(self._actions.versions, show, self._page.trouble)

    def _judge(self) -> None:
        try:
            self._page.show_found(contradictions(self._page.form.settings()))
        except CallcenterError as error:
            self._page.trouble.tell(messages.explain(error))
        else:
            self._page.trouble.tell(None)

    def _save(self) -> None:
        values = self._page.form.values()
        self._desk.ask(lambda: self._actions.change(values), self._saved, self._page.trouble)

    def _saved(self, _changes: object) -> None:
        self._page.show_saved()
        self.refresh()
        self._refresh()

    def _restore(self, settings: CampaignSettings) -> None:
        question, detail, yes = self._page.restoring_words()

        def bring_back() -> None:
            self._desk.ask(lambda: self._actions.change(settings.to_json()), self._saved, self._page.trouble)

        messages.ask(self._desk.window, question, detail, yes, bring_back)

    def _calendar(self, community: str) -> None:
        settings = self._page.form.settings()
        last = settings.mop_up.end if settings.mop_up else settings.period_end
        years = settings.period_start.year, last.year
        self._desk.hand(
            lambda: self._actions.calendar(*years, community),
            lambda days: self._page.form.show_calendar(*days),
            self._page.trouble,
        )
