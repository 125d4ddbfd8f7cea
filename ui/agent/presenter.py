"""What the desk asks goes to a use case in the store lane; what comes back is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from callcenter.domain.outcome import Outcome
from callcenter.usecases.views import CaseCard, DeskStatus, EmptyQueue, HelpCard, InterviewView, LineState
from ui import messages
from ui.agent.actions import DeskActions
from ui.agent.after_call import AfterCall
from ui.agent.desk import Desk, State
from ui.agent.ending import Ending
from ui.agent.number_row import CodeDialog
from ui.agent.queue_panel import QueuePanel
from ui.agent.small_dialogs import CardDialog, HelpDialog, KeysDialog, LineDroppedDialog, SkipDialog
from ui.background import Lanes
from ui.form import SaidDialog

_SECOND = 1000


class DeskPresenter(QObject):
    """Serves one desk; `start` shows the call that was going on, or the next person.

    `shift_ended` comes when the agent signs out at the end of a shift.
    """

    shift_ended = Signal()

    def __init__(self, desk: Desk, actions: DeskActions, lanes: Lanes) -> None:
        super().__init__(desk)
        self._desk, self._actions, self._lanes = desk, actions, lanes
        self._status: DeskStatus | None = None
        self._card: CaseCard | None = None
        self._view: InterviewView | None = None
        self._steps_under_way = 0
        self._after = AfterCall(desk, actions.now, self._close)
        self._ending = Ending(desk, actions, lanes, self._ask)
        self._ending.left.connect(self.shift_ended)
        self._ending.came_back.connect(self._after_end)
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND)
        self._clock.timeout.connect(lambda: desk.tick(actions.now()))
        self._connect_call()
        self._connect_queue()

    def _connect_call(self) -> None:
        desk, call = self._desk, self._actions.call
        desk.call_asked.connect(self._dial)
        desk.answered.connect(lambda ref, value: self._step(lambda: call.answer(ref, value)))
        desk.next_asked.connect(self._forward)
        desk.back_asked.connect(lambda: self._step(call.backward))
        desk.undo_asked.connect(lambda: self._step(call.undo))
        desk.all_said_asked.connect(self._show_said)
        desk.form.language_asked.connect(lambda name: self._step(lambda: call.speak(name)))
        desk.noted.connect(self._note)
        desk.hang_up_asked.connect(self._hang_up)
        desk.appointment_asked.connect(lambda: self._after.ask_moment(Outcome.APPOINTMENT, ""))
        desk.line_dropped.connect(self._line_dropped)
        desk.wrong_number_asked.connect(lambda: self._after.ask(Outcome.WRONG_NUMBER))
        desk.refusal_asked.connect(self._after.ask_refusal)
        desk.resume_asked.connect(self._go_on_with_call)
        desk.help_asked.connect(self._ask_help)
        desk.card_asked.connect(self._show_help_card)
        desk.keys_asked.connect(lambda: KeysDialog(desk).open())

    def _connect_queue(self) -> None:
        desk = self._desk
        desk.known_asked.connect(self._know)
        desk.skip_asked.connect(self._skip)
        desk.show_number_asked.connect(self._show_number)
        desk.code_asked.connect(self._show_code)
        desk.queue_asked.connect(self._show_queue)
        desk.refresh_asked.connect(self.show_next)
        desk.go_on_asked.connect(self.show_next)
        desk.pause_asked.connect(self._pause)
        desk.end_asked.connect(self._end_shift)
        desk.aside_asked.connect(self._ending.show_aside)

    # --- the course of a shift

    def start(self) -> None:
        """Show the desk for the first time."""
        self._clock.start()
        self.refresh_status()
        self._ask(self._actions.call.resume, self._resumed)

    def refresh_status(self) -> None:
        """Read progress, promises and waiting results again."""
        self._ask(self._actions.queue.status, self._show_status)

    def show_next(self) -> None:
        """Show the next person of the queue, or why there is none."""
        self._view = None
        self.refresh_status()
        self._ask(self._actions.queue.next_case, self._show_case)

    def connection_changed(self, *, online: bool) -> None:
        """Tell the desk whether central was reached, after each try to sync."""
        self._desk.top.show_connection(online=online)
        self.refresh_status()

    def line_changed(self, state: LineState) -> None:
        """Tell how the line to the centre stands, after each try to sync."""
        self._desk.notice.show_state(state)
        self._ending.line_changed(state)
        self.connection_changed(online=bool(state.online))

    def cases_changed(self, changes: Any, initiator: object) -> None:
        """Read a shown case again when something else changed it; a running call is not interrupted."""
        card = self._card
        if initiator is self or card is None or card.case not in changes.cases:
            return
        if self._desk.state is State.READY:
            self.show_next()

    def _resumed(self, view: InterviewView | None) -> None:
        if view is None:
            self.show_next()
            return
        self._view, self._card = view, view.card
        self._desk.show_resume(view, self._actions.now())

    def _show_status(self, status: DeskStatus) -> None:
        self._status = status
        self._after.voicemail = status.voicemail
        self._desk.show_status(status, self._actions.now())

    def _show_case(self, found: CaseCard | EmptyQueue) -> None:
        if isinstance(found, EmptyQueue):
            self._card = None
            self._desk.show_empty(found)
        else:
            self._show_card(found)

    def _show_card(self, card: CaseCard) -> None:
        self._card = card
        if self._status is not None:
            self._desk.show_ready(card, self._status, self._actions.now())

    def _pause(self) -> None:
        self._card = None
        self._desk.show_pause()

    # --- the call

    def _dial(self, number: str) -> None:
        if self._desk.state is State.CALL:
            self._redial(number)
        elif self._card is not None and self._desk.state is State.READY:
            case = self._card.case
            self._ask(lambda: self._actions.call.open(case, number), self._opened)

    def _opened(self, view: InterviewView) -> None:
        self._show_view(view)
        self._redial("")
        self._bring(view)

    def _bring(self, view: InterviewView) -> None:
        """Bring what a call needs besides its questions: moments to promise, the languages, the own one first."""
        self._ask(self._actions.call.picker, self._after.set_picker)
        own = f"({view.card.language})"
        self._ask(
            self._actions.languages,
            lambda names: self._desk.form.offer_languages(names, next((n for n in names if n.endswith(own)), "")),
        )

    def _redial(self, number: str) -> None:
        """Hand the number of the call to the softphone, where there is one."""
        numbers = self._view.card.numbers if self._view else ()
        dial = next((n.dial for n in numbers if n.dial and (n.id == number or (not number and n.now))), "")
        if dial and self._actions.dial is not None:
            self._actions.dial(dial)

    def _go_on_with_call(self) -> None:
        if self._view is not None:
            self._show_view(self._view)
            self._bring(self._view)

    def _step(self, step: Callable[[], InterviewView]) -> None:
        """Do one step of the call; only the answer to the last one asked is painted."""
        if self._desk.state is not State.CALL:
            return
        self._steps_under_way += 1
        self._ask(step, self._stepped, self._step_failed)

    def _stepped(self, view: InterviewView) -> None:
        self._steps_under_way -= 1
        if not self._steps_under_way and self._desk.state is State.CALL:
            self._show_view(view)

    def _step_failed(self, error: BaseException) -> None:
        self._steps_under_way -= 1
        self._complain(error)

    def _forward(self) -> None:
        """Go on; after the last question the call is over and the outcome is asked."""
        if self._desk.state is State.CALL:
            self._steps_under_way += 1
            self._ask(self._actions.call.forward, self._went_on, self._step_failed)

    def _went_on(self, view: InterviewView) -> None:
        self._stepped(view)
        if view.finished and not self._steps_under_way:
            self._hang_up()

    def _show_view(self, view: InterviewView) -> None:
        self._view, self._card = view, view.card
        self._desk.show_call(view, self._actions.now())

    def _note(self, text: str) -> None:
        if self._view is not None:
            self._ask(lambda: self._actions.call.note(text), self._noted)

    def _noted(self, at: datetime) -> None:
        if self._desk.state is State.CALL:
            self._desk.bar.show_saved(at)

    def _show_said(self) -> None:
        if self._view is not None:
            dialog = SaidDialog(self._view.said, self._desk)
            dialog.change_asked.connect(lambda ref: self._step(lambda: self._actions.call.go_to(ref)))
            dialog.open()

    def _hang_up(self) -> None:
        if self._view is not None:
            self._desk.helps.note.keep()
            self._after.ask(self._view.proposed)

    def _line_dropped(self) -> None:
        if self._card is None:
            return
        dialog = LineDroppedDialog(self._card.name, self._desk)
        dialog.redial_asked.connect(lambda: self._redial(""))
        dialog.lost.connect(self._after.lose_line)
        dialog.open()

    def _close(self, outcome: Outcome, detail: str, wish: Any) -> None:
        """End the call with its outcome; K gives the case back instead."""
        self._desk.helps.note.keep()
        if outcome is Outcome.KNOWN_PERSON:
            self._know()
            return
        self._ask(
            lambda: self._actions.call.close(outcome, detail, wish),
            lambda _changes: self.show_next(),
            lambda error: self._after.refused(error, outcome, detail),
        )

    # --- the person

    def _know(self) -> None:
        if self._card is not None:
            case = self._card.case
            self._ask(lambda: self._actions.queue.know_person(case), lambda _changes: self.show_next())

    def _skip(self) -> None:
        if self._card is None:
            return
        case = self._card.case
        dialog = SkipDialog(self._card.name, self._desk)
        dialog.skipped.connect(
            lambda why: self._ask(lambda: self._actions.queue.skip(case, why), lambda _changes: self.show_next())
        )
        dialog.open()

    def _show_number(self, number: str) -> None:
        if self._card is not None:
            case = self._card.case
            self._ask(lambda: self._actions.queue.show_number(case, number), self._number_shown)

    def _number_shown(self, card: CaseCard) -> None:
        self._card = card
        self._desk.person.show_card(card, in_call=self._desk.state is State.CALL, now=self._actions.now())

    def _show_code(self, number: str) -> None:
        """Show the code; a masked number is shown first, which is kept as an event."""
        line = next((n for n in self._card.numbers if n.id == number), None) if self._card else None
        if line is None or self._card is None:
            return
        if line.dial:
            CodeDialog(line, self._desk).open()
            return
        case = self._card.case
        self._ask(lambda: self._actions.queue.show_number(case, number), lambda card: self._code_ready(card, number))

    def _code_ready(self, card: CaseCard, number: str) -> None:
        self._number_shown(card)
        line = next((n for n in card.numbers if n.id == number and n.dial), None)
        if line is not None:
            CodeDialog(line, self._desk).open()

    # --- help, list, end

    def _ask_help(self) -> None:
        if self._card is None or self._status is None:
            return
        case = self._card.case
        question = str(self._view.page.number) if self._view else ""
        dialog = HelpDialog(self._status.supervisor, question, self._desk)
        dialog.asked.connect(lambda text: self._ask(lambda: self._actions.call.ask_help(case, question, text)))
        dialog.open()

    def _show_help_card(self, card: HelpCard) -> None:
        dialog = CardDialog(card, self._desk, in_call=self._desk.state is State.CALL)
        dialog.told.connect(lambda text: self._ask(lambda: self._actions.call.tell_coordinator(text)))
        dialog.open()

    def _show_queue(self) -> None:
        panel = QueuePanel(self._actions.now(), self._desk)
        panel.set_in_call(self._desk.state is State.CALL)
        panel.chosen.connect(self._take)
        panel.end_asked.connect(self._end_shift)
        panel.find_asked.connect(lambda part: self._ask(lambda: self._actions.queue.find(part), panel.show_found))
        panel.open()
        self._ask(self._actions.queue.lines, panel.show_lines)

    def _take(self, case: str) -> None:
        if self._desk.state is not State.CALL:
            self._ask(lambda: self._actions.queue.card(case), self._show_card)

    def _end_shift(self) -> None:
        self._ending.begin(self._status.waiting if self._status else 0)

    def _after_end(self) -> None:
        """Show the queue as the end of the shift left it; a call or a pause stays as it is."""
        if self._desk.state in (State.READY, State.EMPTY):
            self.show_next()

    # --- the lane

    def _ask(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        self._lanes.store.run(lambda _ticket: work(), done=done, failed=failed or self._complain, initiator=self)

    def _complain(self, error: BaseException) -> None:
        messages.tell(self._desk, error)
