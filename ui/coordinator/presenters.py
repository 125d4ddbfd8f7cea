"""What the coordinator asks goes to a use case in a lane; what comes back is shown. One presenter a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from callcenter.domain.agent import Agent
from callcenter.intake.alumni import SamplePreview
from callcenter.usecases.importing import Imported, encoding_of
from callcenter.usecases.reporting import Exported, Snapshot
from callcenter.usecases.supervising import ProposalEntry
from ui import messages
from ui.background import Lanes, Ticket
from ui.coordinator.actions import CoordinatorActions
from ui.coordinator.person_dialogs import PersonDialog
from ui.coordinator.window import REVIEW, CoordinatorWindow
from ui.laptops.dialogs import CodeDialog
from ui.trouble import Trouble

_Value = TypeVar("_Value")


class _Stopped(Exception):  # noqa: N818 - no error: the coordinator pressed Stop
    """The reading of a list was stopped."""


class Desk(QObject):
    """What the presenters share: the window, its actions, and two ways to ask."""

    def __init__(self, window: CoordinatorWindow, actions: CoordinatorActions, lanes: Lanes) -> None:
        super().__init__(window)
        self.window, self.actions, self._lanes = window, actions, lanes

    def ask(
        self, work: Callable[[], _Value], done: Callable[[_Value], object], trouble: Trouble | None = None
    ) -> None:
        """Ask the store."""
        self._lanes.store.run(lambda _ticket: work(), done=done, failed=self._failed(trouble), initiator=self)

    def hand(
        self, work: Callable[[], _Value], done: Callable[[_Value], object], trouble: Trouble | None = None
    ) -> None:
        """Hand over work that needs no store."""
        self._lanes.free.run(lambda _ticket: work(), done=done, failed=self._failed(trouble), initiator=self)

    def run(self, work: Callable[[Ticket], object], **answers: Callable[[Any], object]) -> Ticket:
        """Hand over work that tells how far it is and may be stopped."""
        return self._lanes.free.run(work, initiator=self, **answers)

    def _failed(self, trouble: Trouble | None) -> Callable[[BaseException], object]:
        def tell(error: BaseException) -> None:
            if trouble is None:
                messages.tell(self.window, error)
            else:
                trouble.tell(messages.explain(error))

        return tell


class CampaignPresenter(QObject):
    """Serves the page of the campaign."""

    def __init__(self, desk: Desk, refresh: Callable[[], object]) -> None:
        super().__init__(desk)
        self._desk, self._refresh = desk, refresh
        self._page, self._actions = desk.window.campaign, desk.actions.campaign
        self._page.create_asked.connect(self._create)
        self._page.save_asked.connect(self._save)
        self._page.publish_asked.connect(self._publish)
        self._page.workbook_asked.connect(self._write)
        self._page.open_asked.connect(lambda: self._change(self._actions.open))
        self._page.close_asked.connect(self._close)

    def _create(self, template: str) -> None:
        self._desk.ask(lambda: self._actions.create(template, {}), lambda _id: self._refresh())

    def _save(self, values: dict[str, Any]) -> None:
        def done(_changes: object) -> None:
            self._page.show_saved()
            self._refresh()

        self._desk.ask(lambda: self._actions.change(values), done, self._page.trouble)

    def _publish(self, path: Path | None) -> None:
        def converted(form: Any) -> None:
            def done(_changes: object) -> None:
                self._page.show_published(form.warnings)
                self._refresh()

            self._desk.ask(lambda: self._actions.publish(form), done, self._page.trouble)

        self._desk.hand(lambda: self._actions.convert(path), converted, self._page.trouble)

    def _write(self, path: Path) -> None:
        self._desk.hand(
            lambda: self._actions.save_workbook(path),
            lambda _done: self._page.show_workbook(path),
            self._page.trouble,
        )

    def _close(self) -> None:
        question, detail, yes = self._page.closing_words()
        messages.ask(self._desk.window, question, detail, yes, lambda: self._change(self._actions.close))

    def _change(self, step: Callable[[], object]) -> None:
        def done(_changes: object) -> None:
            self._page.trouble.tell(None)
            self._refresh()

        self._desk.ask(step, done, self._page.trouble)


class SamplePresenter(QObject):
    """Serves the page of the list."""

    def __init__(self, desk: Desk, refresh: Callable[[], object]) -> None:
        super().__init__(desk)
        self._desk, self._refresh = desk, refresh
        self._page, self._actions = desk.window.sample, desk.actions.sample
        self._ticket: Ticket | None = None
        self._page.preview_asked.connect(self._preview)
        self._page.stop_asked.connect(self._stop)
        self._page.import_asked.connect(self._bring_in)
        self._page.findings_asked.connect(self._save)

    def _preview(self, path: Path, as_of: date) -> None:
        self._page.show_reading()

        def read(ticket: Ticket) -> tuple[SamplePreview, str]:
            def tell(done: int, total: int) -> None:
                if ticket.cancelled:
                    raise _Stopped
                ticket.progress((done, total))

            return self._actions.preview(path, as_of, tell), encoding_of(path)

        def show(answer: tuple[SamplePreview, str]) -> None:
            self._page.suggest_findings(self._desk.actions.reports.folder / f"{path.stem}-bevindingen.xlsx")
            self._page.show_preview(*answer)

        def failed(error: BaseException) -> None:
            self._page.show_choice()
            self._page.trouble.tell(messages.explain(error))

        self._ticket = self._desk.run(
            read, done=show, failed=failed, progress=lambda told: self._page.show_progress(*told)
        )

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._page.show_choice()

    def _bring_in(self, seen: SamplePreview) -> None:
        def done(imported: Imported) -> None:
            self._page.show_imported(imported)
            self._refresh()

        self._desk.ask(lambda: self._actions.bring_in(seen), done, self._page.trouble)

    def _save(self, seen: SamplePreview, path: Path) -> None:
        self._desk.hand(
            lambda: self._actions.save_findings(seen, path),
            lambda _done: self._page.show_findings_saved(path),
            self._page.trouble,
        )


class PeoplePresenter(QObject):
    """Serves the page of the people."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._page, self._actions = desk.window.people, desk.actions.people
        self._page.list_asked.connect(self._read)
        self._page.add_asked.connect(self._add)
        self._page.prepare_asked.connect(self._prepare)

    def refresh(self) -> None:
        """Read the roster again."""
        self._desk.ask(self._actions.roster, lambda people: self._page.show_people(people, self._desk.actions.now()))

    def _read(self, path: Path) -> None:
        def take(rows: Any) -> None:
            def done(_roster: object) -> None:
                self._page.show_taken(len(rows))
                self.refresh()

            self._desk.ask(lambda: self._actions.change(rows), done, self._page.trouble)

        self._desk.hand(lambda: self._actions.read(path), take, self._page.trouble)

    def _add(self) -> None:
        def open_dialog(view: Any) -> None:
            dialog = PersonDialog(view.settings.sites if view else (), self._desk.window)
            dialog.told.connect(
                lambda row: self._desk.ask(
                    lambda: self._actions.add(row), lambda _agent: self.refresh(), self._page.trouble
                )
            )
            dialog.open()

        self._desk.ask(self._desk.actions.campaign.read, open_dialog)

    def _prepare(self, agent: Agent) -> None:
        def show(made: tuple[Path, str]) -> None:
            self._page.trouble.tell(None)
            CodeDialog(agent.name, *made, self._desk.window).open()

        self._desk.hand(lambda: self._actions.prepare(agent), show, self._page.trouble)


