"""What makes a pass phrase too easy to guess, told in a sentence before it is taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from callcenter.errors import CallcenterError
from callcenter.text import N_


class PassphraseTooShort(CallcenterError):
    """A pass phrase that is guessed too easily."""

    code = "DOOR-01"
    what = N_("This pass phrase is too short.")
    advice = N_("Use at least four words, or twelve characters.")


class PassphraseTooCommon(CallcenterError):
    """A pass phrase that stands in every list of guesses."""

    code = "DOOR-05"
    what = N_("This pass phrase is too easy to guess.")
    advice = N_(
        "Take four words that have nothing to do with each other, and not your name, a row of keys or numbers."
    )


_CHARACTERS: Final = 12
_WORDS: Final = 4
_DIFFERENT: Final = 5
_ROWS: Final = (
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
)
_COMMON: Final = frozenset(
    """
    wachtwoord wachtwoorden wachtzin paswoord password passwords passphrase passwort motdepasse mot de passe phrase
    secret geheim welkom welcome bienvenue hallo hello bonjour login admin administrator user gebruiker test tester
    callcenter call center laptop computer school stad vzw tajo iloveyou ikhouvanjou jetaime letmein azerty qwerty
    een twee drie vier vijf zes zeven acht negen tien one two three four five six seven eight nine ten un deux trois
    quatre cinq sept huit neuf dix mijn my mon ma het the le la is est dit this abc abcd
    """.split()
)


def check_passphrase(phrase: str, names: Iterable[str] = ()) -> None:
    """Return when a pass phrase may be taken; PassphraseTooShort or PassphraseTooCommon when not.

    `names` are words that anybody who steals the laptop knows: the person's and the organisation's.
    """
    text = " ".join(unicodedata.normalize("NFC", phrase).split())
    if len(text) < _CHARACTERS and len(text.split()) < _WORDS:
        raise PassphraseTooShort()
    bare = _bare(text)
    known = _COMMON | {word for name in names for word in _words(name)}
    guessed = all(word in known for word in _words(text)) and len(set(text.split())) <= 2 * _WORDS
    if len(set(bare)) < _DIFFERENT or len(set(text.split())) == 1 < len(text.split()) or guessed or _is_row(bare):
        raise PassphraseTooCommon()


def _bare(text: str) -> str:
    """Return letters and digits alone, without accents and capitals."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if c.isalnum())


def _words(text: str) -> list[str]:
    """Return the words of a text; digits and signs around a word make it no other word."""
    return [word for part in text.split() for word in re.split(r"[\W\d_]+", _plain(part)) if word]


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _is_row(bare: str) -> bool:
    """Tell whether it only follows the keys or the alphabet, forward or back, over and over."""
    return any(bare in line * 3 for row in _ROWS for line in (row, row[::-1]))
