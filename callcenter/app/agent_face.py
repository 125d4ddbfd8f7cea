"""The agent's desk, wired to the use cases of one open store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from callcenter.app.installation import Installation, Opened
from callcenter.app.line import Line
from callcenter.app.syncer import Syncer
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.settings import read_settings
from callcenter.usecases import calling, closing, interviewing
from callcenter.usecases.expiring import let_go
from callcenter.usecases.interview import Interview
from callcenter.usecases.set_aside import leave_aside, offer_again, own_aside
from callcenter.usecases.shift import clear_old, close_shift, waiting_calls
from callcenter.usecases.views import (
    AppointmentWish,
    CaseCard,
    Changes,
    DeskStatus,
    EmptyQueue,
    InterviewView,
    LineState,
    ShiftEnd,
)
from db.local.cases import CaseUnknown
from ui.agent.actions import AsideActions, CallActions, DeskActions, OfficeFile, QueueActions
from ui.agent.desk import Desk, State
from ui.agent.presenter import DeskPresenter
from ui.background import Lanes
from ui.text import current

_T = TypeVar("_T")
_LEASES_EVERY_MS = 15_000


class Shift:
    """What the desk may do with one open store; its methods run in the store lane, `end` in the free one.

    `shown` and `view` are what the desk shows now.
    """

    def __init__(self, installation: Installation, opened: Opened) -> None:
        self._installation, self._opened = installation, opened
        self.line = Line(installation, opened)
        self._interview: Interview | None = None
        self.shown: CaseCard | None = None
        self.view: InterviewView | None = None

    def _work(self, step: Callable[[UnitOfWork], _T]) -> _T:
        with self._opened.store.work() as work:
            return step(work)

    def _step(self, step: Callable[..., InterviewView], *words: str) -> InterviewView:
        """Take one step of the running call; the draft is committed when it returns."""
        self.view = self._work(lambda work: step(work, self._opened.desk, self._running(), *words))
        return self.view

    def next_case(self) -> CaseCard | EmptyQueue:
        """Return who is next, or why nobody is."""
        found = self._work(lambda work: calling.next_case(work, self._opened.desk, current()))
        self.shown = found if isinstance(found, CaseCard) else None
        self.view = None
        return found

    def _running(self) -> Interview:
        if self._interview is None:
            raise RuntimeError("no call is going on")
        return self._interview

    def resume(self) -> InterviewView | None:
        """Return the call that was going on when the program stopped."""
        self._interview = self._work(lambda work: interviewing.resume(work, self._opened.desk))
        return self._step(interviewing.view) if self._interview else None

    def open(self, case: Id, number: str) -> InterviewView:
        """Start a call."""
        self._interview = self._work(lambda work: interviewing.open_attempt(work, self._opened.desk, case, number))
        return self._step(interviewing.view)

    def note(self, text: str) -> datetime:
        """Keep the note and return when."""
        self._work(lambda work: interviewing.write_note(work, self._running(), text))
        return self._running().saved_at or self._installation.clock()

    def close(self, outcome: Outcome, detail: str, wish: AppointmentWish | None) -> Changes:
        """End the call with its outcome; nothing is kept of somebody who was erased while the call went on."""
        try:
            changes = self._work(lambda work: closing.close_attempt(work, self._running(), outcome, detail, wish))
        except CaseUnknown:
            case = self._running().case
            self._work(lambda work: work.drafts.drop(case))
            changes = Changes.none()
        self._interview = None
        return changes

    def know_person(self, case: Id) -> Changes:
        """Recuse."""
        changes = self._work(lambda work: closing.know_person(work, case))
        self._interview = None
        return changes

    def status(self) -> DeskStatus:
        """Return the frame of the desk."""
        log = self._opened.store.log
        waiting, last = waiting_calls(log), log.last_sync()[0]
        return self._work(lambda work: calling.status(work, self._opened.desk, current(), waiting, last))

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the running form."""
        return self._opened.desk.shelf.take(self._running().form).languages if self._interview else ()

    def end(self, progress: Callable[[int, int], None]) -> ShiftEnd:
        """Close the shift: send everything, then clear names and numbers."""
        return self.line.end_shift(self._work(close_shift), progress)

    def office_file(self) -> Path:
        """Return where a file for the office is proposed: outside the folder of the program."""
        return Path.home() / f"{self._opened.folder.name}-{self._installation.clock():%Y-%m-%d}.kantoor"

    def clear_old(self) -> int:
        """Remove names and own events that should be gone by now."""
        days = read_settings(self._installation.where).own_events_days
        return clear_old(self._opened.store, timedelta(days=days))

    def let_go(self, shown: Id) -> Changes:
        """Give back what is leased no more; what is shown may have to leave the desk."""
        return self._work(lambda work: let_go(work, shown))

    def actions(self) -> DeskActions:
        """Return all that the desk needs."""
        return DeskActions(
            call=self._call_actions(),
            queue=self._queue_actions(),
            end_shift=self.end,
            aside=AsideActions(
                entries=lambda: self._work(own_aside),
                again=lambda events: self._work(lambda work: offer_again(work, events)),
                leave=lambda events: self._work(lambda work: leave_aside(work, events)),
            ),
            office_file=OfficeFile(
                self.office_file, lambda path, everything: self.line.file_for_office(path, everything=everything)
            ),
            now=self._installation.clock,
            dial=_dial if self._opened.desk.dialling else None,
            languages=self.languages,
        )

    def _call_actions(self) -> CallActions:
        return CallActions(
            resume=self.resume,
            open=self.open,
            answer=lambda ref, value: self._step(interviewing.answer, ref, value),
            forward=lambda: self._step(interviewing.forward),
            backward=lambda: self._step(interviewing.backward),
            undo=lambda: self._step(interviewing.undo),
            go_to=lambda ref: self._step(interviewing.go_to, ref),
            speak=lambda language: self._step(interviewing.change_language, language),
            note=self.note,
            close=self.close,
            picker=lambda: self._work(lambda work: interviewing.picker(work, self._running())),
            ask_help=lambda case, question, text: self._work(
                lambda work: interviewing.ask_help(work, case, question, text)
            ),
            tell_coordinator=lambda text: self._work(
                lambda work: interviewing.tell_coordinator(work, self._running(), text)
            ),
        )

    def _queue_actions(self) -> QueueActions:
        desk = self._opened.desk
        return QueueActions(
            status=self.status,
            next_case=self.next_case,
            card=lambda case: self._work(lambda work: calling.case_card(work, desk, case)),
            lines=lambda: self._work(lambda work: calling.queue_lines(work, current())),
            find=lambda text: self._work(lambda work: calling.find(work, text)),
            show_number=lambda case, number: self._work(
                lambda work: calling.card_with_number(work, desk, case, number)
            ),
            skip=lambda case, why: self._work(lambda work: closing.skip(work, case, why)),
            know_person=self.know_person,
        )


