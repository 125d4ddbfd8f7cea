"""Which column holds what: headers compared without case, accents, blanks and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import ascii_letters, digits

from callcenter.errors import CallcenterError
from callcenter.intake.table import Row
from callcenter.text import N_

SEARCHED_ROWS = 20
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

_HEADERS: dict[str, Sequence[str]] = {
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
# No attest is known of a school year that is not over.
del _HEADERS["attest 2025-2026"]
_NO_WORD = re.compile(r"[\W_]")
_INITIALS = frozenset(["", *ascii_letters, *digits])
_NEEDED = ("first_name", "last_name", "birth_date")


class NoHeader(CallcenterError):
    """No sheet has the columns without which nobody can be recognised."""

    code = "INTAKE-03"
    what = N_("No row with headers was found in {file}: a first name, a last name and a birth date are needed.")
    advice = N_("Give the list a row with the headers Voornaam, Familienaam and Geboortedatum, then choose it again.")


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """Return a header without case, accents, blanks and punctuation."""
    folded = header.casefold()
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return _NO_WORD.sub("", folded)


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

    def cells(self, row: Row) -> dict[str, str]:
        """Return the texts of a row by field; empty ones are left out."""
        texts = row.texts
        if len(texts) < len(self.headers):
            texts = texts + [""] * (len(self.headers) - len(texts))
        return {field: texts[place] for field, place in self.places.items() if texts[place]}

    def header(self, field: str) -> str:
        """Return a field's header as written in this list."""
        place = self.places.get(field)
        return self.headers[place] if place is not None else ""

    @cached_property
    def aside(self) -> tuple[tuple[int, str], ...]:
        """Return the columns that mean nothing here, with a name for each: its header, made unique by its letter."""
        known = set(self.places.values())
        names: dict[str, int] = {}
        for column, header in enumerate(self.headers):
            if column not in known:
                name = " ".join(header.split())
                names[name if name and name not in names else f"{name} {_letters(column)}".strip()] = column
        return tuple((column, name) for name, column in names.items())

    @cached_property
    def plain_headers(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return each header as it is compared, and the first characters that no repeat of it has."""
        plains = map(plain, self.headers)
        return tuple((header, _INITIALS - {header[:1], header[:1].upper()}) for header in plains)

    @cached_property
    def may_differ(self) -> int:
        """Return in how many cells a row may differ from the headers and still repeat them."""
        return sum(1 for header, _ in self.plain_headers if header) // 2


def _letters(column: int) -> str:
    """Return a column's letters as spreadsheets show them: A, B, ... Z, AA."""
    before, place = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + place)


def find_columns(head: Sequence[Row]) -> Columns | None:
    """Return the columns of a sheet by the first of its first rows that is a header, or None for no data sheet."""
    for row in head[:SEARCHED_ROWS]:
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
    filled = row.filled(enough=3)
    if not filled:
        return "blank"
    if _repeats_header(row, columns):
        return "repeated_header"
    names = all(row.is_filled(columns.place(f)) for f in ("first_name", "last_name"))
    return "note" if filled <= 2 and not names else ""


def _repeats_header(row: Row, columns: Columns) -> bool:
    may_differ = columns.may_differ
    # zip stops at the row's end: what is missing there differs, so it is taken off first.
    may_differ -= sum(1 for header, _ in columns.plain_headers[len(row.texts) :] if header)
    for text, (header, foreign) in zip(row.texts, columns.plain_headers, strict=False):
        # Most cells are told apart by their first letter, without being rewritten.
        if header and (text[:1] in foreign or plain(text) != header):
            may_differ -= 1
            if may_differ < 0:
                return False
    return may_differ >= 0
