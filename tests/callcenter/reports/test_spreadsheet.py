"""Workbooks, read back: words stay words, small counts stay hidden."""

from __future__ import annotations

import openpyxl
import pytest

from callcenter.domain.outcome import Outcome
from callcenter.rates.formulas import NAMES
from callcenter.reports.spreadsheet import FindingLine, campaign_xlsx, findings_xlsx, harmless
from callcenter.text import translator
from tests.callcenter.reports.making import case, figures, summer

RISKY = ["=1+1", "+32470", "-2", "@sum", "\tx", "\rx", '=HYPERLINK("http://x.example")']


def table(path, name):
    return [list(row) for row in openpyxl.load_workbook(path)[name].iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "figures.xlsx"
    campaign_xlsx(figures(summer()), path, translator("en"))
    return path


@pytest.mark.parametrize("text", RISKY)
def test_a_text_that_begins_like_a_formula_is_made_harmless(text, tmp_path):
    findings_xlsx([FindingLine("Lijst", 3, text, "code", text, text, text)], tmp_path / "f.xlsx", translator("nl"))
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx").active
    cells = [cell for cell in sheet[2] if isinstance(cell.value, str)]
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
    assert [cell.value[0] for cell in cells[1:] if cell.value != "code"] == ["'"] * 4


@pytest.mark.parametrize("text", ["", "Noor", "a=b", "http://x.example", "007"])
def test_other_texts_stay_as_they_are(text):
    assert harmless(text) == text


def test_findings_stand_one_a_line_with_their_meaning(tmp_path):
    lines = [FindingLine("Blad 1", 7, "GSM", "phone_letters", "O470", "0470", "Letters werden cijfers.")]
    findings_xlsx(lines, tmp_path / "f.xlsx", translator("nl"))
    head, row = table(tmp_path / "f.xlsx", "Bevindingen")
    assert head[:3] == ["Tabblad", "Rij", "Kolom"]
    assert row == ["Blad 1", 7, "GSM", "phone_letters", "O470", "0470", "Letters werden cijfers."]


def test_the_workbook_has_a_sheet_for_each_table(book):
    names = openpyxl.load_workbook(book).sheetnames
    assert names == [
        "Outcomes",
        "Rates",
        "Rates per site",
        "Waterval",
        "School",
        "Attests",
        "Flows",
        "Attempts",
        "Notes",
    ]


def test_numbers_are_numbers_and_small_counts_hidden(book):
    rows = {row[0]: row for row in table(book, "Outcomes")[1:]}
    assert rows["1.1"][1:] == ["Complete interview", "I", 75, 53, 60, 188]
    assert "<5" in rows["1.2"]
    assert {row[1]: row for row in table(book, "Rates")}["RR2"][2:4] == [200, 420]
    assert all(row[3] >= 5 for row in table(book, "Flows")[1:])
    assert ["Complete interview", 188] in table(book, "Attempts")


def test_all_eighteen_rates_and_those_of_each_site_are_in_the_workbook(book):
    assert [row[1] for row in table(book, "Rates")[1:]] == list(NAMES)
    head, *rows = table(book, "Rates per site")
    assert head[2:] == ["Gent", "Kortrijk", "Antwerpen", "Together"]
    assert rows[2][:2] == ["RR2", "Response, complete and partial interviews"]
    assert rows[2][5] == pytest.approx(200 / 420)


def test_early_leaving_stands_with_known_missing_and_bounds(book):
    rows = {row[0].split(",")[0]: row for row in table(book, "School")[1:]}
    assert rows["NEET"][1:5] == [15, 200, 220, 0.075]
    assert rows["VSV"][4:] == ["–", None, None, None, None]


def test_a_rate_of_few_goes_out_rounded_and_alone(tmp_path):
    cases = [case(f"p{n}", Outcome.COMPLETE if n < 3 else Outcome.NO_ANSWER) for n in range(40)]
    campaign_xlsx(figures(cases), tmp_path / "few.xlsx", translator("en"))
    rates = {row[1]: row for row in table(tmp_path / "few.xlsx", "Rates")}
    assert rates["RR2"][2:] == [None, None, "≈ 10 %", None, None]
    assert ["Complete interview", "<5"] in table(tmp_path / "few.xlsx", "Attempts")


def test_an_internal_workbook_says_that_it_stays_inside(tmp_path):
    campaign_xlsx(figures([], internal=True), tmp_path / "in.xlsx", translator("en"))
    assert openpyxl.load_workbook(tmp_path / "in.xlsx").sheetnames[0] == "Do not distribute"


def test_the_workbook_of_a_list_of_too_few_holds_the_reason_and_the_notes_only(tmp_path):
    campaign_xlsx(figures([case("a", Outcome.COMPLETE), case("b")]), tmp_path / "r.xlsx", translator("en"))
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["Outcomes", "Notes"]
    assert "fewer than 5 persons" in book["Outcomes"]["A1"].value
    assert not any(isinstance(cell.value, int | float) for sheet in book for row in sheet for cell in row)
