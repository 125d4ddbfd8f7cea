"""Warnings on cells that are kept as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from callcenter.intake.columns import YEARS
from callcenter.intake.findings import Sort
from callcenter.intake.names import is_empty

REMARK_LIMIT = 2000
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
_GRADE = re.compile(r"[1-7]\s*(?:ste|de|e)?\s*(?:jaar)?", re.IGNORECASE)
_ATTESTS = frozenset({"A", "A-REM", "A-UIT", "B", "C", "UITG", "DIPL"})
_FORMULA = ("=", "+", "-", "@")
_TEXTS = ("remarks", "email", "parent1", "parent2", "street", "town", "best_time") + tuple(
    f"{part} {year}" for year in YEARS for part in ("school", "program")
)

_GRADES = tuple(f"grade {year}" for year in YEARS)

Note = Callable[[Sort, str, str], None]


def valid_email(text: str) -> bool:
    """Tell whether a text has the form a@b.cc."""
    return _EMAIL.fullmatch(text) is not None


def doubts(text: Callable[[str], str], note: Note) -> None:
    """Note each doubtful cell of an accepted row, once per code and row."""
    email = text("email").strip()
    if email and not valid_email(email) and not is_empty(email):
        note(Sort.WARNING, "bad_email", "email")
    postcode = text("postcode").strip()
    if postcode and not _POSTCODE.fullmatch(postcode) and not is_empty(postcode):
        note(Sort.WARNING, "bad_postcode", "postcode")
    _first(note, "bad_grade", _GRADES, text, _bad_grade)
    _first(note, "bad_attest", ("attest 2024-2025",), text, _bad_attest)
    _first(note, "formula_text", _TEXTS, text, _like_formula)


def _first(
    note: Note, code: str, names: Iterable[str], text: Callable[[str], str], doubtful: Callable[[str], bool]
) -> None:
    for name in names:
        written = text(name)
        if written and doubtful(written):
            note(Sort.WARNING, code, name)
            return


def _bad_grade(text: str) -> bool:
    # A question mark is no grade: only an empty cell says that there is none.
    return bool(text.strip()) and not _GRADE.fullmatch(text.strip())


def _bad_attest(text: str) -> bool:
    return not is_empty(text) and text.strip() not in _ATTESTS


def _like_formula(text: str) -> bool:
    return text[0] in _FORMULA and text.strip() != "-"
