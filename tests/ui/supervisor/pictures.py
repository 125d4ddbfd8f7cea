"""The supervisor's pages over an invented working day, for looking."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from callcenter.domain.event import LeaseEnded
from callcenter.usecases.conflicts import Conflict, Field, Side
from callcenter.usecases.depositing import HandedIn, SetApart
from callcenter.usecases.forcing import Holder
from callcenter.usecases.set_aside import AsideEntry
from tests.office import an_office
from tests.ui.offices import a_busy_office, laptops_of, supervisor_actions, supervisor_face
from tests.ui.seen import settle
from ui.background import Lanes
from ui.office import LAPTOPS
from ui.office_dialogs import NotAcceptedDialog, ReadFileDialog
from ui.supervisor.conflict_dialog import ConflictDialog
from ui.supervisor.give_away import GiveAwayDialog
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


def laptops(own: bool = False) -> QWidget:
    """The laptops of an office whose stock holds two files; one was handed out."""
    lanes = Lanes()
    office = a_busy_office()
    told = laptops_of(office, own=own)
    told.add_stock(Path("office.stock"), "7KQ2 M0XD PA4R 9TNB")
    told.prepare(told.people()[0])
    window = supervisor_face(replace(supervisor_actions(office), laptops=told), lanes)
    window.resize(1440, 900)
    window.open_page(LAPTOPS)
    lanes.finish()
    settle()
    names = [agent.name for agent in window.laptops.table.rows()]
    window.laptops.table.selectRow(names.index(told.people()[0].name))
    window.laptops.table.row_touched.emit(told.people()[0])
    return window


def _dialog(button: str) -> QWidget:
    window = laptops()
    window.findChild(KeyButton, button).click()
    return _held(window, window.findChild(QDialog))


def _held(window: QWidget, dialog: QDialog) -> QDialog:
    """Return a dialog that keeps the window it belongs to."""
    dialog.window_below = window
    return dialog


def recovery() -> QWidget:
    dialog = _dialog("recovery-laptop")
    dialog.findChild(KeyButton, "show-recovery").click()
    return dialog


def give_away() -> QWidget:
    office = a_busy_office()
    agents = tuple(office.agents.values())[:3]
    holder = Holder("a", "Yasmina B.", office.clock() + timedelta(hours=3))
    return GiveAwayDialog("Noor P.", agents, holder, _page(TODAY))


def conflict() -> QWidget:
    at = a_busy_office().clock()
    sides = Side("R", "a", at, "hing op"), Side("L", "b", at + timedelta(minutes=4), "was een voicemail")
    words = Conflict("c1", Field.OUTCOME, "a1", *sides)
    return ConflictDialog("Noor P.", words, {"a": "Sofie Maes", "b": "Nele Claes"}, None)


def not_accepted() -> QWidget:
    at = a_busy_office().clock()
    return NotAcceptedDialog(
        (
            AsideEntry("e1", "AttemptClosed", "Noor P.", at, "case", told="t1", agent="Yasmina B."),
            AsideEntry("e2", "LeaseGranted", "Bram C.", at, "leased"),
        ),
        None,
    )


def read_file() -> QWidget:
    dialog = ReadFileDialog(None)
    dialog.path.show_path(Path("/media/stick/yasmina-2026-06-24.kantoor"))
    dialog.show_result(HandedIn("Yasmina Benali", 18, 41, (SetApart("e1", "NoteAdded", "c1", "case"),)))
    return dialog


SCREENS = {
    "give-away": give_away,
    "conflict": conflict,
    "not-accepted": not_accepted,
    "read-file": read_file,
    "laptops": laptops,
    "laptops-recovery": recovery,
    "laptops-stolen": lambda: _dialog("stolen-laptop"),
    "laptops-stock": lambda: _dialog("add-stock"),
    "board": lambda: _page(TODAY),
    "board-ahead": ahead,
    "assignment": lambda: _page(DEAL),
    "assignment-why": why,
    "corrections": lambda: _page(CORRECT),
    "board-empty": empty,
}
