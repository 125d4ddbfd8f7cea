"""The best moment as lists tell it, in a few words of Dutch, French or English, becomes parts of the week."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

SLOTS = ("vm", "nm", "va", "av", "za")  # weekday morning, noon to four, four to six, evening; Saturday

_PART = r"[ -]*(?:voormiddag|namiddag|middag|ochtend|avond|morning|afternoon|evening|matin|apres-midi|soir)?"
# Words of a list, without accents -> parts of the week. Where two begin at one place the first counts.
_WORDS: Mapping[str, tuple[str, ...]] = {
    # A part of a Saturday is Saturday: the others are parts of weekdays.
    rf"zaterdag{_PART}|saturday{_PART}|samedi{_PART}|week-?ends?{_PART}|\bza\b": ("za",),
    r"voormiddag|ochtend|\bs morgens|morning|before noon|matin|\bvm\b": ("vm",),
    r"late namiddag|vooravond|late afternoon|early evening|fin d.apres-midi|debut de soiree|\bva\b": ("va",),
    r"na (?:de )?school|after school|apres (?:l.ecole|les cours)": ("va",),
    r"na het werk|after work|apres le travail": ("va", "av"),
    r"namiddag|middag|afternoon|\bnoon\b|apres[- ]midi|\bmidi\b|\bnm\b": ("nm",),
    r"avond|evening|soir|\bav\b": ("av",),
}
_KNOWN = re.compile("|".join(f"(?P<w{n}>{words})" for n, words in enumerate(_WORDS)))
_PARTS = tuple(_WORDS.values())
# When the parts of a weekday begin and end; a part counts only where all of it lies in the time that was told.
_BEGINS: Mapping[str, int] = {"vm": 9, "nm": 12, "va": 16, "av": 18}
_ENDS: Mapping[str, int] = {"vm": 12, "nm": 16, "va": 18}
_LATEST = 20
_HOUR = r" ?(\d{1,2})(?:[:.uh ]*[0-5]\d)?(?: ?(?:u|h|uur|heures?|pm|$)|\b)"
_AFTER = re.compile(rf"\b(?:na|vanaf|after|from|apres|a partir de|des){_HOUR}")
_BEFORE = re.compile(rf"\b(?:voor|before|avant){_HOUR}")
_CLAUSE = re.compile(r"[,;.()/]|\bmaar\b|\bbut\b|\bmais\b")
# `pas na 17u` is Dutch for only after; `pas le soir` French for not.
_NOT = re.compile(r"\b(?:niet|geen|nooit|behalve|not|never|except|jamais|sauf|pas(?! (?:na|vanaf)\b))\b")


def slots_of(told: str) -> tuple[str, ...]:
    """Return the parts of the week that a text names, in the order of the week; none where it names no time.

    What stands in one clause with a word like `niet` is left out: it names what is not wanted.
    """
    clauses = [clause for clause in _CLAUSE.split(_plain(told)) if not _NOT.search(clause)]
    found = {slot for clause in clauses for slot in (*_worded(clause), *_timed(clause))}
    return tuple(slot for slot in SLOTS if slot in found)


def _worded(clause: str) -> Iterator[str]:
    for match in _KNOWN.finditer(clause):
        yield from _PARTS[int((match.lastgroup or "w0")[1:])]


def _timed(clause: str) -> Iterator[str]:
    for match in _AFTER.finditer(clause):
        hour = _hour(match)
        parts = [slot for slot, begin in _BEGINS.items() if begin >= hour]
        yield from parts or (("av",) if hour <= _LATEST else ())
    for match in _BEFORE.finditer(clause):
        yield from (slot for slot, end in _ENDS.items() if end <= _hour(match))


def _hour(match: re.Match[str]) -> int:
    """Return the hour of the day; people say five and mean the afternoon."""
    hour = int(match[1])
    return hour + 12 if hour < 8 or ("pm" in match[0] and hour < 12) else hour


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold()).replace("\u2019", "'").replace("'", " ")
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())
