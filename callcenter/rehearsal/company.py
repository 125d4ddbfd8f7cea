"""The invented organisation: who works there, and its roster as a file that the program reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from callcenter.domain.agent import Role

ORGANISATION = "TAJO"
COORDINATOR = "Nele Claes"
_EVENING, _SATURDAY = "16:30-20:00", "10:00-13:30"
_WORDS = {Role.AGENT: "agent", Role.SUPERVISOR: "begeleider", Role.COORDINATOR: "coördinator"}
# code, first name, last name, role, site, languages, alumni number
PEOPLE = (
    ("AG01", "Yasmina", "Bouzid", Role.AGENT, "Gent", "nl,fr", "G-0001"),
    ("AG02", "Ilias", "Osei", Role.AGENT, "Gent", "nl,tr", ""),
    ("AG03", "Lotte", "Callewaert", Role.AGENT, "Kortrijk", "nl,fr", "K-0002"),
    ("AG04", "Bram", "Verhaeghe", Role.AGENT, "Kortrijk", "nl,tr", ""),
    ("AG05", "Fatima", "Yılmaz", Role.AGENT, "Antwerpen", "nl,tr", "A-0003"),
    ("AG06", "Senne", "Lemmens", Role.AGENT, "Antwerpen", "nl,fr", ""),
    ("BG01", "Sofie", "Maes", Role.SUPERVISOR, "Gent", "nl", ""),
    ("BG02", "Tom", "Devos", Role.SUPERVISOR, "Kortrijk", "nl", ""),
    ("BG03", "Amina", "Haddad", Role.SUPERVISOR, "Antwerpen", "nl", ""),
)


def calling_days(first: date, last: date) -> Iterator[date]:
    """Yield the days on which the room is open: Monday to Saturday."""
    day = first
    while day <= last:
        if day.weekday() < 6:  # Sunday is 6, Saturday 5
            yield day
        day += timedelta(days=1)


def block_of(day: date) -> str:
    """Return the hours of a day's shift, `16:30-20:00`."""
    return _SATURDAY if day.weekday() == 5 else _EVENING  # Sunday is 6, Saturday 5


def write_roster(path: Path, first: date, last: date) -> None:
    """Write the roster as an organisation would keep it: one row a person, shifts for agents."""
    shifts = "|".join(f"{day.isoformat()} {block_of(day)}" for day in calling_days(first, last))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow("code voornaam familienaam rol locatie talen alumni_nr school diensten".split())
        for code, first_name, last_name, role, site, languages, alumni in PEOPLE:
            works = shifts if role is Role.AGENT else ""
            writer.writerow([code, first_name, last_name, _WORDS[role], site, languages, alumni, "", works])
