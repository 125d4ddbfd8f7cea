from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcenter.domain.template import parse_script, read_template
from callcenter.forms.session import FormDefinition, Kind, Question, Session, Submission, load
from callcenter.forms.xlsform import Workbook, convert, read_markdown, read_xlsx, write_xlsx
from tests.resources.tajo_table import (
    ADDED,
    DATE,
    FACTS,
    INT,
    LEAVER,
    MANY,
    NO_HISTORY,
    NOTE,
    ONE,
    PRESETS,
    PUPIL,
    ROUTES,
    TEXT,
    VARIABLES,
    Route,
)

_LANGUAGES = ("Nederlands (nl)", "English (en)", "Français (fr)")
_TEMPLATE = read_template("tajo")
_NOT_AN_ANSWER = {"97", "98", "99"}


@pytest.fixture(scope="module")
def book() -> Workbook:
    return read_markdown(_TEMPLATE.questionnaire.read_text("utf-8"))


@pytest.fixture(scope="module")
def form(book: Workbook) -> FormDefinition:
    return load(convert(book).xml)


@dataclass(frozen=True)
class _Walk:
    """One interview from the first question to the end: what was asked, in which words, and what came of it."""

    asked: tuple[str, ...]
    texts: tuple[str, ...]
    offered: Mapping[str, tuple[str, ...]]
    done: Submission
    sections: tuple[str, ...]


def _clock() -> datetime:
    return datetime(2026, 6, 23, 14, 0, tzinfo=UTC)


def _answer(question: Question, answers: Mapping[str, str]) -> str:
    if question.name in answers:
        return answers[question.name]
    return "98" if question.kind in (Kind.ONE, Kind.MANY, Kind.INTEGER) else ""


def _pages(session: Session, answers: Mapping[str, str]) -> Iterator[tuple[Question, tuple[str, ...]]]:
    for _ in range(200):
        page = session.page()
        for question in page.questions:
            yield question, tuple(section.label for section in page.sections)
            value = _answer(question, answers)
            if question.kind is not Kind.NOTE and value:
                kept = session.answer(question.ref, value)
                assert kept.value == value, f"{question.name} does not take {value}"
        if not session.next():
            assert session.finished(), [(q.name, q.message) for q in session.page().questions]
            return
    pytest.fail("the interview does not end")


_WALKS: dict[tuple[object, ...], _Walk] = {}


def _walk(
    form: FormDefinition,
    answers: Mapping[str, str],
    presets: Mapping[str, str] | None = None,
    language: str = _LANGUAGES[0],
) -> _Walk:
    """Return the walk of these answers; the same one is walked once, for all tests."""
    known = (tuple(sorted(answers.items())), tuple(sorted((presets or {}).items())), language)
    if known not in _WALKS:
        _WALKS[known] = _walk_on(form, answers, presets or {}, language)
    return _WALKS[known]


def _walk_on(form: FormDefinition, answers: Mapping[str, str], presets: Mapping[str, str], language: str) -> _Walk:
    session = Session.open(form, presets={**PRESETS, **presets}, clock=_clock, language=language)
    seen = list(_pages(session, answers))
    return _Walk(
        asked=tuple(question.name for question, _ in seen),
        texts=tuple(f"{question.text} {question.hint} {question.guidance}" for question, _ in seen),
        offered={question.name: tuple(choice.value for choice in question.choices) for question, _ in seen},
        done=session.finish(),
        sections=seen[-1][1],
    )


def _rows(book: Workbook) -> dict[str, Mapping[str, str]]:
    return {
        row["name"]: row for row in book.sheets["survey"].rows if row.get("name") and row["type"] != "begin group"
    }


def _codes(book: Workbook, type_: str) -> set[str]:
    name = type_.partition(" ")[2]
    return {row["name"] for row in book.sheets["choices"].rows if row["list_name"] == name}


def _sections(book: Workbook) -> dict[str, str]:
    """Return the top-level group of each row."""
    found, inside = {}, list[str]()
    for row in book.sheets["survey"].rows:
        if row["type"] == "begin group":
            inside.append(row["name"])
        elif row["type"] == "end group":
            inside.pop()
        else:
            found[row["name"]] = inside[0] if inside else ""
    return found


# --- the sheet against the table


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda v: v.name)
def test_each_variable_of_the_table_is_in_the_form_with_its_codes(book: Workbook, variable: object) -> None:
    wanted = next(v for v in VARIABLES if v is variable)
    row = _rows(book)[wanted.name]
    assert row["type"].split(" ")[0] == wanted.kind
    assert _sections(book)[wanted.name] == wanted.section
    assert row.get("bind::cc:key", "") == wanted.key
    if wanted.kind in (ONE, MANY):
        assert _codes(book, row["type"]) - _NOT_AN_ANSWER == set(wanted.codes.split())


