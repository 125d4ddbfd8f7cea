"""A way back in: another pass phrase by the recovery code, and what is saved of data that are beyond repair."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from callcenter.usecases.depositing import calls_in
from db.local.aside import note_saved
from db.local.rescue import rescue
from ui.shell.actions import Saved

_SUFFIX: Final = ".kantoor"


def rescue_file(key: str, at: datetime) -> Path:
    """Return where the file for the office is proposed: outside the folder of the program."""
    return Path.home() / f"{Path(key).name}-{at:%Y-%m-%d}{_SUFFIX}"


def saved_for_office(folder: Path, phrase: str, path: Path, at: datetime) -> Saved:
    """Save what a store still holds of unconfirmed work into a sealed file; it stays, and is asked for no more."""
    found = rescue(folder, phrase, path, at)
    note_saved(folder)
    return Saved(found.path, found.code, calls_in(found.events), found.lost)
