"""What a bench says of a bar."""

from __future__ import annotations


def verdict(value: float, bar: float) -> str:
    """Return the word that ends a line: kept or BROKEN."""
    return "kept" if value <= bar else "BROKEN"


def at_least(value: float, bar: float) -> str:
    """Return the word that ends a line whose value must not be less than its bar."""
    return "kept" if value >= bar else "BROKEN"
