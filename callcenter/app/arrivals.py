"""Who may come in on this laptop: the people with a store, and the enrolment files that wait."""

from __future__ import annotations

from pathlib import Path

from callcenter.settings import Folders
from db.local.labels import stores_in
from ui.shell.actions import PersonEntry


def people_in(where: Folders) -> tuple[PersonEntry, ...]:
    """Return who has a store here, by name; last the stores that were set aside and still hold unsent work."""
    people = where.people
    return tuple(
        PersonEntry(s.folder.relative_to(people).as_posix(), s.name, s.role, s.site, s.aside)
        for s in stores_in(people)
    )


def enrolments_in(where: Folders) -> tuple[Path, ...]:
    """Return the enrolment files that wait here, oldest first."""
    waiting = where.enrolments.glob("*.enrol") if where.enrolments.exists() else ()
    return tuple(sorted(waiting, key=lambda p: p.stat().st_mtime))
