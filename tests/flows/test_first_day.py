"""From an empty folder to a PDF, by clicks and keys alone: what a new organisation does on its first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDateEdit, QLineEdit, QRadioButton, QWidget

from callcenter.app.arrivals import enrolments_in
from callcenter.app.demonstration import play_agent, settle
from callcenter.app.program import Program
from callcenter.app.staging import FIRST_DAY, LAST_DAY
from callcenter.clock import RehearsedClock
from callcenter.forms.session import load
from callcenter.rehearsal.company import write_roster
from callcenter.rehearsal.days import block_on
from callcenter.rehearsal.people import Person, invent, list_rows
from callcenter.rehearsal.shift import Cast
from callcenter.settings import folders

_CHIEF, _PHRASE = "Nele Claes", "eens tajo altijd tajo"
_DAY = date(2026, 6, 30)


@pytest.fixture
def program(tmp_path: Path, qapp: QApplication) -> Iterator[Program]:
    made = Program(folders(tmp_path / "callcenter"), RehearsedClock(block_on(_DAY).start), dialling=False)
    made.window.show()
    yield made
    made.close()


class Hands:
    """Clicks and types on whatever the window shows now."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def _find(self, kind: type[QWidget], name: str) -> QWidget:
        settle(self._program)
        roots = [QApplication.activeModalWidget(), self._program.window]
        found = [w for root in roots if root is not None for w in root.findChildren(kind, name) if w.isVisible()]
        assert found, f"nothing visible is named {name}"
        return found[0]

    def click(self, name: str) -> None:
        button = self._find(QAbstractButton, name)
        assert button.isEnabled(), f"{name} cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(self._program)

    def type(self, name: str, text: str) -> None:
        field = self._find(QLineEdit, name)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)

    def choose(self, name: str, value: str) -> None:
        box = self._find(QComboBox, name)
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(box.findData(value))

    def pick(self, name: str, day: date) -> None:
        """Choose a day, as a click in the calendar of the field does."""
        field = self._find(QDateEdit, name)
        assert isinstance(field, QDateEdit)
        field.setDate(QDate(day.year, day.month, day.day))

    def enter(self, name: str) -> None:
        QTest.keyClick(self._find(QLineEdit, name), Qt.Key.Key_Return)
        settle(self._program)

    def sees(self, kind: type[QWidget], name: str) -> QWidget:
        return self._find(kind, name)


def _write_workbook(people: tuple[Person, ...], path: Path) -> None:
    """Write the list as organisations send it: a sheet per site, titles above the header, a legend."""
    header, *rows = list_rows(people)
    book = openpyxl.Workbook()
    book.active.title = "Lees mij"
    book.active["A1"] = "Alle alumni, bijgewerkt in juni"
    for site in ("Gent", "Kortrijk", "Antwerpen"):
        sheet = book.create_sheet(site)
        sheet.append([f"Alumni {site}"])
        sheet.append([])
        sheet.append(header)
        for row in rows:
            if row[5] == site:
                sheet.append(row)
    book.save(path)


def _found(hands: Hands) -> None:
    hands.type("organisation", "TAJO")
    hands.type("name", _CHIEF)
    hands.type("new", _PHRASE)
    hands.type("again", _PHRASE)
    hands.enter("again")


def _make_campaign(hands: Hands) -> None:
    hands.click("create")
    hands.type("legal_basis_by", _CHIEF)
    hands.pick("legal_basis_on", date(2026, 6, 15))
    hands.click("save")
    hands.click("publish-template")


def _import(hands: Hands, workbook: Path, roster: Path) -> None:
    hands.click("page-list")
    hands.type("list", str(workbook))
    hands.enter("list")
    hands.click("import")
    hands.click("page-people")
    hands.type("roster", str(roster))
    hands.click("read-roster")
    hands.click("page-campaign")
    hands.click("open")


def _enrol(hands: Hands, program: Program, name: str, phrase: str) -> None:
    """Prepare a laptop for somebody in the list of people, as the coordinator; return the code that is read out."""
    hands.click("page-people")
    table = program.window.findChild(QWidget, "people")
    place = next(n for n, row in enumerate(table.rows()) if row.name == name)
    table.selectRow(place)
    hands.click("prepare")
    code = hands.sees(QWidget, "code").text()
    hands.click("done")
    program.window.switch_person()
    hands.click("have-code")
    files = enrolments_in(program.where)
    hands.type("file", str(files[-1]))
    hands.type("code", code)
    hands.type("new", phrase)
    hands.type("again", phrase)
    hands.enter("again")
    program.window.switch_person()


def _sign_in(hands: Hands, program: Program, name: str, phrase: str) -> None:
    key = next(p.key for p in program.installation.people() if p.name == name)
    hands.sees(QRadioButton, f"person-{key}").click()
    hands.type("passphrase", phrase)
    hands.enter("passphrase")


def _cast(program: Program, people: tuple[Person, ...]) -> Cast:
    """Find who is behind which case; only the rehearsal may look."""
    key = next(p.key for p in program.installation.people() if p.name == _CHIEF)
    opened = program.installation.sign_in(key, _PHRASE)
    numbers = {p.number: p for p in people}
    with opened.store.work() as work:
        campaign = work.campaigns.all()[0].id
        cases = work.cases.all(campaign)
        published = work.campaigns.form(campaign)
    opened.close()
    assert published is not None
    form = load(published.xml)
    facts = {q.name: form.attributes(q.name).get("fact", "") for q in form.questions()}
    return Cast({c.id: numbers[c.respondent.reference] for c in cases if c.respondent}, facts)


def test_a_new_organisation_calls_on_its_first_day_and_prints_its_report(program: Program, tmp_path: Path) -> None:
    hands = Hands(program)
    people = invent(4, 36)
    _write_workbook(people, tmp_path / "alumni.xlsx")
    write_roster(tmp_path / "roster.csv", FIRST_DAY, LAST_DAY)
    _found(hands)
    _make_campaign(hands)
    _import(hands, tmp_path / "alumni.xlsx", tmp_path / "roster.csv")
    for name, phrase in (("Sofie Maes", "zomer stage sofie gent"), ("Ilias Osei", "vier woorden voor ilias")):
        _enrol(hands, program, name, phrase)
        _sign_in(hands, program, _CHIEF, _PHRASE)
    program.window.switch_person()

    _sign_in(hands, program, "Sofie Maes", "zomer stage sofie gent")
    hands.click("page-deal")
    hands.click("block-0")
    hands.click("deal")
    program.window.switch_person()

    cast = _cast(program, people)
    _sign_in(hands, program, "Ilias Osei", "vier woorden voor ilias")
    clock = program.installation.clock
    assert isinstance(clock, RehearsedClock)
    made = play_agent(program, clock, cast, lambda _name: None)
    assert made > 0

    clock.set(clock() + timedelta(minutes=5))
    _sign_in(hands, program, _CHIEF, _PHRASE)
    hands.click("page-reports")
    hands.click("export")
    reports = sorted((tmp_path / "callcenter" / "reports").glob("*"))
    assert [p.suffix for p in reports] == [".pdf", ".xlsx"]
    told = " ".join(page.extract_text() for page in PdfReader(reports[0]).pages)
    assert "36" in told
    assert "Jaarlijkse update 2026" in told
