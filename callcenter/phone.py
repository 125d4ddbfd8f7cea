"""The only door to phonenumbers: reads, repairs, normalises, shows and masks telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

REGION = "BE"
_MEMORY = 100_000


class Reading(NamedTuple):
    """One part of a cell read as a number: E.164 or None, and what was repaired (one code, or an empty text)."""

    e164: str | None
    repair: str = ""


def _library() -> Any:
    import phonenumbers  # loaded when a number is first read: its metadata costs a third of a second

    return phonenumbers


# --- judging and showing


def normalise(text: str) -> str | None:
    """Return the number in E.164 when it is valid for libphonenumber with region BE, else None."""
    plain = _plainly_belgian(text)
    return plain.e164 if plain else _judged_by_library(text)


def _plainly_belgian(text: str) -> Reading | None:
    """Return what a number in the usual Belgian spelling is; None where the library must say it.

    Nearly all numbers of a list are such, and the library takes far longer for the same word.
    """
    match = _BELGIAN.fullmatch(text.translate(_PUNCTUATION)) if len(text) <= _LONGEST else None
    if match is None:
        return None
    national = match.group(1)
    return Reading(f"+32{national}" if _belgian_number().fullmatch(national) else None)


_LONGEST = 40
_PUNCTUATION = dict.fromkeys(map(ord, " ./-()"))
_BELGIAN = re.compile(r"(?:\+32|0)([1-9][0-9]{7,8})")


@lru_cache(maxsize=_MEMORY)
def _judged_by_library(text: str) -> str | None:
    library = _library()
    try:
        number = library.parse(text, REGION)
    except library.NumberParseException:
        return None
    if not library.is_valid_number(number):
        return None
    return str(library.format_number(number, library.PhoneNumberFormat.E164))


@lru_cache(maxsize=1)
def _belgian_number() -> re.Pattern[str]:
    """Return the pattern of a valid Belgian number without its zero, made of the library's own metadata."""
    metadata = _library().PhoneMetadata.metadata_for_region(REGION)
    kinds = (
        metadata.mobile,
        metadata.fixed_line,
        metadata.toll_free,
        metadata.premium_rate,
        metadata.shared_cost,
        metadata.personal_number,
        metadata.voip,
        metadata.pager,
        metadata.uan,
        metadata.voicemail,
    )
    known = [_pattern(kind) for kind in kinds if kind is not None and kind.national_number_pattern]
    return re.compile(f"(?={_pattern(metadata.general_desc)}$)(?:{'|'.join(known)})")


def _pattern(description: Any) -> str:
    lengths = "|".join(f".{{{n}}}" for n in description.possible_length) or ".*"
    return f"(?=(?:{lengths})$)(?:{description.national_number_pattern})"


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


# --- repairing

_INTERNATIONAL = re.compile(r"\+[0-9 ./()-]*")
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)*")
_FIRST = re.compile(r"[+(\d]")
_FIRST_SIGN = re.compile(r"[+\d]")
_LAST = re.compile(r"[\d)](?=[^\d)]*$)")
_FLOAT = re.compile(r"\d+\.0")
_ZEROS_AND_ONES = frozenset("OoIl")
_LETTERS = str.maketrans("OoIl", "0011")
_ODD_ASCII = re.compile(r"[\x0b\x0c\x1c-\x1f]")


def plain_characters(text: str) -> str:
    """Return the text without format characters (but U+200C, U+200D), digits as 0-9, odd white space as a blank."""
    if text.isascii() and not _ODD_ASCII.search(text):
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
    usual = _plainly_belgian(part)
    if usual and not _FLOAT.fullmatch(part):
        return usual
    if _INTERNATIONAL.fullmatch(part):
        return Reading(normalise(part))
    plain = plain_characters(part)
    repair = "phone_characters" if plain != part else ""
    text = plain.strip()
    for code, mend in _MENDS:
        mended = mend(text)
        if mended != text:
            text, repair = mended, repair or code
    if _LETTER.search(text):
        return Reading(None)
    number = normalise(text)
    return Reading(number, repair if number else "")


def _without_annotation(text: str) -> str:
    if not _LETTER.search(text):
        return text
    bare = _BRACKET.sub(lambda found: " " if _LETTER.search(found.group(1)) else found.group(), text)
    first, last = _FIRST.search(bare), _LAST.search(bare)
    if first is None or last is None:
        return text
    before, after = bare[: first.start()], bare[last.end() :]
    bare = _without_words(before) + bare[first.start() : last.end()] + _without_words(after)
    return bare.strip(" .:,-/") if bare != text else text


def _without_words(text: str) -> str:
    """Return the text without its words; one that can only be zeros and ones is left for the next rules."""
    return _WORD.sub(lambda word: word.group() if _ZEROS_AND_ONES.issuperset(word.group()) else " ", text)


def _without_fraction(text: str) -> str:
    return text[:-2] if _FLOAT.fullmatch(text) else text


def _with_digits(text: str) -> str:
    return text.translate(_LETTERS)


def _with_plus(text: str) -> str:
    digits = _bare_digits(text)
    return "+" + digits if digits.startswith("32") and len(digits) in (10, 11) else text


def _with_zero(text: str) -> str:
    digits = _bare_digits(text)
    return "0" + digits if len(digits) in (8, 9) else text


def _bare_digits(text: str) -> str:
    """Return the digits of a number without plus, leading zero and letters; of any other an empty text."""
    first = _FIRST_SIGN.search(text)
    if first is None or first.group() == "0" or "+" in text or _LETTER.search(text):
        return ""
    return re.sub(r"\D", "", text)


_MENDS = (
    ("phone_annotation", _without_annotation),
    ("phone_float", _without_fraction),
    ("phone_letters", _with_digits),
    ("phone_missing_plus", _with_plus),
    ("phone_leading_zero", _with_zero),
)
