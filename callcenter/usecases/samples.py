"""An accepted row of a list becomes a respondent, with roles and labels for its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from callcenter.domain.sample import Number, Parent, Respondent
from callcenter.ids import Id
from callcenter.intake.alumni import AlumniRow
from callcenter.intake.languages import language_code
from callcenter.intake.names import is_empty, name_key
from callcenter.text import N_, translator
from callcenter.usecases.best_time import slots_of

SPOKEN = ("nl", "en", "fr")
# Column of the list -> role and label of a number.
_NUMBER_PLACES: Mapping[str, tuple[str, str]] = {
    "phone1": ("subject", N_("Mobile")),
    "phone2": ("subject", N_("Second number")),
    "parent1_phone": ("parent", N_("Parent")),
    "parent2_phone": ("parent", N_("Second parent")),
}

Key = tuple[str, str]


def person_key(first_name: str, last_name: str, born: object) -> Key:
    """Return what recognises a person without a number: the names in one spelling, and the birth date."""
    return name_key(first_name, last_name), str(born or "")


def respondent_of(row: AlumniRow, person: Id, shared: frozenset[str]) -> Respondent:
    """Return the respondent of an accepted row; `shared` are the numbers that several people of the list have."""
    return Respondent(
        person=person,
        first_name=row.first_name,
        last_name=row.last_name,
        site=row.site,
        reference=row.number,
        birth_date=row.birth_date,
        language=row.language if row.language in SPOKEN else "nl",
        home_language=language_code(_cell(row, "home_language")),
        numbers=_numbers(row, shared),
        email=_cell(row, "email"),
        do_not_call=row.do_not_call,
        start_year=_cell(row, "start_year"),
        schooling=row.schooling,
        best_time=_cell(row, "best_time"),
        best_slots=slots_of(_cell(row, "best_time")),
        parents=_parents(row),
        street=_cell(row, "street"),
        postcode=_cell(row, "postcode"),
        town=_cell(row, "town"),
        remarks=row.remarks.strip(),
        source=f"{row.sheet}:{row.row}" if row.sheet else str(row.row),
    )


def shared_numbers(rows: Iterable[AlumniRow]) -> frozenset[str]:
    """Return the numbers that two or more rows have."""
    seen: set[str] = set()
    twice: set[str] = set()
    for row in rows:
        for number in {phone.e164 for phone in row.phones}:
            (twice if number in seen else seen).add(number)
    return frozenset(twice)


def renewed(known: Respondent, new: Respondent, used: Iterable[str]) -> Respondent:
    """Return the new row's respondent in the place of a known one: same person, and each number keeps its id.

    `used` are ids that attempts name, so no new number gets the id of one that is gone.
    """
    ids = {number.e164: number.id for number in known.numbers}
    last = max((int(i[1:]) for i in {*ids.values(), *used} if i[1:].isdigit()), default=0)
    numbers = []
    for number in new.numbers:
        if number.e164 not in ids:
            last += 1
            ids[number.e164] = f"n{last}"
        numbers.append(replace(number, id=ids[number.e164]))
    return replace(new, person=known.person, numbers=tuple(numbers), source=known.source)


def _numbers(row: AlumniRow, shared: frozenset[str]) -> tuple[Number, ...]:
    say = translator("nl")  # the list's language: labels stand beside its names
    found = []
    for place, phone in enumerate(row.phones, 1):
        role, label = _NUMBER_PLACES[phone.column]
        words = _relation(row, phone.column) or say(label)
        found.append(Number(f"n{place}", phone.e164, role, words, shared=phone.e164 in shared))
    return tuple(found)


def _parents(row: AlumniRow) -> tuple[Parent, ...]:
    told = (
        Parent(_cell(row, "parent1"), _cell(row, "parent1_relation")),
        Parent(_cell(row, "parent2")),
    )
    return tuple(parent for parent in told if parent.name)


def _relation(row: AlumniRow, column: str) -> str:
    """Return `Mama` where the list tells who the first parent is."""
    return _cell(row, "parent1_relation").capitalize() if column == "parent1_phone" else ""


def _cell(row: AlumniRow, field: str) -> str:
    text = row.raw.get(field, "").strip()
    return "" if is_empty(text) else text
