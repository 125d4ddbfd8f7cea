from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui import seen
from tests.ui.conftest import wear
from tests.ui.widgets.pictures import wall
from ui.style import Theme
from ui.widgets import ChartView, Column, Elided, PhoneLabel, PillCell, QrCode, Step, StepBar, Table, TextCell
from ui.widgets.step_bar import Where


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_nothing_is_cut_or_nameless_on_the_wall_of_widgets(qtbot, qapp, theme, scale):
    wear(qapp, theme=theme, scale=scale)
    window = wall()
    qtbot.addWidget(window)
    window.resize(1600, 1400)
    window.show()
    seen.settle()
    assert seen.cut(window) == []


def test_a_masked_number_cannot_be_selected_and_a_shown_one_can(qtbot):
    number = PhoneLabel("0470 •• •• 12")
    qtbot.addWidget(number)
    assert number.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    number.show_number("0470 •• •• 12", "0470 12 34 12")
    assert number.text() == "0470 12 34 12"
    assert number.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_capitals_make_the_small_code_of_a_belgian_number(qtbot):
    code = QrCode("TEL:+32470123412", "QR")
    qtbot.addWidget(code)
    assert code.modules <= 29


def test_the_step_bar_says_where_we_are(qtbot):
    bar = StepBar([Step("Begin", Where.DONE), Step("School", Where.NOW), Step("Einde")])
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "Stap 2 van 3: School"


def test_a_line_without_room_keeps_its_words_in_the_tooltip(qtbot):
    line = Elided("Jaarlijkse update 2026 van de alumni")
    qtbot.addWidget(line)
    line.resize(60, 20)
    line.show()
    assert line.toolTip() == "Jaarlijkse update 2026 van de alumni"
    line.resize(900, 20)
    seen.settle()
    assert line.toolTip() == ""


def _table(qtbot):
    table = Table(
        [
            Column("Naam", lambda r: TextCell(r[0], strong=True), order=lambda r: r[0]),
            Column("Toestand", lambda r: PillCell(r[1]), 100),
        ],
        "Agenten",
    )
    qtbot.addWidget(table)
    table.show_rows([("Bram", "belt"), ("Aya", "pauze"), ("Zoë", "belt")])
    table.resize(500, 300)
    table.show()
    return table


def test_a_click_on_a_title_sorts_and_a_second_one_turns_it(qtbot):
    table = _table(qtbot)
    asked = []
    table.sort_asked.connect(lambda column, down: asked.append((column, down)))
    head = table.horizontalHeader()
    head.sectionClicked.emit(0)
    assert [r[0] for r in table.rows()] == ["Aya", "Bram", "Zoë"]
    head.sectionClicked.emit(0)
    assert [r[0] for r in table.rows()] == ["Zoë", "Bram", "Aya"]
    assert asked == [(0, False), (0, True)]


def test_the_selection_stays_on_its_row_when_rows_are_refreshed(qtbot):
    table = _table(qtbot)
    table.selectRow(2)
    table.show_rows([("Zoë", "belt"), ("Nora", "belt")])
    assert table.chosen() == ("Zoë", "belt")


def test_a_chosen_row_is_told_as_its_value(qtbot):
    table = _table(qtbot)
    told = []
    table.row_chosen.connect(told.append)
    table.activated.emit(table.model().index(1, 0))
    assert told == [("Aya", "pauze")]


def test_a_broken_drawing_shows_nothing(qtbot):
    chart = ChartView('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"/>', "Leeg")
    qtbot.addWidget(chart)
    assert chart.accessibleName() == "Leeg"
    assert chart._shown
    chart.show_svg(b"", "")
    assert not chart._shown
