from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from callcenter.app.syncer import Syncer
from callcenter.usecases.views import LineState, SyncResult
from db.errors import CentralUnreachable, DeviceRevoked
from ui.background import Lanes


class Played:
    """A line that answers from a list; it notes how it was asked."""

    def __init__(self) -> None:
        self.answers: list[SyncResult | Exception | None] = []
        self.asked: list[tuple[bool, bool]] = []

    def exchange(self, *, pull: bool = True, retry: bool = False) -> SyncResult | None:
        self.asked.append((pull, retry))
        answer = self.answers.pop(0) if self.answers else SyncResult()
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def line() -> Played:
    return Played()


@pytest.fixture
def lanes(qapp, qtbot: QtBot):
    made = Lanes()
    yield made
    made.finish()


def _syncer(line: Played, lanes: Lanes, in_call=lambda: False) -> tuple[Syncer, list[LineState]]:
    parent = QObject()
    syncer = Syncer(line, lanes, parent, in_call)
    syncer.parent_kept = parent
    told: list[LineState] = []
    syncer.tried.connect(told.append)
    return syncer, told


def test_it_waits_ever_longer_while_nobody_answers_and_not_after(line: Played, lanes: Lanes) -> None:
    syncer, told = _syncer(line, lanes)
    line.answers = [CentralUnreachable(host="h") for _ in range(5)]
    pauses = []
    for _ in range(6):
        syncer.now()
        lanes.finish()
        pauses.append(syncer.pause_ms // 1000)
    assert pauses == [60, 120, 240, 300, 300, 30]
    assert [state.online for state in told] == [False] * 5 + [True]
    assert all(state.trouble is None for state in told)


def test_a_refusal_is_told_with_its_error(line: Played, lanes: Lanes) -> None:
    syncer, told = _syncer(line, lanes)
    line.answers = [DeviceRevoked()]
    syncer.now()
    lanes.finish()
    assert told[0].trouble is not None
    assert told[0].trouble.code == "SYNC-23"


def test_during_a_call_nothing_is_fetched_and_right_after_it_is(line: Played, lanes: Lanes) -> None:
    calling = [True, False]  # the call ends while the sync runs
    syncer, _ = _syncer(line, lanes, lambda: calling.pop(0) if calling else False)
    syncer.now()
    lanes.finish()
    assert [pull for pull, _ in line.asked] == [False, True]


def test_a_call_that_goes_on_is_left_alone(line: Played, lanes: Lanes) -> None:
    syncer, _ = _syncer(line, lanes, lambda: True)
    syncer.now()
    lanes.finish()
    assert line.asked == [(False, True)]


def test_what_was_asked_while_one_runs_is_done_once_after_it(line: Played, lanes: Lanes) -> None:
    syncer, _ = _syncer(line, lanes)
    done: list[str] = []
    syncer.now()
    syncer.now(lambda: done.append("then"))
    syncer.now()
    lanes.finish()
    assert len(line.asked) == 2
    assert done == ["then"]


def test_refused_events_are_offered_again_once_when_the_program_starts(line: Played, lanes: Lanes) -> None:
    syncer, _ = _syncer(line, lanes)
    for _ in range(3):
        syncer.now()
        lanes.finish()
    assert [retry for _, retry in line.asked] == [True, False, False]


def test_an_exchange_of_the_shifts_end_is_not_disturbed(line: Played, lanes: Lanes) -> None:
    syncer, told = _syncer(line, lanes)
    line.answers = [None]
    syncer.now()
    lanes.finish()
    assert told == []
