"""The supervisor's pages over an invented working day, for looking."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.office import an_office
from tests.ui.offices import a_busy_office, supervisor_actions, supervisor_face
from ui.background import Lanes
from ui.supervisor.window import CORRECT, DEAL, TODAY
from ui.widgets import KeyButton


def _page(key: str) -> QWidget:
    lanes = Lanes()
    window = supervisor_face(supervisor_actions(a_busy_office()), lanes)
    window.resize(1440, 900)
    window.open_page(key)
    lanes.finish()
    if key == CORRECT:
        window.corrections.table.selectRow(2)
    return window


def ahead() -> QWidget:
    lanes = Lanes()
    window = supervisor_face(supervisor_actions(a_busy_office()), lanes)
    window.resize(1440, 900)
    lanes.finish()
    window.board.pace.findChild(KeyButton, "pace-ahead").click()
    lanes.finish()
    lanes.finish()
    return window


def empty() -> QWidget:
    lanes = Lanes()
    office = an_office()
    office.campaign = ""
    window = supervisor_face(supervisor_actions(office), lanes)
    window.resize(1440, 900)
    lanes.finish()
    return window


SCREENS = {
    "board": lambda: _page(TODAY),
    "board-ahead": ahead,
    "assignment": lambda: _page(DEAL),
    "corrections": lambda: _page(CORRECT),
    "board-empty": empty,
}
