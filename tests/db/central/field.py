"""A central with two organisations in a template database, and what a laptop's own credentials can do to a copy."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from callcenter.clock import now
from callcenter.domain.agent import Role
from callcenter.domain.envelope import sha256
from callcenter.domain.event import AttemptOpened, ConfidentialNoteAdded, NoteAdded
from callcenter.ids import new_id
from callcenter.usecases.syncing import sync
from db.central.open import enrol_laptop, init_postgres, open_central
from db.central.trust import Trust
from db.local.store import LocalStore, memory_store
from tests.db.laptops import a_campaign, a_device, an_enrolment, granted, opened

HOME, ABROAD = "org-home", "org-abroad"
PHONE = "+32470112233"
SECRET = "what a stranger wrote"
_PEOPLE = (
    (HOME, "boss", Role.COORDINATOR, ""),
    (HOME, "sam", Role.SUPERVISOR, "Gent"),
    (HOME, "yasmina", Role.AGENT, "Gent"),
    (HOME, "jef", Role.AGENT, "Gent"),
    (HOME, "amir", Role.AGENT, "Brussel"),
    (HOME, "spare", Role.AGENT, "Gent"),
    (ABROAD, "chief", Role.COORDINATOR, ""),
    (ABROAD, "stranger", Role.AGENT, "Gent"),
)
_TEMPLATE = "field"


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody's store and the address that its enrolment gave."""

    store: LocalStore
    address: Mapping[str, Any]

    @property
    def login(self) -> str:
        return str(self.address["user"])


