"""XLSForm from reviewable text or a workbook to XForm XML: when a campaign is made, never in a call."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from callcenter.errors import CallcenterError
from callcenter.forms.errors import FormError
from callcenter.text import N_, Translator

# A questionnaire comes from outside: these are far above the largest of some 700 public forms.
MAX_BYTES = 5_000_000
_MAX_UNPACKED = 100_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 250
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")


class FormRefused(FormError):
    """The questionnaire cannot become a form; sheet, row and reason say why (row – : the whole sheet)."""

    code = "FORM-20"
    what = N_("The questionnaire cannot be used. Sheet '{sheet}', row {row}: {reason}")
    advice = N_("Mend this row in the workbook, then publish it again.")


class WorkbookUnreadable(FormError):
    """The file is no workbook that can be read safely."""

    code = "FORM-21"
    what = N_("The file {file} cannot be read as a questionnaire: {reason}.")
    advice = N_("Open it in Excel or LibreOffice, save it as .xlsx with a sheet 'survey', then try again.")

    def explain(self, say: Translator) -> tuple[str, str]:
        """Return what happened, the reason in the same language, and what to do."""
        told = self.facts | {"reason": say(str(self.facts.get("reason", "")))}
        return say(self.what, **told), say(self.advice)


class ColumnTwice(WorkbookUnreadable):
    """Two columns of a sheet have the same header, so one would hide the other."""

    code = "FORM-22"
    what = N_("Sheet '{sheet}', row 1: the column '{column}' is there twice.")
    advice = N_("Rename or delete one of the two columns.")


NO_SURVEY = N_("there is no sheet 'survey'")
DAMAGED = N_("it is damaged, or it is no workbook at all")
TOO_LARGE = N_("it is too large")
MISSING = N_("it cannot be found or opened")
OLD = N_("it is an old workbook (.xls) under the name of a new one")
LOCKED = N_("it is locked with a password")
_OLD_FILE = b"\xd0\xcf\x11\xe0"
"""What workbooks of before 2007 begin with, and what a password is laid around."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its header, and its rows with the filled cells by header; an empty row keeps its place."""

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Workbook:
    """An XLSForm as values; `sheets` by name in lower case, `survey` first."""

    sheets: Mapping[str, Sheet]

    def setting(self, name: str) -> str:
        """Return a cell of the settings sheet, or an empty text."""
        rows = self.sheets["settings"].rows if "settings" in self.sheets else ()
        return rows[0].get(name, "") if rows else ""


@dataclass(frozen=True)
class Converted:
    """A form ready to be published."""

    form_id: str
    version: str
    xml: str
    sha256: str
    warnings: tuple[str, ...]


def read_markdown(text: str) -> Workbook:
    r"""Return the workbook of a reviewable text.

    `## survey`, `## choices` and `## settings` begin a sheet. Every table below adds its rows; it has a header of
    its own, so a sheet may be cut into tables that show only the columns they need. Other text is for the reader.
    In a cell `\|` is a bar, `\\` a backslash and `<br>` a line break.
    """
    header: dict[str, list[str]] = {}
    rows: dict[str, list[Mapping[str, str]]] = {}
    sheet, columns = "", list[str]()
    for line in text.splitlines():
        if line.startswith("## "):
            sheet = line[3:].strip().lower()
        if not line.startswith("|"):
            columns = []
        elif sheet and not columns:
            columns = _cells(line)
            known = header.setdefault(sheet, [])
            known += [name for name in columns if name not in known]
        elif sheet and not _is_rule(line):
            cells = zip(columns, _cells(line), strict=False)
            rows.setdefault(sheet, []).append({name: cell for name, cell in cells if cell})
    return Workbook({name: _sheet(header[name], rows.get(name, ())) for name in header})


