from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.shell.idle import IdleWatch

_LIMIT = 300_000


@dataclass
class _Clock:
    now: int = 1_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def watch(qtbot: QtBot, clock: _Clock) -> IdleWatch:
    made = IdleWatch(_LIMIT, clock)
    made.heard = []
    made.idle.connect(lambda: made.heard.append(clock.now))
    yield made
    made.end()


def _later(watch: IdleWatch, clock: _Clock, ms: int) -> None:
    clock.now += ms
    watch.check(clock.now)


def test_it_tells_once_when_the_limit_has_passed(watch: IdleWatch, clock: _Clock) -> None:
    watch.begin()
    _later(watch, clock, _LIMIT - 1)
    assert watch.heard == []
    _later(watch, clock, 1)
    _later(watch, clock, _LIMIT)
    assert watch.heard == [1_000_000 + _LIMIT]


@pytest.mark.parametrize("touch", ["key", "mouse"])
def test_a_key_or_the_mouse_in_any_window_begins_anew(
    qtbot: QtBot, watch: IdleWatch, clock: _Clock, touch: str
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    watch.begin()
    clock.now += _LIMIT - 1
    if touch == "key":
        qtbot.keyClick(field, Qt.Key.Key_A)
    else:
        qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    _later(watch, clock, _LIMIT - 1)
    assert watch.heard == []


def test_nothing_is_told_before_it_begins_or_after_it_ends(watch: IdleWatch, clock: _Clock) -> None:
    _later(watch, clock, _LIMIT)
    watch.begin()
    watch.end()
    _later(watch, clock, _LIMIT)
    assert watch.heard == []


def test_a_clock_that_is_put_back_only_makes_the_wait_longer(watch: IdleWatch, clock: _Clock) -> None:
    watch.begin()
    _later(watch, clock, -3_600_000)
    _later(watch, clock, _LIMIT - 1)
    assert watch.heard == []
    _later(watch, clock, 1)
    assert len(watch.heard) == 1
