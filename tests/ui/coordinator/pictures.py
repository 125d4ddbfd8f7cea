"""The coordinator's pages over an invented office, for looking."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtWidgets import QWidget

from callcenter.domain.agent import Role
from callcenter.usecases import importing
from callcenter.usecases.erasing import Unanswered, find_people
from tests.office import a_person, an_office, people, write_list
from tests.ui.offices import a_busy_office, coordinator_actions, coordinator_face
from ui.background import Lanes
from ui.coordinator.erase_dialog import ErasePersonDialog
from ui.coordinator.person_dialogs import PersonDialog
from ui.coordinator.window import CAMPAIGN, PEOPLE, REPORTS, REVIEW, RULES, SAMPLE, CoordinatorWindow
from ui.laptops.dialogs import CodeDialog


def _page(key: str) -> CoordinatorWindow:
    lanes = Lanes()
    folder = Path("/home/nele/rapporten")
    window = coordinator_face(coordinator_actions(a_busy_office(Role.COORDINATOR, ""), folder), lanes)
    window.resize(1440, 900)
    window.open_page(key)
    lanes.finish()
    lanes.finish()
    return window


def judge() -> QWidget:
    window = _page(SAMPLE)
    rows = [*people(40), a_person(50, Geboortedatum="31/02/2009"), a_person(51, Gsm="O47O 10 00 34")]
    rows += [
        a_person(52, Locatie="??"),
        a_person(2),
        a_person(53, Voornaam="  Lotte  "),
        a_person(54, Gsm="zie mama"),
    ]
    seen = importing.preview(write_list(Path(mkdtemp()) / "alumni-2026.csv", rows), date(2026, 6, 15))
    window.sample.show_preview(seen, "UTF-8")
    window.sample.suggest_findings(Path("/home/nele/rapporten/alumni-2026-bevindingen.xlsx"))
    return window


def reading() -> QWidget:
    window = _page(SAMPLE)
    window.sample.show_reading()
    window.sample.show_progress(1250, 2461)
    return window


def first() -> QWidget:
    lanes = Lanes()
    office = an_office()
    office.campaign = ""
    window = coordinator_face(coordinator_actions(office, Path("/home/nele/rapporten")), lanes)
    window.resize(1440, 900)
    lanes.finish()
    return window


def people_page() -> QWidget:
    window = _page(PEOPLE)
    window.people.table.selectRow(2)
    return window


def person() -> QWidget:
    parent = first()
    return PersonDialog(("Gent", "Kortrijk", "Antwerpen"), parent)


def code() -> QWidget:
    parent = first()
    path = Path("/home/nele/callcenter/enrolments/yasmina-benali.enrol")
    return CodeDialog("Yasmina Benali", path, "paard-batterij-juist-nietje", parent)


def erase() -> QWidget:
    office = a_busy_office(Role.COORDINATOR, "")
    with office.store.work() as work:
        found = find_people(work, "claes", "nl")
    dialog = ErasePersonDialog(first())
    dialog.show_found(found[:4])
    dialog._group.button(0).click()
    dialog._typed.setText("Bram")
    dialog.show_unanswered((Unanswered("c1", office.clock(), "asked", (), ("Yasmina B.", "Jef D.")),))
    return dialog


SCREENS = {
    "erase-person": erase,
    "campaign": lambda: _page(CAMPAIGN),
    "campaign-first": first,
    "rules": lambda: _page(RULES),
    "list": lambda: _page(SAMPLE),
    "list-reading": reading,
    "list-judge": judge,
    "people": people_page,
    "review": lambda: _page(REVIEW),
    "reports": lambda: _page(REPORTS),
    "person": person,
    "laptop-code": code,
}
