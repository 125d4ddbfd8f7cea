"""Everything the program reads and never writes: catalogues, fonts, icons, templates, help."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder of one kind of resource: locale, fonts, icons, templates, demo or help."""
    return _HERE / name
