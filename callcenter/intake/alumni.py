"""Columns -> alumni: each row judged in the list's order, by the first rule that applies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from callcenter.intake.columns import PHONES, SCHOOL_PARTS, YEARS, Columns, NoHeader, find_columns, skip_reason
from callcenter.intake.dates import BirthDate, read_birth_date
from callcenter.intake.doubts import REMARK_LIMIT, doubts, valid_email
from callcenter.intake.duplicates import Mark, Seen
from callcenter.intake.findings import Finding, Sort
from callcenter.intake.names import is_empty, is_test, is_unsafe, lost_character, mend_name, name_key, without_control
from callcenter.intake.phones import read_phones
from callcenter.intake.schooling import school_year
from callcenter.intake.sites import read_site
from callcenter.intake.table import Row, Sheet, read_sheets

_DNC_YES = frozenset({"x", "ja", "j", "yes", "y", "oui", "o", "1", "true", "waar", "niet bellen", "stop"})
_DNC_NO = frozenset({"", "nee", "neen", "n", "no", "non", "0", "false", "onwaar", "-"})
_LANGUAGES = {"nederlands": "nl", "frans": "fr", "français": "fr", "engels": "en", "english": "en", "turks": "tr"}
_EVERY = 250
"""Rows between two words of progress."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Phone:
    """A usable number and the column it stood in: phone1, phone2, parent1_phone, parent2_phone."""

    e164: str
    column: str


@dataclass(frozen=True)
class AlumniRow:
    """An accepted person; `raw` keeps every mapped cell as written, `aside` the cells of unknown columns."""

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
    def schooling(self) -> dict[str, dict[str, str]]:
        """Return the codes of each school year of which the list tells anything."""
        told = {y: school_year({p: self.raw.get(f"{p} {y}", "") for p in SCHOOL_PARTS}) for y in YEARS}
        return {year: codes for year, codes in told.items() if codes}


@dataclass(frozen=True)
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


@dataclass
class _Judged:
    """One row under judgement with the findings that only count when it is accepted."""

    sheet: Sheet
    columns: Columns
    row: Row
    findings: list[Finding] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.row.text(self.columns.place(name))

    def finding(self, sort: Sort, code: str, name: str, new: str = "", old: str | None = None) -> Finding:
        told = self.text(name) if old is None else old
        return Finding(sort, code, self.sheet.name, self.row.number, self.columns.header(name), told, new)

    def note(self, sort: Sort, code: str, name: str, new: str = "", old: str | None = None) -> None:
        self.findings.append(self.finding(sort, code, name, new, old))


def read_list(path: Path, as_of: date, progress: Progress | None = None) -> SamplePreview:
    """Read and judge a list; write nothing. `progress` is told (rows done, rows in all) and may raise to stop.

    Raises ListUnreadable, ListEmpty or NoHeader.
    """
    sheets = read_sheets(path)
    in_workbook = bool(sheets[0].name)
    found = [(sheet, find_columns(sheet)) for sheet in sheets]
    data = [(sheet, columns) for sheet, columns in found if columns is not None]
    if not data:
        raise NoHeader(file=path.name)
    reader = _Reader(as_of, in_workbook)
    total = sum(len(sheet.rows) - columns.row for sheet, columns in data)
    for done, judged in enumerate(_rows(data, reader), 1):
        _judge(judged, reader)
        if progress is not None and done % _EVERY == 0:
            progress(done, total)
    if progress is not None:
        progress(total, total)
    return SamplePreview(
        file=path.name,
        as_of=as_of,
        sheets_read=tuple(s.name for s, _ in data) if in_workbook else None,
        sheets_ignored=tuple(s.name for s, columns in found if columns is None),
        skipped=dict(reader.skipped),
        rows=reader.rows,
        accepted=tuple(reader.accepted),
        findings=tuple(reader.findings),
    )


def _rows(data: list[tuple[Sheet, Columns]], reader: _Reader) -> Iterator[_Judged]:
    for sheet, columns in data:
        last = max((r.number for r in sheet.rows if r.filled()), default=0)
        for row in sheet.rows[columns.row : last]:
            reason = skip_reason(row, columns)
            if reason:
                reader.skipped[reason] += 1
            else:
                reader.rows += 1
                yield _Judged(sheet, columns, row)


def _judge(judged: _Judged, reader: _Reader) -> None:
    first, last = _name(judged, "first_name"), _name(judged, "last_name")
    refused = _refused_name(judged, first, last)
    if refused:
        reader.findings.append(refused)
        return
    born = _birth_date(judged, reader)
    site = read_site(judged.text("site"), _is_merged(judged, "site"), judged.sheet.name)
    if born.bad or site.name == "":
        code, name = ("bad_birth_date", "birth_date") if born.bad else ("unknown_site", "site")
        reader.findings.append(judged.finding(Sort.REJECTED, code, name))
        return
    if site.repair:
        judged.note(Sort.REPAIRED, site.repair, "site", site.name)
    phones = _phones(judged)
    mark = Mark(judged.row.number, name_key(first, last), born.day, _contacts(judged, phones))
    _place(judged, reader, mark, _accepted(judged, (first, last), born.day, site.name, phones))


