from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from callcenter.app.preview import FormFileUnreadable
from callcenter.forms.errors import FormCycle
from callcenter.forms.session import FormDefinition, load
from tests.scenario.tajo import PRESETS, tajo
from tests.scenario.xform import NOW, select, xform
from ui import text
from ui.background import Lanes
from ui.preview import PreviewActions, PreviewPresenter, PreviewWindow
from ui.preview.why_table import Line

Opened = tuple[PreviewWindow, PreviewPresenter]


class _Shelf:
    """The form that the file holds now, or the error that it gives."""

    def __init__(self, form: FormDefinition) -> None:
        self.holds: FormDefinition | Exception = form

    def read(self) -> FormDefinition:
        if isinstance(self.holds, Exception):
            raise self.holds
        return self.holds


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "form.md"
    made.write_text("one")
    return made


@pytest.fixture
def shelf() -> _Shelf:
    return _Shelf(tajo())


@pytest.fixture
def opened(qtbot, file: Path, shelf: _Shelf, lanes: Lanes) -> Opened:
    window = PreviewWindow()
    qtbot.addWidget(window)
    presenter = PreviewPresenter(window, PreviewActions(file, shelf.read, lambda: NOW), lanes)
    window.panel.presets.offer(tajo().presets)
    window.panel.presets.fill(PRESETS)
    presenter.read()
    lanes.finish()
    window.resize(1366, 900)
    window.show()
    QApplication.processEvents()
    return window, presenter


def _press(qtbot, window: PreviewWindow, *keys: Qt.Key | str, held=Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(window.focusWidget() or window, key)
        else:
            qtbot.keyClick(window.focusWidget() or window, key, held)
        QApplication.processEvents()


def _question(window: PreviewWindow) -> str:
    return window.form.blocks()[0].question.name


def _rows(window: PreviewWindow) -> dict[str, Line]:
    return {one.why.name: one for one in window.panel.whys.table.rows()}


def test_the_form_is_asked_with_the_keys_of_the_desk(qtbot, opened: Opened):
    window, _presenter = opened
    assert _question(window) == "who_answers"
    _press(qtbot, window, "1", Qt.Key.Key_Return)
    assert _question(window) == "id_ok"
    _press(qtbot, window, Qt.Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)
    assert _question(window) == "who_answers"
    assert window.form.blocks()[0].question.value == "1"


def test_an_answer_is_taken_back_by_its_key(qtbot, opened: Opened):
    window, presenter = opened
    _press(qtbot, window, "1")
    assert presenter.session.value("who_answers") == "1"
    _press(qtbot, window, Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)
    assert presenter.session.value("who_answers") == ""


def test_the_panel_says_of_every_question_what_it_is_and_why(qtbot, opened: Opened):
    window, presenter = opened
    _press(qtbot, window, "1")
    rows = _rows(window)
    assert list(rows) == [why.name for why in presenter.session.whys()]
    assert (rows["wrong_said"].why.state, rows["who_answers"].why.value) == ("hidden", "1")
    assert rows["wrong_said"].sentences == (
        "Verborgen, want ${who_answers} = '1'. De vraag komt als ${who_answers} = '4'.",
    )


def test_the_question_on_the_page_is_selected_with_its_sentences(qtbot, opened: Opened):
    window, _presenter = opened
    _press(qtbot, window, "1", Qt.Key.Key_Return)
    assert window.panel.whys.table.chosen().why.name == "id_ok"
    assert window.panel.whys.told().startswith("Altijd verplicht.\nGevraagd, want ${who_answers} = '1'")


def test_the_questions_are_filtered_by_words_and_by_what_they_are(qtbot, opened: Opened):
    window, _presenter = opened
    _press(qtbot, window, Qt.Key.Key_F, held=Qt.KeyboardModifier.ControlModifier)
    _press(qtbot, window, "attest")
    assert "attest" in _rows(window)
    assert all("attest" in " ".join((one.why.name, *one.sentences)) for one in _rows(window).values())
    assert window.panel.whys.told() == "\n".join(window.panel.whys.table.chosen().sentences)
    window.panel.whys.part.clear()
    window.panel.whys.state.setCurrentIndex(window.panel.whys.state.findData("required"))
    assert "who_answers" in _rows(window)
    assert all(one.why.has("required") for one in _rows(window).values())


def test_letters_typed_in_the_filter_are_no_answers(qtbot, opened: Opened):
    window, presenter = opened
    _press(qtbot, window, Qt.Key.Key_F, held=Qt.KeyboardModifier.ControlModifier)
    _press(qtbot, window, "1x", Qt.Key.Key_Return)
    assert presenter.session.value("who_answers") == ""
    assert window.panel.whys.part.text() == "1x"


def test_a_row_that_is_chosen_shows_its_question(qtbot, opened: Opened):
    window, _presenter = opened
    _press(qtbot, window, "1", Qt.Key.Key_Return, "1", Qt.Key.Key_Return)
    window.panel.whys.question_chosen.emit("/data/begin/who_answers")
    assert _question(window) == "who_answers"


def test_a_preset_changes_what_is_said_and_asked(qtbot, opened: Opened):
    window, presenter = opened
    _press(qtbot, window, "1")
    window.panel.open_page(window.panel.presets)
    line = window.panel.presets.findChild(QLineEdit, "preset-voornaam")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Noor")
    assert "Noor" in window.form.blocks()[0].question.text
    assert presenter.session.value("who_answers") == "1"
    needs = window.panel.presets.findChild(QLineEdit, "preset-needs_parent")
    needs.clear()
    qtbot.keyClicks(needs, "1")
    assert _rows(window)["fetch_parent_said"].why.state != "hidden"


def test_the_language_is_changed_in_the_middle(qtbot, opened: Opened):
    window, presenter = opened
    _press(qtbot, window, "1", Qt.Key.Key_Return)
    window.form.language_asked.emit("Français (fr)")
    assert _question(window) == "id_ok"
    assert presenter.session.page().questions[0].choices[0].label == "Exact"
    assert window.form.blocks()[0].question == presenter.session.page().questions[0]


def test_another_content_of_the_file_is_read_and_the_answers_stay(qtbot, opened: Opened, file: Path, shelf: _Shelf):
    window, presenter = opened
    _press(qtbot, window, "1", Qt.Key.Key_Return)
    before = presenter.session
    with qtbot.waitSignal(presenter.loaded):
        file.write_text("two, longer")
        presenter.watch.look()
    assert presenter.session is not before
    assert presenter.session.value("who_answers") == "1"
    assert _question(window) == "id_ok"
    assert window.note.text() == ""


def test_a_file_that_is_replaced_is_noticed_by_the_system(qtbot, opened: Opened, file: Path):
    _window, presenter = opened
    other = file.with_suffix(".tmp")
    other.write_text("another one")
    with qtbot.waitSignal(presenter.loaded):
        os.replace(other, file)  # noqa: PTH105 - as spreadsheets save


def test_a_neighbour_of_the_file_is_no_news(qtbot, opened: Opened, file: Path):
    _window, presenter = opened
    (file.parent / "other.txt").write_text("x")
    with qtbot.assertNotEmitted(presenter.watch.changed):
        presenter.watch.look()
        QApplication.processEvents()


def test_answers_that_fit_no_more_are_named(qtbot, opened: Opened, shelf: _Shelf, lanes: Lanes):
    window, presenter = opened
    _press(qtbot, window, "1", Qt.Key.Key_Return, "1")
    shelf.holds = load(xform("<begin><who_answers/></begin>", {}, select("begin/who_answers", "1 2")))
    _press(qtbot, window, Qt.Key.Key_F5)
    lanes.finish()
    assert presenter.session.value("who_answers") == "1"
    assert window.note.text() == "1 antwoord past niet meer id_ok"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FormFileUnreadable(file="form.md"), "Het bestand form.md kan niet gelezen worden."),
        (FormCycle(nodes="a, b"), "Deze vragen wachten op elkaar: a, b."),
    ],
)
def test_a_broken_file_is_told_and_the_last_good_form_stays(
    qtbot, opened: Opened, shelf: _Shelf, lanes: Lanes, error: Exception, told: str
):
    window, presenter = opened
    _press(qtbot, window, "1", Qt.Key.Key_Return)
    shelf.holds = error
    presenter.read()
    lanes.finish()
    assert window.trouble.text().startswith(told)
    assert "laatste versie die werkte" in window.trouble.text()
    _press(qtbot, window, "1", Qt.Key.Key_Return)
    assert presenter.session.value("id_ok") == "1"
    shelf.holds = tajo()
    presenter.read()
    lanes.finish()
    assert window.trouble.text() == ""
    assert presenter.session.value("id_ok") == "1"


