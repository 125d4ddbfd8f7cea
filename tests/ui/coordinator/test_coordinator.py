from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from callcenter.domain.agent import Role
from callcenter.usecases import campaigning
from tests.callcenter.forms.broken import saved
from tests.office import AYA, Office, a_person, an_office, people, write_list
from tests.shared import shared
from tests.ui.conftest import wear
from tests.ui.offices import a_busy_office, coordinator_actions, coordinator_face
from tests.ui.seen import cut, nameless, settle, tab_cycle
from ui.background import Lanes
from ui.coordinator.person_dialogs import PersonDialog
from ui.coordinator.window import CAMPAIGN, PEOPLE, REPORTS, REVIEW, SAMPLE, CoordinatorWindow
from ui.laptops.dialogs import CodeDialog
from ui.widgets import KeyButton


@pytest.fixture(scope="module")
def day() -> Office:
    """One working day, read only."""
    return a_busy_office(Role.COORDINATOR, "")


@pytest.fixture
def show(qtbot: QtBot, lanes: Lanes, tmp_path: Path) -> Callable[..., CoordinatorWindow]:
    def build(office: Office, page: str = CAMPAIGN, size: tuple[int, int] = (1366, 728)) -> CoordinatorWindow:
        window = coordinator_face(coordinator_actions(office, tmp_path), lanes)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.open_page(page)
        lanes.finish()
        settle()
        return window

    return build


def _press(qtbot: QtBot, lanes: Lanes, window: QWidget, name: str) -> None:
    button = window.findChild(KeyButton, name)
    assert button is not None
    assert button.isEnabled()
    button.click()
    lanes.finish()
    settle()


def _type(window: QWidget, name: str, text: str) -> QLineEdit:
    field = window.findChild(QLineEdit, name)
    assert field is not None
    field.setText(text)
    field.textEdited.emit(text)
    return field


def _words(window: QWidget) -> list[str]:
    return [part.text() for part in window.findChildren(QLabel) if part.isVisible()]


def _empty_office() -> Office:
    office = an_office()
    office.campaign = ""
    return office


# --- the campaign


def test_a_campaign_is_made_decided_published_and_opened(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    office = _empty_office()
    window = show(office)
    assert "Maak je eerste campagne" in _words(window)
    _press(qtbot, lanes, window, "create")
    opened = window.findChild(KeyButton, "open")
    assert opened is not None
    assert not opened.isEnabled()
    _type(window, "legal_basis_by", "Nele Claes")
    decided = window.findChild(QDateEdit, "legal_basis_on")
    assert decided is not None
    decided.setDate(QDate(2026, 5, 1))
    _press(qtbot, lanes, window, "save")
    _press(qtbot, lanes, window, "publish-template")
    _press(qtbot, lanes, window, "open")
    with office.store.work() as work:
        view = campaigning.campaign_view(work, office.campaign)
    assert (view.state, view.settings.legal_basis_by, view.settings.legal_basis_on) == (
        "open",
        "Nele Claes",
        date(2026, 5, 1),
    )
    assert view.form_version


def test_a_setting_that_makes_no_sense_is_explained_on_the_page_and_stays_typed(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    window = show(an_office())
    field = _type(window, "school_year", "volgend jaar")
    _press(qtbot, lanes, window, "save")
    assert any("CAMPAIGN-01" in words for words in _words(window))
    assert field.text() == "volgend jaar"


def test_settings_are_saved_with_a_key_and_survive_the_form_unchanged(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    office = an_office()
    window = show(office)
    with office.store.work() as work:
        before = campaigning.campaign_view(work, office.campaign).settings
    _type(window, "sites", "Gent, Kortrijk")
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    lanes.finish()
    with office.store.work() as work:
        after = campaigning.campaign_view(work, office.campaign).settings
    assert after.sites == ("Gent", "Kortrijk")
    assert {**after.to_json(), "sites": 0} == {**before.to_json(), "sites": 0}


def test_the_template_s_questions_are_saved_as_a_workbook_and_published_from_it(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], tmp_path: Path
) -> None:
    window = show(an_office())
    _type(window, "copy", str(tmp_path / "vragen"))
    _press(qtbot, lanes, window, "save-workbook")
    assert (tmp_path / "vragen.xlsx").exists()
    _type(window, "workbook", str(tmp_path / "vragen.xlsx"))
    _press(qtbot, lanes, window, "publish-workbook")
    assert any(words.startswith("Gepubliceerd.") for words in _words(window))


def test_a_workbook_that_is_none_is_explained(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], tmp_path: Path
) -> None:
    window = show(an_office())
    (tmp_path / "x.xlsx").write_text("geen werkmap", "utf-8")
    _type(window, "workbook", str(tmp_path / "x.xlsx"))
    _press(qtbot, lanes, window, "publish-workbook")
    assert any("FORM-21" in words for words in _words(window))


def test_a_workbook_with_mistakes_is_not_published_and_says_where_they_are(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], tmp_path: Path
) -> None:
    office = an_office()
    window = show(office)
    with office.store.work() as work:
        before = campaigning.campaign_view(work, office.campaign).form_version
    path = saved(tmp_path, ("integer | hours", "image | hours"), ("${hours} * 2", "rond(${hours})"))
    _type(window, "workbook", str(path))
    _press(qtbot, lanes, window, "publish-workbook")
    (told,) = (words for words in _words(window) if words.startswith("De vragenlijst is niet gepubliceerd"))
    assert "• Tabblad 'survey', rij 5, kolom 'type': De vraag 'hours'" in told
    assert "• Tabblad 'survey', rij 7, kolom 'calculation': De functie rond()" in told
    with office.store.work() as work:
        assert campaigning.campaign_view(work, office.campaign).form_version == before


