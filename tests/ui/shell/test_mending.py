from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from callcenter.domain.agent import Role
from tests.ui.shell.test_shell import _PHRASE, _YASMINA, _Doors, _enter, _type, _window
from ui.shell.actions import PersonEntry
from ui.shell.door import EnrolPage, SignInPage
from ui.shell.mending import RecoveryPage, RescuePage, SavedPage
from ui.shell.window import ShellWindow
from ui.widgets import KeyButton

_NEW = "paard batterij niet juist"


def _press(qtbot: QtBot, window: QWidget, name: str) -> None:
    button = window.findChild(KeyButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _words(window: QWidget) -> str:
    return "\n".join(part.text() for part in window.findChildren(QLabel))


def _forgotten(qtbot: QtBot, doors: _Doors) -> ShellWindow:
    window, _lanes = _window(qtbot, doors)
    _press(qtbot, window, "forgotten")
    assert isinstance(window.centralWidget(), RecoveryPage)
    return window


def test_with_the_recovery_code_a_forgotten_pass_phrase_is_replaced_and_the_face_opens(qtbot: QtBot) -> None:
    doors = _Doors((_YASMINA,))
    window = _forgotten(qtbot, doors)
    _type(qtbot, window, recovery="RIGHT", new=_NEW, again=_NEW)
    _enter(qtbot, window, "again")
    window._lanes.finish()
    assert doors.taken == [("recover", _NEW, "yasmina-b")]
    assert isinstance(window.centralWidget(), QLabel)


def test_a_wrong_recovery_code_and_a_weak_pass_phrase_are_said_on_the_card(qtbot: QtBot) -> None:
    doors = _Doors((_YASMINA,))
    window = _forgotten(qtbot, doors)
    _type(qtbot, window, recovery="RIGHT", new="Yasmina B. Gent 12", again="Yasmina B. Gent 12")
    _enter(qtbot, window, "again")
    assert "DOOR-05" in _words(window)
    _type(qtbot, window, recovery="WRONG", new=_NEW, again=_NEW)
    _enter(qtbot, window, "again")
    window._lanes.finish()
    assert "TEST-01" in _words(window)
    assert doors.taken == []
    _press(qtbot, window, "back")
    assert isinstance(window.centralWidget(), SignInPage)


def test_data_beyond_repair_are_saved_for_the_office_and_a_new_enrolment_is_the_way_on(
    qtbot: QtBot, tmp_path: Path
) -> None:
    doors = _Doors((_YASMINA,))
    doors.beyond, doors.lost = True, 2
    window, lanes = _window(qtbot, doors)
    _type(qtbot, window, passphrase=_PHRASE)
    _enter(qtbot, window, "passphrase")
    lanes.finish()
    page = window.centralWidget()
    assert isinstance(page, RescuePage)
    assert "The data are damaged." in _words(page)
    _type(qtbot, page, passphrase="wrong")
    _enter(qtbot, page, "passphrase")
    lanes.finish()
    assert "TEST-01" in _words(page)
    _type(qtbot, page, passphrase=_PHRASE)
    _enter(qtbot, page, "passphrase")
    lanes.finish()
    saved = window.centralWidget()
    assert isinstance(saved, SavedPage)
    assert doors.taken == [("rescue", "yasmina-b", Path("yasmina-b.kantoor"))]
    assert "7KQ2 M0XD" in _words(saved)
    _press(qtbot, saved, "have-code")
    assert isinstance(window.centralWidget(), EnrolPage)


def _dialog(window: ShellWindow) -> QDialog:
    found = window.findChild(QDialog, "phrase-dialog")
    assert found is not None
    return found


def test_who_is_signed_in_changes_the_pass_phrase_with_the_old_one(qtbot: QtBot) -> None:
    doors = _Doors((_YASMINA,))
    window, lanes = _window(qtbot, doors)
    window.enter(doors.sign_in("yasmina-b", _PHRASE))
    assert [a.objectName() for a in window.menu().actions() if a.objectName() == "change-phrase"]
    window.change_phrase()
    dialog = _dialog(window)
    _type(qtbot, dialog, old="not mine", new=_NEW, again=_NEW)
    _enter(qtbot, dialog, "again")
    lanes.finish()
    assert "TEST-01" in _words(dialog)
    assert dialog.isVisible()
    _type(qtbot, dialog, old=_PHRASE, new=_NEW, again="something else")
    _press(qtbot, dialog, "change")
    assert "DOOR-02" in _words(dialog)
    _type(qtbot, dialog, again=_NEW)
    _press(qtbot, dialog, "change")
    lanes.finish()
    assert doors.opened[0].phrases == [_NEW]
    assert not any(box.isVisible() for box in window.findChildren(QDialog, "phrase-dialog"))
    for box in window.findChildren(QDialog):
        box.close()


def test_what_is_typed_as_a_pass_phrase_is_never_shown(qtbot: QtBot) -> None:
    doors = _Doors((_YASMINA,))
    window = _forgotten(qtbot, doors)
    fields = {f.objectName(): f for f in window.findChildren(QLineEdit)}
    assert {n for n, f in fields.items() if f.echoMode() is QLineEdit.EchoMode.Normal} == {"recovery"}
    window.enter(doors.sign_in("yasmina-b", _PHRASE))
    window.change_phrase()
    assert all(f.echoMode() is QLineEdit.EchoMode.Password for f in _dialog(window).findChildren(QLineEdit))
    _dialog(window).reject()


def test_a_coordinator_is_shown_the_recovery_code_and_nobody_else_is(qtbot: QtBot) -> None:
    founder = PersonEntry("nele-c", "nele-c", Role.COORDINATOR)
    doors = _Doors((founder, _YASMINA))
    window, lanes = _window(qtbot, doors)
    window.enter(doors.sign_in("nele-c", _PHRASE))
    assert "recovery-code" in [a.objectName() for a in window.menu().actions()]
    window.show_recovery_code()
    lanes.finish()
    (box,) = window.findChildren(QMessageBox)
    assert "7KQ2 M0XD PA4R" in box.text()
    box.close()
    window.enter(doors.sign_in("yasmina-b", _PHRASE))
    assert "recovery-code" not in [a.objectName() for a in window.menu().actions()]
