"""The program as it is opened by its user: the door first, stores and faces while they type."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from callcenter.app.front import Behind, Front
from callcenter.clock import Clock
from callcenter.phone import show
from callcenter.settings import Folders, read_settings
from callcenter.text import translator


def opened_later(where: Folders, clock: Clock) -> Front:
    """Return a front whose faces and stores are loaded after its window is painted."""
    settings = read_settings(where)
    made: list[Behind] = []
    one_at_a_time = Lock()

    def behind() -> Behind:
        with one_at_a_time:
            if not made:
                from callcenter.app.program import Inside  # half a second, not spent before the door is painted

                made.append(Inside(where, clock, dialling=settings.dialling != "off"))
                _read_ahead(settings.language, clock)
            return made[0]

    return Front(where, behind)


def _read_ahead(language: str, clock: Clock) -> None:
    """Load what the first card needs: the numbering plans, and the names of days and months."""
    show("+32470000000")
    translator(language).moment(clock())


def folder_of(words: list[str]) -> Path | None:
    """Return the folder of `--folder DIR`, or None for the system's own place."""
    return Path(words[1]) if len(words) > 1 and words[0] == "--folder" else None
