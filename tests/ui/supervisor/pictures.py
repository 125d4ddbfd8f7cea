"""The supervisor's pages over an invented working day, for looking."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from callcenter.domain.event import LeaseEnded
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


def why() -> QWidget:
    """Show why people are with the first agent of Tuesday's block, once the leases of Monday were given back."""
    lanes = Lanes()
    office = a_busy_office()
    with office.store.work() as work:
        held = [case for case in work.cases.all(office.campaign) if case.lease and not case.attempts]
        work.events.append(*(LeaseEnded(case.id, case.lease.id, "back") for case in held if case.lease))
    window = supervisor_face(supervisor_actions(office), lanes)
    window.resize(1440, 900)
    window.open_page(DEAL)
    lanes.finish()
    window.assignment._group.button(1).click()
    lanes.finish()
    window.assignment.show_choices(window.assignment.loads.rows()[0])
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
    "assignment-why": why,
    "corrections": lambda: _page(CORRECT),
    "board-empty": empty,
}