def test_the_form_asks_nothing_beside_the_table_without_a_reason(book: Workbook) -> None:
    known = {variable.name for variable in VARIABLES} | set(ADDED)
    asked = {n for n, row in _rows(book).items() if row["type"].split(" ")[0] in (ONE, MANY, INT, DATE, TEXT, NOTE)}
    assert asked - known == set()


def test_every_list_offers_not_known_and_rather_not_say(book: Workbook) -> None:
    lists = {row["list_name"] for row in book.sheets["choices"].rows}
    assert [name for name in lists if not {"98", "99"} <= _codes(book, f"select_one {name}")] == []


def test_every_closed_question_needs_an_answer_and_no_open_one_does(book: Workbook) -> None:
    for name, row in _rows(book).items():
        kind = row["type"].split(" ")[0]
        assert (row.get("required") == "yes") == (kind in (ONE, MANY)), name


def test_every_fact_that_desk_and_report_read_is_marked_once(book: Workbook) -> None:
    marked = [row["bind::cc:fact"] for row in book.sheets["survey"].rows if row.get("bind::cc:fact")]
    assert sorted(marked) == sorted(FACTS)


def test_every_text_is_there_in_three_languages(book: Workbook) -> None:
    for sheet in ("survey", "choices"):
        for row in book.sheets[sheet].rows:
            for column in ("label", "hint", "guidance_hint", "constraint_message"):
                told = [bool(row.get(f"{column}::{language}")) for language in _LANGUAGES]
                assert len(set(told)) == 1, (row, column)
    unlabelled = [
        n for n, row in _rows(book).items() if " " in row["type"] and not row.get(f"label::{_LANGUAGES[0]}")
    ]
    assert unlabelled == []


def test_the_presets_of_the_form_are_the_columns_that_may_travel(book: Workbook) -> None:
    hidden = [row["name"] for row in book.sheets["survey"].rows if row["type"] == "hidden"]
    assert sorted(hidden) == sorted(_TEMPLATE.settings.presets) == sorted(PRESETS)


def test_a_sensitive_question_starts_with_consent(book: Workbook) -> None:
    rows = _rows(book)
    assert [name for name, row in rows.items() if row.get("bind::cc:sensitive")] == ["left_reason"]
    assert rows["left_reason_ok"]["bind::cc:asks"] == "consent"


# --- the form in the engine


def test_the_form_is_converted_without_a_warning(book: Workbook) -> None:
    made = convert(book)
    assert (made.form_id, made.warnings) == ("tajo_update", ())


def test_the_workbook_that_a_coordinator_exports_gives_the_same_form(book: Workbook, tmp_path: Path) -> None:
    write_xlsx(book, tmp_path / "tajo.xlsx")
    assert convert(read_xlsx(tmp_path / "tajo.xlsx")) == convert(book)


def test_the_seed_of_the_order_of_the_aims_is_kept_with_the_answers(form: FormDefinition, book: Workbook) -> None:
    seed = int(_walk(form, PUPIL).done.values["aim_seed"])
    assert 1 <= seed < 2**31 - 1
    marked = [row["name"] for row in book.sheets["survey"].rows if row.get("bind::cc:shuffle") == "aim_seed"]
    assert marked == [f"aim{n}" for n in range(1, 9)]


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r.name)
def test_a_variable_is_asked_where_its_routing_says(form: FormDefinition, route: Route) -> None:
    assert route.name in _walk(form, {**PUPIL, **route.asked}, route.presets).asked
    if route.silent is not None:
        presets = route.presets if route.silent_presets is None else route.silent_presets
        assert route.name not in _walk(form, {**PUPIL, **route.silent}, presets).asked


def test_every_question_and_so_every_key_item_is_reached_on_some_path(form: FormDefinition, book: Workbook) -> None:
    reached: set[str] = set()
    for route in ROUTES:
        reached |= set(_walk(form, {**PUPIL, **route.asked}, route.presets).asked)
    for answers, presets in (
        ({"who_answers": "3"}, {}),
        ({"who_answers": "4"}, {}),
        ({"who_answers": "1"}, {"needs_parent": "1"}),
        ({"who_answers": "1", "id_ok": "2"}, {}),
        ({**PUPIL, "grade": "1", "attest": "B"}, {}),
    ):
        reached |= set(_walk(form, answers, presets).asked)
    kinds = (ONE, MANY, INT, DATE, TEXT, NOTE)
    assert {n for n, row in _rows(book).items() if row["type"].split(" ")[0] in kinds} - reached == set()


