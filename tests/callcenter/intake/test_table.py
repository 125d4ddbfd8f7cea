from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from callcenter.intake.alumni import read_list
from callcenter.intake.columns import NoHeader
from callcenter.intake.table import ListEmpty, ListUnreadable, Row, Special, decode, open_list, separator
from tests.callcenter.intake.lists import AS_OF, write_book

_HEADER = ("Voornaam", "Familienaam", "Geboortedatum", "Locatie", "Gsm")
_NOON = datetime(2009, 5, 12, 12, 0)  # noqa: DTZ001 - a workbook tells no time zone


def _rows(path: Path) -> list[Row]:
    with open_list(path) as sheets:
        return list(sheets[0].rows)


def test_a_cell_of_a_workbook_becomes_the_text_that_was_meant(tmp_path: Path) -> None:
    values = (470123412, 12.5, True, _NOON, date(2009, 5, 12), "=1+1", None, time(13, 30))
    (row,) = _rows(write_book(tmp_path, {"Gent": [values]}))
    assert row.texts[:8] == ["470123412", "12.5", "true", "2009-05-12", "2009-05-12", "=1+1", "", "13:30:00"]
    assert row.special[0] == Special(number=True)
    assert row.special[3] == Special(day=date(2009, 5, 12))


def test_a_formula_is_its_text_and_never_a_value(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = '=HYPERLINK("http://example.org","x")'
    sheet["B1"] = ArrayFormula("B1:B2", "=SUM(A1:A2)")
    book.save(tmp_path / "list.xlsx")
    (row, *_) = _rows(tmp_path / "list.xlsx")
    assert row.texts == ['=HYPERLINK("http://example.org","x")', "=SUM(A1:A2)"]


def test_a_merged_range_gives_its_value_to_each_cell_but_fills_only_the_first(tmp_path: Path) -> None:
    path = write_book(tmp_path, {"Blad": [("a", "Gent"), ("b",), ("c", None, "z")]}, merged=["B1:B3", "C1:D2"])
    rows = _rows(path)
    assert [row.text(1) for row in rows] == ["Gent", "Gent", "Gent"]
    assert [row.is_filled(1) for row in rows] == [True, False, False]
    assert [row.filled(9) for row in rows] == [2, 1, 2]


def test_a_merge_over_a_whole_sheet_is_no_trap(tmp_path: Path) -> None:
    path = write_book(tmp_path, {"Blad": [("titel",), ("x",)]})
    hostile = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(hostile, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                areas = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                data = data.replace(b"</sheetData>", b"</sheetData>" + areas)
            new.writestr(part, data)
    rows = _rows(hostile)
    assert len(rows) == 2
    assert rows[1].texts[5] == "titel"
    assert len(rows[1].texts) < 300


def test_hidden_columns_and_sheets_are_read_like_others(tmp_path: Path) -> None:
    person = ("Aya", "Idrissi", "12/05/2009", "Gent", "0470123412")
    path = write_book(tmp_path, {"Lees mij": [("uitleg",)], "Gent": [_HEADER, person]})
    book = load_workbook(path)
    book["Gent"].sheet_state = "hidden"
    book["Gent"].column_dimensions["E"].hidden = True
    book.save(path)
    judged = read_list(path, AS_OF)
    assert (judged.sheets_read, judged.sheets_ignored) == (("Gent",), ("Lees mij",))
    assert judged.accepted[0].phones[0].e164 == "+32470123412"


def test_an_absurd_number_in_a_date_cell_is_no_warning_and_no_stop(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(_HEADER)
    sheet.append(("Aya", "Idrissi", 99_999_999_999, "Gent", "0470123412"))
    sheet["C2"].number_format = "dd/mm/yyyy"
    book.save(tmp_path / "list.xlsx")
    assert [f.code for f in read_list(tmp_path / "list.xlsx", AS_OF).findings] == ["bad_birth_date"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_text_file_is_utf8_if_it_decodes_else_windows(encoding: str) -> None:
    assert decode("Zoë Çelik €".encode(encoding)) == "Zoë Çelik €"


def test_bytes_outside_both_encodings_still_give_a_text() -> None:
    assert "Voornaam" in decode(b"Voornaam;Naam\r\nA\x81\x8d\xe9;B\x9d\r\n" * 20)


@pytest.mark.parametrize("mark", list(";,\t|"))
def test_the_separator_is_the_one_that_makes_columns(mark: str) -> None:
    assert separator(f'a{mark}b{mark}"c;,d"\r\n1{mark}2{mark}3\r\n') == mark


def test_line_breaks_inside_quotes_stay_in_their_cell_and_row_numbers_are_those_of_a_spreadsheet(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b'a;b\r\n"een\r\ntwee";x\r\n\r\nz;y\r\n')
    assert [(row.number, row.texts) for row in _rows(path)] == [
        (1, ["a", "b"]),
        (2, ["een\r\ntwee", "x"]),
        (3, []),
        (4, ["z", "y"]),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.xlsx", b"no workbook"),
        ("list.xlsx", b""),
        ("list.xlsx", b"PK\x03\x04 broken"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("list.csv", "Voornaam;Naam".encode("utf-16")),
        ("list.pdf", b"%PDF-1.7 ..."),
    ],
)
def test_a_file_that_is_no_list_is_said_to_be_unreadable(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ListUnreadable):
        read_list(tmp_path / name, AS_OF)


def test_a_workbook_with_a_broken_sheet_is_unreadable(tmp_path: Path) -> None:
    path = write_book(tmp_path, {"Gent": [_HEADER]})
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data[: len(data) // 2] if part == "xl/worksheets/sheet1.xml" else data)
    with pytest.raises(ListUnreadable):
        read_list(broken, AS_OF)


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(ListUnreadable):
            read_list(path, AS_OF)


def test_a_workbook_is_known_by_what_it_holds_not_by_its_name(tmp_path: Path) -> None:
    path = write_book(tmp_path, {"Gent": [_HEADER, ("Aya", "Idrissi", "12/05/2009", "", "0470123412")]})
    renamed = path.rename(tmp_path / "list.csv")
    assert read_list(renamed, AS_OF).sheets_read == ("Gent",)


def test_an_empty_file_and_a_file_without_headers_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b" ;\r\n;;\r\n")
    (tmp_path / "other.csv").write_bytes(b"\r\n" * 30 + b"kleur;maat\r\nrood;3\r\n")
    with pytest.raises(ListEmpty):
        read_list(tmp_path / "empty.csv", AS_OF)
    with pytest.raises(NoHeader):
        read_list(tmp_path / "other.csv", AS_OF)
    with pytest.raises(ListEmpty):
        read_list(write_book(tmp_path, {"Blad1": []}), AS_OF)
