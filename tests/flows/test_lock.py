"""A desk that locks in the middle of a call: the real store, the real pass phrase."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from callcenter.app.demonstration import settle, sign_in
from callcenter.app.program import Program
from callcenter.app.staging import Stage
from ui.agent.desk import Desk, State

_AGENT = 4


def _type(program: Program, qtbot: QtBot, phrase: str) -> None:
    field = program.window.findChild(QLineEdit, "unlock-passphrase")
    qtbot.keyClicks(field, phrase)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(program)


def test_a_call_goes_on_behind_the_lock_and_only_the_own_pass_phrase_opens_it(
    dealt: Stage, qtbot: QtBot, program: Program
) -> None:
    name = dealt.room.agents[_AGENT].store.device.name
    sign_in(program, name, dealt.phrases[name])
    desk = program.window.centralWidget()
    assert isinstance(desk, Desk)
    qtbot.keyClick(desk, Qt.Key.Key_Return)
    settle(program)
    assert desk.state is State.CALL
    before = program.shift.view
    program.window.lock()
    _type(program, qtbot, dealt.phrases[dealt.room.agents[0].store.device.name])
    assert "Dat is niet je wachtzin." in [part.text() for part in program.window.findChildren(QLabel)]
    assert not desk.isEnabled()
    _type(program, qtbot, dealt.phrases[name])
    assert program.window.centralWidget() is desk
    assert (desk.isEnabled(), desk.state) == (True, State.CALL)
    qtbot.keyClick(desk, Qt.Key.Key_1)
    settle(program)
    assert program.shift.view.page != before.page
