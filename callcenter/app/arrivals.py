"""Who may come in on this laptop: the people with a store, and the enrolment files that wait."""

from __future__ import annotations

from pathlib import Path

from callcenter.settings import Folders
from db.local.labels import stores_in
from ui.shell.actions import PersonEntry


def people_in(where: Folders) -> tuple[PersonEntry, ...]:
    """Return who has a store here, by name."""
    return tuple(PersonEntry(s.folder.name, s.name, s.role, s.site) for s in stores_in(where.people))


def enrolments_in(where: Folders) -> tuple[Path, ...]:
    """Return the enrolment files that wait here, oldest first."""
    waiting = where.enrolments.glob("*.enrol") if where.enrolments.exists() else ()
    return tuple(sorted(waiting, key=lambda p: p.stat().st_mtime))
