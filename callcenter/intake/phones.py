"""A cell with telephone numbers: taken apart, each part read and repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass

from callcenter.intake.names import is_empty
from callcenter.phone import read_part

_CUT = re.compile(r"[\n\r;,|]+| / |\s(?:of|en|ou|or)\s", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Phone:
    """A usable number and the column it stood in: phone1, phone2, parent1_phone, parent2_phone."""

    e164: str
    column: str


@dataclass(frozen=True)
class PhonePart:
    """One part of a cell: as written, as E.164 or None, and its repair code or an empty text."""

    text: str
    e164: str | None
    repair: str


@dataclass(frozen=True)
class PhoneCell:
    """What a cell holds; `split` when it held several numbers and one of them is usable."""

    parts: tuple[PhonePart, ...] = ()
    split: bool = False


_NONE = PhoneCell()


def read_phones(text: str) -> PhoneCell:
    """Return the numbers of a cell; parts without any digit are ignored."""
    if not text or is_empty(text):
        return _NONE
    parts = tuple(_read(part) for part in _CUT.split(text) if _DIGIT.search(part))
    # A repair counts for usable numbers only.
    return PhoneCell(parts, len(parts) > 1 and any(part.e164 for part in parts))


def _read(part: str) -> PhonePart:
    reading = read_part(part)
    return PhonePart(part.strip(), reading.e164, reading.repair)
