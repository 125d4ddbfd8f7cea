"""Warnings on cells that are kept as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from callcenter.intake.columns import YEARS
from callcenter.intake.findings import Sort
from callcenter.intake.names import is_empty

REMARK_LIMIT = 2000
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
_GRADE = re.compile(r"[1-7]\s*(?:ste|de|e)?\s*(?:jaar)?", re.IGNORECASE)
_ATTESTS = frozenset({"A", "A-REM", "A-UIT", "B", "C", "UITG", "DIPL"})
_FORMULA = ("=", "+", "-", "@")
_TEXTS = frozenset(
    ["remarks", "email", "parent1", "parent2", "street", "town", "best_time"]
    + [f"{part} {year}" for year in YEARS for part in ("school", "program")]
)

_ATTEST = ("attest 2024-2025",)
_GRADES = tuple(f"grade {year}" for year in YEARS)

Note = Callable[[Sort, str, str], None]


def valid_email(text: str) -> bool:
    """Tell whether a text has the form a@b.cc."""
    return _EMAIL.fullmatch(text) is not None


def doubts(cells: Mapping[str, str], note: Note) -> None:
    """Note each doubtful cell of an accepted row, once per code and row; `cells` are the filled ones by field."""
    email = cells.get("email", "").strip()
    if email and not valid_email(email) and not is_empty(email):
        note(Sort.WARNING, "bad_email", "email")
    postcode = cells.get("postcode", "").strip()
    if postcode and not _POSTCODE.fullmatch(postcode) and not is_empty(postcode):
        note(Sort.WARNING, "bad_postcode", "postcode")
    _first(note, "bad_grade", [name for name in _GRADES if _bad_grade(cells.get(name, ""))])
    _first(note, "bad_attest", [name for name in _ATTEST if _bad_attest(cells.get(name, ""))])
    _first(note, "formula_text", [name for name, text in cells.items() if _like_formula(name, text)])


def _first(note: Note, code: str, names: Sequence[str]) -> None:
    if names:
        note(Sort.WARNING, code, names[0])


def _bad_grade(text: str) -> bool:
    # A question mark is no grade: only an empty cell says that there is none.
    return bool(text.strip()) and not _GRADE.fullmatch(text.strip())


def _bad_attest(text: str) -> bool:
    return not is_empty(text) and text.strip() not in _ATTESTS


def _like_formula(name: str, text: str) -> bool:
    return text[0] in _FORMULA and name in _TEXTS and text.strip() != "-"
