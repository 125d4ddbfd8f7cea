from __future__ import annotations

import pytest

from callcenter.domain.template import parse_script
from callcenter.forms.session import FormDefinition, Session
from tests.resources.tajo_table import LEAVER, PRESETS, PUPIL
from tests.resources.walks import TEMPLATE, clock, pages, walk


@pytest.mark.parametrize(
    ("form_of_education", "finality", "fits"),
    [
        ("aso", "3", True),
        ("aso", "2", False),
        ("aso", "1", False),
        ("tso", "3", True),
        ("tso", "2", True),
        ("tso", "1", False),
        ("kso", "2", True),
        ("kso", "1", False),
        ("bso", "1", True),
        ("bso", "2", False),
        ("dbso", "1", True),
        ("leertijd", "3", False),
        ("98", "2", True),
        ("bso", "98", True),
        ("aso", "97", True),
    ],
)
def test_finality_must_fit_the_form(form: FormDefinition, form_of_education: str, finality: str, fits: bool) -> None:
    session = Session.open(form, presets=PRESETS, clock=clock)
    answers = {**PUPIL, "form": form_of_education, "finality": finality}
    asked = pages(session, answers)
    next(question for question, _ in asked if question.name == "finality")
    kept = session.answer(session.page().questions[0].ref, finality)
    assert (kept.message == "") is fits


@pytest.mark.parametrize(
    ("answers", "presets", "offered"),
    [
        ({"grade": "1"}, {}, "A A-REM A-UIT B C UITG"),
        ({"grade": "2"}, {}, "A B C UITG"),
        ({"grade": "5"}, {}, "A B C UITG"),
        ({"grade": "6"}, {}, "C UITG DIPL"),
        ({"grade": "7"}, {}, "C UITG DIPL"),
        ({"grade": "5", "form": "dbso", "finality": "1"}, {}, "A B C UITG DIPL"),
        ({"grade": "98"}, {}, "A A-REM A-UIT B C UITG DIPL"),
        ({"grade": "1"}, {"school_year": "2018-2019"}, "A B C UITG"),
    ],
)
def test_the_attests_on_offer_follow_grade_and_school_year(
    form: FormDefinition, answers: dict[str, str], presets: dict[str, str], offered: str
) -> None:
    seen = walk(form, {**PUPIL, **answers, "attest": "C"}, presets)
    assert set(seen.offered["attest"]) == set(offered.split()) | {"98", "99"}


def test_a_b_after_year_1_is_offered_with_a_warning(form: FormDefinition) -> None:
    assert "attest_check" in walk(form, {**PUPIL, "grade": "1", "attest": "B"}).asked
    assert "attest_check" not in walk(form, {**PUPIL, "grade": "2", "attest": "B"}).asked


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"ilo_work": "1"}, "1"),
        ({"ilo_work": "3"}, "1"),
        ({"ilo_work": "2", "ilo_absent": "1", "ilo_absent_why": "2", "ilo_absent_months": "12"}, "1"),
        ({"ilo_work": "2", "ilo_absent": "1", "ilo_absent_why": "4", "ilo_absent_months": "3"}, "1"),
        (
            {
                "ilo_work": "2",
                "ilo_absent": "1",
                "ilo_absent_why": "4",
                "ilo_absent_months": "4",
                "ilo_search": "2",
                "ilo_avail": "1",
            },
            "3",
        ),
        ({"ilo_search": "1", "ilo_avail": "2"}, "3"),
        ({"ilo_search": "3", "ilo_avail": "1"}, "2"),
        ({"ilo_search": "1", "ilo_avail": "1"}, "2"),
        ({"ilo_work": "99"}, ""),
        ({"ilo_absent": "98"}, ""),
        ({"ilo_absent": "1", "ilo_absent_why": "5", "ilo_absent_months": "98"}, ""),
        ({"ilo_search": "99", "ilo_avail": "1"}, ""),
    ],
)
def test_the_work_status_follows_the_ilo_rules(form: FormDefinition, answers: dict[str, str], status: str) -> None:
    facts = walk(form, {**PUPIL, **LEAVER, **answers}).done.facts
    assert facts.get("ilo_status", "") == status


@pytest.mark.parametrize(
    ("name", "given", "value", "fits"),
    [
        ("new_phone", {"phone_ok": "2"}, "0470 12 34 56", True),
        ("new_phone", {"phone_ok": "2"}, "+32 470/12.34.56", True),
        ("new_phone", {"phone_ok": "2"}, "98", True),
        ("new_phone", {"phone_ok": "2"}, "mama vragen", False),
        ("new_email", {"email_ok": "2"}, "aya@example.org", True),
        ("new_email", {"email_ok": "2"}, "99", True),
        ("new_email", {"email_ok": "2"}, "aya@example", False),
        ("left_date", LEAVER, "2026-06-01", True),
        ("left_date", LEAVER, "2026-09-01", False),
        ("help", {}, "1 3", True),
        ("help", {}, "0 3", False),
        ("help", {}, "98 1", False),
        ("ilo_absent_months", {**LEAVER, "ilo_absent": "1"}, "99", True),
        ("ilo_absent_months", {**LEAVER, "ilo_absent": "1"}, "70", False),
    ],
)
def test_an_impossible_answer_is_refused_with_a_reason(
    form: FormDefinition, name: str, given: dict[str, str], value: str, fits: bool
) -> None:
    session = Session.open(form, presets=PRESETS, clock=clock)
    question = next(q for q, _ in pages(session, {**PUPIL, **given}) if q.name == name)
    assert (session.answer(question.ref, value).message == "") is fits


# --- scripts


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_scripts_have_four_cards_and_a_neutral_opening(language: str) -> None:
    script = parse_script(TEMPLATE.scripts[language])
    assert len(script.cards) == 4
    spoken_to_anyone = f"{script.opening} {script.third_party} {script.voicemail} {script.voicemail_text}"
    assert "TAJO" not in spoken_to_anyone
    assert "{voornaam}" in script.opening
    assert "{agent}" in script.opening


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_card_for_trouble_has_the_numbers_that_help_and_alone_takes_a_confidential_note(language: str) -> None:
    cards = parse_script(TEMPLATE.scripts[language]).cards
    trouble = cards[-1]
    assert [card.confidential for card in cards] == [False, False, False, True]
    assert [number for number in ("112", "1712", "102", "106") if number not in trouble.text] == []
