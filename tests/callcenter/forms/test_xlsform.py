from __future__ import annotations

import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.forms.xlsform import (
    FormRefused,
    Sheet,
    Workbook,
    WorkbookUnreadable,
    convert,
    read_markdown,
    read_xlsx,
    write_xlsx,
)
from tests.shared import shared

_TEXT = r"""# A form
Words before the sheets are for the reader.

## survey

### Begin

| type | name | label::Nederlands (nl) |
|---|---|---|
| select_one yn | ok | Mag ik beginnen? |

More questions, with other columns.

| type | name | calculation | bind::cc:fact |
|---|---|---|---|
| calculate | twice | regex(${ok}, 'a\|b') | seen |

## choices
| list_name | name | label::Nederlands (nl) |
|---|---|---|
| yn | 1 | Ja<br>zeker |
| yn | 2 | Nee |

## settings
| form_id | version | namespaces |
|---|---|---|
| small | 7 | cc="https://callcenter.example/xforms" |
"""


def test_a_sheet_may_be_cut_into_tables_with_their_own_columns() -> None:
    survey = read_markdown(_TEXT).sheets["survey"]
    assert survey.header == ("type", "name", "label::Nederlands (nl)", "calculation", "bind::cc:fact")
    assert [row["name"] for row in survey.rows] == ["ok", "twice"]


def test_a_bar_and_a_line_break_inside_a_cell_are_kept() -> None:
    workbook = read_markdown(_TEXT)
    assert workbook.sheets["survey"].rows[1]["calculation"] == "regex(${ok}, 'a|b')"
    assert workbook.sheets["choices"].rows[0]["label::Nederlands (nl)"] == "Ja\nzeker"


def test_a_form_is_converted_with_its_id_version_and_hash() -> None:
    made = convert(read_markdown(_TEXT))
    assert (made.form_id, made.version) == ("small", "7")
    assert made.sha256 == sha256(made.xml.encode()).hexdigest()
    assert 'cc:fact="seen"' in made.xml
    assert made.warnings == ()


def test_the_same_text_gives_the_same_form() -> None:
    assert convert(read_markdown(_TEXT)) == convert(read_markdown(_TEXT))


def test_a_workbook_comes_back_from_xlsx_as_it_was(tmp_path: Path) -> None:
    workbook = read_markdown(_TEXT)
    write_xlsx(workbook, tmp_path / "form.xlsx")
    assert read_xlsx(tmp_path / "form.xlsx") == workbook


def _as_text(workbook: Workbook) -> str:
    lines = []
    for name, sheet in workbook.sheets.items():
        lines += [f"## {name}", "| " + " | ".join(sheet.header) + " |", "|" + "---|" * len(sheet.header)]
        for row in sheet.rows:
            cells = (row.get(c, "").replace("\\", "\\\\").replace("|", "\\|") for c in sheet.header)
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


_CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), max_size=12)


@given(st.lists(st.lists(_CELL, min_size=2, max_size=2), max_size=4))
def test_any_cell_comes_back_from_the_reviewable_text(rows: list[list[str]]) -> None:
    kept = tuple({c: v for c, v in zip(("type", "name"), row, strict=True) if v} for row in rows)
    # The literal line break mark is the one text that changes its meaning.
    if any("<br>" in cell for row in rows for cell in row):
        return
    workbook = Workbook({"survey": Sheet(("type", "name"), tuple(row for row in kept if row))})
    assert read_markdown(_as_text(workbook)) == workbook


@pytest.mark.parametrize("hostile", ["=1+1", "+32470", "-1", "@sum", "=cmd|' /c calc'!A0"])
def test_no_cell_becomes_a_formula(tmp_path: Path, hostile: str) -> None:
    workbook = Workbook({"survey": Sheet(("type", "label"), ({"type": "note", "label": hostile},))})
    write_xlsx(workbook, tmp_path / "form.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "form.xlsx")["survey"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (hostile, "s", True)
    assert read_xlsx(tmp_path / "form.xlsx") == workbook


def _broken(old: str, new: str) -> Callable[[], Workbook]:
    return lambda: read_markdown(_TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("book", "sheet", "row", "word"),
    [
        (_broken("select_one yn", "select_uno yn"), "survey", 2, "select_uno"),
        (_broken("${ok}", "${oke}"), "survey", 3, "oke"),
        (_broken("select_one yn | ok", "select_one yn | not a name"), "survey", 2, "must begin with a letter"),
        (_broken("| yn | 2 |", "| yn | 1 |"), "choices", 3, "unique"),
    ],
)
def test_a_refusal_names_sheet_row_and_reason(book: Callable[[], Workbook], sheet: str, row: int, word: str) -> None:
    with pytest.raises(FormRefused) as refused:
        convert(book())
    facts = refused.value.facts
    assert (facts["sheet"], facts["row"]) == (sheet, row)
    assert word in str(facts["reason"])


def test_an_empty_row_in_a_workbook_does_not_shift_the_row_that_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "survey"
    for place, line in ((1, ("type", "name", "label")), (2, ("text", "a", "A")), (5, ("texxt", "b", "B"))):
        for column, text in enumerate(line, start=1):
            page.cell(place, column, text)
    book.save(tmp_path / "form.xlsx")
    with pytest.raises(FormRefused) as refused:
        convert(read_xlsx(tmp_path / "form.xlsx"))
    assert refused.value.facts["row"] == 5


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(WorkbookUnreadable):
        read_xlsx(tmp_path / "form.xlsx")
    with pytest.raises(WorkbookUnreadable):
        read_xlsx(tmp_path / "missing.xlsx")


def test_a_packed_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "form.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    with pytest.raises(WorkbookUnreadable) as refused:
        read_xlsx(tmp_path / "form.xlsx")
    assert refused.value.facts["reason"] == "it is too large"


@pytest.mark.shared
def test_sheets_that_others_refuse_are_refused_here_with_a_reason() -> None:
    for path in sorted(shared("forms/rejected").iterdir()):
        with pytest.raises((FormRefused, WorkbookUnreadable)) as refused:
            convert(read_xlsx(path))
        assert refused.value.facts["reason"]
