"""Columns -> alumni: each row judged in the list's order, by the first rule that applies."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path

from callcenter.intake import judging
from callcenter.intake.columns import SCHOOL_PARTS, SEARCHED_ROWS, YEARS, Columns, NoHeader, find_columns, skip_reason
from callcenter.intake.doubts import REMARK_LIMIT, doubts
from callcenter.intake.duplicates import Mark, Seen
from callcenter.intake.findings import Finding, Sort
from callcenter.intake.judging import Judged
from callcenter.intake.languages import language_code
from callcenter.intake.names import is_empty, name_key
from callcenter.intake.phones import Phone
from callcenter.intake.schooling import school_year
from callcenter.intake.table import ListEmpty, Row, Sheet, open_list

_EVERY = 250
"""Rows between two words of progress."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AlumniRow:
    """An accepted person.

    `language` is a code, empty where the list tells none. `raw` keeps every filled cell of a known column as written
    (by field, without control characters), `aside` those of unknown columns by header.
    """

    sheet: str
    row: int
    number: str
    first_name: str
    last_name: str
    birth_date: date | None
    site: str
    phones: tuple[Phone, ...]
    do_not_call: bool
    language: str
    raw: Mapping[str, str]
    aside: Mapping[str, str]

    @property
    def remarks(self) -> str:
        """Return the remarks, cut where they are too long; `raw` keeps them whole."""
        return self.raw.get("remarks", "")[:REMARK_LIMIT]

    @property
    def schooling(self) -> dict[str, dict[str, str]]:
        """Return the codes of each school year of which the list tells anything."""
        told = {y: school_year({p: self.raw.get(f"{p} {y}", "") for p in SCHOOL_PARTS}) for y in YEARS}
        return {year: codes for year, codes in told.items() if codes}


@dataclass(frozen=True, slots=True)
class SamplePreview:
    """A judged list; nothing was written yet. `sheets_read` is None for a text table."""

    file: str
    as_of: date
    sheets_read: tuple[str, ...] | None
    sheets_ignored: tuple[str, ...]
    skipped: Mapping[str, int]
    rows: int
    accepted: tuple[AlumniRow, ...]
    findings: tuple[Finding, ...]


def read_list(path: Path, as_of: date, progress: Progress | None = None) -> SamplePreview:
    """Read and judge a list; write nothing.

    `progress` is told (rows done, rows in all) every few hundred rows and may raise to stop; the second number is the
    file's own word until the end is reached. Raises ListUnreadable, ListEmpty or NoHeader.
    """
    read: list[str] = []
    ignored: list[str] = []
    empty = True
    with _without_collector(), open_list(path) as sheets:
        told = _Told(progress, sum(sheet.size for sheet in sheets))
        reader = _Reader(as_of, in_workbook=bool(sheets[0].name) if sheets else False)
        for sheet in sheets:
            rows = told.counted(sheet.rows)
            head = list(islice(rows, SEARCHED_ROWS))
            columns = find_columns(head)
            (ignored if columns is None else read).append(sheet.name)
            if columns is not None:
                reader.read(sheet, columns, chain(head[columns.row :], rows))
            empty = empty and columns is None and not any(row.filled() for row in chain(head, rows))
        told.end()
    if not read:
        raise (ListEmpty if empty else NoHeader)(file=path.name)
    return SamplePreview(
        file=path.name,
        as_of=as_of,
        sheets_read=tuple(read) if reader.in_workbook else None,
        sheets_ignored=tuple(ignored),
        skipped=dict(reader.skipped),
        rows=reader.rows,
        accepted=tuple(reader.accepted),
        findings=tuple(reader.findings),
    )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Spare the garbage collector a list's half a million values: they hold no circles, so it would find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class _Told:
    """Counts the rows that were read and tells of it."""

    progress: Progress | None
    total: int
    done: int = 0

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.done += 1
            if self.progress is not None and self.done % _EVERY == 0:
                self.progress(self.done, max(self.done, self.total))
            yield row

    def end(self) -> None:
        if self.progress is not None:
            self.progress(self.done, self.done)


@dataclass
class _Reader:
    """What is known while a list is read from top to bottom."""

    as_of: date
    in_workbook: bool
    seen: Seen = field(default_factory=Seen)
    numbers: dict[str, int] = field(default_factory=dict)
    accepted: list[AlumniRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    def read(self, sheet: Sheet, columns: Columns, rows: Iterable[Row]) -> None:
        """Judge the rows below a header; blank ones count only above the last row that is filled."""
        blank = 0
        for row in rows:
            reason = skip_reason(row, columns)
            if reason == "blank":
                blank += 1
                continue
            self.skipped["blank"] += blank
            blank = 0
            if reason:
                self.skipped[reason] += 1
            else:
                self.rows += 1
                self._judge(Judged(sheet.name, columns, row, columns.cells(row)))

    def _judge(self, judged: Judged) -> None:
        first, last = judging.read_name(judged, "first_name"), judging.read_name(judged, "last_name")
        refused = judging.refused_name(judged, first, last)
        if refused:
            self.findings.append(refused)
            return
        born = judging.birth_date(judged, self.as_of, in_workbook=self.in_workbook)
        if born.bad:
            self.findings.append(judged.finding(Sort.REJECTED, "bad_birth_date", "birth_date"))
            return
        site = judging.site(judged)
        if not site.name:
            self.findings.append(judged.finding(Sort.REJECTED, "unknown_site", "site"))
            return
        self._place(judged, _row(judged, (first, last), born.day, site.name))

    def _place(self, judged: Judged, row: AlumniRow) -> None:
        """Accept the row, unless somebody above is the same person or has its number."""
        contacts = judging.contacts(judged, row.phones)
        mark = Mark(name_key(row.first_name, row.last_name), row.birth_date, contacts)
        match = self.seen.match(mark)
        if match is not None:
            self._repeated(judged, row, *match)
        elif row.number in self.numbers:
            above = self.accepted[self.numbers[row.number]]
            self.findings.append(judged.finding(Sort.REJECTED, "id_conflict", "number", _where(above, row)))
        else:
            self._accept(judged, row, mark)

    def _repeated(self, judged: Judged, row: AlumniRow, code: str, place: int) -> None:
        above = self.accepted[place]
        self.findings.append(judged.finding(Sort.DUPLICATE, code, "last_name", _where(above, row)))
        if row.do_not_call and not above.do_not_call:
            self.accepted[place] = replace(above, do_not_call=True)

    def _accept(self, judged: Judged, row: AlumniRow, mark: Mark) -> None:
        place = self.seen.add(mark)
        if row.number:
            self.numbers[row.number] = place
        judging.note_lost_character(judged, row.first_name, row.last_name)
        doubts(judged.cells, judged.note)
        self.accepted.append(row)
        self.findings += judged.findings


def _row(judged: Judged, names: tuple[str, str], born: date | None, site: str) -> AlumniRow:
    number = judged.text("number").strip()
    return AlumniRow(
        sheet=judged.sheet,
        row=judged.row.number,
        number="" if is_empty(number) else number,
        first_name=names[0],
        last_name=names[1],
        birth_date=born,
        site=site,
        phones=judging.phones(judged),
        do_not_call=judging.do_not_call(judged),
        language=language_code(judged.text("language")),
        raw=judging.kept(judged),
        aside=judging.kept_aside(judged),
    )


def _where(above: AlumniRow, row: AlumniRow) -> str:
    """Return the place of a row above as somebody would look it up: `12`, or `Gent 12` on another sheet."""
    return str(above.row) if above.sheet == row.sheet else f"{above.sheet} {above.row}"
