"""What the state machine acts on: an office, three laptops, a supervisor elsewhere, strangers, and a central."""

from __future__ import annotations

import dataclasses
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from callcenter.clock import RehearsedClock, now
from callcenter.domain.agent import Role
from callcenter.domain.case import Case
from callcenter.domain.event import CaseOpened, Fact, LeaseGranted, RespondentAdded
from callcenter.domain.sample import Number, Pack, Respondent
from callcenter.errors import CallcenterError
from callcenter.ids import Id, new_id
from callcenter.ports import Greeting, PostBox
from callcenter.usecases.exchange import exchange
from callcenter.usecases.views import SyncResult
from db.central.open import (
    all_events,
    create_central_sqlite,
    enrol_laptop,
    enrol_mailbox,
    init_postgres,
    mark_restored,
    open_central,
    revoke,
)
from db.local import schema, state
from db.local.file import StoreFile
from db.local.store import LocalStore, memory_store
from db.types import Enrolment
from tests.db.laptops import MONDAY, a_campaign, a_device, an_enrolment
from tests.sync.faulty_box import ANSWERED, FaultyBox

AGENTS = ("ann", "bob", "cor")
CASES = ("c1", "c2", "c3")
HOURS = timedelta(hours=6)


_BURIED = (
    "SELECT event_id FROM outbox JOIN gone USING (event_id) WHERE set_aside <> '' AND EXISTS (SELECT 1 FROM erased)"
)


class OwnClock:
    """A laptop's clock: the true time, and by how much it is wrong."""

    def __init__(self, true: RehearsedClock) -> None:
        self._true = true
        self.wrong = timedelta()

    def __call__(self) -> datetime:
        return self._true() + self.wrong


@dataclass
class Holder:
    """Somebody with a store; `stale` until the first sync after central was restored."""

    store: LocalStore
    enrolment: Enrolment
    clock: OwnClock
    stale: bool = False
    revoked: bool = False
    cloned: bool = False
    cursors: dict[str, int] = field(default_factory=dict)

    @property
    def person(self) -> Id:
        return self.store.device.person

    def rows(self, query: str) -> list[Any]:
        with self.store._file.begin() as connection:
            return list(connection.exec_driver_sql(query))


class World:
    """Everybody and the embedded central, on one true time."""

    travels = True
    """Time can be moved, and a backup put back."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="world-"))
        self.true = RehearsedClock(MONDAY)
        self.central, self.abroad = (self._centre(name) for name in ("org-1", "org-2"))
        self.stranger = self.enrol("boss", Role.COORDINATOR, central=self.abroad)
        self.holders = {person: self.enrol(person, Role.AGENT) for person in AGENTS}
        self.holders["boss"] = self.enrol("boss", Role.COORDINATOR)
        self.holders["sup"] = self.enrol("sup", Role.SUPERVISOR, site="Brussel")
        self.epochs = dict.fromkeys(CASES, 0)
        self.backup = False
        self.touched: frozenset[str] = frozenset()
        self._held: dict[Id, str] | None = None
        self.say("boss", a_campaign(), *(fact for case in CASES for fact in opened(case)))

    def close(self) -> None:
        for holder in self.holders.values():
            holder.store.close()
        shutil.rmtree(self.folder)

    def _centre(self, name: str) -> Mapping[str, Any]:
        return create_central_sqlite(self.folder / f"{name}.db", secrets.token_bytes(32), name)

    def _enrolled(self, central: Mapping[str, Any], enrolment: Enrolment) -> Enrolment:
        return enrol_mailbox(central, enrolment)

    def enrol(self, person: Id, role: Role, site: str = "Gent", central: Mapping[str, Any] | None = None) -> Holder:
        """Enrol somebody in this organisation, or in another, and return the new store."""
        there = central or self.central
        enrolment = self._enrolled(there, an_enrolment(person, role, site, org=there["org"]))
        clock = OwnClock(self.true)
        return Holder(memory_store(a_device(person, role, site, org=there["org"]), clock), enrolment, clock)

    def say(self, name: str, *facts: Fact) -> None:
        """Let somebody say things; the laws are asked of those who did something last."""
        self.touched = frozenset({name})
        with self.holders[name].store.work() as work:
            work.events.append(*facts)

    def cases(self, name: str) -> tuple[Case, ...]:
        with self.holders[name].store.work() as work:
            return tuple(work.cases.all("k1"))

    def sync(self, name: str, breaks_at: int = 0, *, after: bool = False, fault: str = "", protocol: int = 1) -> bool:
        """Let somebody sync over a line with a fault; tell whether it came to its end.

        What a faulty line or a revoked device may meet is told by code; anything else is a bug and passes through.
        """
        holder = self.holders[name]
        box = self.box(name)
        faulty = FaultyBox(_Older(box, protocol), breaks_at, after=after, fault=fault)
        self._held, self.touched = None, frozenset({name})
        try:
            result: SyncResult = exchange(holder.store, faulty, holder.clock, retry=True)  # type: ignore[arg-type]
        except CallcenterError as error:
            if error.code not in ANSWERED or not (breaks_at or fault or holder.revoked):
                raise
            return False
        finally:
            box.close()
        assert not holder.revoked, "a revoked device is answered"  # I9
        holder.stale = False
        assert result.sane or holder.cloned or protocol < 1, result
        return True

    def box(self, name: str) -> PostBox:
        """Return somebody's line to central."""
        holder = self.stranger if name == "stranger" else self.holders[name]
        return open_central(holder.enrolment.central, holder.store.device, self.true)

    def held(self) -> dict[Id, str]:
        """Return id and hash of every event on central, which holds each once."""
        if self._held is None:
            self._held = self._all()
        return self._held

    def _all(self) -> dict[Id, str]:
        events = all_events(self.central)
        found = {e.id: e.sha256 for e in events}
        assert len(found) == len(events) == len({(e.device, e.seq) for e in events})
        return found

    def revoke(self, name: str) -> None:
        enrolment = self.holders[name].enrolment
        revoke(self.central, enrolment.enrolment, self.true())
        for holder in self.holders.values():
            holder.revoked = holder.revoked or holder.enrolment is enrolment

    def back_up(self) -> None:
        shutil.copy(self.folder / "org-1.db", self.folder / "backup.db")
        self.backup = True

    def restore(self) -> None:
        """Put the backup back, as the operator does who says so; devices revoked since are revoked again."""
        shutil.copy(self.folder / "backup.db", self.folder / "org-1.db")
        mark_restored(self.central)
        self._held, self.touched = None, frozenset(self.holders)
        for holder in self.holders.values():
            # A restored central numbers its mailboxes from an earlier state.
            holder.stale, holder.cursors = True, {}
            if holder.revoked:
                revoke(self.central, holder.enrolment.enrolment, self.true())

    def clone(self, name: str) -> None:
        """Copy somebody's whole store, as an image of the laptop is copied; from now on both are used."""
        original = self.holders[name]
        original.cloned = True
        copy = memory_store(original.store.device, original.clock)
        _copy(original.store._file, copy._file)
        store = LocalStore(copy._file, original.clock)
        self.touched = frozenset({name, f"{name}'"})
        self.holders[f"{name}'"] = dataclasses.replace(original, store=store, cursors={})

    def dials(self, name: str) -> frozenset[Id]:
        """Return the cases to which somebody's desk lets a call begin now; it asks the same as the desk does."""
        me = self.holders[name].person
        with self.holders[name].store.work() as work:
            clocks = work.clocks()
            leased = {c.id: c.lease for c in work.cases.leased_to(me)}
            return frozenset(c for c, lease in leased.items() if lease and lease.callable(clocks.latest)) - (
                frozenset(leased) if clocks.behind else frozenset()
            )

    def unsaid(self, name: str) -> Iterator[Id]:
        """Yield what somebody said of which neither the text is left here, nor central holds it.

        Of an erased person no text is left either of what central refused.
        """
        held = self.held()
        holder = self.holders[name]
        texts = {row[0] for row in holder.rows("SELECT id FROM event")}
        texts |= {row[0] for row in holder.rows(_BURIED)}
        for event, sha in holder.rows("SELECT event_id, sha256 FROM outbox"):
            if event not in texts and held.get(event) != sha:
                yield event


