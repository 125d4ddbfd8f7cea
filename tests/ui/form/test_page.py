from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from callcenter.forms.session import Kind
from tests.ui import seen
from tests.ui.conftest import wear
from tests.ui.invented import SAID, SCHOOL, a_page, a_question, choices
from ui.form import FormPage, SaidDialog, SaidStrip
from ui.style import Theme
from ui.widgets import KeyButton, Pill


class Heard:
    """What a page told, in order."""

    def __init__(self, page: FormPage) -> None:
        self.all: list[object] = []
        page.answered.connect(lambda ref, value: self.all.append((ref.rpartition("/")[2], value)))
        page.next_asked.connect(lambda: self.all.append("next"))
        page.back_asked.connect(lambda: self.all.append("back"))


def shown(qtbot, *questions, **more):
    form = FormPage()
    qtbot.addWidget(form)
    form.resize(700, 500)
    form.show_page(a_page(*questions, **more), SAID)
    form.show()
    seen.settle()
    return form, Heard(form)


def press(form, key, text="", modifiers=Qt.KeyboardModifier.NoModifier):
    return form.press(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


def rows(form, block=0):
    return form.blocks()[block].answer._group.buttons()


@pytest.mark.parametrize("digit", range(1, 7))
def test_a_digit_chooses_the_answer_at_its_place(qtbot, digit):
    form, heard = shown(qtbot, replace(SCHOOL, value=""))
    assert press(form, Qt.Key(ord(str(digit))), str(digit))
    assert heard.all == [("school_same", str(digit))]


def test_the_place_counts_and_not_the_code(qtbot):
    codes = choices("aso", "tso", none=False)
    question = replace(SCHOOL, value="", choices=tuple(replace(c, value=f"code{c.value}") for c in codes))
    form, heard = shown(qtbot, question)
    press(form, Qt.Key.Key_2, "2")
    assert heard.all == [("school_same", "code2")]


@pytest.mark.parametrize(("text", "place"), [("&", "1"), ("é", "2"), ('"', "3"), ("'", "4"), ("(", "5"), ("§", "6")])
def test_the_digit_row_of_an_azerty_keyboard_needs_no_shift(qtbot, text, place):
    form, heard = shown(qtbot, replace(SCHOOL, value=""))
    press(form, Qt.Key.Key_unknown, text)
    assert heard.all == [("school_same", place)]


def test_a_digit_without_a_choice_does_nothing(qtbot):
    form, heard = shown(qtbot)
    assert not press(form, Qt.Key.Key_9, "9")
    assert heard.all == []


def test_enter_goes_on_and_alt_left_is_not_the_pages(qtbot):
    form, heard = shown(qtbot)
    assert press(form, Qt.Key.Key_Return)
    assert not press(form, Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.AltModifier)
    assert heard.all == ["next"]


def test_w_and_x_answer_with_the_codes_that_are_not_in_the_list(qtbot):
    form, heard = shown(qtbot)
    press(form, Qt.Key.Key_W, "w")
    press(form, Qt.Key.Key_X, "x")
    assert heard.all == [("school_same", "98"), ("school_same", "99")]
    assert [row.text() for row in rows(form)] == [c.label for c in SCHOOL.choices[:6]]


def test_w_does_nothing_where_the_form_has_no_such_answer(qtbot):
    form, heard = shown(qtbot, replace(SCHOOL, choices=choices("Ja", "Nee", none=False)))
    assert not press(form, Qt.Key.Key_W, "w")
    assert heard.all == []
    assert form.navigation.dont_know.isHidden()


def test_digits_and_letters_are_text_while_a_text_field_has_the_focus(qtbot):
    form, heard = shown(qtbot, a_question("program", Kind.TEXT, "Welke richting?"))
    field = form.findChild(QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "1wx")
    assert field.text() == "1wx"
    assert heard.all == [("program", "1"), ("program", "1w"), ("program", "1wx")]


def test_letters_in_a_number_field_are_keys(qtbot):
    form, heard = shown(qtbot, a_question("months", Kind.INTEGER, "Hoeveel maanden?"))
    field = form.findChild(QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "12")
    qtbot.keyClicks(field, "w")
    assert field.text() == "12"
    press(form, Qt.Key.Key_W, "w")
    assert heard.all[-1] == ("months", "98")


def test_a_comma_is_a_decimal_point(qtbot):
    form, heard = shown(qtbot, a_question("hours", Kind.DECIMAL, "Hoeveel uur?"))
    qtbot.keyClicks(form.findChild(QLineEdit), "7,5")
    assert heard.all[-1] == ("hours", "7.5")


def test_what_is_being_typed_is_not_overwritten_by_a_late_echo(qtbot):
    question = a_question("program", Kind.TEXT, "Welke richting?")
    form, _heard = shown(qtbot, question)
    field = form.findChild(QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Economie")
    form.show_page(a_page(replace(question, value="Eco")))
    assert form.findChild(QLineEdit) is field
    assert field.text() == "Economie"


def test_several_choices_toggle_and_are_told_in_the_order_of_the_list(qtbot):
    question = a_question("why", Kind.MANY, "Waarom?", choices=choices("Attest", "Te moeilijk", "Sfeer"))
    form, heard = shown(qtbot, question)
    for key in "31":
        press(form, Qt.Key(ord(key)), key)
    assert heard.all[-1] == ("why", "1 3")
    press(form, Qt.Key.Key_3, "3")
    assert heard.all[-1] == ("why", "1")


def test_ranking_follows_the_order_of_the_presses(qtbot):
    question = a_question("rank", Kind.RANK, "Wat eerst?", choices=choices("A", "B", "C", none=False))
    form, heard = shown(qtbot, question)
    for key in "31":
        press(form, Qt.Key(ord(key)), key)
    assert heard.all[-1] == ("rank", "3 1")


def test_a_date_is_told_when_it_is_whole_and_exists(qtbot):
    form, heard = shown(qtbot, a_question("left", Kind.DATE, "Wanneer?"))
    day, month, year = form.findChildren(QLineEdit)
    for box, digits in ((day, "30"), (month, "02"), (year, "2026")):
        qtbot.keyClicks(box, digits)
    assert heard.all[-1] == ("left", "")
    assert "Deze datum bestaat niet." in [label.text() for label in form.findChildren(type(form._counter))]
    day.clear()
    qtbot.keyClicks(day, "28")
    assert heard.all[-1] == ("left", "2026-02-28")


def test_a_month_is_enough_where_the_form_says_so(qtbot):
    question = a_question("left", Kind.DATE, "Wanneer?", appearance=frozenset({"month-year"}))
    form, heard = shown(qtbot, question)
    month, year = form.findChildren(QLineEdit)
    qtbot.keyClicks(month, "03")
    qtbot.keyClicks(year, "2026")
    assert heard.all[-1] == ("left", "2026-03-01")


def test_a_long_list_is_typed_into(qtbot):
    names = [f"Richting {n}" for n in range(40)] + ["Kapper"]
    form, heard = shown(qtbot, a_question("program", Kind.ONE, "Welke?", choices=choices(*names, none=False)))
    field = form.findChild(QLineEdit)
    qtbot.keyClicks(field, "kap")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard.all[0] == ("program", "41")
    assert field.text() == "Kapper"


def test_a_message_stands_in_words_under_its_question(qtbot):
    form, _heard = shown(qtbot)
    form.show_page(a_page(replace(SCHOOL, message="Dat past niet bij de onderwijsvorm.")))
    assert form.blocks()[0].complaint() == "Dat past niet bij de onderwijsvorm."


def test_on_a_page_of_several_questions_digits_go_from_one_to_the_next(qtbot):
    aims = [a_question(f"aim{n}", Kind.ONE, f"Stelling {n}", choices=choices("Oneens", "Eens")) for n in range(1, 4)]
    form, heard = shown(qtbot, *aims)
    for key in "212":
        press(form, Qt.Key(ord(key)), key)
        seen.settle()
    assert heard.all == [("aim1", "2"), ("aim2", "1"), ("aim3", "2")]


def test_the_page_shows_a_value_without_telling_it_back(qtbot):
    form, heard = shown(qtbot)
    form.show_page(a_page(replace(SCHOOL, value="4")))
    assert [row.isChecked() for row in rows(form)] == [False, False, False, True, False, False]
    assert heard.all == []


def test_the_focus_is_on_the_answer_when_a_page_appears(qtbot):
    form, _heard = shown(qtbot)
    qtbot.waitUntil(rows(form)[1].hasFocus)


def test_arrows_walk_the_answers(qtbot):
    form, heard = shown(qtbot, replace(SCHOOL, value="1"))
    qtbot.waitUntil(rows(form)[0].hasFocus)
    qtbot.keyClick(rows(form)[0], Qt.Key.Key_Down)
    assert rows(form)[1].hasFocus()
    assert heard.all in ([], [("school_same", "2")])


def test_an_answer_from_long_ago_can_be_changed(qtbot):
    dialog = SaidDialog(SAID)
    qtbot.addWidget(dialog)
    asked = []
    dialog.change_asked.connect(asked.append)
    next(b for b in dialog.findChildren(KeyButton) if b.accessibleName() == "Wijzig: Wie neemt op?").click()
    assert asked == ["/data/who"]


KINDS = [
    SCHOOL,
    a_question("t", Kind.TEXT, "Tekst?", hint="Als men het vraagt", guidance="Stil"),
    a_question("m", Kind.TEXT, "Tekst?", appearance=frozenset({"multiline"})),
    a_question("i", Kind.INTEGER, "Getal?"),
    a_question("d", Kind.DATE, "Dag?"),
    a_question("h", Kind.TIME, "Uur?"),
    a_question("dt", Kind.DATETIME, "Moment?"),
    a_question("n", Kind.NOTE, "Ik bel voor de jaarlijkse vragen."),
    a_question("a", Kind.ACKNOWLEDGE, "Zeg dit."),
    a_question("ma", Kind.MANY, "Wat?", choices=choices(*"ABCDEFGH")),
    a_question("r", Kind.RANK, "Volgorde?", choices=choices("A", "B")),
    a_question(
        "l", Kind.ONE, "Hoe nuttig?", appearance=frozenset({"likert"}), choices=choices("Niet", "Wat", "Veel")
    ),
    a_question("s", Kind.ONE, "Welke?", choices=choices(*[f"Richting {n}" for n in range(40)])),
]


@pytest.mark.parametrize("question", KINDS, ids=lambda q: q.name)
@pytest.mark.parametrize(("theme", "scale"), [(Theme.LIGHT, 1.0), (Theme.DARK, 1.3)])
def test_nothing_is_cut_or_nameless_in_any_kind_of_question(qtbot, qapp, question, theme, scale):
    wear(qapp, "fr", theme, scale)
    form, _heard = shown(qtbot, question)
    form.resize(form.minimumSizeHint().expandedTo(form.size()))
    seen.settle()
    assert seen.cut(form) == []
    assert seen.nameless(form) == []


def test_tab_reaches_answer_and_ways_on(qtbot):
    form, _heard = shown(qtbot)
    reached = seen.tab_cycle(form)
    assert any(row in reached for row in rows(form))
    assert form.navigation.next in reached
    assert form.navigation.back in reached


def test_answers_told_before_are_not_painted_again(qtbot):
    strip = SaidStrip()
    qtbot.addWidget(strip)
    strip.resize(900, 40)
    strip.show_said(SAID)
    strip.show()
    strip.layout().activate()
    QApplication.processEvents()
    before = [pill for pill in strip.findChildren(Pill) if pill.isVisible()]
    strip.show_said(SAID[:1])
    assert before
    assert not any(pill.isVisible() for pill in before)
