"""A cell with telephone numbers: taken apart, each part read and repaired."""

from __future__ import annotations

import re
from typing import NamedTuple

from callcenter.intake.names import is_empty
from callcenter.phone import Reading, read_part

_CUT = re.compile(r"[\n\r;,|]+| / |\s(?:of|en|ou|or)\s", re.IGNORECASE)
_ONE = re.compile(r"[0-9+(][0-9+./()-]*[0-9](?: [0-9.()-]*[0-9])*")
_DIGIT = re.compile(r"\d")


class Phone(NamedTuple):
    """A usable number and the column it stood in: phone1, phone2, parent1_phone, parent2_phone."""

    e164: str
    column: str


class PhoneCell(NamedTuple):
    """What a cell holds: each part as written, and as read; `split` when it held several and one is usable."""

    parts: tuple[tuple[str, Reading], ...] = ()
    split: bool = False


_NONE = PhoneCell()


def read_phones(text: str) -> PhoneCell:
    """Return the numbers of a cell; parts without any digit are ignored."""
    if _ONE.fullmatch(text):
        return PhoneCell(((text, read_part(text)),))
    if is_empty(text):
        return _NONE
    parts = tuple((part.strip(), read_part(part)) for part in _CUT.split(text) if _DIGIT.search(part))
    # A repair counts for usable numbers only.
    return PhoneCell(parts, len(parts) > 1 and any(reading.e164 for _, reading in parts))
