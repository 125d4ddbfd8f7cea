from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Role
from callcenter.domain.envelope import sha256
from callcenter.ids import new_id
from callcenter.ports import Outgoing, PostBox, Verdict
from callcenter.usecases.syncing import sync
from db.central.open import create_central_sqlite, enrol_laptop, enrol_mailbox, init_postgres, open_central
from db.central.postgres import open_owner
from db.local.store import LocalStore, memory_store
from db.types import Enrolment
from tests.db.laptops import MONDAY, a_device, a_greeting, an_enrolment


class Town:
    """One organisation with its central; the clock of the laptops and of the embedded central is its own."""

    def __init__(self, owner: Mapping[str, Any], clock: RehearsedClock) -> None:
        self.owner, self.clock = owner, clock
        self.addresses: dict[str, Mapping[str, Any]] = {}
        self._boxes: list[PostBox] = []

    def enrol(self, person: str, role: Role = Role.AGENT, site: str = "Gent", **said: Any) -> Enrolment:
        """Make an enrolment and return it with its address."""
        enrolment = dataclasses.replace(an_enrolment(person, role, site, org=self.owner["org"]), **said)
        if self.owner["kind"] == "sqlite":
            return enrol_mailbox(self.owner, enrolment)
        return enrol_laptop(self.owner, enrolment, *door(self.owner["url"]))

    def laptop(self, enrolment: Enrolment) -> LocalStore:
        """Return the store of a new laptop with an enrolment."""
        store = self.stranger(enrolment.person, enrolment.role, enrolment.site)
        self.addresses[store.device.device] = enrolment.central
        return store

    def store(self, person: str, role: Role = Role.AGENT, site: str = "Gent") -> LocalStore:
        """Enrol a person and return the store of the new laptop."""
        return self.laptop(self.enrol(person, role, site))

    def stranger(self, person: str, role: Role = Role.AGENT, site: str = "Gent") -> LocalStore:
        """Return a store that central does not know."""
        return memory_store(a_device(person, role, site, org=self.owner["org"]), self.clock)

    def box(self, store: LocalStore) -> PostBox:
        address = self.addresses.get(store.device.device) or self._unknown()
        box = open_central(address, store.device, self.clock)
        self._boxes.append(box)
        return box

    def _unknown(self) -> Mapping[str, Any]:
        """Return an address of this central that names no enrolment."""
        if self.owner["kind"] == "sqlite":
            return {**self.owner, "enrolment": "never made"}
        address = self.enrol("nobody").central
        with open_owner(self.owner).begin() as connection:
            connection.execute(text("DELETE FROM priv.login WHERE login = :user"), {"user": address["user"]})
        return address

    def met(self, store: LocalStore) -> PostBox:
        """Return a line that has said hello."""
        box = self.box(store)
        box.hello(a_greeting(store.device))
        return box

    def sync(self, *stores: LocalStore) -> None:
        for store in stores:
            result = sync(store.log, self.box(store), self.clock)
            assert result.sane

    def close(self) -> None:
        for box in self._boxes:
            box.close()


def door(url: str) -> tuple[str, int]:
    """Return host and port of a server that the tests started on this machine."""
    told = make_url(url)
    return str(told.query.get("host") or told.host), int(told.port or 5432)


@pytest.fixture(params=["sqlite", "postgres"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    org = new_id(MONDAY)
    clock = RehearsedClock(datetime.now(UTC))  # PostgreSQL knows no other time
    if request.param == "sqlite":
        owner = create_central_sqlite(tmp_path / "central" / "box.db", secrets.token_bytes(32), org)
    else:
        owner = init_postgres(request.getfixturevalue("postgres_url"), org)
    made = Town(owner, clock)
    yield made
    made.close()


@pytest.fixture
def pg_town(postgres_url: str) -> Iterator[Town]:
    made = Town(init_postgres(postgres_url, new_id(MONDAY)), RehearsedClock(datetime.now(UTC)))
    yield made
    made.close()


def moved(store: LocalStore, **changes: Any) -> LocalStore:
    """Return another store that says it is this device, with some differences."""
    return memory_store(dataclasses.replace(store.device, **changes), store._clock)


def answers(verdicts: Sequence[Verdict]) -> list[tuple[str, str]]:
    return [(v.answer, v.reason) for v in verdicts]


def forged(sent: Outgoing, **changed: object) -> Outgoing:
    told = {**json.loads(sent.wire), **changed}
    wire = json.dumps(told)
    return Outgoing(told["seq"] if "seq" in changed else sent.seq, told["id"], wire, sha256(wire))
