"""Which column holds what: headers compared without case, accents, blanks and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcenter.errors import CallcenterError
from callcenter.intake.table import Row, Sheet
from callcenter.text import N_

_SEARCHED_ROWS = 20
PHONES = ("phone1", "phone2", "parent1_phone", "parent2_phone")
YEARS = ("2024-2025", "2025-2026")
SCHOOL_PARTS = {
    "school": "School",
    "grade": "Leerjaar",
    "form": "Onderwijsvorm",
    "finality": "Finaliteit",
    "program": "Richting",
    "attest": "Attest",
}

_HEADERS: Mapping[str, Sequence[str]] = {
    "number": ("TAJO-nr", "Nr.", "Alumninummer"),
    "last_name": ("Familienaam", "Achternaam", "Naam"),
    "first_name": ("Voornaam",),
    "birth_date": ("Geboortedatum", "Geb. datum", "Geboren op"),
    "site": ("Locatie", "Vestiging", "Stad"),
    "phone1": ("Gsm", "GSM-nummer", "Mobiel"),
    "phone2": ("Tweede nummer", "Tel. thuis", "Ander nummer"),
    "parent1_phone": ("Gsm ouder 1", "Telefoon ouder 1"),
    "parent2_phone": ("Gsm ouder 2", "Telefoon ouder 2"),
    "email": ("E-mail", "Mail"),
    "do_not_call": ("Niet bellen", "NIET BELLEN!", "Niet opbellen"),
    "remarks": ("Opmerkingen", "Opm."),
    "sex": ("Geslacht", "M/V/X"),
    "start_year": ("Startjaar TAJO",),
    "language": ("Contacttaal",),
    "home_language": ("Thuistaal",),
    "parent1": ("Ouder 1", "Naam ouder 1"),
    "parent1_relation": ("Relatie ouder 1",),
    "parent2": ("Ouder 2", "Naam ouder 2"),
    "street": ("Straat en nr",),
    "postcode": ("Postcode",),
    "town": ("Gemeente",),
    "best_time": ("Beste moment",),
    **{f"{part} {year}": (f"{word} {year}",) for year in YEARS for part, word in SCHOOL_PARTS.items()},
}
_NEEDED = ("first_name", "last_name", "birth_date")


class NoHeader(CallcenterError):
    """No sheet has the columns without which nobody can be recognised."""

    code = "INTAKE-03"
    what = N_("No row with headers was found in {file}: a first name, a last name and a birth date are needed.")
    advice = N_("Give the list a row with the headers Voornaam, Familienaam and Geboortedatum, then choose it again.")


def plain(header: str) -> str:
    """Return a header without case, accents, blanks and punctuation."""
    spread = unicodedata.normalize("NFKD", header.casefold())
    return re.sub(r"[\W_]", "", "".join(c for c in spread if not unicodedata.combining(c)))


_FIELD_OF = {plain(word): name for name, words in _HEADERS.items() for word in words}


@dataclass(frozen=True)
class Columns:
    """Where each field stands in one sheet; `headers` is the row of headers as written."""

    row: int
    headers: tuple[str, ...]
    places: Mapping[str, int]

    def place(self, field: str) -> int | None:
        """Return the column of a field, counted from 0, or None where the list lacks it."""
        return self.places.get(field)

    def header(self, field: str) -> str:
        """Return a field's header as written in this list."""
        place = self.places.get(field)
        return self.headers[place] if place is not None else ""

    def unknown(self) -> tuple[int, ...]:
        """Return the columns with a header that means nothing here: they are kept aside."""
        known = set(self.places.values())
        return tuple(i for i, h in enumerate(self.headers) if h.strip() and i not in known)


def find_columns(sheet: Sheet) -> Columns | None:
    """Return the columns of a sheet by the first of its first rows that is a header, or None for no data sheet."""
    for row in sheet.rows[:_SEARCHED_ROWS]:
        places: dict[str, int] = {}
        for column, text in enumerate(row.texts):
            field = _FIELD_OF.get(plain(text))
            if field is not None:
                places.setdefault(field, column)
        if all(needed in places for needed in _NEEDED):
            return Columns(row.number, tuple(row.texts), places)
    return None


def skip_reason(row: Row, columns: Columns) -> str:
    """Return why a row below the header is no person: blank, repeated_header or note; empty for a person."""
    filled = row.filled()
    if not filled:
        return "blank"
    headers = [(i, plain(h)) for i, h in enumerate(columns.headers) if h.strip()]
    repeated = sum(plain(row.text(i)) == h for i, h in headers)
    if 2 * repeated >= len(headers):
        return "repeated_header"
    names = all(row.text(columns.place(f)).strip() for f in ("first_name", "last_name"))
    return "note" if filled <= 2 and not names else ""