def test_a_campaign_is_closed_only_after_a_question(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    office = an_office()
    window = show(office)
    _press(qtbot, lanes, window, "close")
    box = window.findChild(QMessageBox)
    assert box is not None
    box.buttons()[0].click()
    lanes.finish()
    with office.store.work() as work:
        assert campaigning.campaign_view(work, office.campaign).state == "closed"


# --- the list


def test_a_list_is_seen_before_it_is_brought_in(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], tmp_path: Path
) -> None:
    office = an_office()
    window = show(office, SAMPLE)
    rows = [*people(5), a_person(9, Geboortedatum="31/02/2009")]
    field = _type(window, "list", str(write_list(tmp_path / "alumni.csv", rows)))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    lanes.finish()
    settle()
    assert (window.sample.accepted.value(), window.sample.rejected.value(), office.cases()) == ("5", "1", ())
    assert "alumni.csv, een teksttabel in UTF-8." in _words(window)
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    lanes.finish()
    settle()
    assert len(office.cases()) == 5
    assert "5 nieuwe personen · 0 personen veranderd · 0 bleven gelijk" in _words(window)
    _press(qtbot, lanes, window, "to-people")
    assert window.page() == PEOPLE


def test_findings_are_filtered_and_saved_as_a_workbook(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], tmp_path: Path
) -> None:
    window = show(an_office(), SAMPLE)
    rows = [dict(AYA), a_person(9, Geboortedatum="31/02/2009"), a_person(8, Gsm="O47O 10 00 34")]
    _type(window, "list", str(write_list(tmp_path / "alumni.csv", rows)))
    _press(qtbot, lanes, window, "read-list")
    sort = window.findChild(QComboBox, "finding-sort")
    assert sort is not None
    sort.setCurrentIndex(sort.findData("rejected"))
    assert [f.code for f in window.sample.findings.rows()] == ["bad_birth_date"]
    _press(qtbot, lanes, window, "save-findings")
    assert (tmp_path / "alumni-bevindingen.xlsx").exists()


def test_a_file_that_is_no_list_is_explained_and_another_can_be_chosen(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], tmp_path: Path
) -> None:
    window = show(an_office(), SAMPLE)
    _type(window, "list", str(tmp_path / "nergens.xlsx"))
    _press(qtbot, lanes, window, "read-list")
    assert any("INTAKE-01" in words for words in _words(window))
    assert window.findChild(KeyButton, "read-list").isVisible()


