"""An office with laptops for tests of faults: real stores in folders, one central, cases leased for a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from callcenter.clock import Clock, now
from callcenter.domain.agent import Role
from callcenter.domain.event import CaseOpened, Fact, FormPublished, LeaseGranted, RespondentAdded
from callcenter.domain.sample import Number, Pack, Respondent
from callcenter.errors import CallcenterError
from callcenter.ids import Id, new_id
from callcenter.usecases import campaigning
from callcenter.usecases.syncing import sync
from callcenter.usecases.views import SyncResult
from db import cipher
from db.central.open import enrol_laptop, enrol_mailbox, init_postgres, open_central
from db.local import vault
from db.local.open import create_store, open_store
from db.local.store import LocalStore, memory_store
from db.types import Enrolment
from tests.db.laptops import a_device, an_enrolment
from tests.sync.fleet import Laptop
from tests.sync.laptop import PHRASE
from tests.sync.tally import Tally, count, unread

_FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title>'
    '<model><instance><data id="t" version="1"><said/></data></instance><bind nodeset="/data/said" type="string"/>'
    '</model></h:head><h:body><input ref="/data/said"><label>?</label></input></h:body></h:html>'
)
_DECIDED = {"legal_basis_by": "Nele Claes", "legal_basis_on": date(2026, 5, 1)}
_TRIES = 5


class Town:
    """A coordinator's office in memory and agents' laptops in folders; a PostgreSQL is reached over a port.

    `address` is where the office finds central over that port.
    """

    def __init__(self, folder: Path, owner: Mapping[str, Any], port: int = 0, clock: Clock = now) -> None:
        self.folder, self.owner, self.clock = folder, owner, clock
        self._port = port
        self.laptops: list[Laptop] = []
        self.office = memory_store(a_device("boss", Role.COORDINATOR, org=owner["org"]), clock)
        self.address = self._enrolled(an_enrolment("boss", Role.COORDINATOR, org=owner["org"])).central
        self.found()

    def found(self) -> None:
        """Let the office open a campaign with a short questionnaire."""
        with self.office.work() as work:
            self.campaign = campaigning.create_from_template(work, "tajo", _DECIDED)
            work.events.append(FormPublished(self.campaign, "t", "1", "00", _FORM))
            campaigning.open_campaign(work, self.campaign)

    def enrol(self, person: str, cases: int = 20) -> Laptop:
        """Make a laptop for an agent with cases leased to it; it has them once the office and it have synced."""
        enrolment = self._enrolled(an_enrolment(person, org=self.owner["org"]))
        laptop = Laptop(person, self.folder / person, self.folder / f"{person}.witness")
        create_store(laptop.folder, enrolment, PHRASE, self.clock).close()
        self.laptops.append(laptop)
        self.lease(person, cases)
        return laptop

    def _enrolled(self, enrolment: Enrolment) -> Enrolment:
        if self.owner["kind"] == "sqlite":
            return enrol_mailbox(self.owner, enrolment)
        return enrol_laptop(self.owner, enrolment, "127.0.0.1", self._port)

    def lease(self, person: str, cases: int) -> None:
        """Let the office open cases and lease them to somebody."""
        with self.office.work() as work:
            work.events.append(*(f for _ in range(cases) for f in a_case(self.campaign, person, work.now())))

    def order(self, laptop: Laptop, order: dict[str, Any]) -> dict[str, Any]:
        """Return an order as a laptop of this town understands it."""
        return order

    def begin(self, *people: str, cases: int = 20) -> list[Laptop]:
        """Enrol people and let everyone have what is theirs."""
        made = [self.enrol(person, cases) for person in people]
        self.sync(self.office)
        for laptop in made:
            with_store(laptop, self.clock, self.sync)
        return made

    def sync(self, store: LocalStore) -> SyncResult:
        """Sync a store over a line without faults."""
        box = open_central({**self._central(store), **_straight(self.owner)}, store.device, self.clock)
        try:
            return sync(store.log, box, self.clock)
        finally:
            box.close()

    def end(self) -> Tally:
        """Let everyone sync until quiet and count; the faults must be over."""
        stores = [open_store(laptop.folder, PHRASE, self.clock) for laptop in self.laptops]
        try:
            for store in stores:
                store.check()
                self.until_reached(store)
            self.until_reached(self.office)
            tally = count(self.owner, zip(self.laptops, stores, strict=True), self.office)
            for store in (*stores, self.office):
                tally.lost |= self.unread(store)
            return tally
        finally:
            for store in stores:
                store.close()

    def unread(self, store: LocalStore) -> set[str]:
        """Return the deliveries that a store should have read and does not hold."""
        box = open_central({**self._central(store), **_straight(self.owner)}, store.device, self.clock)
        try:
            return unread(store, box)
        finally:
            box.close()

    def _central(self, store: LocalStore) -> Mapping[str, Any]:
        return self.address if store is self.office else store.central

    def until_reached(self, store: LocalStore) -> None:
        """Sync; dead sessions of cut lines may still stand in the way for a moment."""
        for left in range(_TRIES, 0, -1):
            try:
                result = self.sync(store)
            except CallcenterError:
                if left == 1:
                    raise
            else:
                assert (result.waiting, result.sane) == (0, True), result
                return


def with_store(laptop: Laptop, clock: Clock, act: Callable[[LocalStore], Any]) -> Any:
    """Open a laptop's store, do one thing with it, and close it."""
    store = open_store(laptop.folder, PHRASE, clock)
    try:
        return act(store)
    finally:
        store.close()


def a_case(campaign: Id, agent: str, at: datetime) -> tuple[Fact, ...]:
    """Return the facts of a new case with its lease for a day."""
    case = new_id(at)
    numbers = (Number("n1", "+32470112233"),)
    person = Respondent(f"person-{case}", "Noor", "Peeters", "Gent", numbers=numbers)
    pack = Pack(person.person, "Noor", "P", "Gent", "nl", numbers)
    return (
        CaseOpened(case, campaign, person.person, "Gent"),
        RespondentAdded(case, campaign, person),
        LeaseGranted(case, campaign, f"lease-{case}", agent, 1, at, at + timedelta(hours=24), pack),
    )


def quick_phrases() -> None:
    """Make pass phrases of stores made from now on cheap to try; a guess is slow on purpose."""
    vault.PASSPHRASE = cipher.RANDOM_SECRET


def on_postgres(folder: Path, url: str, port: int) -> Town:
    """Return a town whose central is a PostgreSQL, reached by laptops through a port of this machine."""
    owner = init_postgres(url, new_id(now()))
    return Town(folder, owner, port)


def _straight(owner: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what differs in an address when the line of the tests is not used."""
    if owner["kind"] == "sqlite":
        return {}
    told = make_url(owner["url"])
    return {"host": str(told.query["host"]), "port": int(str(told.query["port"]))}