class ReviewPresenter(QObject):
    """Serves the page of what is to be decided."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        desk.window.review.decided.connect(self._decide)

    def refresh(self) -> None:
        """Read what waits again."""
        self._desk.ask(self._desk.actions.sample.proposals, self._show)
        if self._desk.window.page() == REVIEW:
            self._desk.ask(self._desk.actions.sample.concerns, self._desk.window.review.show_concerns)

    def _show(self, entries: tuple[ProposalEntry, ...]) -> None:
        self._desk.window.review.show_proposals(entries)
        self._desk.window.show_waiting(len(entries))

    def _decide(self, entry: ProposalEntry, accepted: bool) -> None:  # noqa: FBT001 - a Qt signal calls it
        decide = self._desk.actions.sample.decide
        self._desk.ask(lambda: decide(entry.case, entry.proposal, accepted), lambda _changes: self.refresh())


class ReportPresenter(QObject):
    """Serves the page of the reports: read in the store lane, drawn and written in the free one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._page, self._actions = desk.window.reports, desk.actions.reports
        self._page.scale_chosen.connect(lambda _scale: self.refresh())
        self._page.export_asked.connect(self._export)
        self._page.open_asked.connect(lambda path: self._actions.show(path))

    def refresh(self) -> None:
        """Read the figures again."""
        self._desk.ask(self._actions.snapshot, self._draw, self._page.trouble)

    def _draw(self, snapshot: Snapshot | None) -> None:
        if snapshot is None:
            self._page.show_figures(None)
            return
        scale, page = self._page.scale(), self._page
        self._desk.hand(lambda: self._actions.figures(snapshot), page.show_figures, page.trouble)
        self._desk.hand(lambda: self._actions.waterfall(snapshot, scale), page.show_flow, page.trouble)

    def _export(self, folder: Path, language: str, internal: bool) -> None:  # noqa: FBT001 - a Qt signal calls it
        def failed(error: BaseException) -> None:
            self._page.show_made(None)
            self._page.trouble.tell(messages.explain(error))

        def write(snapshot: Snapshot | None) -> None:
            def made(_ticket: Ticket) -> Exported | None:
                return self._actions.export(snapshot, folder, language, internal) if snapshot else None

            self._desk.run(made, done=self._page.show_made, failed=failed)

        self._desk.ask(self._actions.snapshot, write, self._page.trouble)
