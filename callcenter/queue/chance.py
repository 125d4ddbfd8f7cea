"""A seeded order among equals that is the same on every platform, whatever the order of the rows."""

from __future__ import annotations

import hashlib


def drawn(seed: int, *parts: str) -> int:
    """Return a number of 64 bits that only depends on the seed and the parts."""
    text = "\x1f".join((str(seed), *parts))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
