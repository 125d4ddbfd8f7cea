"""`callcenter demo`: an invented campaign in a folder of its own; with a window, or played without one."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QWidget

from callcenter.app.program import Program
from callcenter.app.staging import NOW, Stage, set_stage
from callcenter.clock import RehearsedClock, RunningClock
from callcenter.domain.agent import Role
from callcenter.rehearsal.answers import Answers, ring
from callcenter.rehearsal.days import block_on
from callcenter.rehearsal.shift import Cast
from callcenter.settings import folders
from ui.agent.desk import Desk
from ui.background import Lanes
from ui.coordinator.window import CoordinatorWindow
from ui.rehearsed import Behind, Typist
from ui.supervisor.window import SupervisorWindow

_SEED = 2026
_CALLS = 10


def run(words: list[str]) -> int:
    """Run the command; exit status 0 when the demonstration was shown or played."""
    parser = argparse.ArgumentParser(prog="callcenter demo")
    parser.add_argument("--headless", action="store_true", help="play the last shift without a window")
    parser.add_argument("--out", type=Path, help="the folder of the demonstration")
    parser.add_argument("--people", type=int, default=420)
    parser.add_argument("--interviews", type=int, default=200)
    parser.add_argument("--seed", type=int, default=_SEED)
    asked = parser.parse_args(words)
    root: Path = (asked.out or folders().root.with_name("callcenter-demo")).resolve()
    stage = _fresh_stage(root, asked)
    stage.close()
    if asked.headless or os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        _play(stage, root)
    else:
        _show(stage)
    _tell_where(stage, root)
    return 0


def _tell(text: str) -> None:
    sys.stdout.write(f"demo: {text}\n")
    sys.stdout.flush()


def _fresh_stage(root: Path, asked: argparse.Namespace) -> Stage:
    for kept in ("people", "central", "enrolments", "lists", "reports", "pictures", "logs"):
        shutil.rmtree(root / kept, ignore_errors=True)
    _tell(f"preparing an invented campaign in {root} (a minute or two)")
    stage = set_stage(root, asked.seed, asked.people, asked.interviews, _tell)
    stage.room.clock.set(NOW - timedelta(minutes=10))
    stage.room.deal(block_on(NOW.date()))
    stage.room.clock.set(NOW)
    _tell(f"{stage.room.interviews()} interviews held; today's queues are dealt")
    return stage


def _tell_where(stage: Stage, root: Path) -> None:
    for made in sorted((root / "reports").glob("*")):
        _tell(f"report: {made}")
    _tell(f"everything is in {root}")
    for name, phrase in stage.phrases.items():
        _tell(f"  sign in as {name}: {phrase}")


# --- with a window


def _show(stage: Stage) -> None:
    program = Program(stage.installation.where, RunningClock(NOW), dialling=False)
    agent = next(o.name for o in stage.opened if o.store.device.role is Role.AGENT)
    key = next(p.key for p in program.installation.people() if p.name == agent)
    program.window.enter(program.installation.sign_in(key, stage.phrases[agent]))
    _tell_where(stage, stage.installation.where.root)
    program.run()


# --- without one


def _play(stage: Stage, root: Path) -> None:
    program = Program(stage.installation.where, stage.room.clock, dialling=False)
    program.window.resize(1440, 900)
    program.window.show()
    pictures = Pictures(program.window, root / "pictures")
    pictures.take("door")
    names = {role: [o.name for o in stage.opened if o.store.device.role is role] for role in Role}
    for name in names[Role.AGENT][:2]:
        stage.room.clock.set(NOW)
        sign_in(program, name, stage.phrases[name])
        made = play_agent(program, stage.room.clock, stage.room.cast, pictures.take)
        _tell(f"{name} made {made} calls by keys and closed the shift")
    stage.room.clock.set(NOW + timedelta(hours=2))
    for role in (Role.SUPERVISOR, Role.COORDINATOR):
        name = names[role][0]
        sign_in(program, name, stage.phrases[name])
        _walk(program, role, pictures)
    program.close()


class Pictures:
    """Grabs the window, each name once."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        self._window, self._folder = window, folder
        self._taken: set[str] = set()

    def take(self, name: str) -> None:
        """Save a picture of the window as it is, with a question before it if there is one."""
        if name in self._taken:
            return
        self._taken.add(name)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._window.grab().save(str(self._folder / f"{name}.png"))
        if (dialog := Typist.dialog()) is not None:
            dialog.grab().save(str(self._folder / f"{name}-question.png"))


def settle(program: Program) -> None:
    """Wait until nothing is under way any more."""
    settled(program.lanes)


def settled(lanes: Lanes) -> None:
    """Wait until both lanes rest and the windows have heard of it."""
    for _ in range(4):
        lanes.finish()
        QApplication.processEvents()


def sign_in(program: Program, name: str, phrase: str) -> None:
    """Sign in at the door as a person would: choose the name, type the pass phrase, Enter."""
    key = next(p.key for p in program.installation.people() if p.name == name)
    window = program.window
    row = window.findChild(QRadioButton, f"person-{key}")
    field = window.findChild(QLineEdit, "passphrase")
    assert row is not None  # noqa: S101 - the door shows everybody
    assert field is not None  # noqa: S101 - and asks for the pass phrase
    row.click()
    field.setText(phrase)
    field.returnPressed.emit()
    settle(program)


def play_agent(program: Program, clock: RehearsedClock, cast: Cast, look: Callable[[str], None]) -> int:
    """Play an agent's shift on the desk that is shown, and end it; return the calls made."""
    desk, shift = program.window.centralWidget(), program.shift
    assert isinstance(desk, Desk)  # noqa: S101 - an agent just signed in
    assert shift is not None  # noqa: S101
    chance = random.Random(f"{_SEED} {clock().isoformat()}")
    behind = Behind(
        shown=lambda: shift.shown,
        view=lambda: shift.view,
        ring=lambda card: ring(cast.people[card.case], chance),
        answers=lambda view: Answers(cast.people[view.card.case], view.card.role, cast.facts, clock()),
        wait=lambda minutes: clock.set(clock() + timedelta(minutes=minutes)),
        look=look,
    )
    typist = Typist(desk, program.lanes, behind)
    made = typist.play(_CALLS)
    typist.end_shift()
    settle(program)
    return made


def _walk(program: Program, role: Role, pictures: Pictures) -> None:
    """Visit every page of an office face, and leave."""
    face = program.window.centralWidget()
    assert isinstance(face, (SupervisorWindow, CoordinatorWindow))  # noqa: S101 - somebody of the office signed in
    for key in face.pages():
        face.open_page(key)
        settle(program)
        pictures.take(f"{role.value}-{key}")
    if isinstance(face, CoordinatorWindow):
        # The last page is the report's: "Maak PDF en XLSX".
        face.reports.export.click()
        settle(program)
        pictures.take("report-made")
    program.window.switch_person()
    settle(program)