def _sheet(header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Sheet:
    # Cells in the order of the header: a workbook and its text then give the same form, letter by letter.
    return Sheet(tuple(header), tuple({name: row[name] for name in header if name in row} for row in rows))


def _is_rule(line: str) -> bool:
    return re.fullmatch(r"[|:\- ]+", line) is not None and "---" in line


def _cells(line: str) -> list[str]:
    # Split at bars that no backslash hides, then take the backslashes away.
    pieces = re.findall(r"((?:\\.|[^|\\])*)\|", line.strip()[1:])
    return [re.sub(r"\\(.)", r"\1", piece.strip()).replace("<br>", "\n") for piece in pieces]


def read_xlsx(path: Path) -> Workbook:
    """Return the workbook of an .xlsx file: sheets of XLSForm only, cells as text; WorkbookUnreadable otherwise."""
    # openpyxl is slow to load and only needed here.
    import openpyxl

    _refuse_bombs(path)
    try:
        # The library leaves a file open that it opened itself and could not read.
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            found = {sheet.title.strip().lower(): _read_sheet(path, sheet) for sheet in book.worksheets}
    except CallcenterError:
        raise
    except Exception as error:
        # The library, its XML and its ZIP let out whatever a broken workbook makes them stumble over.
        raise WorkbookUnreadable(file=path.name, reason=_no_package(path)) from error
    return workbook_of(path.name, found)


def _no_package(path: Path) -> str:
    """Return why an .xlsx file is none: locked, of the old format, or damaged."""
    with path.open("rb") as file:
        if file.read(len(_OLD_FILE)) != _OLD_FILE:
            return DAMAGED
        return LOCKED if "EncryptedPackage".encode("utf-16-le") in file.read(MAX_BYTES) else OLD


def workbook_of(file: str, found: Mapping[str, Sheet]) -> Workbook:
    """Return the workbook of a file's sheets by name in lower case; an only sheet is the survey."""
    if len(found) == 1:
        found = dict(zip(("survey",), found.values(), strict=True))
    if "survey" not in found:
        raise WorkbookUnreadable(file=file, reason=NO_SURVEY)
    return Workbook({name: found[name] for name in _SHEETS if name in found})


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as error:
        raise WorkbookUnreadable(file=path.name, reason=_no_package(path)) from error
    except OSError as error:
        raise WorkbookUnreadable(file=path.name, reason=MISSING) from error
    if path.stat().st_size > MAX_BYTES or unpacked > _MAX_UNPACKED:
        raise WorkbookUnreadable(file=path.name, reason=TOO_LARGE)


def _read_sheet(path: Path, sheet: Any) -> Sheet:
    lines = sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
    # A reader that is left half way keeps the file open, and Windows then keeps it locked.
    with closing(lines):
        return sheet_of(path.name, sheet.title, lines)


def sheet_of(file: str, title: str, lines: Iterable[Sequence[object]]) -> Sheet:
    """Return a sheet of raw lines, the first one its header; ColumnTwice or WorkbookUnreadable otherwise."""
    below = iter(lines)
    header = [_text(value) for value in next(below, ())]
    seen: set[str] = set()
    for name in filter(None, header):
        if name in seen:
            raise ColumnTwice(file=file, sheet=title, column=name, reason="a column is there twice")
        seen.add(name)
    rows = [
        {name: text for name, v in zip(header, line, strict=False) if name and (text := _text(v))} for line in below
    ]
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) >= MAX_ROWS:
        raise WorkbookUnreadable(file=file, reason=TOO_LARGE)
    return Sheet(tuple(name for name in header if name), tuple(rows))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # Spreadsheets put unbreakable blanks where somebody pasted.
    return str(value).replace("\xa0", " ").strip()


def write_xlsx(workbook: Workbook, path: Path) -> None:
    """Write a workbook that Excel and ODK tools open; every cell is text, never a formula."""
    # The other writer of workbooks belongs to the reports; here the reader's own library writes back what it read.
    from openpyxl import Workbook as Book
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Book()
    book.remove(book.active)
    for name, sheet in workbook.sheets.items():
        made = book.create_sheet(name)
        made.freeze_panes = "C2" if name == "survey" else "A2"
        for number, row in enumerate([{c: c for c in sheet.header}, *sheet.rows], start=1):
            for place, column in enumerate(sheet.header, start=1):
                if text := row.get(column, ""):
                    cell = made.cell(number, place, _harmless(text))
                    # A text that begins with = would become a formula, here or when somebody edits the cell.
                    cell.data_type, cell.quotePrefix = "s", text[0] in "=+-@"
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    cell.font = Font(bold=number == 1)
        for place, column in enumerate(sheet.header, start=1):
            made.column_dimensions[get_column_letter(place)].width = (
                45 if "::" in column and "cc:" not in column else 18
            )
    book.save(path)


def _harmless(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def convert(workbook: Workbook) -> Converted:
    """Return the XForm of a workbook; FormRefused when pyxform refuses it.

    Takes about a second: run it in a lane, once, when a form is published.
    """
    # pyxform is slow to load and only needed here.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert as pyxform_convert

    warnings: list[str] = []
    told: dict[str, Any] = {"sheet_names": list(workbook.sheets), "fallback_form_name": "data"}
    for name, sheet in workbook.sheets.items():
        told[name] = [dict(row) for row in sheet.rows]
        told[f"{name}_header"] = [dict.fromkeys(sheet.header)]
    try:
        xml = pyxform_convert(told, warnings=warnings, validate=False).xform
    except PyXFormError as error:
        raise _refusal(workbook, str(error), error.context) from error
    # Some broken sheets make the library stumble instead of refusing.
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise _refusal(workbook, f"{type(error).__name__}: {error}", {}) from error
    return Converted(
        form_id=workbook.setting("form_id") or workbook.setting("id_string") or "data",
        version=workbook.setting("version"),
        xml=xml,
        sha256=sha256(xml.encode("utf-8")).hexdigest(),
        warnings=tuple(_sentences(warnings)),
    )


def _refusal(workbook: Workbook, message: str, context: Mapping[str, Any]) -> FormRefused:
    reason = " ".join(message.split())
    row = re.match(r"\[row\s*:\s*(\d+)\]\s*", reason)
    sheet = re.search(r"'(survey|choices|settings|entities)' sheet", reason)
    name = context.get("sheet") or context.get("sheet_name") or (sheet[1] if sheet else "survey")
    return FormRefused(
        sheet=name,
        row=context.get("row") or (int(row[1]) if row else _row_of(workbook, name, reason)),
        reason=reason[row.end() if row else 0 :] or "no reason given",
    )


def _row_of(workbook: Workbook, sheet: str, reason: str) -> int | str:
    """Return the first row with a cell that the reason quotes, for the refusals that name no row."""
    quoted = set(re.findall(r"['\"]([^'\"]+)['\"]", reason))
    rows = workbook.sheets[sheet].rows if sheet in workbook.sheets else ()
    return next((n for n, row in enumerate(rows, start=2) if quoted & set(row.values())), "–")


def _sentences(warnings: Sequence[str]) -> Iterator[str]:
    for warning in warnings:
        yield " ".join(str(warning).split())