def test_reading_is_stopped_without_a_trace(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    office = an_office()
    window = show(office, SAMPLE)
    _type(window, "list", str(shared("lists/alumni-2026-cp1252.csv")))
    window.findChild(KeyButton, "read-list").click()
    _press(qtbot, lanes, window, "stop-reading")
    assert office.cases() == ()
    assert window.findChild(KeyButton, "read-list").isVisible()


# --- the people


def test_the_shared_list_of_people_becomes_the_roster(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    window = show(an_office(), PEOPLE)
    _type(window, "roster", str(shared("lists/agents-2026.csv")))
    _press(qtbot, lanes, window, "read-roster")
    assert len(window.people.table.rows()) == 26
    assert "25 personen overgenomen." in _words(window)


def test_a_wrong_row_of_the_list_of_people_is_named(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    path.write_text("code;voornaam;familienaam;rol;locatie\nA;Bo;Maes;piloot;Gent", "utf-8")
    window = show(an_office(), PEOPLE)
    _type(window, "roster", str(path))
    _press(qtbot, lanes, window, "read-roster")
    assert any("Rij 2" in words and "piloot" in words for words in _words(window))


def test_one_person_is_added_in_a_dialog(qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow]) -> None:
    window = show(an_office(), PEOPLE)
    _press(qtbot, lanes, window, "add-person")
    dialog = window.findChild(PersonDialog)
    assert dialog is not None
    for name, text in (("first-name", "Yasmina"), ("last-name", "Benali"), ("code", "AG01"), ("languages", "nl, fr")):
        _type(dialog, name, text)
    _press(qtbot, lanes, dialog, "add")
    added = next(agent for agent in window.people.table.rows() if agent.code == "AG01")
    assert (added.name, added.role, added.site, added.languages) == (
        "Yasmina Benali",
        Role.AGENT,
        "Gent",
        ("nl", "fr"),
    )


def test_a_laptop_is_made_ready_and_its_code_read_out(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], day: Office
) -> None:
    window = show(day, PEOPLE)
    window.people.table.selectRow(1)
    _press(qtbot, lanes, window, "prepare")
    dialog = window.findChild(CodeDialog)
    assert dialog is not None
    assert dialog.code.text() == "paard-batterij-juist-nietje"
    dialog.accept()


# --- to decide


def test_a_number_heard_in_a_call_is_accepted(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    office = a_busy_office(Role.COORDINATOR, "")
    window = show(office, REVIEW)
    window.review.table.selectRow(0)
    _press(qtbot, lanes, window, "accept")
    assert office.case(office.needs["late"]).numbers[0].e164 == "+32470556677"
    assert "Niets te beslissen" in _words(window)


def test_who_is_in_trouble_stands_above_who_asked_for_help(
    show: Callable[..., CoordinatorWindow], day: Office
) -> None:
    window = show(day, REVIEW)
    told = [(concern.kind.value, concern.topics) for concern in window.review.concerns.rows()]
    assert told == [("worry", ()), ("referral", ("Studiekeuze", "Stage of job"))]


# --- reports


def test_figures_stand_on_the_screen_and_the_report_is_made_in_a_chosen_language(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], day: Office, tmp_path: Path
) -> None:
    window = show(day, REPORTS)
    lanes.finish()
    assert [rate.name for rate in window.reports.rates.rows()][:3] == ["LOC1", "RR1", "RR2"]
    language = window.findChild(QComboBox, "report-language")
    assert language is not None
    language.setCurrentIndex(language.findData("fr"))
    _press(qtbot, lanes, window, "export")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["mise-a-jour-annuelle-2026-2026-06-22-fr.pdf", "mise-a-jour-annuelle-2026-2026-06-22-fr.xlsx"]
    assert window.reports.result.isVisible()


def test_a_folder_that_cannot_be_written_is_explained(
    qtbot: QtBot, lanes: Lanes, show: Callable[..., CoordinatorWindow], day: Office, tmp_path: Path
) -> None:
    window = show(day, REPORTS)
    (tmp_path / "file").write_text("", "utf-8")
    _type(window, "report-folder", str(tmp_path / "file"))
    _press(qtbot, lanes, window, "export")
    assert any("REPORT-01" in words for words in _words(window))
    assert window.reports.export.isEnabled()


def test_without_a_campaign_reports_say_what_comes_first(
    lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    window = show(_empty_office(), REPORTS)
    lanes.finish()
    assert "Nog geen cijfers" in _words(window)


# --- every page


@pytest.mark.parametrize("page", [CAMPAIGN, SAMPLE, PEOPLE, REVIEW, REPORTS])
@pytest.mark.parametrize(("language", "scale"), [("nl", 1.0), ("fr", 1.3)])
def test_nothing_is_cut_and_everything_is_named_and_reached(
    qapp: QApplication,
    lanes: Lanes,
    show: Callable[..., CoordinatorWindow],
    day: Office,
    page: str,
    language: str,
    scale: float,
) -> None:
    wear(qapp, language, scale=scale)
    window = show(day, page, (1366, 728) if scale == 1.0 else (1776, 946))
    lanes.finish()
    settle()
    assert cut(window) == []
    assert nameless(window) == []
    assert window.findChild(QWidget, "menu") in tab_cycle(window)


def test_the_window_fits_on_a_borrowed_laptop(show: Callable[..., CoordinatorWindow], day: Office) -> None:
    least = show(day).minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 728) == (True, True)
