"""Codes that are read out loud: letters that nobody takes for another one, in groups of four."""

from __future__ import annotations

import secrets
from typing import Final

# Crockford's letters: none of them is read for another one.
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("OIL", "011")
_GROUP: Final = 4


def new_code(letters: int = 16) -> str:
    """Return a random code of 5 bits a letter, as `7KQ2 M0XD PA4R 9TNB`."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(letters))
    return " ".join(drawn[start : start + _GROUP] for start in range(0, letters, _GROUP))


def plain(typed: str) -> str:
    """Return a typed code as it is meant: spaces, signs and capitals do not matter, O is 0, I and L are 1."""
    return "".join(c for c in typed.upper().translate(_READ_AS) if c in _LETTERS)