def test_a_file_that_is_broken_from_the_start_shows_only_its_trouble(qtbot, file: Path, lanes: Lanes):
    window = PreviewWindow()
    qtbot.addWidget(window)
    shelf = _Shelf(tajo())
    shelf.holds = FormFileUnreadable(file="form.md")
    presenter = PreviewPresenter(window, PreviewActions(file, shelf.read, lambda: NOW), lanes)
    window.show()
    presenter.read()
    lanes.finish()
    assert window.trouble.text().endswith("Code: PREVIEW-01")
    assert not window.form.isVisible()


def test_the_end_tells_the_outcome_and_beginning_again_forgets(qtbot, opened: Opened):
    window, presenter = opened
    _press(qtbot, window, "4", Qt.Key.Key_Return)
    while not presenter.session.finished():
        _press(qtbot, window, Qt.Key.Key_Return)
    assert window.end.text().startswith("Dit is het einde van het formulier.")
    assert presenter.session.submission().outcome in window.end.text()
    _press(qtbot, window, Qt.Key.Key_N, held=Qt.KeyboardModifier.ControlModifier)
    assert window.end.text() == ""
    assert (presenter.session.value("who_answers"), _question(window)) == ("", "who_answers")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whys_speak_the_language_of_the_window(qtbot, file: Path, lanes: Lanes, shelf: _Shelf, language: str):
    text.use(language)
    window = PreviewWindow()
    qtbot.addWidget(window)
    PreviewPresenter(window, PreviewActions(file, shelf.read, lambda: NOW), lanes).read()
    lanes.finish()
    beginning = {"en": "Hidden", "fr": "Cachée"}[language]
    assert _rows(window)["wrong_said"].sentences[0].startswith(beginning)