@pytest.mark.parametrize("answer", ["98", "99"])
def test_an_interview_of_non_answers_alone_still_ends(form: FormDefinition, answer: str) -> None:
    everything = {name: answer for name in [v.name for v in VARIABLES if v.kind in (ONE, MANY, INT, TEXT)]}
    walk = _walk(form, {**everything, "who_answers": "1", "id_ok": "1", "consent": "1"})
    assert walk.done.outcome == "V"


def test_a_pupil_on_the_same_track(form: FormDefinition) -> None:
    walk = _walk(form, PUPIL)
    assert walk.done.outcome == "V"
    assert walk.done.keys.relevant == walk.done.keys.answered == 8
    assert walk.sections == ("Begin", "School", "Resultaat", "Activiteiten", "Doelen", "Einde")
    facts = walk.done.facts
    assert (facts["school_status"], facts["track_grade"], facts["track_form"], facts["attest"]) == (
        "1",
        "4",
        "aso",
        "A",
    )
    assert (facts["prev_form"], facts["aim3"], facts["contact_again"]) == ("aso", "4", "1")
    assert "ilo_status" not in facts


def test_last_years_track_and_the_expected_year_are_in_the_words(form: FormDefinition) -> None:
    words = " ".join(_walk(form, PUPIL).texts)
    assert "het 3de jaar Economische wetenschappen in Atheneum Leiekaai" in words
    assert "In welk jaar zat je? Het 4de, klopt dat?" in words
    english = " ".join(_walk(form, PUPIL, language="English (en)").texts)
    assert "year 3 of Economische wetenschappen at Atheneum Leiekaai" in english
    assert "Year 4, is that right?" in english
    french = " ".join(_walk(form, PUPIL, language="Français (fr)").texts)
    assert "3e année Economische wetenschappen, Atheneum Leiekaai" in french
    assert "La 4e, c'est bien ça ?" in french


def test_a_pupil_who_moved_down_during_the_year(form: FormDefinition) -> None:
    moved = {
        "school_same": "2",
        "form": "bso",
        "finality": "1",
        "program": "Zorg en welzijn",
        "change_when": "2",
        "change_month": "1",
        "start_form": "tso",
        "start_finality": "2",
        "change_why": "2 4",
    }
    facts = _walk(form, {**PUPIL, **moved}).done.facts
    assert (facts["start_form"], facts["start_finality"]) == ("tso", "2")
    assert (facts["track_form"], facts["track_finality"], facts["change_why"]) == ("bso", "1", "2 4")


def test_someone_who_stopped_at_17(form: FormDefinition) -> None:
    walk = _walk(form, {**PUPIL, **LEAVER, "left_date": "2026-02-01"}, {"age": "17"})
    facts = walk.done.facts
    assert (facts["school_status"], facts["left_date"], facts["left_qual"]) == ("6", "2026-02-01", "0")
    assert (facts["ilo_status"], facts["edu4w"], facts["left_reason"]) == ("2", "4", "1 4")
    assert not {"grade", "attest", "next_year"} & set(walk.asked)
    assert walk.sections == ("Begin", "School", "Gestopt", "Activiteiten", "Doelen", "Einde")
    assert walk.done.outcome == "V"


def test_a_student_of_group_3_with_a_job(form: FormDefinition) -> None:
    student = {"school_status_q": "4", "next_year": "1", "ilo_work": "1", "edu4w": "3"}
    walk = _walk(form, {**PUPIL, **student}, {**NO_HISTORY, "group": "3", "age": "20"})
    assert (walk.done.facts["ilo_status"], walk.done.facts["edu4w"]) == ("1", "3")
    assert not {"grade", "attest", "ilo_search", "left_date", "vdab"} & set(walk.asked)


def test_the_parent_of_a_minor_is_asked_for_consent_and_contact_only(form: FormDefinition) -> None:
    yes = {**PUPIL, "who_answers": "2", "parent_ok": "1", "parent_consent": "1"}
    walk = _walk(form, yes, {"needs_parent": "1", "age": "13"})
    assert walk.asked[:4] == ("who_answers", "parent_ok", "parent_purpose_said", "parent_consent")
    assert walk.sections == ("Begin", "Einde")
    assert not {"job_interest", "help", "school_same", "aim1"} & set(walk.asked)
    assert {"phone_ok", "town", "contact_again"} <= set(walk.asked)
    assert (walk.done.facts["parent_consent"], walk.done.outcome) == ("1", "T")
    assert "Economische" not in " ".join(walk.texts)


