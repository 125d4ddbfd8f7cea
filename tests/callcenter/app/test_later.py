from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from callcenter.app.installation import AlreadyHere, Opened
from callcenter.app.later import folder_of, opened_later
from callcenter.app.program import Program
from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Agent, Role
from callcenter.ids import new_id
from callcenter.settings import ProgramSettings, folders, read_settings, write_settings
from db.local.vault import WrongPassphrase
from tests.office import MONDAY
from ui.coordinator.window import CoordinatorWindow
from ui.shell.door import FirstStartPage, SignInPage

PHRASE = "vier woorden is genoeg"
_HEAVY = "sqlalchemy alembic babel reportlab pyxform phonenumbers openpyxl xlsxwriter lxml holidays numpy".split()


def test_the_door_is_painted_before_stores_reports_and_forms_are_loaded(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from callcenter.app.later import opened_later;"
        "from callcenter.clock import now; from callcenter.settings import folders;"
        f"front = opened_later(folders(Path({str(tmp_path)!r})), now); front.window.show();"
        "front.window.grab();"
        f"print([name for name in {_HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_first_start_asks_who_founds_and_then_shows_the_coordinator(qapp, qtbot, tmp_path: Path) -> None:
    front = opened_later(folders(tmp_path), RehearsedClock(MONDAY))
    qtbot.addWidget(front.window)
    front.show()
    page = front.window.centralWidget()
    assert isinstance(page, FirstStartPage)
    page.found_asked.emit("TAJO", "Nele Claes", PHRASE, PHRASE)
    front.lanes.finish()
    assert isinstance(front.window.centralWidget(), CoordinatorWindow)
    front.close()


def test_who_was_here_before_comes_in_by_the_pass_phrase(qapp, qtbot, tmp_path: Path) -> None:
    program = Program(folders(tmp_path), RehearsedClock(MONDAY), dialling=False)
    program.installation.found("TAJO", "Nele Claes", PHRASE).close()
    program.window.show_door()
    page = program.window.centralWidget()
    assert isinstance(page, SignInPage)
    page.sign_in_asked.emit(program.installation.people()[0].key, PHRASE)
    program.lanes.finish()
    assert isinstance(program.window.centralWidget(), CoordinatorWindow)
    program.window.switch_person()
    assert program.window.findChild(QLineEdit, "passphrase") is not None
    program.close()


def test_one_person_has_one_place_on_a_laptop(tmp_path: Path) -> None:
    program = Program(folders(tmp_path), RehearsedClock(MONDAY), dialling=False)
    chief: Opened = program.installation.found("TAJO", "Nele Claes", PHRASE)
    again = Agent(new_id(MONDAY), "Nele Claes", Role.COORDINATOR)
    file, code = program.installation.prepare_laptop(chief, again)
    with pytest.raises(AlreadyHere):
        program.installation.enrol(file, code, PHRASE)
    assert file.exists()
    assert [(p.name, p.role) for p in program.installation.people()] == [("Nele Claes", Role.COORDINATOR)]
    chief.close()
    program.close()


def test_a_laptop_may_be_told_never_to_dial(tmp_path: Path) -> None:
    write_settings(folders(tmp_path), ProgramSettings(dialling="off"))
    program = Program(folders(tmp_path), RehearsedClock(MONDAY))
    chief = program.installation.found("TAJO", "Nele Claes", PHRASE)
    assert not chief.desk.dialling
    assert read_settings(folders(tmp_path)).dialling == "off"
    chief.close()
    program.close()


def test_a_locked_desk_opens_by_its_own_pass_phrase_only(tmp_path: Path) -> None:
    program = Program(folders(tmp_path), RehearsedClock(MONDAY), dialling=False)
    chief = program.installation.found("TAJO", "Nele Claes", PHRASE)
    chief.unlock(PHRASE)
    with pytest.raises(WrongPassphrase):
        chief.unlock("vier andere woorden hier")
    chief.close()
    program.close()


def test_the_folder_of_the_command_line_is_taken() -> None:
    assert folder_of(["--folder", "x"]) == Path("x")
    assert folder_of([]) is None
