from __future__ import annotations

import errno

import pytest
import sqlcipher3
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from callcenter.ports import PostBox
from db.central.open import open_central
from db.central.postgres import open_owner
from db.cipher import engine
from db.errors import (
    CentralBusy,
    CentralUnreachable,
    CentralUnverifiable,
    DiskFull,
    StoreBusy,
    StoreDamaged,
    translated,
)
from tests.db.central.conftest import door
from tests.db.laptops import a_device, a_greeting


def _box(host: str, port: int = 5432, database: str = "postgres") -> PostBox:
    address = {"host": host, "port": port, "database": database, "user": "u", "password": "p", "ca": "", "org": "o"}
    return open_central({"kind": "postgres", **address}, a_device("yasmina"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("disk I/O error", DiskFull),
        ("database or disk is full", DiskFull),
        ("database is locked", StoreBusy),
        ("database disk image is malformed", StoreDamaged),
    ],
)
def test_what_the_driver_says_becomes_what_the_user_can_do(said: str, meant: type[Exception]) -> None:
    with pytest.raises(meant), translated():
        raise sqlcipher3.dbapi2.OperationalError(said)


def test_a_full_disk_under_a_small_file_is_told_the_same() -> None:
    with pytest.raises(DiskFull), translated():
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_bug_stays_a_bug() -> None:
    made = engine(None, bytes(32))
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER PRIMARY KEY)"))
    with pytest.raises(IntegrityError), translated(), made.begin() as connection:
        connection.execute(text("INSERT INTO t VALUES (1), (1)"))
    made.dispose()


def test_a_central_that_does_not_answer_is_called_unreachable() -> None:
    with pytest.raises(CentralUnreachable):
        _box("127.0.0.1", 1).hello(a_greeting(a_device("yasmina")))


def test_a_server_elsewhere_without_an_authority_is_not_spoken_to() -> None:
    with pytest.raises(CentralUnverifiable):
        _box("central.example.org")


def test_a_central_without_our_database_is_called_unreachable(postgres_url: str) -> None:
    with pytest.raises(CentralUnreachable):
        _box(door(postgres_url)[0], database="absent").hello(a_greeting(a_device("yasmina")))


def test_an_embedded_central_that_is_gone_or_has_another_key_is_called_unreachable(tmp_path) -> None:
    from db.central.open import create_central_sqlite

    address = create_central_sqlite(tmp_path / "c.db", bytes(32), "o")
    with pytest.raises(CentralUnreachable):
        open_central({**address, "key": "11" * 32}, a_device("yasmina"))
    with pytest.raises(CentralUnreachable):
        open_central({**address, "path": str(tmp_path / "absent.db")}, a_device("yasmina"))


def test_a_call_that_takes_too_long_is_called_busy(postgres_url: str) -> None:
    from sqlalchemy import create_engine

    from db.central.postgres import driver_url

    made = create_engine(driver_url(postgres_url), connect_args={"options": "-cstatement_timeout=50"})
    with pytest.raises(CentralBusy), translated("central"), made.begin() as connection:
        connection.execute(text("SELECT pg_sleep(5)"))
    made.dispose()


def test_no_error_of_a_database_quotes_what_was_said(postgres_url: str) -> None:
    made = engine(None, bytes(32))
    owner = open_owner({"url": postgres_url})
    for each in (made, owner):
        with pytest.raises(DBAPIError) as caught, each.begin() as connection:
            connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Aya El Idrissi"})
        assert "Idrissi" not in str(caught.value)
        each.dispose()