@pytest.mark.parametrize(
    ("answers", "presets", "outcome"),
    [
        ({"consent": "3"}, {}, "Z"),
        ({"consent": "2"}, {}, "A"),
        ({"consent": "99"}, {}, "Z"),
        ({"who_answers": "4"}, {}, "F"),
        ({"who_answers": "3"}, {}, "T"),
        ({"who_answers": "2"}, {}, "T"),
        ({"who_answers": "1"}, {"needs_parent": "1"}, "T"),
        ({"who_answers": "2", "parent_ok": "1", "parent_consent": "2"}, {"needs_parent": "1"}, "O"),
        ({"who_answers": "2", "parent_ok": "2"}, {"needs_parent": "1"}, "T"),
        ({"id_ok": "2"}, {}, "T"),
    ],
)
def test_a_call_that_ends_early_proposes_its_outcome(
    form: FormDefinition, answers: dict[str, str], presets: dict[str, str], outcome: str
) -> None:
    walk = _walk(form, {**PUPIL, **answers}, presets)
    assert walk.done.outcome == outcome
    assert len(walk.asked) <= 5


def test_an_interview_that_is_broken_off_proposes_a_part(form: FormDefinition) -> None:
    session = Session.open(form, presets=PRESETS, clock=_clock)
    for _, (question, _) in zip(range(8), _pages(session, PUPIL), strict=False):
        assert question.name
    assert session.submission().outcome == "D"


@pytest.mark.parametrize("language", _LANGUAGES)
def test_nobody_hears_the_organisation_before_the_identity_is_sure(form: FormDefinition, language: str) -> None:
    for answers, presets, sure in (
        (PUPIL, {}, "id_ok"),
        ({**PUPIL, "id_ok": "2"}, {}, "id_ok"),
        ({"who_answers": "3"}, {}, ""),
        ({"who_answers": "4"}, {}, ""),
        ({"who_answers": "1"}, {"needs_parent": "1"}, ""),
        ({"who_answers": "2", "parent_ok": "1"}, {"needs_parent": "1"}, "parent_ok"),
        ({"who_answers": "2", "parent_ok": "2"}, {"needs_parent": "1"}, "parent_ok"),
    ):
        walk = _walk(form, answers, presets, language)
        before = walk.asked.index(sure) + 1 if sure else len(walk.asked)
        told = walk.texts[:before] if answers.get(sure) == "1" else walk.texts
        assert "TAJO" not in " ".join(told)
        assert "Economische" not in " ".join(told)


# --- education rules


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
    session = Session.open(form, presets=PRESETS, clock=_clock)
    answers = {**PUPIL, "form": form_of_education, "finality": finality}
    pages = _pages(session, answers)
    next(question for question, _ in pages if question.name == "finality")
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
    walk = _walk(form, {**PUPIL, **answers, "attest": "C"}, presets)
    assert set(walk.offered["attest"]) == set(offered.split()) | {"98", "99"}


def test_a_b_after_year_1_is_offered_with_a_warning(form: FormDefinition) -> None:
    assert "attest_check" in _walk(form, {**PUPIL, "grade": "1", "attest": "B"}).asked
    assert "attest_check" not in _walk(form, {**PUPIL, "grade": "2", "attest": "B"}).asked


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
    facts = _walk(form, {**PUPIL, **LEAVER, **answers}).done.facts
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
    session = Session.open(form, presets=PRESETS, clock=_clock)
    question = next(q for q, _ in _pages(session, {**PUPIL, **given}) if q.name == name)
    assert (session.answer(question.ref, value).message == "") is fits


# --- scripts


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_scripts_have_four_cards_and_a_neutral_opening(language: str) -> None:
    script = parse_script(_TEMPLATE.scripts[language])
    assert len(script.cards) == 4
    spoken_to_anyone = f"{script.opening} {script.third_party} {script.voicemail} {script.voicemail_text}"
    assert "TAJO" not in spoken_to_anyone
    assert "{voornaam}" in script.opening
    assert "{agent}" in script.opening


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_the_card_for_trouble_has_the_numbers_that_help(language: str) -> None:
    trouble = parse_script(_TEMPLATE.scripts[language]).cards[-1]
    assert [number for number in ("112", "1712", "102", "106") if number not in trouble.text] == []
