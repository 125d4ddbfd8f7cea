"""A mark beside a store's folder, by which a store that was copied, or put back from a backup, is noticed.

The mark names the store (its epoch) and the highest own number that was ever offered to central. It is written before
the offer, so a stop in between harms nothing: the store itself has held those events for longer. A store whose last
number lies below the mark has forgotten events that central may hold, and would give their numbers to others.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from db.cipher import fsync
from db.errors import translated


@dataclass(frozen=True)
class Mark:
    """Which store lies in the folder, and the highest own number offered to central."""

    epoch: str
    offered: int = 0


_SUFFIX: Final = ".mark"


def path_of(folder: Path) -> Path:
    """Return where the mark of a store's folder lies: beside it, so that a copy of the folder leaves it behind."""
    return folder.with_name(f".{folder.name}{_SUFFIX}")


def read_mark(folder: Path) -> Mark | None:
    """Return the mark, or None when there is none that can be read."""
    try:
        return Mark(**json.loads(path_of(folder).read_text("utf-8")))
    except (OSError, TypeError, ValueError):
        return None


def write_mark(folder: Path, mark: Mark) -> None:
    """Write the mark whole, or leave the earlier one."""
    path = path_of(folder)
    coming = path.with_name(f"{path.name}.new")
    with translated():
        coming.write_text(json.dumps(asdict(mark)), "utf-8")
        fsync(coming)
        coming.replace(path)
        fsync(path)
