from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from callcenter.domain.event import EventSetAside, LeaseEnded, OutcomeCorrected
from callcenter.domain.outcome import Outcome
from callcenter.queue.certificate import Certificate
from callcenter.queue.reason import Reason
from callcenter.usecases.board import Need
from callcenter.usecases.dealing import Choice, Load, Moved, PlanView
from tests.office import Office, an_office
from tests.ui.conftest import wear
from tests.ui.offices import a_busy_office, supervisor_actions, supervisor_face
from tests.ui.seen import cut, nameless, settle, tab_cycle
from ui import style
from ui.background import Lanes
from ui.office_dialogs import NotAcceptedDialog, ReadFileDialog
from ui.supervisor.conflict_dialog import ConflictDialog
from ui.supervisor.give_away import GiveAwayDialog
from ui.supervisor.window import CORRECT, DEAL, TODAY, SupervisorWindow
from ui.widgets import KeyButton, OptionRow


@pytest.fixture(scope="module")
def day() -> Office:
    """One working day, read only."""
    return a_busy_office()


def _window(qtbot: QtBot, lanes: Lanes, office: Office, size: tuple[int, int] = (1366, 728)) -> SupervisorWindow:
    window = supervisor_face(supervisor_actions(office), lanes)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    lanes.finish()
    settle()
    return window


