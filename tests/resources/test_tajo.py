from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from callcenter.forms.session import FormDefinition, Session
from callcenter.forms.xlsform import Workbook, convert, read_xlsx, write_xlsx
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
from tests.resources.walks import LANGUAGES, TEMPLATE, clock, pages, walk

_NOT_AN_ANSWER = {"97", "98", "99"}


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
                told = [bool(row.get(f"{column}::{language}")) for language in LANGUAGES]
                assert len(set(told)) == 1, (row, column)
    unlabelled = [n for n, row in _rows(book).items() if " " in row["type"] and not row.get(f"label::{LANGUAGES[0]}")]
    assert unlabelled == []


def test_the_presets_of_the_form_are_the_columns_that_may_travel(book: Workbook) -> None:
    hidden = [row["name"] for row in book.sheets["survey"].rows if row["type"] == "hidden"]
    assert sorted(hidden) == sorted(TEMPLATE.settings.presets) == sorted(PRESETS)


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
    seed = int(walk(form, PUPIL).done.values["aim_seed"])
    assert 1 <= seed < 2**31 - 1
    marked = [row["name"] for row in book.sheets["survey"].rows if row.get("bind::cc:shuffle") == "aim_seed"]
    assert marked == [f"aim{n}" for n in range(1, 9)]


def test_the_aims_are_asked_in_the_order_of_their_seed_after_the_words_that_announce_them(
    form: FormDefinition,
) -> None:
    orders = set()
    for seed in range(6):
        session = Session.open(form, presets=PRESETS, clock=clock, seed=seed)
        asked = [question.name for question, _ in pages(session, PUPIL)]
        start = asked.index("aims_said") + 1
        assert sorted(asked[start : start + 8]) == [f"aim{n}" for n in range(1, 9)]
        orders.add(tuple(asked[start : start + 8]))
    assert len(orders) == 6


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r.name)
def test_a_variable_is_asked_where_its_routing_says(form: FormDefinition, route: Route) -> None:
    assert route.name in walk(form, {**PUPIL, **route.asked}, route.presets).asked
    if route.silent is not None:
        presets = route.presets if route.silent_presets is None else route.silent_presets
        assert route.name not in walk(form, {**PUPIL, **route.silent}, presets).asked


def test_every_question_and_so_every_key_item_is_reached_on_some_path(form: FormDefinition, book: Workbook) -> None:
    reached: set[str] = set()
    for route in ROUTES:
        reached |= set(walk(form, {**PUPIL, **route.asked}, route.presets).asked)
    for answers, presets in (
        ({"who_answers": "3"}, {}),
        ({"who_answers": "4"}, {}),
        ({"who_answers": "1"}, {"needs_parent": "1"}),
        ({"who_answers": "1", "id_ok": "2"}, {}),
        ({**PUPIL, "grade": "1", "attest": "B"}, {}),
    ):
        reached |= set(walk(form, answers, presets).asked)
    kinds = (ONE, MANY, INT, DATE, TEXT, NOTE)
    assert {n for n, row in _rows(book).items() if row["type"].split(" ")[0] in kinds} - reached == set()


@pytest.mark.parametrize("answer", ["98", "99"])
def test_an_interview_of_non_answers_alone_still_ends(form: FormDefinition, answer: str) -> None:
    everything = {name: answer for name in [v.name for v in VARIABLES if v.kind in (ONE, MANY, INT, TEXT)]}
    seen = walk(form, {**everything, "who_answers": "1", "id_ok": "1", "consent": "1"})
    assert seen.done.outcome == "V"


def test_a_pupil_on_the_same_track(form: FormDefinition) -> None:
    seen = walk(form, PUPIL)
    assert seen.done.outcome == "V"
    assert seen.done.keys.relevant == seen.done.keys.answered == 8
    assert seen.sections == ("Begin", "School", "Resultaat", "Activiteiten", "Doelen", "Einde")
    facts = seen.done.facts
    assert (facts["school_status"], facts["track_grade"], facts["track_form"], facts["attest"]) == (
        "1",
        "4",
        "aso",
        "A",
    )
    assert (facts["prev_form"], facts["aim3"], facts["contact_again"]) == ("aso", "4", "1")
    assert "ilo_status" not in facts


