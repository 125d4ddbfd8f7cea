from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from callcenter.errors import CallcenterError
from ui.background import Lanes
from ui.shell.locking import DeskLock, LockPage

_PHRASE = "paard batterij niet juist"


class _Wrong(CallcenterError):
    code = "TEST-02"
    what = "That is not it."
    advice = "Try again."


class _Face(QWidget):
    """A face with one field; it notes down the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.keys: list[int] = []

    def keyPressEvent(self, event) -> None:
        self.keys.append(event.key())


class _Place:
    """A window with a face, and the lock over it."""

    def __init__(self, qtbot: QtBot, lanes: Lanes) -> None:
        self.qtbot, self.lanes = qtbot, lanes
        self.window, self.face = QMainWindow(), _Face()
        qtbot.addWidget(self.window)
        self.window.setCentralWidget(self.face)
        self.window.resize(900, 600)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.face.field.setFocus()
        self.desk_lock = DeskLock(self.window, lanes)

    def lock(self) -> None:
        self.desk_lock.lock("Yasmina B.", self.check)
        QApplication.processEvents()

    def check(self, phrase: str) -> None:
        if phrase != _PHRASE:
            raise _Wrong()

    def page(self) -> LockPage:
        return self.window.findChild(LockPage)

    def try_phrase(self, phrase: str) -> None:
        field = self.window.findChild(QLineEdit, "unlock-passphrase")
        self.qtbot.keyClicks(field, phrase)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        self.lanes.finish()
        QApplication.processEvents()


@pytest.fixture
def place(qtbot: QtBot, lanes: Lanes) -> _Place:
    return _Place(qtbot, lanes)


def test_the_lock_covers_the_whole_window_also_when_it_grows(place: _Place) -> None:
    place.lock()
    assert place.page().geometry() == place.window.rect()
    place.window.resize(1200, 700)
    QApplication.processEvents()
    assert place.page().geometry() == place.window.rect()
    assert place.window.childAt(place.face.geometry().center()).window() is place.window
    assert not place.face.isEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_F9, Qt.Key.Key_1, Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_keys_do_not_reach_what_lies_below(place: _Place, key: Qt.Key) -> None:
    place.lock()
    place.qtbot.keyClick(QApplication.focusWidget() or place.page(), key)
    place.qtbot.keyClick(place.page(), key)
    place.lanes.finish()
    assert place.face.keys == []
    assert place.face.field.text() == ""
    assert place.desk_lock.locked


def test_the_pass_phrase_brings_everything_back_with_the_focus_where_it_was(place: _Place) -> None:
    place.face.field.setText("half a senten")
    place.lock()
    place.try_phrase(_PHRASE)
    assert not place.desk_lock.locked
    assert place.face.isEnabled()
    assert place.face.field.text() == "half a senten"
    assert QApplication.focusWidget() is place.face.field


def test_a_wrong_pass_phrase_says_so_and_may_be_typed_again(place: _Place) -> None:
    place.lock()
    place.try_phrase("something else")
    assert place.desk_lock.locked
    assert "That is not it." in [part.text() for part in place.page().findChildren(QLabel)]
    assert QApplication.focusWidget().objectName() == "unlock-passphrase"
    place.try_phrase(_PHRASE)
    assert not place.desk_lock.locked


def test_an_open_question_is_out_of_sight_and_comes_back_unanswered(place: _Place) -> None:
    question = QDialog(place.window)
    question.setModal(True)
    answers = []
    question.finished.connect(answers.append)
    question.open()
    place.lock()
    assert not question.isVisible()
    place.try_phrase(_PHRASE)
    assert question.isVisible()
    assert question.isModal()
    assert answers == []


def test_a_question_that_comes_up_meanwhile_waits_behind_the_lock(place: _Place) -> None:
    place.lock()
    question = QDialog(place.window)
    question.open()
    QApplication.processEvents()
    assert not question.isVisible()
    place.try_phrase(_PHRASE)
    assert question.isVisible()
