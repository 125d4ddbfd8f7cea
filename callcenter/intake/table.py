"""Workbooks and CSV files as sheets of plain cells: text, with what only a workbook knows set apart."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from callcenter.errors import CallcenterError
from callcenter.text import N_

_SAMPLE = 64_000
_SEPARATORS = ";,\t|"
_LARGEST = 500_000_000
"""Bytes of an unpacked workbook; beyond it is a trap rather than a list."""
_WIDEST = 256
"""Columns that a merged range fills; no list is wider, but a merged title may be."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")
_NO_TEXT = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")


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


_NOTHING: Mapping[int, Special] = {}


@dataclass(slots=True)
class Row:
    """One row: its number as the file counts (from 1), its texts, and special cells by column."""

    number: int
    texts: list[str]
    special: Mapping[int, Special] = field(default_factory=lambda: _NOTHING)

    def text(self, column: int | None) -> str:
        """Return a cell's text; empty beyond the row's end or for a column that the list lacks."""
        return self.texts[column] if column is not None and column < len(self.texts) else ""

    def is_filled(self, column: int | None) -> bool:
        """Tell whether a cell has a value of its own: one that is filled only by a merged range has none."""
        if not self.text(column).strip():
            return False
        special = self.special.get(column) if column is not None else None
        return special is None or not special.merged

    def filled(self, enough: int = 1) -> int:
        """Count the cells with a value of their own; stop at `enough`."""
        count = 0
        for column, text in enumerate(self.texts):
            if text and self.is_filled(column):
                count += 1
                if count == enough:
                    break
        return count


@dataclass(frozen=True)
class Sheet:
    """A sheet's name (empty for a CSV file), its rows, to be read once, and about how many they are."""

    name: str
    rows: Iterator[Row]
    size: int


@contextmanager
def open_list(path: Path) -> Iterator[tuple[Sheet, ...]]:
    """Open a file as sheets whose rows are read as they are asked for.

    Raises ListUnreadable, also while the rows are read.
    """
    with ExitStack() as opened:
        try:
            sheets = _sheets(path, opened)
        except CallcenterError:
            raise
        except Exception as error:
            # openpyxl lets out whatever a broken file makes it stumble over.
            raise ListUnreadable(file=path.name) from error
        yield tuple(Sheet(sheet.name, _guarded(sheet.rows, path.name), sheet.size) for sheet in sheets)


def _guarded(rows: Iterator[Row], file: str) -> Iterator[Row]:
    try:
        yield from rows
    except Exception as error:
        raise ListUnreadable(file=file) from error


def _sheets(path: Path, opened: ExitStack) -> Sequence[Sheet]:
    data = path.read_bytes()
    if data.startswith(b"PK"):
        return list(_workbook(data, opened))
    head = data[:_SAMPLE]
    # A stray zero byte is a hostile cell; many are a file that is no text.
    if path.suffix.lower() in (".xlsx", ".xlsm") or head.startswith(_NO_TEXT) or 20 * head.count(0) > len(head) + 20:
        raise ListUnreadable(file=path.name)
    return [_text_table(data)]


# --- CSV


def _text_table(data: bytes) -> Sheet:
    text = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))
    return Sheet("", (Row(number, cells) for number, cells in enumerate(reader, 1)), text.count("\n") + 1)


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


def _workbook(data: bytes, opened: ExitStack) -> Iterator[Sheet]:
    from openpyxl import load_workbook  # a third of a second, only for workbooks

    with ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _LARGEST:
            raise ListUnreadable(file="")
    # openpyxl warns of drop-down lists and colours that it does not keep; they are no part of a list.
    warnings.filterwarnings("ignore", module="openpyxl")
    book = opened.enter_context(closing(load_workbook(io.BytesIO(data), read_only=True, data_only=False)))
    for sheet in book.worksheets:
        size = sheet.max_row or 0
        sheet.reset_dimensions()  # some programs write a wrong size
        yield Sheet(sheet.title, _sheet_rows(sheet), size)


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    waiting = deque(_merged_areas(sheet))
    open_areas: list[_Area] = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        texts: list[str] = []
        special: dict[int, Special] = {}
        for column, value in enumerate(values):
            text, known = (value, None) if type(value) is str else _plain(value)
            texts.append(text)
            if known:
                special[column] = known
        while waiting and waiting[0].top == number:
            open_areas.append(waiting.popleft())
        if open_areas:
            open_areas = [area for area in open_areas if area.bottom >= number]
            for area in open_areas:
                area.fill(number, texts, special)
        yield Row(number, texts, special)


@dataclass
class _Area:
    """A merged range, counted from row 1 and column 0, and what its first cell holds once that was read."""

    top: int
    bottom: int
    left: int
    right: int
    text: str = ""
    known: Special = Special()

    def fill(self, number: int, texts: list[str], special: dict[int, Special]) -> None:
        """Give the first cell's value to the range's cells in a row."""
        first = self.left
        if number == self.top:
            self.text = texts[self.left] if self.left < len(texts) else ""
            self.known = replace(special.get(self.left, Special()), merged=True)
            first += 1
        if not self.text:
            return
        texts.extend([""] * (self.right + 1 - len(texts)))
        for column in range(first, self.right + 1):
            texts[column] = self.text
            special[column] = self.known


def _merged_areas(sheet: Any) -> list[_Area]:
    """Return the merged ranges of a sheet from top to bottom."""
    from openpyxl.utils.cell import range_boundaries

    found: set[bytes] = set()
    # A sheet that is read row by row tells its merged ranges only after its last row.
    with sheet._get_source() as source:  # noqa: SLF001 - openpyxl has no public way to the sheet's own text
        rest = b""
        while block := source.read(1 << 20):
            text = rest + block
            found.update(_MERGED.findall(text))
            rest = text[-200:]
    areas = []
    for reference in found:
        left, top, right, bottom = range_boundaries(reference.decode())
        areas.append(_Area(top, bottom, left - 1, min(right - 1, left + _WIDEST)))
    return sorted(areas, key=lambda area: area.top)


def _plain(value: object) -> tuple[str, Special | None]:
    """Return a cell's text and what is known of it. A formula is its text: never calculated, never a cached value."""
    if value is None:
        return "", None
    if isinstance(value, datetime):
        return value.date().isoformat(), Special(day=value.date())
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, (int, float)) and isfinite(value):
        whole = isinstance(value, int) or value.is_integer()
        return (str(int(value)) if whole else repr(value)), Special(number=True)
    if hasattr(value, "ref"):  # a formula of several cells
        return str(getattr(value, "text", None) or "="), None
    return str(value), None
