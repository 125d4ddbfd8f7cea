from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.office import Office
from tests.ui.offices import a_busy_office, laptops_of, supervisor_actions, supervisor_face
from tests.ui.seen import cut, nameless, settle
from ui.background import Lanes
from ui.laptops.actions import LaptopActions
from ui.laptops.dialogs import CodeDialog, RecoveryDialog, StockDialog, StolenDialog
from ui.office import LAPTOPS
from ui.supervisor.window import SupervisorWindow
from ui.widgets import KeyButton

_CODE = "7KQ2 M0XD PA4R 9TNB"


@pytest.fixture(scope="module")
def office() -> Office:
    return a_busy_office()


@pytest.fixture
def seen(qtbot: QtBot, lanes: Lanes) -> Callable[[Office, LaptopActions], SupervisorWindow]:
    def show(office: Office, told: LaptopActions) -> SupervisorWindow:
        window = supervisor_face(replace(supervisor_actions(office), laptops=told), lanes)
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        window.open_page(LAPTOPS)
        lanes.finish()
        settle()
        return window

    return show


def _press(qtbot: QtBot, lanes: Lanes, window: QWidget, name: str) -> None:
    button = window.findChild(KeyButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    lanes.finish()
    settle()


def _choose(window: SupervisorWindow, name: str) -> None:
    rows = window.laptops.table.rows()
    place = [agent.name for agent in rows].index(name)
    window.laptops.table.selectRow(place)
    window.laptops.table.row_touched.emit(rows[place])


def _words(window: QWidget) -> str:
    return " | ".join(part.text() for part in window.findChildren(QLabel) if part.isVisible())


def test_the_operators_stock_comes_in_with_its_code(
    qtbot: QtBot, lanes: Lanes, seen: Callable[[Office, LaptopActions], SupervisorWindow]
) -> None:
    office = a_busy_office()
    window = seen(office, laptops_of(office, own=False))
    assert "Leeg." in _words(window.laptops.stock)
    _press(qtbot, lanes, window, "add-stock")
    dialog = window.findChild(StockDialog)
    assert dialog is not None
    for name, words in (("stock-file", "/media/stick/office.stock"), ("stock-code", "verkeerd")):
        field = dialog.findChild(QLineEdit, name)
        assert field is not None
        field.setText(words)
    _press(qtbot, lanes, dialog, "add")
    assert "STORE-17" in _words(dialog)
    field = dialog.findChild(QLineEdit, "stock-code")
    assert field is not None
    field.setText(_CODE)
    _press(qtbot, lanes, dialog, "add")
    assert "beller Gent: 2 bestanden" in _words(window.laptops.stock)


def test_a_file_of_the_stock_goes_to_a_person_and_its_code_is_read_out(
    qtbot: QtBot, lanes: Lanes, seen: Callable[[Office, LaptopActions], SupervisorWindow], tmp_path: Path
) -> None:
    office = a_busy_office()
    told = laptops_of(office, own=False, folder=tmp_path)
    told.add_stock(tmp_path / "office.stock", _CODE)
    window = seen(office, told)
    assert not window.laptops.prepare.isEnabled()
    _choose(window, "Yasmina Benali")
    _press(qtbot, lanes, window, "prepare-laptop")
    dialog = window.findChild(CodeDialog)
    assert dialog is not None
    assert dialog.code.text() == "PA4R 9TNB 7KQ2 M0XD"
    dialog.accept()
    assert "beller Gent: 1 bestand" in _words(window.laptops.stock)


def test_a_recovery_code_is_shown_only_after_a_yes(
    qtbot: QtBot, lanes: Lanes, seen: Callable[[Office, LaptopActions], SupervisorWindow], tmp_path: Path
) -> None:
    window = _handed_out(seen, tmp_path)
    _press(qtbot, lanes, window, "recovery-laptop")
    dialog = window.findChild(RecoveryDialog)
    assert dialog is not None
    assert "3F5G" not in _words(dialog)
    _press(qtbot, lanes, dialog, "show-recovery")
    assert "7KQ2 M0XD PA4R 9TNB 3F5G H7JK 2M" in _words(dialog)


def test_for_a_stolen_laptop_the_operators_line_is_shown(
    qtbot: QtBot, lanes: Lanes, seen: Callable[[Office, LaptopActions], SupervisorWindow], tmp_path: Path
) -> None:
    window = _handed_out(seen, tmp_path)
    _press(qtbot, lanes, window, "stolen-laptop")
    dialog = window.findChild(StolenDialog)
    assert dialog is not None
    field = dialog.findChild(QLineEdit, "command")
    assert field is not None
    assert field.text() == "callcenter central revoke --url URL --enrolment id-laptop-01"
    _press(qtbot, lanes, dialog, "copy")
    assert QApplication.clipboard().text() == field.text()


def test_on_the_own_central_a_stolen_laptop_is_cut_off_at_once(
    qtbot: QtBot, lanes: Lanes, seen: Callable[[Office, LaptopActions], SupervisorWindow], tmp_path: Path
) -> None:
    gone: list[str] = []
    window = _handed_out(seen, tmp_path, cut_off=gone)
    assert not window.laptops.stock.isVisible()
    _press(qtbot, lanes, window, "stolen-laptop")
    dialog = window.findChild(StolenDialog)
    assert dialog is not None
    _press(qtbot, lanes, dialog, "cut-off")
    assert gone == ["id-laptop-01"]
    assert "Deze laptop is afgesloten." in _words(dialog)


def test_nobody_without_a_laptop_has_a_recovery_code(
    seen: Callable[[Office, LaptopActions], SupervisorWindow], office: Office
) -> None:
    window = seen(office, laptops_of(office))
    _choose(window, "Bram Claes")
    assert window.laptops.prepare.isEnabled()
    assert not window.laptops.recovery.isEnabled()


def test_nothing_is_cut_and_everything_has_a_name(
    seen: Callable[[Office, LaptopActions], SupervisorWindow], office: Office
) -> None:
    window = seen(office, laptops_of(office, own=False))
    assert cut(window.laptops) == []
    assert nameless(window.laptops) == []
    for dialog in window.findChildren(QDialog):
        assert cut(dialog) == []


def _handed_out(
    seen: Callable[[Office, LaptopActions], SupervisorWindow], folder: Path, cut_off: list[str] | None = None
) -> SupervisorWindow:
    """Show an office that handed Yasmina a laptop; with a list, its central is its own and notes who is cut off."""
    office = a_busy_office()
    told = laptops_of(office, own=cut_off is not None, folder=folder)
    told.add_stock(folder / "office.stock", _CODE)
    yasmina = next(agent for agent in told.people() if agent.name == "Yasmina Benali")
    told.prepare(yasmina)
    if cut_off is not None:
        told = replace(told, cut_off=cut_off.append)
    window = seen(office, told)
    _choose(window, yasmina.name)
    return window
