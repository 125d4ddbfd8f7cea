"""Through the program's own windows: a forgotten pass phrase, and data that are beyond repair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from callcenter.app.installation import Opened
from callcenter.app.program import Program
from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Agent, Role
from callcenter.domain.event import AttemptClosed, AttemptOpened
from callcenter.domain.outcome import Outcome
from callcenter.settings import folders
from db.local.sealed import open_sealed
from tests.office import MONDAY
from ui.agent.desk import Desk
from ui.shell.door import EnrolPage, SignInPage
from ui.shell.mending import RecoveryPage, RescuePage, SavedPage

_CHIEF, _OLD, _NEW = "paard batterij niet juist", "zomer stage yasmina werkt", "een heel andere wachtzin"


@pytest.fixture
def program(qapp, qtbot, tmp_path: Path) -> Iterator[Program]:
    made = Program(folders(tmp_path / "data"), RehearsedClock(MONDAY), dialling=False)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.close()


@pytest.fixture
def chief(program: Program) -> Iterator[Opened]:
    """The coordinator's store, open beside the window; an agent was enrolled and made a call."""
    made = program.installation.found("TAJO", "Nele Claes", _CHIEF)
    agent = program.installation.enrol(*_enrolment(program, made), _OLD)
    with agent.store.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject"), AttemptClosed("c1", "a1", Outcome.BUSY))
    agent.close()
    program.window.show_door()
    yield made
    made.close()


def _enrolment(program: Program, chief: Opened) -> tuple[Path, str]:
    return program.installation.prepare_laptop(chief, Agent("yasmina", "Yasmina Benali", Role.AGENT, "Gent"))


def _page(program: Program) -> object:
    program.lanes.finish()
    return program.window.centralWidget()


def test_with_the_code_that_the_office_kept_a_forgotten_pass_phrase_is_replaced(
    program: Program, chief: Opened
) -> None:
    with chief.store.work() as work:
        (entry,) = work.stock.recovery_for("yasmina")
    page = _page(program)
    assert isinstance(page, SignInPage)
    page.recovery_asked.emit("yasmina-benali")
    page = _page(program)
    assert isinstance(page, RecoveryPage)
    page.recover_asked.emit(entry.recovery.lower(), _NEW, _NEW)
    assert isinstance(_page(program), Desk)
    program.window.switch_person()
    again = program.installation.sign_in("yasmina-benali", _NEW)
    assert again.store.log.counts().total >= 2
    again.close()


def test_a_founder_finds_the_own_recovery_code_and_comes_in_by_it(program: Program, chief: Opened) -> None:
    code = chief.recovery_code()
    assert len(code.replace(" ", "")) == 26
    program.installation.recover("nele-claes", code, _NEW).close()
    program.installation.sign_in("nele-claes", _NEW).close()


def test_damaged_data_are_saved_with_their_calls_and_a_new_enrolment_takes_their_place(
    program: Program, chief: Opened, tmp_path: Path
) -> None:
    folder = program.installation.where.people / "yasmina-benali"
    whole = (folder / "store.db").read_bytes()
    (folder / "store.db").write_bytes(whole[:-3000] + bytes([whole[-3000] ^ 1]) + whole[-2999:])
    page = _page(program)
    assert isinstance(page, SignInPage)
    page.sign_in_asked.emit("yasmina-benali", _OLD)
    page = _page(program)
    assert isinstance(page, RescuePage)
    page.rescue_asked.emit(_OLD, tmp_path / "yasmina.kantoor")
    page = _page(program)
    assert isinstance(page, SavedPage)
    code = page.findChild(QLabel, "rescue-code").text()
    told = open_sealed(tmp_path / "yasmina.kantoor", code, {})
    assert (told.name, len(told.events)) == ("Yasmina Benali", 2)
    page.enrol_page_asked.emit()
    page = _page(program)
    assert isinstance(page, EnrolPage)
    file, code = _enrolment(program, chief)
    page.enrol_asked.emit(file, code, _NEW, _NEW)
    assert isinstance(_page(program), Desk)
    (aside,) = (program.installation.where.people / ".aside").iterdir()
    assert (aside / "store.db").read_bytes()[-3000:] != whole[-3000:]


def test_who_is_signed_in_changes_the_pass_phrase_and_the_lock_takes_the_new_one(
    program: Program, chief: Opened
) -> None:
    opened = program.installation.sign_in("yasmina-benali", _OLD)
    opened.change_phrase(_OLD, _NEW)
    opened.unlock(_NEW)
    opened.close()


def test_old_data_whose_work_the_office_lacks_stay_in_the_list_until_they_are_saved(
    program: Program, chief: Opened, tmp_path: Path
) -> None:
    folder = program.installation.where.people / "yasmina-benali"
    whole = (folder / "store.db").read_bytes()
    (folder / "store.db").write_bytes(whole[:-3000] + bytes([whole[-3000] ^ 1]) + whole[-2999:])
    page = _page(program)
    assert isinstance(page, SignInPage)
    page.sign_in_asked.emit("yasmina-benali", _OLD)
    assert isinstance(_page(program), RescuePage)
    program.installation.enrol(*_enrolment(program, chief), _NEW).close()
    (old,) = [person for person in program.installation.people() if person.aside]
    assert old.name == "Yasmina Benali"
    program.window.show_door()
    page = _page(program)
    assert isinstance(page, SignInPage)
    page.sign_in_asked.emit(old.key, _OLD)
    page = _page(program)
    assert isinstance(page, RescuePage)
    page.rescue_asked.emit(_OLD, tmp_path / "yasmina.kantoor")
    assert isinstance(_page(program), SavedPage)
    assert [person.name for person in program.installation.people()] == ["Nele Claes", "Yasmina Benali"]
    assert not any(person.aside for person in program.installation.people())
