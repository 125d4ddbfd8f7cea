"""The only door to phonenumbers: reads, repairs, normalises, shows and masks telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

REGION = "BE"
_MEMORY = 200_000


@dataclass(frozen=True)
class Reading:
    """One part of a cell read as a number: E.164 or None, and what was repaired (one code, or an empty text)."""

    e164: str | None
    repair: str = ""


def _library() -> Any:
    import phonenumbers  # loaded when a number is first read: its metadata costs a third of a second

    return phonenumbers


@lru_cache(maxsize=_MEMORY)
def normalise(text: str) -> str | None:
    """Return the number in E.164 when it is valid for libphonenumber with region BE, else None."""
    library = _library()
    try:
        number = library.parse(text, REGION)
    except library.NumberParseException:
        return None
    if not library.is_valid_number(number):
        return None
    return str(library.format_number(number, library.PhoneNumberFormat.E164))


@lru_cache(maxsize=4096)
def show(e164: str) -> str:
    """Return a number as people here write it: national for Belgium, international for the rest."""
    library = _library()
    number = library.parse(e164, REGION)
    formats = library.PhoneNumberFormat
    national = number.country_code == 32
    return str(library.format_number(number, formats.NATIONAL if national else formats.INTERNATIONAL))


def mask(e164: str) -> str:
    """Return a number with all but its first four and last two digits hidden: `0470 •• •• 12`."""
    shown = show(e164)
    digits = [i for i, char in enumerate(shown) if char.isdigit()]
    hidden = set(digits[4:-2])
    return re.sub(r"[/.\-]", " ", "".join("•" if i in hidden else char for i, char in enumerate(shown)))


def is_mobile(e164: str) -> bool:
    """Tell whether a number can be a mobile one."""
    library = _library()
    kinds = library.PhoneNumberType
    kind = library.number_type(library.parse(e164, REGION))
    return bool(kind in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE))


_ANNOTATION_BRACKET = re.compile(r"\([^()]*[^\W\d_][^()]*\)")
_WORD_BEFORE = re.compile(r"^\s*(?:[^\W\d_]{2,}[\s.:]*)+(?=[+(\d])")
_WORD_AFTER = re.compile(r"(?<=[\d)])[\s.:,]*(?:[^\W\d_]{2,}[\s.]*)+$")
_FLOAT = re.compile(r"^\s*\d+\.0\s*$")
_LETTERS = str.maketrans("OoIl", "0011")


def plain_characters(text: str) -> str:
    """Return the text without format characters (but U+200C, U+200D), digits as 0-9, odd white space as a blank."""
    if text.isascii() and not any(c in text for c in "\x0b\x0c\x1c\x1d\x1e\x1f"):
        return text
    return "".join(_plain(c) for c in text)


def _plain(char: str) -> str:
    if char in "\u200c\u200d \t\n\r":
        return char
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    return " " if char.isspace() else char


def read_part(part: str) -> Reading:
    """Read one part of a telephone cell, repaired by the first rule that applies.

    The rules and their order are those of the list format: odd characters, annotation, spreadsheet float, letters for
    digits, missing plus, missing leading zero.
    """
    text = part.strip()
    repair = ""
    cleaned = plain_characters(text).strip()
    if cleaned != text:
        text, repair = cleaned, "phone_characters"
    for code, mend in _MENDS:
        mended = mend(text)
        if mended != text:
            text, repair = mended, repair or code
    if re.search(r"[^\W\d_]", text):
        return Reading(None)
    number = normalise(text)
    return Reading(number, repair if number else "")


def _without_annotation(text: str) -> str:
    bare = _ANNOTATION_BRACKET.sub(" ", text)
    bare = _WORD_AFTER.sub("", _WORD_BEFORE.sub("", bare))
    return bare.strip() if bare != text else text


def _without_fraction(text: str) -> str:
    return text.strip()[:-2] if _FLOAT.match(text) else text


def _with_digits(text: str) -> str:
    return text.translate(_LETTERS)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _with_plus(text: str) -> str:
    digits = _digits(text)
    bare = not text.lstrip(" (").startswith(("+", "0"))
    return "+" + digits if bare and digits.startswith("32") and len(digits) in (10, 11) else text


def _with_zero(text: str) -> str:
    digits = _digits(text)
    bare = not text.lstrip(" (").startswith(("+", "0"))
    return "0" + digits if bare and len(digits) in (8, 9) and not re.search(r"[^\W\d_]", text) else text


_MENDS = (
    ("phone_annotation", _without_annotation),
    ("phone_float", _without_fraction),
    ("phone_letters", _with_digits),
    ("phone_missing_plus", _with_plus),
    ("phone_leading_zero", _with_zero),
)