class Ground:
    """The template and the people on it; `copy` gives a database to attack."""

    def __init__(self, url: str, host: str, port: int, ca: str = "") -> None:
        self.url = url
        self._numbers = itertools.count()
        self._owner_of = {org: self._made(org) for org in (HOME, ABROAD)}
        self.people = {
            person: self._enrolled(org, person, role, site, host, port, ca) for org, person, role, site in _PEOPLE
        }
        self._live()

    def _made(self, org: str) -> Mapping[str, Any]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            there = connection.execute("SELECT FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone()
            if there is None:
                connection.execute(f"CREATE DATABASE {_TEMPLATE}")
        return init_postgres(self.url_of(_TEMPLATE), org)

    def _enrolled(self, org: str, person: str, role: Role, site: str, *door: Any) -> Person:
        enrolment = an_enrolment(person, role, site, org=org)
        if role is Role.COORDINATOR:
            enrolment = dataclasses.replace(enrolment, mailboxes=("org", "site:Gent", "site:Brussel"))
        address = enrol_laptop(self._owner_of[org], enrolment, *door).central
        return Person(memory_store(a_device(person, role, site, org=org), now), address)

    def _live(self) -> None:
        """Let both organisations have cases, leases and something said."""
        for office, agents in (("boss", ("yasmina", "jef")), ("chief", ("stranger",))):
            cases = [f"{office}-{n}" for n in range(len(agents))]
            with self.people[office].store.work() as work:
                leases = [granted(c, a, at=now()) for c, a in zip(cases, agents, strict=True)]
                work.events.append(
                    a_campaign(),
                    *(f for c in cases for f in opened(c)),
                    *opened(f"{office}-brussel", site="Brussel"),
                    *leases,
                )
            self._sync(office, *agents)
            for case, agent in zip(cases, agents, strict=True):
                with self.people[agent].store.work() as work:
                    said = (NoteAdded(case, "", SECRET), ConfidentialNoteAdded(case, "", SECRET))
                    work.events.append(AttemptOpened(case, f"a-{case}", "n1", "subject"), *said)
            self._sync(*agents, office)
        self._sync("sam")

    def _sync(self, *names: str) -> None:
        for name in names:
            person = self.people[name]
            box = open_central(person.address, person.store.device)
            assert sync(person.store.log, box, now).sane
            box.close()

    def url_of(self, database: str) -> str:
        return make_url(self.url).set(database=database).render_as_string(hide_password=False)

    @contextlib.contextmanager
    def copy(self) -> Iterator[Field]:
        """Make a database like the template; the doors of a database are no part of a template."""
        name = f"copy{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
            connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
            connection.execute(f"GRANT CONNECT ON DATABASE {name} TO cc_laptop")
            try:
                yield Field(self, name)
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Field:
    """One database under attack."""

    _seqs = itertools.count(1000)

    def __init__(self, ground: Ground, database: str) -> None:
        self.people = ground.people
        self.database = database
        self.url = ground.url_of(database)

    def owner(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=True)

    @contextlib.contextmanager
    def laptop(self, person: str = "yasmina") -> Iterator[psycopg.Connection[Any]]:
        """Connect with somebody's own credentials."""
        address = self.people[person].address
        trust = Trust(address["host"], address["ca"])
        words = {"host": address["host"], "port": address["port"], "user": address["user"]}
        secret = {"password": address["password"], "dbname": self.database}
        try:
            with psycopg.connect(**words, **secret, **trust.arguments, autocommit=True) as connection:
                yield connection
        finally:
            trust.close()

    def asked(self, *statements: str, person: str = "yasmina") -> list[Any]:
        """Return the rows of those statements that are let through."""
        rows: list[Any] = []
        with self.laptop(person) as connection:
            for statement in statements:
                with contextlib.suppress(psycopg.errors.Error):
                    rows += _rows(connection, statement)
        return rows

    def called(self, function: str, *arguments: Any, person: str = "yasmina") -> list[Any]:
        """Return the rows of a call of central, as the person's own device."""
        device = self.people[person].store.device
        words = ", ".join(["%s"] * (2 + len(arguments)))
        with self.laptop(person) as connection:
            statement = f"SELECT * FROM api_v1.{function}({words})"  # noqa: S608 - the name of a call of central
            return connection.execute(statement, [device.device, device.db_epoch, *arguments]).fetchall()  # type: ignore[call-overload]

    def event(self, person: str = "yasmina", **changed: Any) -> dict[str, Any]:
        """Return an event as it is pushed: a note on the person's own case, with changes to its envelope."""
        device = self.people[person].store.device
        wire: dict[str, Any] = {
            "id": new_id(datetime.now(UTC)),
            "kind": "NoteAdded",
            "version": 1,
            "case": "boss-0" if person == "yasmina" else "boss-1",
            "site": device.site,
            "to": "",
            "by": device.person,
            "role": str(device.role),
            "device": device.device,
            "seq": next(self._seqs),
            "at": datetime.now(UTC).isoformat(),
            "logical": 1,
            "body": {"text": "x"},
        }
        wire |= changed
        text = json.dumps(wire)
        return {"id": wire["id"], "seq": wire["seq"], "wire": text, "sha256": sha256(text)}

    def pushed(self, *events: Mapping[str, Any], person: str = "yasmina") -> list[str]:
        """Return central's answers."""
        return [row[1] for row in self.called("push", json.dumps(events), person=person)]

    def weaken(self, words: Sequence[str | tuple[str, str, str]]) -> None:
        """Run statements as the owner of the server; a triple replaces words in the source of a function."""
        with self.owner() as connection:
            for word in words:
                if isinstance(word, tuple):
                    name, old, new = word
                    query = "SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.oid::regproc = %s::regproc"
                    (source,) = connection.execute(query, [name]).fetchone() or ("",)
                    assert old in source, (name, old)
                    connection.execute(source.replace(old, new))
                else:
                    connection.execute(word)  # type: ignore[call-overload]


def _rows(connection: psycopg.Connection[Any], statement: str) -> list[Any]:
    """Return what a statement gives, also one that copies to the client."""
    cursor = connection.cursor()
    if statement.endswith("TO STDOUT"):
        with cursor.copy(statement) as copy:  # type: ignore[arg-type]
            return [bytes(row) for row in copy]
    cursor.execute(statement)  # type: ignore[arg-type]
    return cursor.fetchall() if cursor.description else [("done",)]
