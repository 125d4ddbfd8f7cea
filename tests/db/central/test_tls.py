"""A server in the open is spoken to only when the enrolment's own authority vouches for it, and only by SCRAM."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
import pytest

from callcenter.clock import now
from callcenter.domain.agent import Role
from callcenter.domain.event import NoteAdded
from callcenter.usecases.syncing import sync
from db.central.open import enrol_laptop, init_postgres, open_central
from db.errors import CentralUnproven, CentralUnreachable, CentralUnverifiable, DeviceRefused
from db.local.store import memory_store
from tests.db.central.servers import SystemServer, installed, make_authority
from tests.db.laptops import a_device, a_greeting, an_enrolment

ORG = "org-tls"


@pytest.fixture(scope="module")
def server() -> Iterator[SystemServer]:
    programs = installed()
    if programs is None:
        pytest.skip("no PostgreSQL of the system on this machine (apt-get install postgresql)")
    made = SystemServer(programs)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def address(server: SystemServer) -> Mapping[str, Any]:
    enrolment = an_enrolment("boss", Role.COORDINATOR, org=ORG)
    return enrol_laptop(init_postgres(server.url, ORG), enrolment, "localhost", server.port, server.ca).central


def _hello(address: Mapping[str, Any]) -> Any:
    device = dataclasses.replace(a_device("boss", Role.COORDINATOR, org=ORG), device="laptop", db_epoch="epoch")
    box = open_central(address, device)
    try:
        return box.hello(a_greeting(device))
    finally:
        box.close()


def test_a_sync_goes_over_tls_with_scram_bound_to_the_channel(server: SystemServer) -> None:
    owner = init_postgres(server.url, ORG)
    enrolled = enrol_laptop(
        owner, an_enrolment("eva", Role.COORDINATOR, org=ORG), "localhost", server.port, server.ca
    )
    store = memory_store(a_device("eva", Role.COORDINATOR, org=ORG), now)
    with store.work() as work:
        work.events.append(NoteAdded("c1", "", "x"))
    box = open_central(enrolled.central, store.device)
    assert sync(store.log, box, now).sane
    with psycopg.connect(server.url) as watching:
        query = "SELECT s.ssl, s.version FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.usename = %s"
        (row,) = watching.execute(query, [enrolled.central["user"]]).fetchall()
        kept = watching.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [enrolled.central["user"]])
        assert str(kept.fetchone()).startswith("('SCRAM-SHA-256")
    box.close()
    assert row == (True, "TLSv1.3")


def test_a_server_of_another_authority_is_not_spoken_to(server: SystemServer, address) -> None:
    with pytest.raises(CentralUnproven):
        _hello({**address, "ca": make_authority(server.folder, "stranger")})


def test_a_server_under_another_name_is_not_spoken_to(address) -> None:
    with pytest.raises(CentralUnproven):
        _hello({**address, "host": "127.0.0.1"})


def test_a_wrong_password_is_refused(address) -> None:
    with pytest.raises(DeviceRefused):
        _hello({**address, "password": "guessed"})


def test_the_server_lets_nobody_in_without_tls(address) -> None:
    words = {"host": "localhost", "port": address["port"], "user": address["user"], "password": address["password"]}
    with pytest.raises(psycopg.OperationalError, match="pg_hba.conf rejects connection"):
        psycopg.connect(**words, dbname="postgres", sslmode="disable")


def test_without_an_authority_only_this_machine_is_spoken_to(address) -> None:
    for host in ("central.example.org", "192.168.1.10"):
        with pytest.raises(CentralUnverifiable):
            _hello({**address, "host": host, "ca": ""})


def test_nobody_at_the_port_is_told_as_unreachable(address) -> None:
    with pytest.raises(CentralUnreachable):
        _hello({**address, "port": 1})


def test_the_authority_lies_in_a_file_only_while_the_line_is_open(address) -> None:
    box = open_central(address, a_device("boss", Role.COORDINATOR, org=ORG))
    file = box._trust._file  # type: ignore[attr-defined]
    assert file.read_text("ascii") == address["ca"]
    assert file.parent.stat().st_mode & 0o077 == 0
    box.close()
    assert not file.exists()
