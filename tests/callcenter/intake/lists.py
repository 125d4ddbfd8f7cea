"""Small lists for tests, as files that people could send."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from callcenter.intake.alumni import SamplePreview, read_list
from callcenter.intake.findings import Finding

AS_OF = date(2026, 6, 15)
PERSON: Mapping[str, str] = {
    "TAJO-nr": "",
    "Voornaam": "Aya",
    "Familienaam": "El Idrissi",
    "Geboortedatum": "12/05/2009",
    "Locatie": "Gent",
    "Gsm": "0470 12 34 12",
}


def judge(folder: Path, *people: Mapping[str, str]) -> SamplePreview:
    """Return what is made of a CSV list in which each person differs from PERSON by the given cells."""
    rows = [{**PERSON, **cells} for cells in people]
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return read_list(path, AS_OF)


def write_book(folder: Path, sheets: Mapping[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> Path:
    """Write a workbook; `merged` are ranges of its first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    path = folder / "list.xlsx"
    book.save(path)
    return path


def codes(judged: SamplePreview) -> list[str]:
    """Return the codes of all findings in their order."""
    return [finding.code for finding in judged.findings]


def only(judged: SamplePreview, code: str) -> Finding:
    """Return the one finding of a code."""
    (finding,) = [f for f in judged.findings if f.code == code]
    return finding
