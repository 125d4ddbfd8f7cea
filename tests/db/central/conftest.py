from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Role
from callcenter.domain.envelope import sha256
from callcenter.ids import new_id
from callcenter.ports import Outgoing, PostBox, Verdict
from callcenter.usecases.syncing import sync
from db.central.open import create_central_sqlite, enrol_mailbox, init_postgres, laptop_login, open_central
from db.local.store import LocalStore, memory_store
from tests.db.laptops import MONDAY, a_device, a_greeting, an_enrolment


class Town:
    """One organisation with its central; the clock of the laptops and of the embedded central is its own."""

    def __init__(self, owner: Mapping[str, Any], laptops: Mapping[str, Any], clock: RehearsedClock) -> None:
        self.owner, self.laptops, self.clock = owner, laptops, clock
        self._boxes: list[PostBox] = []

    def store(self, person: str, role: Role = Role.AGENT, site: str = "Gent") -> LocalStore:
        """Enrol a person and return the store of the new laptop."""
        enrol_mailbox(self.owner, an_enrolment(person, role, site, org=self.owner["org"]))
        return self.stranger(person, role, site)

    def stranger(self, person: str, role: Role = Role.AGENT, site: str = "Gent") -> LocalStore:
        """Return a store that central does not know."""
        return memory_store(a_device(person, role, site, org=self.owner["org"]), self.clock)

    def box(self, store: LocalStore) -> PostBox:
        box = open_central(self.laptops, store.device, self.clock)
        self._boxes.append(box)
        return box

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


def _postgres(url: str, org: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    owner = init_postgres(url, org)
    return owner, laptop_login(owner, "laptop", "geheim '\" % woord")


@pytest.fixture(params=["sqlite", "postgres"])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    org = new_id(MONDAY)
    clock = RehearsedClock(datetime.now(UTC))  # PostgreSQL knows no other time
    if request.param == "sqlite":
        owner = create_central_sqlite(tmp_path / "central" / "box.db", secrets.token_bytes(32), org)
        made = Town(owner, owner, clock)
    else:
        made = Town(*_postgres(request.getfixturevalue("postgres_url"), org), clock)
    yield made
    made.close()


@pytest.fixture
def pg_town(postgres_url: str) -> Iterator[Town]:
    made = Town(*_postgres(postgres_url, new_id(MONDAY)), RehearsedClock(datetime.now(UTC)))
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
