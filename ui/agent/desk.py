"""The desk: one layout, ready to call or in a call. It lays out and tells what was asked; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from callcenter.usecases.views import CaseCard, DeskStatus, EmptyQueue, HelpCard, InterviewView
from ui.agent.call_bar import CallBar
from ui.agent.help_panel import HelpPanel
from ui.agent.person_card import PersonCard
from ui.agent.ready import EmptyPanel, PausePanel, ReadyPanel, ResumePanel
from ui.agent.top_bar import TopBar
from ui.form import FormPage, steps_of
from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets import Card, StepBar, label
from ui.widgets.notice import Notice

_LOW = 800  # below this height, at scale 1.0, the desk is compact


class State(Enum):
    """What the middle of the desk shows."""

    READY = auto()
    CALL = auto()
    EMPTY = auto()
    PAUSE = auto()
    RESUME = auto()


class _Middle(QWidget):
    """The middle takes what the sides leave; it asks for no more than a narrow page."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(px(600), px(480))


class Desk(QWidget):
    """The agent's screen."""

    call_asked = Signal(str)
    answered = Signal(str, str)
    next_asked = Signal()
    back_asked = Signal()
    undo_asked = Signal()
    all_said_asked = Signal()
    noted = Signal(str)
    hang_up_asked = Signal()
    appointment_asked = Signal()
    line_dropped = Signal()
    wrong_number_asked = Signal()
    refusal_asked = Signal()
    help_asked = Signal()
    card_asked = Signal(HelpCard)
    known_asked = Signal()
    skip_asked = Signal()
    show_number_asked = Signal(str)
    code_asked = Signal(str)
    queue_asked = Signal()
    refresh_asked = Signal()
    pause_asked = Signal()
    go_on_asked = Signal()
    end_asked = Signal()
    resume_asked = Signal()
    keys_asked = Signal()
    menu_wanted = Signal(QWidget)
    aside_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.state = State.EMPTY
        self.name = ""
        self.top, self.person, self.helps, self.bar = TopBar(), PersonCard(), HelpPanel(), CallBar()
        self.form = FormPage()
        self.ready, self.empty, self.pause, self.resume = ReadyPanel(), EmptyPanel(), PausePanel(), ResumePanel()
        self.steps = StepBar()
        self.notice = Notice()
        self._build()
        self._connect()
        self._keys = self._name_keys()
        self._show(State.EMPTY)
        self.bar.show_saved(None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.notice)
        self._body = QHBoxLayout()
        self._body.setContentsMargins(px(16), px(14), px(16), px(14))
        self._body.setSpacing(px(16))
        self._body.addWidget(self.person)
        self._body.addWidget(self._middle(), 1)
        self._body.addWidget(self.helps)
        column.addLayout(self._body, 1)
        column.addWidget(self.bar)

    def _middle(self) -> QWidget:
        middle = _Middle()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self._title = label("", "small", weight=SEMIBOLD, ink="muted")
        # As high as the steps, so that the paper stands still when a call begins.
        self._title.setFixedHeight(px(22))
        column.addWidget(self.steps)
        column.addWidget(self._title)
        self._paper = Card(margin=24)
        self._paper.body.setContentsMargins(px(24), px(16), px(20), px(16))
        self._pages = QStackedWidget()
        for page in (self.ready, self.form, self.empty, self.pause, self.resume):
            self._pages.addWidget(page)
        self._paper.body.addWidget(self._pages)
        column.addWidget(self._paper, 1)
        return middle

    def _connect(self) -> None:
        form, person, helps, bar, top = self.form, self.person, self.helps, self.bar, self.top
        pairs = [
            (form.answered, self.answered),
            (form.next_asked, self.next_asked),
            (form.back_asked, self.back_asked),
            (form.all_said_asked, self.all_said_asked),
            (person.call_asked, self.call_asked),
            (person.show_number_asked, self.show_number_asked),
            (person.code_asked, self.code_asked),
            (person.known_asked, self.known_asked),
            (person.skip_asked, self.skip_asked),
            (helps.card_asked, self.card_asked),
            (helps.help_asked, self.help_asked),
            (helps.noted, self.noted),
            (bar.appointment_asked, self.appointment_asked),
            (bar.line_dropped, self.line_dropped),
            (bar.wrong_number_asked, self.wrong_number_asked),
            (bar.refusal_asked, self.refusal_asked),
            (bar.hang_up_asked, self.hang_up_asked),
            (top.pause_asked, self.pause_asked),
            (top.queue_asked, self.queue_asked),
            (top.menu_asked, self.menu_wanted),
            (self.empty.refresh_asked, self.refresh_asked),
            (self.empty.queue_asked, self.queue_asked),
            (self.empty.end_asked, self.end_asked),
            (self.pause.go_on_asked, self.go_on_asked),
            (self.pause.end_asked, self.end_asked),
            (self.resume.go_on_asked, self.resume_asked),
            (self.resume.hang_up_asked, self.hang_up_asked),
            (self.notice.look_asked, self.aside_asked),
        ]
        for heard, told in pairs:
            heard.connect(told)
        self.ready.call_asked.connect(lambda: self.call_asked.emit(""))

    def _name_keys(self) -> dict[tuple[Qt.Key, bool], Callable[[], object]]:
        """Return what each key does wherever the focus is: (key, with Ctrl or Alt) -> act.

        Digits and letters are not here: they belong to the page, and to a text field that has the focus.
        """
        return {
            (Qt.Key.Key_F2, False): self.bar.appointment.click,
            (Qt.Key.Key_F3, False): self.bar.dropped.click,
            (Qt.Key.Key_F4, False): self.bar.wrong.click,
            (Qt.Key.Key_F6, False): self.bar.refuses.click,
            (Qt.Key.Key_F8, False): self.helps.help.click,
            (Qt.Key.Key_F9, False): self._hang_up,
            (Qt.Key.Key_Left, True): self._back,
            (Qt.Key.Key_Z, True): self._undo,
        }

    def _hang_up(self) -> None:
        if self.state in (State.CALL, State.RESUME):
            self.hang_up_asked.emit()

    def _back(self) -> None:
        if self.state is State.CALL:
            self.form.navigation.back.click()

    def _undo(self) -> None:
        if self.state is State.CALL:
            self.undo_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that nothing with the focus wanted."""
        held = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
        act = self._keys.get((Qt.Key(event.key()), bool(held)))
        if act is not None:
            act()
        elif event.text() == "?":
            self.keys_asked.emit()
        elif self.state is State.CALL:
            if not self.form.press(event):
                super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        """Do what Enter means between two calls."""
        if self.state is State.READY:
            self.ready.call.click()
        elif self.state is State.EMPTY:
            self.refresh_asked.emit()
        elif self.state is State.PAUSE:
            self.go_on_asked.emit()
        else:
            self.resume_asked.emit()

    # --- what it shows

    def show_status(self, status: DeskStatus, now: datetime) -> None:
        """Show the frame: campaign, progress, next promise, safety, help."""
        self.top.show_status(status, now)
        self.helps.show_cards(status.cards, status.supervisor)

    def show_ready(self, card: CaseCard, status: DeskStatus, now: datetime) -> None:
        """Show the next person, ready to be called."""
        self.name = card.name
        self.ready.show_case(card, status, now)
        self.person.show_card(card, in_call=False, now=now)
        self.bar.show_idle(card.name)
        self._show(State.READY)

    def show_call(self, view: InterviewView, now: datetime) -> None:
        """Show the call that is going on."""
        self.name = view.card.name
        fresh = self.state is not State.CALL
        if fresh:
            self.helps.note.clear_note()
        self.helps.note.show_note(view.note)
        self.person.show_card(view.card, in_call=True, now=now)
        self.steps.show_steps(steps_of(view.page))
        self._show(State.CALL)
        self.form.show_page(view.page, view.said)
        if fresh:
            self.bar.show_call(view.card.name, view.began, now)
            self.form.focus_answer()
        self.bar.show_saved(view.saved_at)

    def show_empty(self, empty: EmptyQueue) -> None:
        """Show that there is nobody to call, and why."""
        self.empty.show_reasons(empty)
        self._show_nobody(State.EMPTY)

    def show_pause(self) -> None:
        """Show the pause."""
        self._show_nobody(State.PAUSE)

    def show_resume(self, view: InterviewView, now: datetime) -> None:
        """Show the call in which the program stopped."""
        self.name = view.card.name
        self.person.show_card(view.card, in_call=True, now=now)
        self.resume.show_call(view.card.name, view.page.number)
        self.bar.show_idle(view.card.name)
        self._show(State.RESUME)

    def _show_nobody(self, state: State) -> None:
        self.person.show_card(None, in_call=False, now=datetime.min)  # noqa: DTZ901 - nobody has no moments
        self.bar.show_idle("")
        self._show(state)

    def _show(self, state: State) -> None:
        changed = state is not self.state
        self.state = state
        pages = {
            State.READY: self.ready,
            State.CALL: self.form,
            State.EMPTY: self.empty,
            State.PAUSE: self.pause,
            State.RESUME: self.resume,
        }
        in_call = state is State.CALL
        self._pages.setCurrentWidget(pages[state])
        self.steps.setVisible(in_call)
        self._title.setVisible(not in_call)
        self._title.setText(_("Ready to call") if state is State.READY else "")
        self.helps.set_in_call(in_call)
        self.helps.help.setEnabled(state in (State.CALL, State.READY))
        self.top.pause.setEnabled(state in (State.READY, State.EMPTY))
        if changed and not in_call:
            self.bar.show_saved(None)
            self.helps.note.clear_note()
            self.setFocus()

    def back_to_call(self) -> None:
        """Go on with the call after a question was left by Escape."""
        if self.state is State.CALL:
            self.bar.go_on()
            self.form.focus_answer()

    def tick(self, now: datetime) -> None:
        """Count on: the running call, the minutes to the next appointment."""
        self.bar.tick(now)
        self.top.tick(now)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Without this the first Tab stop, a button of the top bar, would have the ring.
        if self.state is State.CALL:
            self.form.focus_answer()
        else:
            self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = event.size().height() < px(_LOW)
        self.form.set_compact(compact)
        margin = px(10 if compact else 16)
        self._paper.body.setContentsMargins(px(24), margin, px(20), margin)