def _place(judged: _Judged, reader: _Reader, mark: Mark, row: AlumniRow) -> None:
    """Accept the row, unless somebody above is the same person or has its number."""
    match = reader.seen.match(mark)
    if match is not None:
        code, place = match
        above = reader.accepted[place]
        reader.findings.append(judged.finding(Sort.DUPLICATE, code, "last_name", str(above.row)))
        if row.do_not_call and not above.do_not_call:
            reader.accepted[place] = replace(above, do_not_call=True)
        return
    if row.number and row.number in reader.numbers:
        reader.findings.append(judged.finding(Sort.REJECTED, "id_conflict", "number"))
        return
    place = reader.seen.add(mark)
    if row.number:
        reader.numbers[row.number] = place
    lost = [n for n, text in (("first_name", row.first_name), ("last_name", row.last_name)) if lost_character(text)]
    for name in lost[:1]:
        judged.note(Sort.WARNING, "lost_character", name)
    doubts(judged.text, judged.note)
    reader.accepted.append(row)
    reader.findings += judged.findings


def _name(judged: _Judged, name: str) -> str:
    written = judged.text(name)
    mended, repair = mend_name(written)
    if repair:
        judged.note(Sort.REPAIRED, repair, name, mended)
    return mended


def _refused_name(judged: _Judged, first: str, last: str) -> Finding | None:
    for name, text in (("first_name", first), ("last_name", last)):
        if is_empty(text):
            return judged.finding(Sort.REJECTED, "missing_name", name)
    if is_test(first, last):
        return judged.finding(Sort.REJECTED, "test_row", "first_name")
    for name, text in (("first_name", first), ("last_name", last)):
        if is_unsafe(text):
            return judged.finding(Sort.REJECTED, "unsafe_name", name)
    return None


def _birth_date(judged: _Judged, reader: _Reader) -> BirthDate:
    written = judged.text("birth_date")
    if is_empty(written):
        judged.note(Sort.WARNING, "birth_date_missing", "birth_date")
        return BirthDate()
    place = judged.columns.place("birth_date")
    special = judged.row.special.get(place) if place is not None else None
    born = read_birth_date(written, special, reader.as_of, in_workbook=reader.in_workbook)
    if born.repair and born.day:
        judged.note(Sort.REPAIRED, born.repair, "birth_date", born.day.isoformat())
    return born


def _is_merged(judged: _Judged, name: str) -> bool:
    place = judged.columns.place(name)
    special = judged.row.special.get(place) if place is not None else None
    return special is not None and special.merged


def _phones(judged: _Judged) -> tuple[Phone, ...]:
    found: dict[str, Phone] = {}
    for column in PHONES:
        cell = read_phones(judged.text(column))
        if cell.split:
            judged.note(Sort.REPAIRED, "phone_split", column)
        for part in cell.parts:
            if part.e164 is None:
                judged.note(Sort.NUMBER, "unusable", column, old=part.text)
                continue
            if part.repair:
                judged.note(Sort.REPAIRED, part.repair, column, part.e164, part.text)
            found.setdefault(part.e164, Phone(part.e164, column))
    if not found:
        judged.note(Sort.WARNING, "no_usable_number", "phone1")
    return tuple(found.values())


def _contacts(judged: _Judged, phones: tuple[Phone, ...]) -> frozenset[str]:
    email = judged.text("email").strip()
    return frozenset([p.e164 for p in phones] + ([email] if valid_email(email) else []))


def _accepted(
    judged: _Judged, names: tuple[str, str], born: date | None, site: str, phones: tuple[Phone, ...]
) -> AlumniRow:
    raw = {name: _kept(judged, name) for name in judged.columns.places}
    aside = {judged.columns.headers[c]: judged.row.text(c) for c in judged.columns.unknown() if judged.row.text(c)}
    return AlumniRow(
        sheet=judged.sheet.name,
        row=judged.row.number,
        number=judged.text("number").strip(),
        first_name=names[0],
        last_name=names[1],
        birth_date=born,
        site=site,
        phones=phones,
        do_not_call=_do_not_call(judged),
        language=_language(judged.text("language")),
        raw=raw,
        aside=aside,
    )


def _kept(judged: _Judged, name: str) -> str:
    written = judged.text(name)
    text = without_control(written)
    if text != written:
        judged.note(Sort.WARNING, "control_characters", name, text)
    if name == "remarks" and len(text) > REMARK_LIMIT:
        judged.note(Sort.REPAIRED, "text_cut", name, text[:REMARK_LIMIT])
        return text[:REMARK_LIMIT]
    return text


def _do_not_call(judged: _Judged) -> bool:
    word = judged.text("do_not_call").strip().casefold()
    if word in _DNC_NO:
        return False
    if word not in _DNC_YES:
        judged.note(Sort.WARNING, "dnc_unclear", "do_not_call")
    return True


def _language(text: str) -> str:
    word = re.sub(r"\W", "", text.casefold())
    return _LANGUAGES.get(word, word[:2] if word.isascii() else "") or "nl"
