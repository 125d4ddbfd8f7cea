"""The people who work here: read from a list, added by hand, kept as one roster with their shifts."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.event import RosterChanged
from callcenter.domain.sample import Respondent
from callcenter.errors import CallcenterError
from callcenter.ids import new_id
from callcenter.intake.table import decode
from callcenter.ports import UnitOfWork
from callcenter.text import LOCAL_ZONE, N_

COLUMNS = ("code", "voornaam", "familienaam", "rol", "locatie", "talen", "alumni_nr", "school", "diensten")
# An optional column: who may call after a soft refusal.
_CONVERTER = "overtuiger"
_NEEDED = ("code", "voornaam", "familienaam", "rol")
_ROLES = {
    "agent": Role.AGENT,
    "beller": Role.AGENT,
    "supervisor": Role.SUPERVISOR,
    "begeleider": Role.SUPERVISOR,
    "coordinator": Role.COORDINATOR,
    "coördinator": Role.COORDINATOR,
}
_SHIFT = re.compile(r"(\d{4}-\d\d-\d\d) (\d?\d:\d\d)-(\d?\d:\d\d)")


class RosterColumnMissing(CallcenterError):
    """The list of people lacks a column."""

    code = "ROSTER-01"
    what = N_("The list of people has no column '{column}'.")
    advice = N_("The first row must hold: code;voornaam;familienaam;rol;locatie;talen;alumni_nr;school;diensten.")


class RosterRowWrong(CallcenterError):
    """A cell of the list of people makes no sense."""

    code = "ROSTER-02"
    what = N_("Row {row} of the list of people: '{value}' cannot stand in column '{column}'.")
    advice = N_("Mend this cell, then choose the list again. Nothing was changed.")


class RosterUnreadable(CallcenterError):
    """The list of people cannot be opened."""

    code = "ROSTER-03"
    what = N_("The file {file} cannot be read as a list of people.")
    advice = N_("Save the list as CSV, close it, and choose it again.")


@dataclass(frozen=True)
class RosterRow:
    """One person as a list or a form tells it; `alumni` is the number under which the sample knows them."""

    code: str
    first_name: str
    last_name: str
    role: Role
    site: str = ""
    languages: tuple[str, ...] = ("nl",)
    alumni: str = ""
    school: str = ""
    shifts: tuple[Shift, ...] = ()
    converter: bool = False

    @property
    def name(self) -> str:
        """Return first and last name."""
        return f"{self.first_name} {self.last_name}".strip()


def read_roster(path: Path) -> tuple[RosterRow, ...]:
    """Return the people of a CSV file with the header of `COLUMNS`, in its order; blank rows are left out.

    Raises RosterUnreadable, RosterColumnMissing or RosterRowWrong with row and column.
    """
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise RosterUnreadable(file=path.name) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text[:400] else ",")
    header = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    for column in _NEEDED:
        if column not in header:
            raise RosterColumnMissing(column=column)
    rows = []
    seen: set[str] = set()
    for number, cells in enumerate(reader, 2):
        told = {
            column: (cells.get(header[column]) or "").strip() for column in (*COLUMNS, _CONVERTER) if column in header
        }
        if any(told.values()):
            rows.append(_row(number, told, seen))
    return tuple(rows)


def _row(number: int, told: Mapping[str, str], seen: set[str]) -> RosterRow:
    for column in _NEEDED:
        if not told[column] or (column == "code" and told[column] in seen):
            raise RosterRowWrong(row=number, column=column, value=told[column])
    seen.add(told["code"])
    role = _ROLES.get(told["rol"].lower())
    if role is None:
        raise RosterRowWrong(row=number, column="rol", value=told["rol"])
    if role is not Role.COORDINATOR and not told.get("locatie"):
        raise RosterRowWrong(row=number, column="locatie", value="")
    return RosterRow(
        code=told["code"],
        first_name=told["voornaam"],
        last_name=told["familienaam"],
        role=role,
        site=told.get("locatie", ""),
        languages=_languages(told.get("talen", "")),
        alumni=told.get("alumni_nr", ""),
        school=told.get("school", ""),
        shifts=_shifts(number, told.get("diensten", "")),
        converter=told.get(_CONVERTER, "").lower() in ("x", "ja", "oui", "yes", "1"),
    )


def _languages(told: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(word for word in re.split(r"[,\s/]+", told.lower()) if word))
    return found or ("nl",)


def _shifts(number: int, told: str) -> tuple[Shift, ...]:
    pieces = (part.strip() for part in told.split("|"))
    return tuple(_shift(number, piece) for piece in pieces if piece)


def _shift(number: int, piece: str) -> Shift:
    shift = _block(piece)
    if shift is None or shift.start >= shift.end:
        raise RosterRowWrong(row=number, column="diensten", value=piece)
    return shift


def _block(text: str) -> Shift | None:
    found = _SHIFT.fullmatch(text)
    try:
        return found and Shift(_local(found[1], found[2]), _local(found[1], found[3]))
    except ValueError:  # no such day or hour
        return None


def _local(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock.rjust(5, '0')}").replace(tzinfo=LOCAL_ZONE)


def change_roster(work: UnitOfWork, rows: Sequence[RosterRow]) -> tuple[Agent, ...]:
    """Make the roster of these rows; return it as it is from now on.

    A person keeps their id over lists (by code, else by name and role), so leases and attempts stay theirs. People
    who are not in the list leave the roster, except coordinators: nobody must lock the office out. What the sample
    knows of an agent who is an alumnus (numbers, cohort, schools) is looked up for recusal.
    """
    known = work.campaigns.roster()
    alumni = _alumni(work)
    people = [_agent(work, row, known, alumni.get(row.alumni) if row.alumni else None) for row in rows]
    named = {person.id for person in people}
    people += [a for a in known if a.role is Role.COORDINATOR and a.id not in named]
    roster = tuple(people)
    if roster != tuple(known):
        work.events.append(RosterChanged(roster))
    return roster


def add_person(work: UnitOfWork, row: RosterRow) -> Agent:
    """Add one person, or change the one with this code, and return them."""
    known = work.campaigns.roster()
    person = _agent(work, row, known, _alumni(work).get(row.alumni) if row.alumni else None)
    others = tuple(a for a in known if a.id != person.id)
    work.events.append(RosterChanged((*others, person)))
    return person


def _agent(work: UnitOfWork, row: RosterRow, known: Iterable[Agent], alumnus: Respondent | None) -> Agent:
    before = next((a for a in known if a.code == row.code), None) or next(
        (a for a in known if not a.code and a.name == row.name and a.role is row.role), None
    )
    schools = (row.school,) if row.school else ()
    made = Agent(
        id=before.id if before else new_id(work.now()),
        name=row.name,
        role=row.role,
        site=row.site,
        languages=row.languages,
        reference=row.alumni,
        family_name=row.last_name,
        schools=schools,
        shifts=row.shifts,
        code=row.code,
        converter=row.converter or (before is not None and before.converter),
    )
    if alumnus is None:
        return made
    visited = [told.get("school", "") for _, told in sorted(alumnus.schooling.items())]
    return dataclasses.replace(
        made,
        start_year=alumnus.start_year,
        schools=tuple(dict.fromkeys(school for school in (*schools, *visited) if school)),
        numbers=tuple(number.e164 for number in alumnus.numbers),
    )


def _alumni(work: UnitOfWork) -> dict[str, Respondent]:
    """Return the people of all samples by alumni number; the newest campaign's words count."""
    found: dict[str, Respondent] = {}
    for record in reversed(work.campaigns.all()):
        for case in work.cases.all(record.id):
            if case.respondent is not None and case.respondent.reference:
                found[case.respondent.reference] = case.respondent
    return found
