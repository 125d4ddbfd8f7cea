"""What a coordinator is told about a broken questionnaire."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from callcenter.domain.template import read_template
from callcenter.forms.checking import FormHasMistakes, check_file, check_form, check_workbook, publish_ready
from callcenter.forms.checks.finding import Finding
from callcenter.forms.xlsform import Workbook, WorkbookUnreadable, read_markdown
from callcenter.text import LANGUAGES, translator
from tests.callcenter.forms.broken import SOUND, book, saved
from tests.shared import shared

_NL, _EN = translator("nl"), translator("en")


def _places(findings: tuple[Finding, ...]) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.spot.sheet, one.spot.row, one.spot.column) for one in findings]


def _only(workbook: Workbook) -> Finding:
    (found,) = check_workbook(workbook).findings
    return found


def test_a_sound_questionnaire_has_no_findings() -> None:
    checked = check_workbook(book())
    assert checked.findings == ()
    assert checked.converted is not None


def test_the_questionnaire_of_the_template_has_no_mistake() -> None:
    assert check_file(read_template("tajo").questionnaire).findings == ()


# --- the sheets that others refuse


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("01_duplicate_columns.xlsx", [("CHECK-33", "survey", 1, "label")]),
        ("02_include.xls", [("CHECK-16", "survey", 3, "type")]),
        ("03_include.xlsx", [("CHECK-16", "survey", 3, "type")]),
        ("04_include_json.xls", [("CHECK-16", "survey", 2, "type")]),
        ("05_include_json.xlsx", [("CHECK-16", "survey", 2, "type")]),
        (
            "06_unknown_question_type.xls",
            [
                ("CHECK-32", "survey", 1, "bind:relevant"),
                ("CHECK-13", "survey", 27, "type"),
                ("CHECK-12", "survey", 28, "type"),
            ],
        ),
    ],
)
def test_a_sheet_that_others_refuse_is_told_by_the_cell_to_mend(
    name: str, told: list[tuple[str, str, int, str]]
) -> None:
    assert _places(check_file(shared(f"forms/rejected/{name}")).errors) == told


@pytest.mark.shared
def test_an_old_workbook_under_a_new_name_says_how_to_save_it_again() -> None:
    with pytest.raises(WorkbookUnreadable) as refused:
        check_file(shared("forms/rejected/07_ifrc-distribution-site-assessment-v1.xlsx"))
    what, advice = refused.value.explain(_NL)
    assert "oud werkboek" in what
    assert ".xlsx" in advice


# --- workbooks broken here, as they come from Excel


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (("${school} = 'no' | count", "(${school} = 'no' | count"), ("CHECK-01", 3, "relevant"), "1 haakjes open"),
        (("${hours} * 2", "rond(${hours})"), ("CHECK-05", 7, "calculation"), "Bedoel je round()?"),
        (
            ("${school} = 'no' | count", "${scool} = 'no' | count"),
            ("CHECK-07", 3, "relevant"),
            "Bedoel je ${school}?",
        ),
        (("| ${hours} * 2", "| ${twice} + 1"), ("CHECK-08", 7, "calculation"), "wacht op haar eigen antwoord: twice"),
        (("integer | hours", "geopoint | hours"), ("CHECK-13", 5, "type"), "'hours' is van het type geopoint"),
        (("integer | hours", "image | hours"), ("CHECK-12", 5, "type"), "foto"),
        (("integer | hours", "barcode | hours"), ("CHECK-14", 5, "type"), "scannen"),
        (("integer | hours", "integr | hours"), ("CHECK-17", 5, "type"), "'integr' bestaat niet"),
        (("select_multiple why", "select_multiple wy"), ("CHECK-26", 3, "type"), "Bedoel je 'why'?"),
        (("end group", "end repeat"), ("CHECK-49", 6, "type"), "'job' begint in rij 4 als 'begin group'"),
        (("integer | hours", "end group | hours"), ("CHECK-25", 6, "type"), "nergens begon"),
        (("| end group | | | | | | | |\n", ""), ("CHECK-24", 4, "type"), "houdt nergens op"),
        (("| no | Nee", "| yes | Nee"), ("CHECK-28", 3, "name"), "dezelfde 'name'"),
        (("integer | hours", "integer | 1 hour"), ("CHECK-21", 5, "name"), "'1 hour' kan geen naam zijn"),
    ],
)
def test_a_broken_workbook_names_the_cell_and_what_to_change(
    tmp_path: Path, change: tuple[str, str], place: tuple[str, int, str], words: str
) -> None:
    checked = check_file(saved(tmp_path, change))
    found = next(one for one in checked.errors if one.code == place[0])
    assert (found.code, found.spot.row, found.spot.column) == place
    assert words in found.line(_NL)


@pytest.mark.parametrize(
    ("filter_", "list_", "told"),
    [
        ("regoin = ${school}", "yn", "Bedoel je de kolom 'region'"),
        ("name != 'no' and province = ${school}", "yn", "Voeg een kolom 'province' toe"),
        ("region = ${school}", "yn", ""),
        ("selected(${school}, name) or label = 'x' or position(..) > 1", "yn", ""),
        ("region = ${school}", "why", "geen enkele keuze van de lijst 'why'"),
    ],
)
def test_a_filter_that_looks_at_a_column_of_no_choice_is_told(filter_: str, list_: str, told: str) -> None:
    text = SOUND.replace("| Nee | Non |", "| Nee | Non | a |").replace("| Ja | Oui |", "| Ja | Oui | b |")
    text = text.replace(
        "| label::Français (fr) |\n|---|---|---|---|\n| yn",
        "| label::Français (fr) | region |\n|---|---|---|---|---|\n| yn",
    )
    header = "| type | name | label::Nederlands (nl) | label::Français (fr) | choice_filter |"
    row = f"\n## survey\n{header}\n|---|\n| select_one {list_} | again | Nog eens? | Encore ? | {filter_} |\n"
    found = check_workbook(read_markdown(text + row)).findings
    assert [(one.code, one.spot.row, one.spot.column) for one in found] == (
        [("CHECK-53", 9, "choice_filter")] if told else []
    )
    assert all(told in one.line(_NL) for one in found)


def test_a_pattern_that_cannot_be_read_is_told_and_a_slow_one_is_not() -> None:
    found = _only(book(("| . <= 80 |", "| regex(., '(((') |")))
    assert (found.code, found.spot.row, found.spot.column) == ("CHECK-54", 5, "constraint")
    assert check_workbook(book(("| . <= 80 |", "| regex(., '^(a+)+$') |"))).findings == ()


def test_a_list_in_another_file_is_a_warning_and_one_that_is_nowhere_a_mistake() -> None:
    found = _only(book(("select_one yn", "select_one_from_file towns.csv")))
    assert (found.code, found.severity, found.spot.row, found.spot.column) == ("CHECK-55", "warning", 2, "type")
    assert "towns.csv" in found.message(_NL)
    (lost,) = check_workbook(book(("${hours} * 2", "count(instance('nil')/root/item)"))).errors
    assert (lost.code, lost.spot.row, lost.spot.column) == ("CHECK-07", 7, "calculation")
    assert "instance('nil')" in lost.message(_NL)


def test_a_name_without_its_signs_is_told_with_them() -> None:
    (found,) = check_workbook(book(("${school} = 'no' | count", "school = 'no' | count"))).errors
    assert (found.code, found.spot.row, found.spot.column) == ("CHECK-07", 3, "relevant")
    assert "${school}" in found.advice(_NL)


def test_a_formula_that_cannot_be_read_is_shown_as_its_author_wrote_it() -> None:
    found = _only(book(("${hours} * 2", "${hours} && ${school}")))
    assert "/ref/x" not in found.line(_NL)


def test_every_row_that_the_converter_refuses_is_told_in_one_run() -> None:
    broken = book(
        ("integer | hours", "integr | hours"),
        ("note | bye | Dank je, ${twice}. | Merci, ${twice}.", "note | bye | |"),
        ("calculate | twice", "calculate | 2 wice"), ("begin group | job", "begin group | 1"),
        ("yn | no |", "yn | yes |"), ("why | ill |", "why | |"),
    )  # fmt: skip
    assert [(one.code, one.spot.sheet, one.spot.row) for one in check_workbook(broken).errors] == [
        ("CHECK-21", "survey", 4),
        ("CHECK-17", "survey", 5),
        ("CHECK-21", "survey", 7),
        ("CHECK-22", "survey", 8),
        ("CHECK-28", "choices", 3),
        ("CHECK-29", "choices", 5),
    ]


def test_a_survey_without_a_row_is_no_questionnaire() -> None:
    found = _only(read_markdown("## survey\n| type | name | label |\n|---|---|---|\n"))
    assert (found.code, found.spot.row, found.spot.column) == ("CHECK-56", 2, "type")


def test_what_is_too_much_is_told_without_converting_it() -> None:
    rows = "".join(f"| text | q{n} | Q |\n" for n in range(5_001))
    checked = check_workbook(read_markdown(f"## survey\n| type | name | label |\n|---|---|---|\n{rows}"))
    assert _places(checked.errors) == [("CHECK-38", "survey", 5_002, "type")]
    assert checked.converted is None


def test_a_circle_names_its_questions_and_their_rows() -> None:
    found = _only(book(("| ${hours} * 2 |", "| ${hours} * 2 |"), ("| . <= 80 | | |", "| . <= 80 | ${twice} | |")))
    assert found.code == "CHECK-08"
    assert "hours, twice" in found.message(_EN)
    assert "rows 5, 7" in found.message(_EN)


def test_all_mistakes_are_told_in_one_run() -> None:
    checked = check_workbook(
        book(
            ("${hours} * 2", "rond(${hourz})"),
            ("integer | hours", "audio | hours"),
            ("| yn | no |", "| yn | no way |"),
        )
    )
    assert [(one.code, one.spot.row) for one in checked.errors] == [("CHECK-12", 5), ("CHECK-05", 7), ("CHECK-07", 7)]


def test_a_word_processor_s_quotes_are_no_mistake() -> None:
    assert check_workbook(book(("${school} = 'no' | count", "${school} = ‘no’ | count"))).findings == ()


def test_a_path_that_leads_nowhere_is_told_at_its_cell() -> None:
    found = check_workbook(book(("${hours} * 2", "/data/job/houres * 2"))).errors[0]
    assert (found.code, found.spot.row, found.spot.column) == ("CHECK-07", 7, "calculation")


# --- warnings


def test_a_missing_translation_is_a_warning_at_the_empty_cell() -> None:
    found = _only(book(("Pourquoi pas ?", "")))
    assert (found.severity, found.spot.row, found.spot.column) == ("warning", 3, "label::Français (fr)")
    assert found.message(_NL) == "De tekst in het Français (fr) ontbreekt."


def test_translations_that_lack_in_many_rows_are_one_warning() -> None:
    found = _only(book(("Oui", ""), ("Non", ""), ("Je suis malade", "")))
    assert (found.spot.sheet, found.spot.row) == ("choices", 2)
    assert "rows 2–3, 5" in found.message(_EN)


def test_a_question_that_can_never_be_asked_is_a_warning() -> None:
    found = _only(book(("selected(${reason}, 'work')", "${school} = 'yes'")))
    assert (found.code, found.spot.row, found.spot.column) == ("CHECK-10", 5, "relevant")
    assert "'school'" in found.message(_NL)


def test_what_hangs_on_a_question_that_is_never_asked_is_told_too() -> None:
    found = check_workbook(book(("| ${school} = 'no' | count", "| false() | count"))).findings
    assert [(one.code, one.spot.row, one.spot.column) for one in found] == [
        ("CHECK-09", 3, "relevant"),
        ("CHECK-10", 5, "relevant"),
    ]
    assert "'reason'" in found[1].message(_NL)


def test_a_choice_that_does_not_exist_is_told_with_those_that_do() -> None:
    found = _only(book(("selected(${reason}, 'work')", "selected(${reason}, 'werk')")))
    assert (found.code, found.spot.row) == ("CHECK-11", 5)
    assert "work, ill" in found.advice(_NL)


# --- publishing


def test_a_questionnaire_with_mistakes_is_not_published_and_they_are_listed() -> None:
    with pytest.raises(FormHasMistakes) as refused:
        publish_ready(book(("integer | hours", "image | hours")), _NL)
    what, _advice = refused.value.explain(_NL)
    assert what.startswith(
        "De vragenlijst is niet gepubliceerd: eerst moet 1 ding aangepast worden.\n• Tabblad 'survey', rij 5"
    )


def test_a_questionnaire_with_warnings_is_published_with_them() -> None:
    made = publish_ready(book(("Pourquoi pas ?", "")), _NL)
    assert made.xml
    assert made.warnings[0].startswith("Tabblad 'survey', rij 3, kolom 'label::Français (fr)': De tekst")


# --- XForms


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("bad_syntax", "CHECK-01", "1 + + )"),
        ("unknown_fn", "CHECK-05", "nope()"),
        ("deep_parens", "CHECK-04", "too deep"),
        ("deep_xml", "CHECK-42", "too deep"),
        ("entity_bomb", "CHECK-43", "DTD"),
        ("xxe", "CHECK-43", "DTD"),
        ("self_cycle", "CHECK-08", "/data/a"),
        ("two_cycle", "CHECK-08", "/data/a, /data/b"),
        ("relevant_cycle", "CHECK-08", "/data/a, /data/b"),
    ],
)
def test_a_hostile_form_is_refused_for_its_reason(name: str, code: str, word: str) -> None:
    (found,) = check_file(shared(f"forms/hostile/{name}.xml")).errors
    assert found.code == code
    assert word in found.line(_EN)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["long_chain", "redos", "repeat_count_bomb", "ext_instance_traversal"])
def test_a_hostile_form_that_is_bounded_elsewhere_has_no_mistake(name: str) -> None:
    assert check_file(shared(f"forms/hostile/{name}.xml")).errors == ()


def test_text_that_is_no_xml_is_said_to_be_none() -> None:
    (found,) = check_form(b"vragenlijst").errors
    assert found.code == "CHECK-48"


def test_an_xform_past_the_cap_is_a_finding_and_not_read(tmp_path: Path) -> None:
    file = tmp_path / "big.xml"
    file.write_bytes(b" " * 5_000_001)
    assert [one.code for one in check_file(file).errors] == ["CHECK-42"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "gone"])
def test_a_workbook_with_a_broken_part_is_unreadable(part: str, damage: str, tmp_path: Path) -> None:
    whole, broken = saved(tmp_path), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(broken, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                text = {"cut": text[: len(text) // 2], "empty": b"", "noise": b"<<<<", "gone": b""}[damage]
            if name != part or damage != "gone":
                after.writestr(name, text)
    with pytest.raises(WorkbookUnreadable):
        check_file(broken)


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    for name in ("weg.xlsx", "weg.xls", "weg.xml", "weg.md"):
        with pytest.raises(WorkbookUnreadable):
            check_file(tmp_path / name)


# --- languages


def test_every_finding_speaks_three_languages() -> None:
    broken = book(
        ("integer | hours", "image | hours"), ("${hours} * 2", "rond(${hourz})"), ("Pourquoi pas ?", ""),
        ("selected(${reason}, 'work')", "${school} = 'nee'"),
    )  # fmt: skip
    findings = check_workbook(broken).findings
    assert {one.code for one in findings} == {"CHECK-12", "CHECK-05", "CHECK-07", "CHECK-35"}
    for one in findings:
        said = {one.message(translator(language)) + one.advice(translator(language)) for language in LANGUAGES}
        assert len(said) == len(LANGUAGES)


def test_what_the_campaign_does_not_let_the_form_know_is_told_by_its_cell() -> None:
    reading = (
        "| calculate | twice | | | | | ${hours} * 2 | |",
        "| calculate | twice | | | | | pulldata('case', 'street', 'key', 'case') | |\n"
        "| hidden | birth | | | | | | |\n| hidden | prev_grade | | | | | | |",
    )
    checked = check_workbook(book(reading), {"prev_grade", "voornaam"})
    assert _places(checked.errors) == [("CHECK-52", "survey", 7, "calculation"), ("CHECK-52", "survey", 8, "name")]
    assert "voornaam" in checked.errors[0].advice(_NL)
    assert check_workbook(book(reading)).errors == ()