def test_last_years_track_and_the_expected_year_are_in_the_words(form: FormDefinition) -> None:
    words = " ".join(walk(form, PUPIL).texts)
    assert "het 3de jaar Economische wetenschappen in Atheneum Leiekaai" in words
    assert "In welk jaar zat je? Het 4de, klopt dat?" in words
    english = " ".join(walk(form, PUPIL, language="English (en)").texts)
    assert "year 3 of Economische wetenschappen at Atheneum Leiekaai" in english
    assert "Year 4, is that right?" in english
    french = " ".join(walk(form, PUPIL, language="Français (fr)").texts)
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
    facts = walk(form, {**PUPIL, **moved}).done.facts
    assert (facts["start_form"], facts["start_finality"]) == ("tso", "2")
    assert (facts["track_form"], facts["track_finality"], facts["change_why"]) == ("bso", "1", "2 4")


def test_someone_who_stopped_at_17(form: FormDefinition) -> None:
    seen = walk(form, {**PUPIL, **LEAVER, "left_date": "2026-02-01"}, {"age": "17"})
    facts = seen.done.facts
    assert (facts["school_status"], facts["left_date"], facts["left_qual"]) == ("6", "2026-02-01", "0")
    assert (facts["ilo_status"], facts["edu4w"]) == ("2", "4")
    # A sensitive answer is among the values but is no fact: facts travel with the rest.
    assert seen.done.values["left_reason"] == "1 4"
    assert "left_reason" not in facts
    assert not {"grade", "attest", "next_year"} & set(seen.asked)
    assert seen.sections == ("Begin", "School", "Gestopt", "Activiteiten", "Doelen", "Einde")
    assert seen.done.outcome == "V"


def test_a_student_of_group_3_with_a_job(form: FormDefinition) -> None:
    student = {"school_status_q": "4", "next_year": "1", "ilo_work": "1", "edu4w": "3"}
    seen = walk(form, {**PUPIL, **student}, {**NO_HISTORY, "group": "3", "age": "20"})
    assert (seen.done.facts["ilo_status"], seen.done.facts["edu4w"]) == ("1", "3")
    assert not {"grade", "attest", "ilo_search", "left_date", "vdab"} & set(seen.asked)


def test_the_parent_of_a_minor_is_asked_for_consent_and_contact_only(form: FormDefinition) -> None:
    yes = {**PUPIL, "who_answers": "2", "parent_ok": "1", "parent_consent": "1"}
    seen = walk(form, yes, {"needs_parent": "1", "age": "13"})
    assert seen.asked[:4] == ("who_answers", "parent_ok", "parent_purpose_said", "parent_consent")
    assert seen.sections == ("Begin", "Einde")
    assert not {"job_interest", "help", "school_same", "aim1"} & set(seen.asked)
    assert {"phone_ok", "town", "contact_again"} <= set(seen.asked)
    assert (seen.done.facts["parent_consent"], seen.done.outcome) == ("1", "T")
    assert "Economische" not in " ".join(seen.texts)


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
    seen = walk(form, {**PUPIL, **answers}, presets)
    assert seen.done.outcome == outcome
    assert len(seen.asked) <= 5


def test_an_interview_that_is_broken_off_proposes_a_part(form: FormDefinition) -> None:
    session = Session.open(form, presets=PRESETS, clock=clock)
    for _, (question, _) in zip(range(8), pages(session, PUPIL), strict=False):
        assert question.name
    assert session.submission().outcome == "D"


@pytest.mark.parametrize("language", LANGUAGES)
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
        seen = walk(form, answers, presets, language)
        before = seen.asked.index(sure) + 1 if sure else len(seen.asked)
        told = seen.texts[:before] if answers.get(sure) == "1" else seen.texts
        assert "TAJO" not in " ".join(told)
        assert "Economische" not in " ".join(told)
