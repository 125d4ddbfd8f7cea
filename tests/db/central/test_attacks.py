"""Every attack holds, and the same attempt is seen to succeed where the schema was weakened on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.db.central.attacks import READING, Attack
from tests.db.central.attacks_on_history import CHANGING
from tests.db.central.attacks_on_the_server import SERVER
from tests.db.central.field import Field, Ground
from tests.db.central.servers import SystemServer, installed
from tests.sync.server import Server

ATTACKS = (*READING, *CHANGING, *SERVER)


@pytest.fixture(scope="module", params=["wheel", "system"])
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    if request.param == "wheel":
        wheel = Server()
        wheel.start()
        yield Ground(wheel.url, str(wheel.folder), wheel.port)
        wheel.stop()
        return
    programs = installed()
    if programs is None:
        pytest.skip("no PostgreSQL of the system on this machine (apt-get install postgresql)")
    server = SystemServer(programs)
    yield Ground(server.url, "localhost", server.port, server.ca)
    server.stop()


@pytest.fixture(scope="module")
def untouched(ground: Ground) -> Iterator[Field]:
    with ground.copy() as field:
        yield field


def _got(attack: Attack, field: Field) -> Any:
    """Return what an attempt gets; a refusal by the server is nothing, an error without a state is our mistake."""
    try:
        return attack.attempt(field)
    except psycopg.Error as refusal:
        if refusal.sqlstate is None:
            raise
        return None


def _filled(field: Field, words: Any) -> list[Any]:
    names = {person: each.login for person, each in field.people.items()}
    return [w if isinstance(w, tuple) else w.format(database=field.database, **names) for w in words]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: f"{a.number} {a.name}")
def test_it_holds(ground: Ground, untouched: Field, attack: Attack) -> None:
    if not attack.given:
        assert not _got(attack, untouched)
        return
    with ground.copy() as field:
        field.weaken(_filled(field, attack.given))
        assert not _got(attack, field)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: f"{a.number} {a.name}")
def test_it_is_caught_where_the_schema_is_weak(ground: Ground, attack: Attack) -> None:
    with ground.copy() as field:
        field.weaken(_filled(field, attack.given))
        field.weaken(_filled(field, attack.weaken))
        try:
            assert _got(attack, field)
        finally:
            field.weaken(_filled(field, attack.mend))


def test_every_row_of_the_list_is_tried() -> None:
    assert {attack.number for attack in ATTACKS} == set(range(1, 27))
