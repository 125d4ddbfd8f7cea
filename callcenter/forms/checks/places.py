"""Finds the cell of a workbook in which a node of its form was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from callcenter.forms.checks.finding import Spot
from callcenter.forms.checks.headers import meaning
from callcenter.forms.xlsform import Sheet, Workbook


@dataclass(frozen=True)
class Cell:
    """A filled cell: the header above it, and its text."""

    header: str
    text: str


@dataclass(frozen=True)
class Line:
    """A filled row of a sheet, its cells by what they hold; texts of a language only in `row`."""

    number: int
    cells: Mapping[str, Cell]
    row: Mapping[str, str]
    path: str = ""
    """For questions, groups and repeats of the survey: their names from the outermost group on, `/a/b`."""
    depth: int = 0

    def text(self, name: str) -> str:
        """Return the text of a cell, or an empty text."""
        return self.cells[name].text if name in self.cells else ""

    @property
    def kind(self) -> str:
        """The type of a survey row with its blanks tidied, in lower case."""
        return " ".join(self.text("type").replace("_", " ").lower().split())


def lines_of(workbook: Workbook, name: str) -> tuple[Line, ...]:
    """Return the filled rows of a sheet; none when the workbook has no such sheet."""
    sheet = workbook.sheets.get(name)
    if sheet is None:
        return ()
    found = tuple(_lines(sheet, name))
    return tuple(_placed(found)) if name == "survey" else found


def _lines(sheet: Sheet, name: str) -> Iterator[Line]:
    meant = {header: meaning(header, name) for header in sheet.header}
    for number, row in enumerate(sheet.rows, start=2):
        if row:
            cells = {meant[header][0]: Cell(header, text) for header, text in row.items() if not meant[header][1]}
            yield Line(number, cells, row)


def _placed(found: tuple[Line, ...]) -> Iterator[Line]:
    around: list[str] = []
    for line in found:
        if re.match(r"end (group|repeat|loop)", line.kind):
            del around[-1:]
            yield line
            continue
        path = "".join(f"/{name}" for name in (*around, line.text("name")))
        yield Line(line.number, line.cells, line.row, path, len(around))
        if re.match(r"begin (group|repeat|loop|looped group|lgroup)", line.kind):
            around.append(line.text("name"))


class Places:
    """Where the nodes of one form were written; without a workbook, the nodes themselves."""

    def __init__(self, survey: tuple[Line, ...] = ()) -> None:
        self._by_path = {line.path: line for line in survey if line.text("name")}
        self._survey = bool(survey)

    def spot(self, node: str, *columns: str) -> Spot:
        """Return the cell of a node's path, in the first of the columns that is filled in."""
        line = self.line(node)
        if line is None and self._survey and node.endswith("/meta/instanceName"):
            return Spot("settings", 2, "instance_name", node)
        if line is None:
            return Spot(sheet="survey" if self._survey else "", node=node, column=columns[0] if columns else "")
        column = next((line.cells[name].header for name in columns if name in line.cells), "")
        return Spot("survey", line.number, column, node)

    def mention(self, file: str) -> Spot:
        """Return the first cell that names a file, with its ending or as functions name it, without."""
        stem = file.rpartition(".")[0] or file
        for word in (file, f"'{stem}'", f'"{stem}"', stem):
            for line in self._by_path.values():
                cell = next((one for one in line.cells.values() if word in one.text), None)
                if cell is not None:
                    return Spot("survey", line.number, cell.header, line.path)
        return Spot(sheet="survey" if self._survey else "", node="" if self._survey else file)

    def line(self, node: str) -> Line | None:
        """Return the survey row of a node's path `/data/a/b`, or None."""
        return self._by_path.get("/" + node.partition("/")[2].partition("/")[2])
