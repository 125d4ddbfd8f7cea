"""The end of a shift at the desk: what is said, and where one stands after it failed."""

from __future__ import annotations

import pytest

from callcenter.errors import CallcenterError
from callcenter.usecases.views import EmptyQueue
from tests.ui.agent.shift import Played, begin, dialog
from ui.agent.desk import State
from ui.agent.shift_end import ShiftEndDialog


@pytest.fixture
def played():
    return Played()


@pytest.fixture
def desk(qtbot, lanes, played):
    return begin(qtbot, lanes, played)


def test_the_end_of_a_shift_shows_progress_and_result(desk, lanes, qtbot):
    desk.end_asked.emit()
    ending = dialog(desk, ShiftEndDialog)
    ending.confirm()
    lanes.finish()
    said = " ".join(label.text() for label in ending.findChildren(type(desk._title)))
    assert "2 keer gebeld" in said
    assert "Er staan geen namen of nummers meer op deze laptop." in said
    with qtbot.waitSignal(desk.presenter.shift_ended):
        ending.confirm()


class _Unreachable(CallcenterError):
    code = "TEST-08"
    what = "The central database does not answer."
    advice = "Try again later."


def test_back_after_an_end_that_failed_shows_the_empty_queue_and_why(desk, lanes, played):
    played.down = _Unreachable()
    played.queue = [EmptyQueue((), why="Je sloot je dienst af.")]
    desk.end_asked.emit()
    ending = dialog(desk, ShiftEndDialog)
    ending.confirm()
    ending.reject()  # not while it is sent
    assert ending.isVisible()
    lanes.finish()
    ending.reject()
    lanes.finish()
    assert desk.state is State.EMPTY
    assert "Je sloot je dienst af." in [label.text() for label in desk.empty.findChildren(type(desk._title))]


def test_back_before_the_end_leaves_the_person_on_the_desk(desk, lanes, played):
    played.queue = [EmptyQueue(())]
    desk.end_asked.emit()
    dialog(desk, ShiftEndDialog).reject()
    lanes.finish()
    assert desk.state is State.READY
