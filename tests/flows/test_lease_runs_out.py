"""The desk stays open past the end of its leases: the person on the screen goes, and is given back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from callcenter.app.demonstration import sign_in
from callcenter.app.program import Program
from callcenter.app.staging import NOW, Stage
from callcenter.clock import RehearsedClock
from callcenter.domain.event import LeaseReturned
from callcenter.settings import folders
from callcenter.usecases.shift import held_cases
from db.local import state
from db.local.open import open_store
from ui.agent.desk import Desk, State

_LOOK_MS = 15_000


@pytest.fixture
def alone(dealt: Stage, tmp_path: Path) -> Path:
    """Return a copy of the organisation's laptops with no central to reach: what happens here stays here."""
    root = tmp_path / "copy"
    shutil.copytree(dealt.installation.where.people, root / "people")
    name = dealt.room.agents[0].store.device.name
    folder = next(path for path in (root / "people").glob("[!.]*") if name.split()[0].lower() in path.name)
    store = open_store(folder, dealt.phrases[name], lambda: NOW)
    with store._file.begin() as connection:
        central = dict(state.read(connection, state.CENTRAL))
        state.write(connection, **{state.CENTRAL: {**central, "path": str(tmp_path / "nowhere.db")}})
    store.close()
    return root


@pytest.fixture
def clock() -> RehearsedClock:
    return RehearsedClock(NOW)


@pytest.fixture
def program(alone: Path, clock: RehearsedClock, qtbot: QtBot) -> Iterator[Program]:
    made = Program(folders(alone), clock, dialling=False)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.close()


def _look(program: Program, desk: Desk) -> None:
    """Let the desk look at its leases, as it does every quarter of a minute."""
    (timer,) = [t for t in desk.findChildren(QTimer) if t.interval() == _LOOK_MS and not t.isSingleShot()]
    timer.timeout.emit()
    program.lanes.finish()


def test_when_the_leases_run_out_the_person_on_the_screen_goes_and_all_are_given_back(
    program: Program, dealt: Stage, clock: RehearsedClock
) -> None:
    name = dealt.room.agents[0].store.device.name
    sign_in(program, name, dealt.phrases[name])
    desk = program.window.centralWidget()
    assert isinstance(desk, Desk)
    _look(program, desk)
    assert desk.state is State.READY
    store = program.shift._opened.store
    with store.work() as work:
        leases = [case.lease for case in held_cases(work) if case.lease and case.lease.live(work.now())]
    clock.set(max(lease.expires_at for lease in leases) + timedelta(minutes=1))
    _look(program, desk)
    assert desk.state is State.EMPTY
    with store.work() as work:
        back = {e.fact.lease for e in work.events.of_kind(LeaseReturned.__name__)}
    assert {lease.id for lease in leases} <= back
