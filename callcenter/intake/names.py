"""Names: repaired letters, and the key by which the same person is recognised."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from callcenter.phone import plain_characters

EMPTY_WORDS = frozenset({"", "-", "?", "??", "/", "geen", "onbekend", "nvt", "n.v.t.", "none"})
_TEST_WORDS = frozenset({"test", "voorbeeld", "example", "dummy", "xxx"})
_UNSAFE = ("=", "+", "-", "@")
_BLANKS = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
_LOST = re.compile(r"[^\W\d_]\?|\?[^\W\d_]")


def is_empty(text: str) -> bool:
    """Tell whether a cell holds no answer: nothing, or one of the words that stand for nothing."""
    return text.strip().casefold() in EMPTY_WORDS


def mend_name(text: str) -> tuple[str, str]:
    """Return a name with its letters repaired, and the code of the first repair or an empty text.

    Control characters are taken out without a code: that is told of every cell, not only of names.
    """
    if text.isascii() and text.isprintable() and " ".join(text.split()) == text:
        return text, ""
    repair = ""
    mended = _without_mojibake(text)
    if mended != text:
        repair = "name_mojibake"
    plain = unicodedata.normalize("NFC", plain_characters(mended))
    if plain != mended:
        repair = repair or "name_characters"
    plain = without_control(plain)
    single = _BLANKS.sub(" ", plain).strip()
    if single != plain:
        repair = repair or "name_spaces"
    return single, repair


def _without_mojibake(text: str) -> str:
    if text.isascii():
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def without_control(text: str) -> str:
    """Return the text without control characters; tab and line breaks stay."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def is_test(name: str) -> bool:
    """Tell whether a name is that of a try-out."""
    return name.casefold() in _TEST_WORDS


def is_unsafe(name: str) -> bool:
    """Tell whether a spreadsheet would take this name for a formula."""
    return name.startswith(_UNSAFE)


def lost_character(name: str) -> bool:
    """Tell whether a letter was lost to a question mark."""
    return "?" in name and _LOST.search(name) is not None


def name_key(first: str, last: str) -> str:
    """Return the key of a person's names: letters only, in alphabetical order, so that swapped names match."""
    return "".join(sorted((_letters(first), _letters(last))))


@lru_cache(maxsize=100_000)
def _letters(name: str) -> str:
    folded = name.casefold()
    if folded.isascii() and folded.isalpha():
        return folded
    folded = folded.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if c.isalpha())
