"""How long a key of the desk takes until the next question is painted and the draft committed.

Whole interviews are held by key presses on a real desk over an encrypted store in a folder. A key counts when it led
to a step of the call: an answer kept, or the next question. p95 of at most 33 ms is wanted.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callcenter.app.program import Program
from callcenter.app.staging import Stage
from callcenter.domain.outcome import Outcome
from callcenter.rehearsal.answers import Answers, Call
from callcenter.usecases.views import CaseCard, InterviewView
from tests.bench.bars import verdict
from tests.bench.stage import a_campaign, an_agent
from ui.agent.desk import Desk
from ui.rehearsed import Behind, Typist

BAR_MS = 33.0
_PEOPLE, _EARLIER_INTERVIEWS = 60, 2


class Timed:
    """A store that tells how often it was worked with, how long that took, and how much of it was the commit."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.units = 0
        self.inside = self.commit = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def work(self) -> Iterator[Any]:
        """Open a unit of work of the store itself."""
        begun = ended = perf_counter()
        with self._store.work() as work:
            yield work
            ended = perf_counter()
        self.units += 1
        self.inside += perf_counter() - begun
        self.commit += perf_counter() - ended


@dataclass(frozen=True)
class Press:
    """One key: milliseconds until committed and painted, of them in the store's lane, and of those in the commit.

    `busy` is the time that the processor worked for it: on a machine with other work the rest is waiting.
    """

    whole: float
    busy: float
    lane: float
    commit: float


@dataclass
class Watched:
    """Presses keys and notes how long those took that led to a step of a call."""

    program: Program
    store: Timed
    presses: list[Press] = field(default_factory=list)

    def key(self, press: Any) -> None:
        """Press, wait for commit and paint, and keep how long it took."""
        units, inside, commit = self.store.units, self.store.inside, self.store.commit
        begun, worked = perf_counter(), process_time()
        press()
        self.program.lanes.store.finish()
        QApplication.processEvents()
        whole, busy = perf_counter() - begun, process_time() - worked
        if self.store.units > units:
            lane, kept = self.store.inside - inside, self.store.commit - commit
            self.presses.append(Press(whole * 1000, busy * 1000, lane * 1000, kept * 1000))


class WatchedTypist(Typist):
    """A typist whose keys are watched while an interview is held."""

    def __init__(self, desk: Desk, watched: Watched, behind: Behind) -> None:
        super().__init__(desk, watched.program.lanes, behind)
        self._watched = watched
        self._behind_view = behind.view

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is."""
        if self._asking():
            self._watched.key(lambda: QTest.keyClick(self._focus(), key, modifier))
            self.settle()
        else:
            super().press(key, modifier)

    def type(self, text: str) -> None:
        """Type a text, each letter a key of its own."""
        if not self._asking():
            super().type(text)
            return
        for letter in text:
            self._watched.key(lambda letter=letter: QTest.keyClicks(self._focus(), letter))
            self.settle()

    def _asking(self) -> bool:
        view = self._behind_view()
        return view is not None and not view.finished and self.dialog() is None


def main(argv: list[str]) -> None:
    """Print p50 and p95 of the keys of whole interviews, and how much of them is the lane and the commit."""
    parser = argparse.ArgumentParser(prog="bench answer")
    parser.add_argument("--interviews", type=int, default=3)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        stage = a_campaign(Path(folder), _PEOPLE, _EARLIER_INTERVIEWS)
        presses = hold(stage, asked.interviews)
    whole = [p.whole for p in presses]
    p95, worked = quantiles(whole, n=20)[-1], quantiles([p.busy for p in presses], n=20)[-1]
    lane, commit = median(p.lane for p in presses), median(p.commit for p in presses)
    print(f"{asked.interviews} interviews, {len(presses)} keys that answered or went on")
    print(f"p50 {median(whole):.1f} ms, of it in the store lane {lane:.1f} ms and in the commit {commit:.1f} ms")
    print(f"p95 of the processor's work {worked:.1f} ms; the rest is waiting for disk and other programs")
    print(f"p95 {p95:.1f} ms, slowest {max(whole):.1f} ms (bar {BAR_MS:.0f} ms): {verdict(p95, BAR_MS)}")


def hold(stage: Stage, interviews: int) -> list[Press]:
    """Hold so many interviews by keys; return the keys that took a step."""
    program = Program(stage.installation.where, stage.room.clock, dialling=False)
    program.window.show()
    opened = program.installation.sign_in(*an_agent(stage))
    store: Any = Timed(opened.store)
    opened.store = store
    program.window.enter(opened)
    desk, shift = program.window.centralWidget(), program.shift
    assert isinstance(desk, Desk)
    assert shift is not None
    people = stage.room.cast.people

    def answers(view: InterviewView) -> Answers:
        return Answers(people[view.card.case], view.card.role, stage.room.cast.facts, stage.room.clock())

    def everyone_answers(card: CaseCard) -> Call:
        return Call(Outcome.COMPLETE, interview=True)

    watched = Watched(program, store)
    behind = Behind(
        shown=lambda: shift.shown,
        view=lambda: shift.view,
        ring=everyone_answers,
        answers=answers,
        wait=lambda _minutes: None,
        look=lambda _name: None,
    )
    WatchedTypist(desk, watched, behind).play(interviews)
    program.close()
    return watched.presses