def _press(qtbot: QtBot, window: QWidget, name: str) -> None:
    button = window.findChild(KeyButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _words(window: QWidget) -> list[str]:
    return [part.text() for part in window.findChildren(QLabel) if part.isVisible()]


def _complete(office: Office) -> int:
    return sum(any(a.outcome is Outcome.COMPLETE for a in case.attempts) for case in office.cases())


def test_the_board_shows_how_it_goes(qtbot: QtBot, lanes: Lanes, day: Office) -> None:
    window = _window(qtbot, lanes, day)
    assert window.board.complete.value() == str(_complete(day))
    assert [row.name for row in window.board.agents.rows()] == [
        "Bram C.",
        "Fatima Y.",
        "Ilias O.",
        "Lotte P.",
        "Senne V.",
        "Yasmina B.",
    ]
    assert "Bram C. vraagt hulp" in _words(window)


def test_the_board_says_how_it_will_go_when_asked(qtbot: QtBot, lanes: Lanes, day: Office) -> None:
    window = _window(qtbot, lanes, day)
    _press(qtbot, window, "pace-ahead")
    lanes.finish()
    lanes.finish()
    settle()
    pace = window.board.pace
    assert pace.outlook.isVisible()
    told = pace.outlook.accessibleName()
    assert "70" in told
    assert told in _words(pace)
    _press(qtbot, window, "pace-today")
    assert pace.hours.isVisible()


def test_without_a_campaign_the_board_says_what_comes_first(qtbot: QtBot, lanes: Lanes) -> None:
    office = an_office()
    office.campaign = ""
    window = _window(qtbot, lanes, office)
    assert "Er is nog geen campagne" in _words(window)


def test_helped_takes_the_request_off_the_board(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    window = _window(qtbot, lanes, office)
    _press(qtbot, window, "attention-0-button")
    lanes.finish()
    settle()
    assert "Bram C. vraagt hulp" not in _words(window)


def test_a_late_appointment_goes_to_the_agent_that_was_chosen(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    window = _window(qtbot, lanes, office)
    _press(qtbot, window, "attention-1-button")
    lanes.finish()
    dialog = window.findChild(GiveAwayDialog)
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # not before the risk was read
    lanes.finish()
    assert office.case(office.needs["late"]).lease.epoch == 1
    dialog.known.setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    lanes.finish()
    moved = office.case(office.needs["late"]).lease
    assert moved is not None
    assert (moved.epoch, moved.agent != office.agents["AG06"].id) == (2, True)


def test_anybody_may_keep_an_appointment_that_is_let_go(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    window = _window(qtbot, lanes, office)
    _press(qtbot, window, "attention-1-button")
    lanes.finish()
    dialog = window.findChild(GiveAwayDialog)
    assert dialog is not None
    _press(qtbot, dialog, "free")
    lanes.finish()
    booked = office.case(office.needs["late"]).appointment
    assert booked is not None
    assert not booked.personal


def test_decide_opens_the_call_among_the_corrections(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    window = _window(qtbot, lanes, office)
    _press(qtbot, window, "attention-2-button")
    lanes.finish()
    settle()
    assert window.page() == CORRECT
    chosen = window.corrections.table.chosen()
    assert (chosen.reference, chosen.outcome) == (office.needs["refused"], Outcome.OTHER_REFUSES)


def test_a_correction_is_made_with_keys_and_a_reason(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    window = _window(qtbot, lanes, office)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    lanes.finish()
    window.corrections.table.selectRow(0)
    assert not window.corrections.correct.isEnabled()
    outcome = window.findChild(QComboBox, "new-outcome")
    assert outcome is not None
    outcome.setCurrentIndex(outcome.findData(Outcome.THIRD_PARTY.value))
    reason = window.findChild(QLineEdit, "reason")
    assert reason is not None
    qtbot.keyClicks(reason, "verkeerde toets")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    lanes.finish()
    assert office.case(office.needs["refused"]).attempts[-1].outcome is Outcome.THIRD_PARTY
    assert window.corrections.table.rows()[0].corrected


def test_calls_are_found_by_a_part_of_a_name_or_number(qtbot: QtBot, lanes: Lanes, day: Office) -> None:
    window = _window(qtbot, lanes, day)
    window.open_page(CORRECT)
    lanes.finish()
    search = window.findChild(QLineEdit, "find")
    assert search is not None
    qtbot.keyClicks(search, day.needs["wrong"].lower())
    assert [entry.reference for entry in window.corrections.table.rows()] == [day.needs["wrong"]]
    qtbot.keyClicks(search, "x")
    assert "Geen afgeronde oproepen in deze periode" in _words(window)


def test_a_block_is_dealt_after_its_plan_was_seen(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    asked: list[str] = []
    # What agents gave back at the end of the shift is free for Tuesday.
    with office.store.work() as work:
        held = [case for case in work.cases.all(office.campaign) if case.lease and not case.attempts]
        work.events.append(*(LeaseEnded(case.id, case.lease.id, "back") for case in held if case.lease))
    window = supervisor_face(supervisor_actions(office, lambda: asked.append("sync")), lanes)
    qtbot.addWidget(window)
    window.show()
    window.open_page(DEAL)
    lanes.finish()
    settle()
    _choose_block(qtbot, window, 1)
    lanes.finish()
    planned = window.assignment.granted.value()
    assert int(planned) > 0
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    lanes.finish()
    again = sum(case.lease is not None and case.lease.epoch == 2 for case in office.cases())
    assert (str(again), asked) == (planned, ["sync"])
    assert not window.assignment.deal.isEnabled()


def test_who_must_move_is_listed_with_the_reason_and_the_plan_is_proven(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    window = _window(qtbot, lanes, office)
    gone = Moved("c", "Noor P.", "Bram C.", "Lotte P.", Reason.of("moved_absent", agent="b"))
    reasons = (Reason.of("load_low", agent="b", cases=3, of=40, n=60),)
    plan = PlanView((), 3, 0, (), (), reasons, (gone,), Certificate(99_990, 100_000), {"b": "Bram C."})
    window.open_page(DEAL)
    lanes.finish()
    settle()
    block = window.assignment._chosen
    assert block is not None
    window.assignment.show_plan(block, plan)
    settle()
    words = _words(window)
    assert not window.assignment.back.isVisible()
    assert "Moet verhuizen: 1 persoon" in words
    assert "Noor P.: van Bram C. naar Lotte P. – Bram C. heeft die dag geen dienst meer." in words
    assert "Bram C. krijgt 60 % van een eerlijk deel: mag 3 van 40 personen bellen." in words
    assert "Hoogstens 0,010 % onder de best mogelijke verdeling: bewezen." in words


def test_an_agent_of_a_plan_tells_why_these_people(qtbot: QtBot, lanes: Lanes) -> None:
    window = _window(qtbot, lanes, a_busy_office())
    window.open_page(DEAL)
    lanes.finish()
    settle()
    block = window.assignment._chosen
    assert block is not None
    chosen = (Reason.of("agent_site", n=60), Reason.of("agent_before", agent="b", n=45))
    choice = Choice(1, "Noor P.", False, (), chosen, None)
    load = Load("a", "Amina B.", "Gent", 1, 0, 0, 1, 1, (choice,))
    window.assignment.show_plan(block, PlanView((load,), 1, 0, (), (), names={"b": "Bram C."}))
    window.assignment.loads.selectRow(0)
    qtbot.keyClick(window.assignment.loads, Qt.Key.Key_Return)
    settle()
    words = _words(window)
    assert "Waarom Amina B." in words
    assert "1. Noor P." in words
    assert "Van dezelfde locatie (+60). De volgende is Bram C.: 45 punten minder." in words
    _press(qtbot, window, "back-to-reasons")
    settle()
    assert "Wat knelt" in _words(window)


def _choose_block(qtbot: QtBot, window: SupervisorWindow, place: int) -> None:
    row = window.findChild(QWidget, f"block-{place}")
    assert row is not None
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)


def test_without_shifts_the_page_says_who_puts_them_in(qtbot: QtBot, lanes: Lanes) -> None:
    window = _window(qtbot, lanes, an_office())
    window.open_page(DEAL)
    lanes.finish()
    settle()
    assert "Geen dienst om te verdelen" in _words(window)


def test_an_error_is_told_and_the_page_stays(qtbot: QtBot, lanes: Lanes) -> None:
    office = an_office()
    office.campaign = "none"
    window = _window(qtbot, lanes, office)
    boxes = [box for box in window.findChildren(QWidget) if "QMessageBox" in type(box).__name__]
    assert boxes
    for box in boxes:
        box.close()


@pytest.mark.parametrize("page", [TODAY, DEAL, CORRECT])
@pytest.mark.parametrize(("language", "scale"), [("nl", 1.0), ("fr", 1.3)])
def test_nothing_is_cut_and_everything_is_named_and_reached(
    qtbot: QtBot, qapp: QApplication, lanes: Lanes, day: Office, page: str, language: str, scale: float
) -> None:
    wear(qapp, language, scale=scale)
    size = (1366, 728) if scale == 1.0 else (1776, 946)
    window = _window(qtbot, lanes, day, size)
    window.open_page(page)
    lanes.finish()
    if page == CORRECT:
        window.corrections.table.selectRow(0)
    settle()
    assert cut(window) == []
    assert nameless(window) == []
    assert window.findChild(QWidget, "menu") in tab_cycle(window)


def test_the_window_fits_on_a_borrowed_laptop(qtbot: QtBot, lanes: Lanes, day: Office) -> None:
    window = _window(qtbot, lanes, day)
    least = window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 728) == (True, True)


def test_the_board_is_readable_in_the_dark(qtbot: QtBot, qapp: QApplication, lanes: Lanes, day: Office) -> None:
    wear(qapp, theme=style.Theme.DARK)
    window = _window(qtbot, lanes, day)
    assert window.board.complete.value() == str(_complete(day))


def test_the_risk_of_giving_a_case_away_is_said_plainly(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    window = _window(qtbot, lanes, office)
    _press(qtbot, window, "attention-1-button")
    lanes.finish()
    dialog = window.findChild(GiveAwayDialog)
    assert dialog is not None
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "vanavond toch nog bellen" in said
    assert not dialog.findChild(QPushButton, "give").isEnabled()


def test_two_words_on_one_outcome_are_decided_on_the_board(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    with office.store.work() as work:
        case = next(c for c in work.cases.all(office.campaign) if c.closed_attempts)
        attempt = case.closed_attempts[-1]
        work.events.append(OutcomeCorrected(case.id, attempt.id, attempt.outcome, Outcome.REFUSAL, "eerste"))
    later = office.clock() + timedelta(minutes=1)
    office.hear("AG06", OutcomeCorrected(case.id, attempt.id, attempt.outcome, Outcome.VOICEMAIL, "b"), at=later)
    window = _window(qtbot, lanes, office)
    board = window.board._board
    item = next(i for i in board.attention if i.need is Need.CONFLICT)
    window.board.asked.emit(item)
    lanes.finish()
    dialog = window.findChild(ConflictDialog)
    assert dialog is not None
    dialog.findChild(OptionRow, "side-0").click()
    dialog.hold.click()
    lanes.finish()
    assert office.case(case.reference).attempt(attempt.id).outcome is Outcome.REFUSAL
    assert not [i for i in window.board._board.attention if i.need is Need.CONFLICT]


def test_a_laptops_file_is_read_in_and_the_result_is_said(qtbot: QtBot, lanes: Lanes, tmp_path: Path) -> None:
    window = _window(qtbot, lanes, a_busy_office())
    window.bar.file_asked.emit()
    dialog = window.findChild(ReadFileDialog)
    assert dialog is not None
    dialog.path.show_path(tmp_path / "yasmina.kantoor")
    dialog.findChild(QPushButton, "read-in").click()
    lanes.finish()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Yasmina B." in said
    assert "3 gesprekken" in said


def test_what_a_laptop_could_not_send_is_listed_until_somebody_looked_into_it(qtbot: QtBot, lanes: Lanes) -> None:
    office = a_busy_office()
    with office.store.work() as work:
        case = work.cases.all(office.campaign)[0]
    office.hear("AG06", EventSetAside("e1", "NoteAdded", case.id, office.clock(), "case"))
    window = _window(qtbot, lanes, office)
    item = next(i for i in window.board._board.attention if i.need is Need.SET_ASIDE)
    window.board.asked.emit(item)
    lanes.finish()
    dialog = window.findChild(NotAcceptedDialog)
    assert dialog is not None
    dialog.findChild(QPushButton, "aside-seen").click()
    lanes.finish()
    assert not [i for i in window.board._board.attention if i.need is Need.SET_ASIDE]
