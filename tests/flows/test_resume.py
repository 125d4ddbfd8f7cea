"""A laptop that dies in the middle of a call loses nothing that was answered."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from callcenter.app.agent_face import Shift
from callcenter.app.demonstration import settle, sign_in
from callcenter.app.program import Program
from callcenter.app.staging import Stage
from tests.flows import talking
from ui.agent.desk import Desk, State

_ROOT = Path(__file__).resolve().parents[2]


def _agent(stage: Stage, place: int) -> tuple[str, str]:
    """Return name and pass phrase of an agent."""
    name = stage.room.agents[place].store.device.name
    return name, stage.phrases[name]


def _talk_and_die(stage: Stage, place: int, *, answers: int = 0, lines: int = 0) -> list[dict[str, Any]]:
    """Let an agent's laptop talk and kill it: in the middle of the answer after so many, or after so many lines.

    Returns what it told.
    """
    words = (str(stage.installation.where.root), *_agent(stage, place), str(answers))
    with subprocess.Popen(  # noqa: S603 - the tests' own program with their own words
        [sys.executable, "-m", "tests.flows.talking", *words],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as laptop:
        assert laptop.stdout is not None
        told: list[dict[str, Any]] = []
        for line in laptop.stdout:
            told.append(json.loads(line))
            if told[-1]["step"] == "half-way" or len(told) == lines:
                break
        laptop.send_signal(signal.SIGKILL)
        rest = laptop.stdout.read()
    assert laptop.returncode == -signal.SIGKILL, "it ended by itself"
    # The last line may have been cut; what was not told whole was not witnessed.
    return told + [json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]


def _resumed(stage: Stage, place: int) -> Mapping[str, Any]:
    """Return what an agent sees of the call that was going on, in a store opened anew."""
    installation, opened = talking.sign_in(stage.installation.where.root, *_agent(stage, place))
    try:
        view = Shift(installation, opened).resume()
    finally:
        opened.close()
    assert view is not None
    assert view.resumed
    return talking.seen(view)


def test_killed_in_the_middle_of_an_answer_the_call_is_as_it_was_before_it(dealt: Stage) -> None:
    told = _talk_and_die(dealt, 0, answers=7)
    half, before = told.pop(), told[-1]
    assert half["step"] == "half-way"
    assert sum(line["step"] == "answer" for line in told) == 7
    found = _resumed(dealt, 0)
    assert found == {key: before[key] for key in found} | {"note": talking.NOTE}
    assert dict(found["page"])[half["ref"]] == ""
    assert len(found["said"]) >= 5


def test_killed_at_any_moment_every_witnessed_answer_is_there(dealt: Stage) -> None:
    told = _talk_and_die(dealt, 1, lines=12)
    last, found = told[-1], _resumed(dealt, 1)
    assert found["case"] == last["case"]
    assert found["note"] == talking.NOTE
    assert found["said"].items() >= last["said"].items()
    # One more step may have been committed before it could be told.
    assert found["number"] in (last["number"], last["number"] + 1)


def test_the_desk_says_with_whom_the_call_was_and_enter_goes_on(dealt: Stage, qtbot: QtBot, program: Program) -> None:
    told = _talk_and_die(dealt, 2, answers=6)
    sign_in(program, *_agent(dealt, 2))
    desk = program.window.centralWidget()
    assert isinstance(desk, Desk)
    assert desk.state is State.RESUME
    words = [part.text() for part in desk.resume.findChildren(QLabel)]
    assert [text for text in words if text.startswith("Je was in gesprek met ")]
    qtbot.keyClick(desk, Qt.Key.Key_Return)
    settle(program)
    assert desk.state is State.CALL
    assert [[q.ref, q.value] for q in program.shift.view.page.questions] == told[-2]["page"]
    assert desk.helps.note.toPlainText() == talking.NOTE
