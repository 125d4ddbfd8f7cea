"""Turns what an invented person says into key presses on the real windows; for the demo and the shift tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from callcenter.forms.session import Kind, Question
from callcenter.rehearsal.answers import Answers, Call
from callcenter.usecases.views import CaseCard, InterviewView
from ui.agent.desk import Desk, State
from ui.background import Lanes
from ui.form.block import Block
from ui.form.choices import real_choices
from ui.text import _
from ui.widgets import KeyButton

_MOST_STEPS = 200
_TABS = 40
_MONTH_ONLY = frozenset({"month-year"})
_LEFT_OUT = {"98": Qt.Key.Key_W, "99": Qt.Key.Key_X}


@dataclass(frozen=True)
class Behind:
    """What the rehearsal knows behind the window: who is shown, which page, what would be said; and its clock."""

    shown: Callable[[], CaseCard | None]
    view: Callable[[], InterviewView | None]
    ring: Callable[[CaseCard], Call]
    answers: Callable[[InterviewView], Answers]
    wait: Callable[[float], None]
    look: Callable[[str], None]


class Typist:
    """Plays an agent's calls on a desk by keys alone."""

    def __init__(self, desk: Desk, lanes: Lanes, behind: Behind) -> None:
        self._desk, self._lanes, self._behind = desk, lanes, behind
        # The desk goes when the agent signs out; its window stays.
        self._window = desk.window()

    def play(self, most: int) -> int:
        """Make calls until so many or nobody is left; return how many were made."""
        made = 0
        self.settle()
        while made < most and self._desk.state is State.READY:
            self._call()
            made += 1
        return made

    def end_shift(self) -> None:
        """Pause, end the shift, and sign out once everything was sent."""
        self._desk.top.pause.click()
        self.settle()
        words = _("End my shift")
        end = next(b for b in self._desk.pause.findChildren(KeyButton) if b.text() == words)
        end.click()
        self.settle()
        self.press(Qt.Key.Key_Return)
        self._behind.look("shift-end")
        self.press(Qt.Key.Key_Return)

    def settle(self) -> None:
        """Let the lanes finish and the windows paint: what an agent does by waiting a blink."""
        for _turn in range(3):
            self._lanes.finish()
            QApplication.processEvents()
            # Outside a running event loop nobody else takes down the pages that were replaced.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if QApplication.activeWindow() is None:
                # Without a window manager nobody gives the focus back when a question closes.
                self._window.activateWindow()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is."""
        QTest.keyClick(self._focus(), key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        QTest.keyClicks(self._focus(), text)
        self.settle()

    def _focus(self) -> QWidget:
        dialog = self.dialog()
        if dialog is not None:
            return dialog.focusWidget() or dialog
        return QApplication.focusWidget() or self._desk

    @staticmethod
    def dialog() -> QDialog | None:
        """Return the question that stands before the desk."""
        top = QApplication.activeModalWidget()
        return top if isinstance(top, QDialog) else None

    def _call(self) -> None:
        card = self._behind.shown()
        assert card is not None  # noqa: S101 - a desk that is ready shows somebody
        call = self._behind.ring(card)
        self._behind.look("ready")
        self.press(Qt.Key.Key_Return)
        if self._desk.state is not State.CALL:
            raise RuntimeError("Enter did not begin the call")
        if call.interview:
            self._behind.wait(8)
            self._ask()
        else:
            self._behind.wait(1)
        view = self._behind.view()
        outcome = (view.proposed if view and call.interview else None) or call.outcome
        self.press(Qt.Key.Key_F9)
        self.type(outcome.value.lower())
        self._behind.look("outcome")
        self.press(Qt.Key.Key_Return)
        if self.dialog() is not None:
            self._behind.look("appointment")
            self.press(Qt.Key.Key_3)
            self.press(Qt.Key.Key_Return)

    def _ask(self) -> None:
        answers: Answers | None = None
        for _turn in range(_MOST_STEPS):
            view = self._behind.view()
            if view is None or view.finished:
                return
            answers = answers or self._behind.answers(view)
            for question in view.page.questions:
                self._answer(question, answers.value(question))
            self._behind.look(f"question-{view.page.number}")
            self.press(Qt.Key.Key_Return)

    def _answer(self, question: Question, value: str) -> None:
        if not value or question.readonly or value == question.value:
            return
        block = self._block(question)
        if block is None or not self._reach(block):
            return
        if value in _LEFT_OUT and question.choices:
            self.press(_LEFT_OUT[value])
        elif question.kind in (Kind.ONE, Kind.MANY):
            self._choose(question, value)
        elif question.kind is Kind.DATE:
            year, month, day = value.split("-")
            self.type(("" if _MONTH_ONLY & question.appearance else day) + month + year)
        else:
            self.type(value)

    def _block(self, question: Question) -> Block | None:
        return next((b for b in self._desk.form.blocks() if b.question.ref == question.ref), None)

    def _reach(self, block: Block) -> bool:
        """Press Tab until the question has the focus."""
        for _turn in range(_TABS):
            focused = QApplication.focusWidget()
            if focused is not None and block.isAncestorOf(focused):
                return True
            self.press(Qt.Key.Key_Tab)
        return False

    def _choose(self, question: Question, value: str) -> None:
        offered = [choice.value for choice in real_choices(question)]
        before = set(question.value.split()) if question.kind is Kind.MANY else set()
        for wanted in value.split():
            place = offered.index(wanted)
            if place < 9 and wanted not in before:
                self.press(Qt.Key(Qt.Key.Key_1 + place))
