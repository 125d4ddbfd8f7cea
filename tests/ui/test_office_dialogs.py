"""The dialogs about laptops: nothing cut, nothing nameless, everything reached by Tab, in every look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from callcenter.text import LANGUAGES
from callcenter.usecases.conflicts import Conflict, Field, Side
from callcenter.usecases.depositing import HandedIn, SetApart
from callcenter.usecases.erasing import Erasable, Unanswered
from callcenter.usecases.set_aside import AsideEntry
from callcenter.usecases.views import FileMade, LineState, ShiftEnd, SyncResult
from db.errors import DeviceRevoked
from tests.ui.conftest import wear
from tests.ui.invented import NOW
from tests.ui.seen import cut, nameless, settle, tab_cycle
from ui.agent.aside_dialog import AsideDialog
from ui.agent.shift_end import ShiftEndDialog
from ui.coordinator.erase_dialog import ErasePersonDialog
from ui.messages import explain
from ui.office_dialogs import NotAcceptedDialog, ReadFileDialog
from ui.style import Theme
from ui.supervisor.conflict_dialog import ConflictDialog
from ui.widgets.notice import Notice

_ASIDE = (
    AsideEntry("e1", "AttemptClosed", "Noor P.", NOW, "case", told="t1", agent="Yasmina B."),
    AsideEntry("e2", "SensitiveResponseRecorded", "", NOW, "mismatch"),
    AsideEntry("e3", "FromTheFuture", "", NOW, "some word", left=True),
)


def _aside() -> QDialog:
    return AsideDialog(_ASIDE)


def _not_accepted() -> QDialog:
    return NotAcceptedDialog(_ASIDE, None)


def _read_file() -> QDialog:
    dialog = ReadFileDialog(None)
    dialog.show_result(HandedIn("Yasmina B.", 18, 41, (SetApart("e1", "NoteAdded", "c1", "case"),)))
    return dialog


def _conflict() -> QDialog:
    sides = Side("R", "a", NOW, "x"), Side("L", "b", NOW)
    return ConflictDialog("Noor P.", Conflict("c1", Field.OUTCOME, "a1", *sides), {"a": "Sofie Maes"}, None)


def _decided() -> QDialog:
    sides = Side("accepted", "a", NOW), Side("refused", "b", NOW)
    return ConflictDialog("Noor P.", Conflict("c1", Field.CONTACT, "p1", *sides), {}, None)


def _shift_end() -> QDialog:
    dialog = ShiftEndDialog(3)
    dialog.show_result(ShiftEnd(2, 1, SyncResult(sane=False, set_aside=2, skew_seconds=-700), 0, clean=False))
    dialog.file.show_made(FileMade(Path("/media/stick/y.kantoor"), "7KQ2 M0XD PA4R 9TNB", 7, 3))
    return dialog


def _revoked() -> QDialog:
    dialog = ShiftEndDialog(3)
    dialog.show_trouble(explain(DeviceRevoked()))
    dialog.file.open.click()
    return dialog


def _erase() -> QDialog:
    dialog = ErasePersonDialog()
    person = Erasable("p", "Noor Peeters", ("G-1",), "Gent", ("Alumni",), 2, 3, 1, 0, ("c1",), ("Yasmina B.",))
    dialog.show_found((person,))
    dialog._group.button(0).click()
    dialog.show_unanswered((Unanswered("c1", NOW, "asked", (), ("Yasmina B.",)),))
    return dialog


_ALL = (_aside, _not_accepted, _read_file, _conflict, _decided, _shift_end, _revoked, _erase)


@pytest.mark.parametrize(("scale", "theme"), [(1.0, Theme.LIGHT), (1.3, Theme.DARK)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_nameless_or_out_of_reach(
    qtbot: QtBot, qapp, language: str, theme: Theme, scale: float
) -> None:
    wear(qapp, language, theme, scale)
    desk = QWidget()
    qtbot.addWidget(desk)
    desk.kept = [_looked_at(desk, make) for make in _ALL]


def _looked_at(desk: QWidget, make: Callable[[], QDialog]) -> QDialog:
    dialog = make()
    dialog.setParent(desk, dialog.windowFlags())
    dialog.show()
    dialog.resize(dialog.width(), 900)
    settle()
    assert (cut(dialog), nameless(dialog)) == ([], []), make.__name__
    assert tab_cycle(dialog)
    assert dialog.minimumSizeHint().width() <= 1366
    dialog.hide()
    return dialog


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_wraps_on_a_small_screen(qtbot: QtBot, qapp, language: str) -> None:
    wear(qapp, language, Theme.LIGHT, 1.3)
    for state in (LineState(sane=False), LineState(set_aside=3), LineState(trouble=DeviceRevoked())):
        for office in (False, True):
            notice = Notice(office=office)
            qtbot.addWidget(notice)
            notice.show_state(state)
            notice.resize(900, notice.heightForWidth(900))
            settle()
            assert (cut(notice), nameless(notice)) == ([], [])
