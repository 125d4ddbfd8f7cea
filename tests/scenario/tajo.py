"""The real questionnaire of the first template, converted once for all tests of a process."""

from __future__ import annotations

from functools import lru_cache

from callcenter.forms import xlsform
from callcenter.forms.session import FormDefinition, load
from resources import folder

FILE = folder("templates") / "tajo" / "questionnaire.md"
PRESETS = {
    "voornaam": "Aya",
    "organisatie": "TAJO vzw",
    "agent": "Yasmina",
    "minuten": "6",
    "age": "19",
    "needs_parent": "0",
    "school_year": "2025-2026",
    "prev_grade": "4",
    "prev_program": "Haarverzorging",
}


@lru_cache(maxsize=1)
def tajo() -> FormDefinition:
    """Return the form; about a second the first time."""
    return load(xlsform.convert(xlsform.read_markdown(FILE.read_text("utf-8"))).xml)
