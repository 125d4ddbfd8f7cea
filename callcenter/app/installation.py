"""One installation in one folder: its people's stores, the embedded central, and the enrolment of more people."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from callcenter.app.arrivals import people_in
from callcenter.app.first_start import start_first
from callcenter.app.mailboxes import mailboxes_of, slug
from callcenter.clock import Clock
from callcenter.domain.agent import Agent, Role
from callcenter.errors import CallcenterError
from callcenter.ids import new_id
from callcenter.ports import PostBox, StockEntry
from callcenter.settings import Folders
from callcenter.text import N_
from callcenter.usecases.interview import FormShelf
from callcenter.usecases.interviewing import Desk
from db.central.open import create_central_sqlite, enrol_mailbox, open_central
from db.local.enrolment import write_enrolment
from db.local.open import StoreThere, create_store, open_store, recover_store
from db.local.stock_file import new_recovery
from db.local.store import LocalStore
from db.local.vault import change_passphrase, open_vault
from db.types import Enrolment
from ui.shell.actions import PersonEntry

_CENTRAL_FILE = "central.db"
# How long an enrolment may lie about before somebody uses it.
VALID: Final = timedelta(days=30)


class AlreadyHere(CallcenterError):
    """This person has a store on this laptop."""

    code = "DOOR-04"
    what = N_("{name} already has a place on this laptop.")
    advice = N_("Choose this name in the list and sign in with the pass phrase.")


@dataclass
class Opened:
    """An unlocked store with what its face needs."""

    store: LocalStore
    desk: Desk
    folder: Path

    @property
    def name(self) -> str:
        """Return who is signed in."""
        return self.store.device.name

    def unlock(self, phrase: str) -> None:
        """Return when this is its pass phrase, WrongPassphrase when not; the store stays as it is."""
        open_vault(self.folder, phrase)

    def recovery_code(self) -> str:
        """Return the recovery code of this person's own laptop where this store holds it, else nothing."""
        with self.store.work() as work:
            own = work.stock.recovery_for(self.store.device.person)
        return own[0].recovery if own else ""

    def change_phrase(self, old: str, new: str) -> None:
        """Give the store another pass phrase; WrongPassphrase when the old one is none."""
        change_passphrase(self.folder, old, new)

    def close(self) -> None:
        """Lock the store."""
        self.store.close()


class Installation:
    """The folder of one laptop; the clock and whether it may dial are handed in."""

    def __init__(self, where: Folders, clock: Clock, *, dialling: bool) -> None:
        self.where = where
        self.clock = clock
        self._desk = Desk(FormShelf(), dialling)

    def people(self) -> tuple[PersonEntry, ...]:
        """Return who has a store here, by name."""
        return people_in(self.where)

    def found(self, organisation: str, name: str, phrase: str) -> Opened:
        """Make the embedded central and its first coordinator."""
        self.where.central.mkdir(parents=True, exist_ok=True)
        key = secrets.token_bytes(32)
        address = create_central_sqlite(self.where.central / _CENTRAL_FILE, key, organisation)
        person = Agent(new_id(self.clock()), name, Role.COORDINATOR)
        made = self._enrolment(address, organisation, person)
        opened = self._settle(made, phrase)
        # Nobody else holds the founder's recovery code; the founder is told to write it down.
        self._keep(opened, made, person, "", "")
        return opened

    def sign_in(self, key: str, phrase: str) -> Opened:
        """Unlock a person's store."""
        folder = self.where.people / key
        return Opened(open_store(folder, phrase, self.clock), self._desk, folder)

    def recover(self, key: str, secret: str, phrase: str) -> Opened:
        """Unlock a person's store with its recovery code and give it another pass phrase."""
        folder = self.where.people / key
        return Opened(recover_store(folder, secret, phrase, self.clock), self._desk, folder)

    def enrol(self, file: Path, code: str, phrase: str) -> Opened:
        """Open an enrolment file with its code, bind it at central, make the person's store; then the file goes."""
        try:
            store, folder = start_first(file, code, phrase, self.clock, self._place)
        except StoreThere as error:
            raise AlreadyHere(name=error.facts["name"]) from error
        file.unlink()
        return Opened(store, self._desk, folder)

    def prepare_laptop(self, by: Opened, person: Agent) -> tuple[Path, str]:
        """Make an enrolment on the embedded central for a person; return its file with the code to read out."""
        made = self._enrolment(by.store.central, by.store.device.org, person)
        self.where.enrolments.mkdir(parents=True, exist_ok=True)
        path = self.where.enrolments / f"{slug(person.name)}.enrol"
        path.unlink(missing_ok=True)
        code = write_enrolment(path, made)
        self._keep(by, made, person, str(path), code)
        return path, code

    def _keep(self, by: Opened, made: Enrolment, person: Agent, file: str, code: str) -> None:
        """Keep in the office's own store what opens a laptop when its pass phrase is forgotten."""
        entry = StockEntry(
            enrolment=made.enrolment,
            label=slug(person.name),
            site=person.site,
            role=person.role,
            code=code,
            recovery=made.recovery,
            file=file,
            person=person.id,
            handed_at=self.clock(),
        )
        with by.store.work() as work:
            work.stock.keep([entry])

    def connect(self, opened: Opened) -> PostBox:
        """Open the post box of a person's central."""
        return open_central(opened.store.central, opened.store.device, self.clock)

    def _enrolment(self, address: Mapping[str, Any], org: str, person: Agent) -> Enrolment:
        made = Enrolment(
            enrolment=new_id(self.clock()),
            org=org,
            person=person.id,
            name=person.name,
            role=person.role,
            site=person.site,
            mailboxes=mailboxes_of(person.role, person.id, person.site),
            central=address,
            recovery=new_recovery(),
            expires_at=self.clock() + VALID,
        )
        return enrol_mailbox(address, made)

    def _settle(self, enrolment: Enrolment, phrase: str) -> Opened:
        folder = self._place(enrolment)
        try:
            return Opened(create_store(folder, enrolment, phrase, self.clock), self._desk, folder)
        except StoreThere as error:
            raise AlreadyHere(name=enrolment.name) from error

    def _place(self, enrolment: Enrolment) -> Path:
        return self.where.people / slug(enrolment.name or enrolment.enrolment)
