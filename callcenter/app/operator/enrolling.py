"""Enrolment files for laptops, and the stock with which an office hands them out."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from callcenter.app.mailboxes import mailboxes_of
from callcenter.app.operator.asking import Door, FolderUnwritable, WordsWrong
from callcenter.app.operator.inventing import lease_invented_to
from callcenter.domain.agent import Role
from callcenter.ids import Id, new_id
from callcenter.ports import StockEntry
from db.central.open import enrol_laptop
from db.local.enrolment import write_enrolment
from db.local.stock_file import new_recovery, write_stock
from db.types import Enrolment

_STOCK = "office.stock"
_NUMBERED = re.compile(r"laptop-(\d+)\.enrol")


@dataclass(frozen=True)
class Wanted:
    """What an operator asked for; `invented` is how many people each laptop gets for a rehearsal, 0 for none."""

    count: int
    out: Path
    role: Role
    site: str
    door: Door
    valid: timedelta
    name: str = ""
    invented: int = 0

    def check(self) -> None:
        """Raise WordsWrong for what cannot be together."""
        if self.role is not Role.COORDINATOR and not self.site:
            raise WordsWrong(reason="--site is needed")
        if self.name and self.count != 1:
            raise WordsWrong(reason="--name needs --count 1")
        if self.invented and self.role is not Role.AGENT:
            raise WordsWrong(reason="--invented is for agents")


@dataclass(frozen=True)
class Made:
    """One file with what opens it; `entry` is what the office will know of it."""

    entry: StockEntry
    path: Path
    expires_at: datetime
    cases: int = 0


@dataclass(frozen=True)
class Stock:
    """All files of one order, and the file and code of the office's stock; none when each is somebody's already."""

    made: tuple[Made, ...]
    file: Path | None = None
    code: str = ""


def enrol(owner: Mapping[str, Any], wanted: Wanted, at: datetime) -> Stock:
    """Make enrolments known to central and write their files, readable by this user alone."""
    wanted.check()
    first = _first_number(wanted.out)
    made = []
    people: list[Enrolment] = []
    for number in range(first, first + wanted.count):
        enrolment = _enrolled(owner, wanted, number, at)
        path = wanted.out / f"laptop-{number:02}.enrol"
        with _writing(wanted.out):
            code = write_enrolment(path, enrolment)
            path.chmod(0o600)
        made.append(Made(_entry(enrolment, code, path), path, at + wanted.valid, wanted.invented))
        people.append(enrolment)
    if wanted.invented:
        lease_invented_to(owner, people, wanted.invented, at + wanted.valid)
    if wanted.name or wanted.invented:
        return Stock(tuple(made))
    file = _free_name(wanted.out)
    with _writing(wanted.out):
        code = write_stock(file, [each.entry for each in made])
        file.chmod(0o600)
    return Stock(tuple(made), file, code)


def _enrolled(owner: Mapping[str, Any], wanted: Wanted, number: int, at: datetime) -> Enrolment:
    person = new_id(at)
    # An invented agent is somebody at once: nobody hands the file out.
    name = f"Oefenbeller {number:02}" if wanted.invented else wanted.name
    enrolment = Enrolment(
        enrolment=new_id(at),
        org=owner["org"],
        person=person,
        name=name,
        role=wanted.role,
        site=wanted.site if wanted.role is not Role.COORDINATOR else "",
        mailboxes=mailboxes_of(wanted.role, person, wanted.site),
        central={},
        recovery=new_recovery(),
        expires_at=at + wanted.valid,
    )
    return enrol_laptop(owner, enrolment, wanted.door.host, wanted.door.port, wanted.door.ca)


def _entry(enrolment: Enrolment, code: str, path: Path) -> StockEntry:
    who: Id = enrolment.person if enrolment.name else ""
    return StockEntry(
        enrolment=enrolment.enrolment,
        label=path.stem,
        site=enrolment.site,
        role=enrolment.role,
        code=code,
        recovery=enrolment.recovery,
        file=path.name,
        person=who,
    )


def _first_number(out: Path) -> int:
    """Return the number after the last one in the folder, made when it is not there: no file is written over."""
    with _writing(out):
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        trial = out / ".callcenter"
        trial.touch()
        trial.unlink()
        there = [int(found[1]) for file in out.iterdir() if (found := _NUMBERED.fullmatch(file.name))]
    return max(there, default=0) + 1


def _free_name(out: Path) -> Path:
    """Return office.stock, or office-2.stock while an earlier stock was not fetched yet."""
    path, number = out / _STOCK, 1
    while path.exists():
        number += 1
        path = out / f"office-{number}.stock"
    return path


@contextlib.contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderUnwritable(folder=out) from error