def _dial(number: str) -> None:
    QDesktopServices.openUrl(QUrl(f"tel:{number}"))


def _watch_leases(desk: Desk, presenter: DeskPresenter, playing: Shift, lanes: Lanes) -> None:
    """Take a case off the desk when its lease runs out, and give it back."""

    def look() -> None:
        shown = playing.shown.case if playing.shown and desk.state is State.READY else ""
        lanes.store.run(
            lambda _ticket: playing.let_go(shown),
            done=lambda changes: presenter.cases_changed(changes, None),
            failed=lambda _error: None,  # the next look says it again, or the next step does
            initiator=desk,
        )

    timer = QTimer(desk)
    timer.setInterval(_LEASES_EVERY_MS)
    timer.timeout.connect(look)
    timer.start()


def agent_face(
    installation: Installation, opened: Opened, lanes: Lanes, leave: Callable[[], object], shift: Shift | None = None
) -> Desk:
    """Return the desk of an agent, at work: syncing in the background, showing the next person.

    `leave` is called when the agent signs out at the end of the shift.
    """
    desk = Desk()
    playing = shift or Shift(installation, opened)
    presenter = DeskPresenter(desk, playing.actions(), lanes)
    presenter.shift_ended.connect(leave)
    syncer = Syncer(playing.line, lanes, desk, lambda: desk.state in (State.CALL, State.RESUME))

    def tried(state: LineState) -> None:
        presenter.line_changed(state)
        if desk.state is State.EMPTY:
            presenter.show_next()

    syncer.tried.connect(tried)
    # A call that ended may reach the office now; what waited meanwhile is fetched.
    lanes.store.changed.connect(syncer.changed)
    lanes.free.changed.connect(presenter.cases_changed)
    _watch_leases(desk, presenter, playing, lanes)
    lanes.store.run(lambda _ticket: playing.clear_old(), initiator=desk)
    presenter.start()
    syncer.now()
    return desk
