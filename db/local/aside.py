"""Stores that can never be worked on again: noted beside them, set aside whole for who can help, never deleted."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import Final

_REFUSED: Final = "refused"
_SAVED: Final = "saved"
ASIDE: Final = ".aside"


def note_refused(folder: Path, code: str) -> None:
    """Note why a store was not opened; on a disk that cannot be written nothing is noted."""
    with contextlib.suppress(OSError):
        (folder / _REFUSED).write_text(code, "utf-8")


def note_opened(folder: Path) -> None:
    """Forget that a store was not opened once: what was put back opens again."""
    with contextlib.suppress(OSError):
        (folder / _REFUSED).unlink(missing_ok=True)
        (folder / _SAVED).unlink(missing_ok=True)


def is_refused(folder: Path) -> bool:
    """Tell whether the store of a folder was not opened the last time, and never will be."""
    return (folder / _REFUSED).exists()


def note_saved(folder: Path) -> None:
    """Note that what is in a store went into a file for the office."""
    with contextlib.suppress(OSError):
        (folder / _SAVED).touch()


def is_saved(folder: Path) -> bool:
    """Tell whether what is in a store went into a file for the office since it was refused."""
    return (folder / _SAVED).exists()


def set_aside(folder: Path, at: datetime) -> Path:
    """Move the whole folder out of the way and return where it lies now."""
    shelf = folder.parent / ASIDE
    shelf.mkdir(exist_ok=True)
    aside = shelf / f"{folder.name}-{at:%Y%m%d-%H%M%S}"
    number = 1
    while aside.exists():
        number += 1
        aside = shelf / f"{folder.name}-{at:%Y%m%d-%H%M%S}-{number}"
    return folder.rename(aside)
