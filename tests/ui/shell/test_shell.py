from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from callcenter.domain.agent import Role
from callcenter.errors import CallcenterError
from ui.background import Lanes
from ui.shell.actions import Opened, PersonEntry, Saved, ShellActions
from ui.shell.help import PAGES, HelpWindow
from ui.shell.window import ShellWindow
from ui.widgets import KeyButton

_PHRASE = "four words of mine"


class _Locked(CallcenterError):
    code = "TEST-01"
    what = "This pass phrase does not fit."
    advice = "Type it again."


class _Beyond(CallcenterError):
    code = "STORE-03"
    what = "The data are damaged."
    advice = "Save what is in them."


class _Store:
    """Stands for an unlocked store: the shell only names and closes it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.closed = False
        self.phrases: list[str] = []

    def unlock(self, phrase: str) -> None:
        if phrase != _PHRASE:
            raise _Locked()

    def recovery_code(self) -> str:
        return "" if self.name == "yasmina-b" else "7KQ2 M0XD PA4R 9TNB 8F0C AB2D 3E"

    def change_phrase(self, old: str, new: str) -> None:
        self.unlock(old)
        self.phrases.append(new)

    def close(self) -> None:
        self.closed = True


class _Doors:
    """Remembers which door was taken."""

    def __init__(self, people: tuple[PersonEntry, ...]) -> None:
        self.people = people
        self.taken: list[tuple[object, ...]] = []
        self.opened: list[_Store] = []
        self.beyond = False
        self.lost = 0

    def sign_in(self, key: str, phrase: str) -> Opened:
        if self.beyond:
            raise _Beyond()
        if phrase != _PHRASE:
            raise _Locked()
        return self._open("sign_in", key)

    def found(self, organisation: str, name: str, phrase: str) -> Opened:
        return self._open("found", organisation, name)

    def enrol(self, file: Path, code: str, phrase: str) -> Opened:
        return self._open("enrol", file, code)

    def recover(self, key: str, secret: str, phrase: str) -> Opened:
        if secret != "RIGHT":
            raise _Locked()
        return self._open("recover", phrase, key)

    def rescue(self, key: str, phrase: str, path: Path) -> Saved:
        if phrase != _PHRASE:
            raise _Locked()
        self.taken.append(("rescue", key, path))
        return Saved(path, "7KQ2 M0XD", 3, self.lost)

    def _open(self, *words: object) -> Opened:
        self.taken.append(words)
        self.opened.append(_Store(str(words[-1])))
        return self.opened[-1]

    def actions(self) -> ShellActions:
        return ShellActions(
            people=lambda: self.people,
            enrolments=lambda: (Path("yasmina.enrol"),),
            found=self.found,
            sign_in=self.sign_in,
            enrol=self.enrol,
            recover=self.recover,
            rescue=self.rescue,
            rescue_file=lambda key: Path(f"{key}.kantoor"),
            face=lambda opened, lanes: QLabel(f"face of {opened.name}"),
            change_look=lambda language, theme, scale: None,
        )


_YASMINA = PersonEntry("yasmina-b", "Yasmina B.", Role.AGENT, "Gent")
_SOFIE = PersonEntry("sofie-m", "Sofie M.", Role.SUPERVISOR, "Gent")


def _window(qtbot: QtBot, doors: _Doors, **more: Any) -> tuple[ShellWindow, Lanes]:
    lanes = Lanes()
    window = ShellWindow(doors.actions(), lanes, **more)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window, lanes


def _type(qtbot: QtBot, window: QWidget, **fields: str) -> None:
    for name, text in fields.items():
        field = window.findChild(QLineEdit, name)
        assert field is not None
        field.clear()
        qtbot.keyClicks(field, text)


def _enter(qtbot: QtBot, window: QWidget, name: str) -> None:
    qtbot.keyClick(window.findChild(QLineEdit, name), Qt.Key.Key_Return)


def test_a_pass_phrase_and_enter_open_the_face(qtbot: QtBot) -> None:
    doors = _Doors((_YASMINA, _SOFIE))
    window, lanes = _window(qtbot, doors)
    _type(qtbot, window, passphrase=_PHRASE)
    _enter(qtbot, window, "passphrase")
    lanes.finish()
    assert doors.taken == [("sign_in", "yasmina-b")]
    assert isinstance(window.centralWidget(), QLabel)


def test_a_wrong_pass_phrase_is_said_on_the_card_and_the_door_stays(qtbot: QtBot) -> None:
    window, lanes = _window(qtbot, _Doors((_YASMINA,)))
    _type(qtbot, window, passphrase="wrong")
    _enter(qtbot, window, "passphrase")
    lanes.finish()
    told = [part.text() for part in window.findChildren(QLabel)]
    assert "This pass phrase does not fit." in told
    assert "Type it again. (TEST-01)" in told
    assert window.findChild(QLineEdit, "passphrase").isEnabled()


def test_an_empty_folder_asks_for_the_organisation_and_its_coordinator(qtbot: QtBot) -> None:
    doors = _Doors(())
    window, lanes = _window(qtbot, doors)
    phrase = "paard batterij niet juist"
    _type(qtbot, window, organisation="TAJO vzw", name="Nele Claes", new=phrase, again=phrase)
    _enter(qtbot, window, "again")
    lanes.finish()
    assert doors.taken == [("found", "TAJO vzw", "Nele Claes")]


@pytest.mark.parametrize(
    ("one", "two", "code"), [("kort", "kort", "DOOR-01"), ("paard batterij niet juist", "anders", "DOOR-02")]
)
def test_a_weak_or_mistyped_pass_phrase_opens_nothing(qtbot: QtBot, one: str, two: str, code: str) -> None:
    doors = _Doors(())
    window, lanes = _window(qtbot, doors)
    _type(qtbot, window, organisation="TAJO vzw", name="Nele Claes", new=one, again=two)
    _enter(qtbot, window, "again")
    lanes.finish()
    assert doors.taken == []
    assert any(code in part.text() for part in window.findChildren(QLabel))


def test_switching_person_locks_the_store_and_shows_the_door(qtbot: QtBot) -> None:
    doors = _Doors((_YASMINA,))
    window, lanes = _window(qtbot, doors)
    _type(qtbot, window, passphrase=_PHRASE)
    _enter(qtbot, window, "passphrase")
    lanes.finish()
    window.switch_person()
    assert doors.opened[0].closed
    assert window.findChild(QLineEdit, "passphrase") is not None


def test_the_menu_offers_languages_themes_and_text_sizes(qtbot: QtBot) -> None:
    window, _ = _window(qtbot, _Doors((_YASMINA,)))
    menus = [action.menu() for action in window.menu().actions() if action.menu()]
    assert [len(menu.actions()) for menu in menus] == [3, 2, 4]


def _sign_in(qtbot: QtBot, window: QWidget, lanes: Lanes) -> None:
    _type(qtbot, window, passphrase=_PHRASE)
    _enter(qtbot, window, "passphrase")
    lanes.finish()


def test_a_face_that_is_left_alone_locks_and_the_same_pass_phrase_opens_it_again(qtbot: QtBot) -> None:
    moments = [0]
    window, lanes = _window(qtbot, _Doors((_YASMINA,)), clock=lambda: moments[-1])
    _sign_in(qtbot, window, lanes)
    face = window.centralWidget()
    moments.append(300_000)
    window._watch.check(moments[-1])
    _type(qtbot, window, **{"unlock-passphrase": "wrong"})
    _enter(qtbot, window, "unlock-passphrase")
    lanes.finish()
    assert "This pass phrase does not fit." in [part.text() for part in window.findChildren(QLabel)]
    _type(qtbot, window, **{"unlock-passphrase": _PHRASE})
    _enter(qtbot, window, "unlock-passphrase")
    lanes.finish()
    assert window.centralWidget() is face
    assert face.isEnabled()


def test_the_door_never_locks(qtbot: QtBot) -> None:
    moments = [0]
    window, _ = _window(qtbot, _Doors((_YASMINA,)), clock=lambda: moments[-1])
    moments.append(10_000_000)
    window._watch.check(moments[-1])
    assert window.findChild(QLineEdit, "unlock-passphrase") is None


def test_whoever_leaves_the_laptop_locks_it_from_the_menu(qtbot: QtBot) -> None:
    window, lanes = _window(qtbot, _Doors((_YASMINA,)))
    _sign_in(qtbot, window, lanes)
    next(action for action in window.menu().actions() if action.text() == "Scherm vergrendelen").trigger()
    assert window.findChild(QLineEdit, "unlock-passphrase").isVisible()


def test_help_opens_from_the_door_and_from_the_menu_at_the_page_of_the_role(qtbot: QtBot) -> None:
    window, lanes = _window(qtbot, _Doors((_SOFIE,)))
    qtbot.mouseClick(window.findChild(KeyButton, "help"), Qt.MouseButton.LeftButton)
    assert window.findChild(QListWidget, "help-pages").currentRow() == PAGES.index("agent")
    window.findChild(HelpWindow).close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window.enter(_Store("Sofie M."))
    next(action for action in window.menu().actions() if action.text() == "Hulp").trigger()
    assert window.findChild(QListWidget, "help-pages").currentRow() == PAGES.index("supervisor")
