"""Live sessions: cut off at their next statement, ended when they take too long, and no hindrance to an upgrade."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from db.central.open import end_long_calls, revoke, upgrade_postgres
from db.errors import DeviceRevoked
from tests.db.central.conftest import Town


@contextlib.contextmanager
def _session(address: Any) -> Iterator[psycopg.Connection[Any]]:
    words = {name: address[name] for name in ("host", "port", "user", "password")}
    with psycopg.connect(**words, dbname=address["database"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def laptop(pg_town: Town) -> tuple[Any, Any]:
    enrolment = pg_town.enrol("yasmina")
    store = pg_town.laptop(enrolment)
    pg_town.met(store)
    return enrolment, store.device


def _pull(connection: psycopg.Connection[Any], device: Any) -> list[Any]:
    words = [device.device, device.db_epoch]
    return connection.execute("SELECT * FROM api_v1.pull(%s, %s, 'agent:yasmina', 0, 10)", words).fetchall()


def _mark_revoked(town: Town, enrolment: Any) -> None:
    """Only the mark: neither the login nor the session is ended."""
    with psycopg.connect(town.owner["url"], autocommit=True) as owner:
        owner.execute("UPDATE priv.principal SET revoked_at = now() WHERE enrolment = %s", [enrolment.enrolment])


def test_a_revoked_laptops_open_connection_reads_nothing_at_its_next_statement(pg_town: Town, laptop) -> None:
    enrolment, device = laptop
    with _session(enrolment.central) as line:
        assert _pull(line, device) == []
        _mark_revoked(pg_town, enrolment)
        with pytest.raises(psycopg.Error) as refused:
            _pull(line, device)
        assert refused.value.sqlstate == "CC004"


def test_an_open_transaction_does_not_outlive_the_revocation(pg_town: Town, laptop) -> None:
    enrolment, device = laptop
    with _session(enrolment.central) as line:
        line.execute("BEGIN")
        assert _pull(line, device) == []
        _mark_revoked(pg_town, enrolment)
        with pytest.raises(psycopg.Error) as refused:
            _pull(line, device)
        assert refused.value.sqlstate == "CC004"


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_a_snapshot_from_before_the_revocation_is_of_no_use(laptop, level: str) -> None:
    enrolment, device = laptop
    with _session(enrolment.central) as line:
        line.execute(f"BEGIN ISOLATION LEVEL {level}")
        with pytest.raises(psycopg.Error) as refused:
            _pull(line, device)
        assert refused.value.sqlstate == "CC001"


def test_revoking_ends_the_session_and_the_login(pg_town: Town, laptop) -> None:
    enrolment, device = laptop
    with _session(enrolment.central) as line:
        revoke(pg_town.owner, enrolment.enrolment, pg_town.clock())
        with pytest.raises(psycopg.OperationalError):
            _pull(line, device)
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"), _session(enrolment.central):
        pass
    store = pg_town.laptop(enrolment)
    with pytest.raises(DeviceRevoked):
        pg_town.box(store).pull("agent:yasmina", 0)


def test_a_call_that_burns_time_is_ended_by_the_watcher(pg_town: Town, laptop) -> None:
    enrolment, _ = laptop
    ended: list[BaseException] = []
    begun = threading.Event()

    def burn() -> None:
        try:
            with _session(enrolment.central) as line:
                line.execute("SET statement_timeout = 0; BEGIN")
                begun.set()
                line.execute("SELECT count(*) FROM generate_series(1, 100000000000)")
        except psycopg.Error as error:
            ended.append(error)

    thread = threading.Thread(target=burn)
    thread.start()
    assert begun.wait(20)
    assert end_long_calls(pg_town.owner) == 0
    while not end_long_calls(pg_town.owner, timedelta()):
        pass
    thread.join(20)
    assert [type(e) for e in ended] == [psycopg.errors.AdminShutdown]


def test_an_idle_transaction_of_a_laptop_does_not_stop_an_upgrade(pg_town: Town, laptop) -> None:
    enrolment, device = laptop
    with _session(enrolment.central) as line:
        line.execute("SET idle_in_transaction_session_timeout = 0; BEGIN")
        _pull(line, device)
        upgrade_postgres(pg_town.owner["url"])
        with pytest.raises(psycopg.OperationalError):
            line.execute("SELECT 1")
