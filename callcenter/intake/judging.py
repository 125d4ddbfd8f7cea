"""One row of a list under judgement: its cells read, with the findings that count once it is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from callcenter.intake.columns import PHONES, Columns
from callcenter.intake.dates import BirthDate, read_birth_date
from callcenter.intake.doubts import REMARK_LIMIT, valid_email
from callcenter.intake.findings import Finding, Sort
from callcenter.intake.names import is_empty, is_test, is_unsafe, lost_character, mend_name, without_control
from callcenter.intake.phones import Phone, read_phones
from callcenter.intake.sites import Site, read_site
from callcenter.intake.table import Row, Special

_DNC_YES = frozenset({"x", "ja", "j", "yes", "y", "oui", "o", "1", "true", "waar", "niet bellen", "stop"})
_DNC_NO = frozenset({"", "nee", "neen", "n", "no", "non", "0", "false", "onwaar", "-"})


@dataclass
class Judged:
    """A row, where it stands, its filled cells by field, and what was noted of it so far."""

    sheet: str
    columns: Columns
    row: Row
    cells: dict[str, str]
    findings: list[Finding] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the text of a field's cell, empty where the list lacks the column."""
        return self.cells.get(name, "")

    def special(self, name: str) -> Special | None:
        """Return what a workbook knows of a field's cell beyond its text."""
        place = self.columns.place(name)
        return None if place is None else self.row.special.get(place)

    def finding(self, sort: Sort, code: str, name: str, new: str = "", old: str | None = None) -> Finding:
        """Return a finding on a field's cell; `old` is the cell's text unless only a part of it is meant."""
        told = self.text(name) if old is None else old
        return Finding(sort, code, self.sheet, self.row.number, self.columns.header(name), told, new)

    def note(self, sort: Sort, code: str, name: str, new: str = "", old: str | None = None) -> None:
        """Keep a finding for the case that the row is accepted."""
        self.findings.append(self.finding(sort, code, name, new, old))


def read_name(judged: Judged, name: str) -> str:
    """Return a name with its letters repaired."""
    mended, repair = mend_name(judged.text(name))
    if repair:
        judged.note(Sort.REPAIRED, repair, name, mended)
    return mended


def refused_name(judged: Judged, first: str, last: str) -> Finding | None:
    """Return why these names refuse their row, or None."""
    names = (("first_name", first), ("last_name", last))
    for code, refuses in (("missing_name", is_empty), ("test_row", is_test), ("unsafe_name", is_unsafe)):
        for name, text in names:
            if refuses(text):
                return judged.finding(Sort.REJECTED, code, name)
    return None


def note_lost_character(judged: Judged, first: str, last: str) -> None:
    """Note once that a letter of a name was lost."""
    for name, text in (("first_name", first), ("last_name", last)):
        if lost_character(text):
            judged.note(Sort.WARNING, "lost_character", name)
            return


def birth_date(judged: Judged, as_of: date, *, in_workbook: bool) -> BirthDate:
    """Return the row's birth date; none at all is a doubt, not a refusal."""
    written = judged.text("birth_date")
    if is_empty(written):
        judged.note(Sort.WARNING, "birth_date_missing", "birth_date")
        return BirthDate()
    born = read_birth_date(written, judged.special("birth_date"), as_of, in_workbook=in_workbook)
    if born.repair and born.day:
        judged.note(Sort.REPAIRED, born.repair, "birth_date", born.day.isoformat())
    return born


def site(judged: Judged) -> Site:
    """Return the row's site; its name is empty where none can be told."""
    special = judged.special("site")
    found = read_site(judged.text("site"), special is not None and special.merged, judged.sheet)
    if found.name and found.repair:
        judged.note(Sort.REPAIRED, found.repair, "site", found.name)
    return found


def phones(judged: Judged) -> tuple[Phone, ...]:
    """Return the row's usable numbers, each once, with the first column that holds it."""
    found: dict[str, Phone] = {}
    for column in PHONES:
        text = judged.text(column)
        if not text:
            continue
        cell = read_phones(text)
        if cell.split:
            judged.note(Sort.REPAIRED, "phone_split", column)
        for part, reading in cell.parts:
            if reading.e164 is None:
                judged.note(Sort.NUMBER, "unusable", column, old=part)
                continue
            if reading.repair:
                judged.note(Sort.REPAIRED, reading.repair, column, reading.e164, part)
            found.setdefault(reading.e164, Phone(reading.e164, column))
    if not found:
        judged.note(Sort.WARNING, "no_usable_number", "phone1")
    return tuple(found.values())


def contacts(judged: Judged, found: tuple[Phone, ...]) -> frozenset[str]:
    """Return by what this person may be found again: usable numbers and a valid e-mail address."""
    email = judged.text("email").strip()
    return frozenset([phone.e164 for phone in found] + ([email] if valid_email(email) else []))


def do_not_call(judged: Judged) -> bool:
    """Tell whether the row says that this person may not be called; what is unclear counts as yes."""
    word = judged.text("do_not_call").strip().casefold()
    if word in _DNC_NO:
        return False
    if word not in _DNC_YES:
        judged.note(Sort.WARNING, "dnc_unclear", "do_not_call")
    return True


def kept(judged: Judged) -> dict[str, str]:
    """Return the filled cells of all fields as written, but without control characters."""
    raw = judged.cells
    if not "".join(raw.values()).isprintable():
        raw = {name: without_control(text) for name, text in raw.items()}
        for name, text in raw.items():
            if text != judged.cells[name]:
                judged.note(Sort.WARNING, "control_characters", name, text)
    remarks = raw.get("remarks", "")
    if len(remarks) > REMARK_LIMIT:
        judged.note(Sort.REPAIRED, "text_cut", "remarks", remarks[:REMARK_LIMIT])
    return raw


def kept_aside(judged: Judged) -> dict[str, str]:
    """Return the filled cells of columns that mean nothing here, by header."""
    cells = ((name, without_control(judged.row.text(column))) for column, name in judged.columns.aside)
    return {name: text for name, text in cells if text}