class PostgresWorld(World):
    """The same on a PostgreSQL, whose time is that of this machine."""

    travels = False

    def __init__(self, url: str, host: str, port: int) -> None:
        self._url, self._door = url, (host, port)
        super().__init__()

    def _centre(self, name: str) -> Mapping[str, Any]:
        self.true.set(now())
        return init_postgres(self._url, new_id(now()))

    def _enrolled(self, central: Mapping[str, Any], enrolment: Enrolment) -> Enrolment:
        return enrol_laptop(central, enrolment, *self._door)

    def box(self, name: str) -> PostBox:
        """Return somebody's line to central, at the present moment."""
        self.true.set(now())
        return super().box(name)


class _Older:
    """The line of a program that speaks an older protocol, or of today's."""

    def __init__(self, box: Any, protocol: int) -> None:
        self._box, self._protocol = box, protocol

    def __getattr__(self, name: str) -> Any:
        return getattr(self._box, name)

    def hello(self, greeting: Greeting) -> Any:
        said = {**greeting.__dict__, "protocol": self._protocol}
        return self._box.hello(Greeting(**said))


def _copy(source: StoreFile, target: StoreFile) -> None:
    with source.begin() as old, target.begin() as new:
        for table in reversed(schema.tables.sorted_tables):
            new.execute(table.delete())
        for table in schema.tables.sorted_tables:
            rows = [dict(row) for row in old.execute(table.select()).mappings()]
            if rows:
                new.execute(table.insert(), rows)
        state.write(new, **{state.DEVICE: state.read(old, state.DEVICE)})


def marker(case: Id) -> str:
    """Return a text that stands in every value of a case's person, and nowhere else."""
    return f"Zz{case}zZ"


def opened(case: Id) -> tuple[Fact, ...]:
    """Return the facts of a new case, with the marker in each value."""
    numbers = (Number("n1", f"+3247011{marker(case)}"),)
    person = Respondent(f"person-{case}", marker(case), marker(case), "Gent", numbers=numbers, street=marker(case))
    return CaseOpened(case, "k1", person.person, "Gent"), RespondentAdded(case, "k1", person)


def granted(case: Id, agent: Id, epoch: int, at: datetime) -> LeaseGranted:
    """Return a lease of six hours with its pack."""
    numbers = (Number("n1", f"+3247011{marker(case)}"),)
    pack = Pack(f"person-{case}", marker(case), "P", "Gent", "nl", numbers)
    return LeaseGranted(case, "k1", f"lease-{case}-{epoch}-{agent}", agent, epoch, at, at + HOURS, pack, rank=epoch)


def texts_of(central: Mapping[str, Any], holders: Mapping[str, Holder]) -> Iterator[tuple[str, str]]:
    """Yield every text that stores hold, with the name of who holds it."""
    for name, holder in holders.items():
        for table in schema.tables.sorted_tables:
            for row in holder.rows(f"SELECT * FROM {table.name}"):  # noqa: S608 - names of our own tables
                yield f"{name}.{table.name}", " ".join(map(str, row))
