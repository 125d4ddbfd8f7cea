"""A questionnaire's file as a workbook, whichever of Excel's two formats it has."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from callcenter.forms.xlsform import (
    DAMAGED,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    MISSING,
    TOO_LARGE,
    Workbook,
    WorkbookUnreadable,
    read_markdown,
    read_xlsx,
    sheet_of,
    workbook_of,
)

_DATE, _BOOLEAN, _ERROR = 3, 4, 5
"""Kinds of cells, as xlrd numbers them."""


def read_workbook(path: Path) -> Workbook:
    """Return the workbook of an .xlsx, .xlsm or .xls file, or of the reviewable text of a template (.md).

    Raises WorkbookUnreadable, with ColumnTwice for a header that stands twice in one sheet.
    """
    ending = path.suffix.lower()
    if ending == ".xls":
        return _read_xls(path)
    if ending == ".md":
        try:
            return read_markdown(path.read_text("utf-8"))
        except OSError as error:
            raise WorkbookUnreadable(file=path.name, reason=MISSING) from error
        except UnicodeDecodeError as error:
            raise WorkbookUnreadable(file=path.name, reason=DAMAGED) from error
    return read_xlsx(path)


def _read_xls(path: Path) -> Workbook:
    # Only old workbooks need it.
    import xlrd

    if not path.is_file():
        raise WorkbookUnreadable(file=path.name, reason=MISSING)
    if path.stat().st_size > MAX_BYTES:
        raise WorkbookUnreadable(file=path.name, reason=TOO_LARGE)
    try:
        # Rows that end where their cells end: a corner cell alone cannot claim memory for the whole grid.
        book = xlrd.open_workbook(path, ragged_rows=True, on_demand=True, logfile=_Silent())
        sheets = [book.sheet_by_index(place) for place in range(book.nsheets)]
        lines = {sheet.name: list(_lines(sheet, book.datemode)) for sheet in sheets}
    # Broken files make the library fail in all these ways.
    except (
        xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError, LookupError, ValueError, TypeError,
        AttributeError, OSError, MemoryError,
    ) as error:  # fmt: skip
        raise WorkbookUnreadable(file=path.name, reason=DAMAGED) from error
    return workbook_of(
        path.name, {name.strip().lower(): sheet_of(path.name, name, found) for name, found in lines.items()}
    )


class _Silent:
    """Takes what xlrd would print about odd files."""

    def write(self, text: str) -> int:
        return len(text)


def _lines(sheet: Any, datemode: int) -> Iterator[list[object]]:
    for number in range(min(sheet.nrows, MAX_ROWS + 1)):
        yield [_value(cell, datemode) for cell in sheet.row(number)[:MAX_COLUMNS]]


def _value(cell: Any, datemode: int) -> object:
    import xlrd

    if cell.ctype == _DATE:
        moment = xlrd.xldate_as_datetime(cell.value, datemode)
        return moment.date() if moment.time() == moment.min.time() else moment
    if cell.ctype == _BOOLEAN:
        return bool(cell.value)
    return "" if cell.ctype == _ERROR else cell.value
