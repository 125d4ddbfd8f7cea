"""Which name was meant by a misspelt one, in a time that the number of names hardly counts in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from string import ascii_letters, digits

_FEW = 100
"""Names up to which all are compared; beyond, hundreds of misspelt names would take minutes."""
_LETTERS = f"{ascii_letters}{digits}_-."
_LONGEST = 64


def meant(word: str, names: Collection[str]) -> str | None:
    """Return the name that looks most like a word; among many names only one that is a letter away."""
    if len(names) <= _FEW:
        return next(iter(get_close_matches(word, names, 1)), None)
    if len(word) > _LONGEST:
        return None
    known = names if isinstance(names, (set, frozenset, dict)) else set(names)
    return next((one for one in _one_away(word) if one in known), None)


def _one_away(word: str) -> Iterator[str]:
    """Yield what a word becomes with two letters changed round, and with one left out, put in or replaced."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (f"{left}{right[1]}{right[0]}{right[2:]}" for left, right in cuts if len(right) > 1)
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + letter + right for left, right in cuts for letter in _LETTERS)
    yield from (left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS)
