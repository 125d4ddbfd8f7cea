"""Pages of a questionnaire with every kind of question, for looking."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from callcenter.forms.session import Kind
from tests.ui.invented import SAID, SCHOOL, a_page, a_question, choices
from ui.form import FormPage, SaidDialog
from ui.widgets import Card


def _paper(*questions) -> QWidget:
    window = QWidget()
    window.setObjectName("window")
    column = QVBoxLayout(window)
    card = Card(margin=24)
    form = FormPage()
    form.show_page(a_page(*questions), SAID)
    card.body.addWidget(form)
    column.addWidget(card)
    window.resize(820, 760)
    return window


def typed() -> QWidget:
    return _paper(
        a_question("program", Kind.TEXT, "Welke richting volg je?", value="Kapper", hint="De naam op het rapport."),
        a_question("months", Kind.INTEGER, "Hoeveel maanden?", value="3"),
        a_question("left", Kind.DATE, "Wanneer was je laatste schooldag?", value="2026-03-31"),
        a_question("idea", Kind.TEXT, "Wat zou je graag doen?", appearance=frozenset({"multiline"})),
    )


def several() -> QWidget:
    agree = choices("Helemaal oneens", "Oneens", "Tussenin", "Eens", "Helemaal eens")
    return _paper(
        *(
            a_question(f"aim{n}", Kind.ONE, words, choices=agree, appearance=frozenset({"likert"}))
            for n, words in enumerate(("Ik durf mijn mening te zeggen.", "Ik zet door als iets lastig is."), 1)
        )
    )


def many() -> QWidget:
    why = choices("Attest", "Te moeilijk", "Niet mijn ding", "Advies van school", "Verhuisd", "Sfeer", "Iets anders")
    return _paper(a_question("why", Kind.MANY, "Waarom veranderde je?", choices=why, value="1 3"))


def long() -> QWidget:
    names = choices(*[f"Richting {n}" for n in range(1, 60)])
    wrong = "Kies een richting uit de lijst, of typ ze over van het rapport."
    return _paper(a_question("program", Kind.ONE, "Welke richting is dat?", choices=names, message=wrong))


def said() -> QWidget:
    return SaidDialog(SAID)


SCREENS = {
    "form": lambda: _paper(SCHOOL),
    "form-typed": typed,
    "form-several": several,
    "form-many": many,
    "form-long": long,
    "said": said,
}
