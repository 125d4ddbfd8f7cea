"""A cell with telephone numbers: taken apart, each part read and repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass

from callcenter.intake.names import is_empty
from callcenter.phone import read_part

_CUT = re.compile(r"[\n\r;,|]+| / |\s(?:of|en|ou|or)\s", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class PhonePart:
    """One part of a cell: as written, as E.164 or None, and its repair code or an empty text."""

    text: str
    e164: str | None
    repair: str


@dataclass(frozen=True)
class PhoneCell:
    """What a cell holds; `split` when it held several numbers."""

    parts: tuple[PhonePart, ...] = ()
    split: bool = False


_NONE = PhoneCell()


def read_phones(text: str) -> PhoneCell:
    """Return the numbers of a cell; parts without any digit are ignored."""
    if is_empty(text):
        return _NONE
    parts = [part for part in _CUT.split(text) if _DIGIT.search(part)] if _CUT.search(text) else [text]
    read = tuple(_read(part) for part in parts if _DIGIT.search(part))
    return PhoneCell(read, len(read) > 1)


def _read(part: str) -> PhonePart:
    reading = read_part(part)
    return PhonePart(part.strip(), reading.e164, reading.repair)
