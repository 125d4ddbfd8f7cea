"""Workbooks and CSV files as sheets of plain cells: text, with what only a workbook knows set apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from callcenter.errors import CallcenterError
from callcenter.text import N_

_SAMPLE = 64_000
_SEPARATORS = ";,\t|"


class ListUnreadable(CallcenterError):
    """The file cannot be opened, or is neither a workbook nor a text table."""

    code = "INTAKE-01"
    what = N_("The file {file} cannot be read as a list.")
    advice = N_("Save the list in Excel as .xlsx or .csv, close it there, and choose it again.")


class ListEmpty(CallcenterError):
    """The file has no cell with a value."""

    code = "INTAKE-02"
    what = N_("The file {file} is empty.")
    advice = N_("Check whether you chose the right file.")


@dataclass(frozen=True)
class Special:
    """What a workbook knows of a cell beyond its text."""

    day: date | None = None
    number: bool = False
    merged: bool = False


@dataclass
class Row:
    """One row: its number as the file counts (from 1), its texts, and special cells by column."""

    number: int
    texts: list[str]
    special: dict[int, Special] = field(default_factory=dict)

    def text(self, column: int | None) -> str:
        """Return a cell's text; empty beyond the row's end or for a column that the list lacks."""
        return self.texts[column] if column is not None and column < len(self.texts) else ""

    def filled(self) -> int:
        """Count the cells with a value of their own: one that is filled only by a merged range does not count."""
        merged = {c for c, s in self.special.items() if s.merged}
        return sum(1 for c, text in enumerate(self.texts) if text.strip() and c not in merged)


@dataclass(frozen=True)
class Sheet:
    """A sheet's name (empty for a CSV file) and rows."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx file, or the one table of any other file; ListUnreadable, ListEmpty."""
    try:
        sheets = _workbook(path) if path.suffix.lower() in (".xlsx", ".xlsm") else (_text_table(path),)
    except (OSError, BadZipFile, KeyError, ValueError, csv.Error, UnicodeError) as error:
        raise ListUnreadable(file=path.name) from error
    if not any(row.filled() for sheet in sheets for row in sheet.rows):
        raise ListEmpty(file=path.name)
    return sheets


# --- CSV


def _text_table(path: Path) -> Sheet:
    data = path.read_bytes()
    if b"\0" in data[:_SAMPLE]:
        raise ListUnreadable(file=path.name)
    text = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    return Sheet("", tuple(Row(number, cells) for number, cells in enumerate(reader, 1)))


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8 if it decodes strictly (a mark at the start is allowed), else Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # only for files that neither of the two reads

        best = from_bytes(data).best()
        return str(best) if best is not None else data.decode("latin-1")


def separator(text: str) -> str:
    """Return the character that cuts the first lines into the most columns, outside quotes."""
    head = text[:_SAMPLE].splitlines()[:20]
    rows = {mark: [len(r) for r in csv.reader(head, delimiter=mark)] for mark in _SEPARATORS}
    return max(_SEPARATORS, key=lambda mark: sum(rows[mark]))


# --- workbooks


def _workbook(path: Path) -> tuple[Sheet, ...]:
    from openpyxl import load_workbook  # a third of a second, only for workbooks

    book = load_workbook(path, data_only=False)
    return tuple(Sheet(sheet.title, tuple(_sheet_rows(sheet))) for sheet in book.worksheets)


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = Row(number, [])
        for column, cell in enumerate(cells):
            anchor = merged.get((number, column + 1))
            value = sheet.cell(*anchor).value if anchor else cell.value
            text, day, is_number = _plain(value)
            row.texts.append(text)
            if day or is_number or (anchor and text):
                row.special[column] = Special(day, is_number, merged=anchor is not None)
        yield row


def _plain(value: object) -> tuple[str, date | None, bool]:
    """Return text, day and whether it is a number. A formula is its text: never calculated, never a cached value."""
    if value is None:
        return "", None, False
    if isinstance(value, str):
        return value, None, False
    if isinstance(value, datetime):
        return value.date().isoformat(), value.date(), False
    if isinstance(value, date):
        return value.isoformat(), value, False
    if isinstance(value, bool):
        return str(value).lower(), None, False
    if isinstance(value, (int, float)):
        whole = isinstance(value, int) or value.is_integer()
        return (str(int(value)) if whole else repr(value)), None, True
    return str(getattr(value, "text", value) or ""), None, False
