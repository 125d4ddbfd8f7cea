"""Reading the case list of `callcenter plan`: seven columns, a row at a time, every wrong cell with its row."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.queue.listing import Listed
from callcenter.text import N_

COLUMNS = ("unit", "case", "number", "language", "site", "value", "last_agent")
MOST_WORTH = 1_000_000
# So many wrong rows are named; a list with more has one mistake all over.
_NAMED = 10


class CasesUnreadable(CallcenterError):
    """The case list cannot be opened or is no text."""

    code = "PLAN-01"
    what = N_("The file {file} cannot be read as a list of cases.")
    advice = N_("Save the list as CSV in UTF-8, close it, and run the command again.")


class CasesEmpty(CallcenterError):
    """The case list has no rows."""

    code = "PLAN-02"
    what = N_("The file {file} holds no case.")
    advice = N_(
        "The first row names the columns unit, case, number, language, site, value, last_agent; cases follow."
    )


class CaseColumnMissing(CallcenterError):
    """The case list lacks a column."""

    code = "PLAN-03"
    what = N_("The list of cases has no column '{column}'. It has: {found}.")
    advice = N_("Name the columns unit, case, number, language, site, value, last_agent in the first row.")


class CasesWrong(CallcenterError):
    """Cells of the case list make no sense; nothing is planned on half a list."""

    code = "PLAN-04"
    what = N_("The list of cases has {n} wrong cells: {cells}.")
    advice = N_("Mend these rows, then run the command again. Nothing was planned.")


@dataclass(frozen=True)
class Finding:
    """Something in a list that does not stop the plan: a code with its facts."""

    code: str
    facts: Mapping[str, int | str]


@dataclass
class CaseList:
    """What a file told: the rows in columns, and what was noticed."""

    listed: Listed = field(default_factory=Listed)
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Reading:
    """A file while it is read."""

    listed: Listed = field(default_factory=Listed)
    rows: dict[Id, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    leaders: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    bad: int = 0
    joined: int = 0
    nameless: int = 0

    def refuse(self, row: int, column: str, told: str) -> None:
        """Note a wrong cell."""
        self.bad += 1
        if len(self.wrong) < _NAMED:
            self.wrong.append(f"{row}/{column}: '{told[:40]}'")

    def take(self, row: int, told: tuple[str, ...]) -> None:
        """Take one row in, or note what is wrong with it."""
        unit, case, number, language, site, value, last = told
        if not case or case in self.rows:
            self.refuse(row, "case", case)
            return
        worth = _whole(value)
        if worth is None:
            self.refuse(row, "value", value)
            return
        self.rows[case] = row
        listed = self.listed
        listed.cases.append(case)
        listed.units.append(self._unit(unit or case, number))
        listed.languages.append(sys.intern(language.lower()))
        listed.sites.append(sys.intern(site))
        listed.values.append(worth)
        listed.last.append(sys.intern(last))
        listed.dialled.append(bool(number))
        self.nameless += not language

    def _unit(self, key: str, number: str) -> int:
        """Return the unit of a row: cases that share a unit or a number are called together."""
        place = self.units.get(key)
        if place is None:
            place = self.units[key] = len(self.leaders)
            self.leaders.append(place)
        if number:
            other = self.numbers.setdefault(number, place)
            one, two = self._leader(place), self._leader(other)
            if one != two:
                self.leaders[max(one, two)] = min(one, two)
                self.joined += 1
        return place

    def _leader(self, place: int) -> int:
        while self.leaders[place] != place:
            self.leaders[place] = self.leaders[self.leaders[place]]  # shorten the way for the next look
            place = self.leaders[place]
        return place

    def closed(self) -> Listed:
        """Return the list with each unit named by the smallest key of those that were joined."""
        names: dict[int, str] = {}
        for key, place in self.units.items():
            leader = self._leader(place)
            names[leader] = min(names.get(leader, key), key)
        places = {leader: number for number, leader in enumerate(names)}
        for case, unit in enumerate(self.listed.units):
            self.listed.units[case] = places[self._leader(unit)]
        self.listed.keys = list(names.values())
        return self.listed


def _whole(text: str) -> int | None:
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal()) or len(plain) > len(str(MOST_WORTH)):
        return None
    worth = int(plain)
    return worth if worth <= MOST_WORTH else None


def read_cases(path: Path) -> CaseList:
    """Return the cases of a CSV file; its separator is a semicolon, a comma or a tab.

    Raises CasesUnreadable, CasesEmpty, CaseColumnMissing, CasesWrong.
    """
    reading = _Reading()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            spare = _read(file, path.name, reading)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CasesUnreadable(file=path.name) from error
    if reading.bad:
        raise CasesWrong(n=reading.bad, cells="; ".join(reading.wrong))
    if not reading.rows:
        raise CasesEmpty(file=path.name)
    noticed = {"unknown_columns": len(spare), "units_joined": reading.joined, "no_language": reading.nameless}
    found = [Finding(code, {"n": n, "columns": ", ".join(spare)}) for code, n in noticed.items() if n]
    return CaseList(reading.closed(), found)


def _read(file: TextIO, name: str, reading: _Reading) -> list[str]:
    """Read all rows; return the columns that are not used."""
    first = file.readline()
    reader = csv.reader(_lines(first, file), delimiter=max(";,\t", key=first.count), strict=True)
    header = [column.strip().lower() for column in next(reader, [])]
    places = _places(header, name)
    for cells in reader:
        if any(cells):
            told = (cells[place].strip() if place < len(cells) else "" for place in places)
            reading.take(reader.line_num, tuple(told))
    return [column for column in header if column not in COLUMNS]


def _lines(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _places(header: list[str], name: str) -> list[int]:
    if not any(header):
        raise CasesEmpty(file=name)
    for column in COLUMNS:
        if header.count(column) != 1:
            raise CaseColumnMissing(column=column, found=", ".join(header)[:200])
    return [header.index(column) for column in COLUMNS]
