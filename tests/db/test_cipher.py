from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlcipher3
from sqlalchemy import text

from db import cipher


def test_an_encrypted_file_keeps_every_commit_and_overwrites_what_it_deletes(tmp_path: Path) -> None:
    made = cipher.engine(tmp_path / "x.db", bytes(32))
    with made.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store", "secure_delete")
        }
    made.dispose()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "temp_store": 2,
        "secure_delete": 1,
    }


def test_a_transaction_takes_the_write_lock_when_it_begins(tmp_path: Path) -> None:
    first = cipher.engine(tmp_path / "x.db", bytes(32))
    second = cipher.connect(tmp_path / "x.db", bytes(32))
    second.execute("PRAGMA busy_timeout = 1")
    with first.begin(), pytest.raises(sqlcipher3.dbapi2.OperationalError, match="locked"):
        second.execute("BEGIN IMMEDIATE")
    second.close()
    first.dispose()


def test_a_library_that_does_not_encrypt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlcipher3.dbapi2, "connect", sqlite3.connect)
    with pytest.raises(RuntimeError, match="encrypt"):
        cipher.connect(tmp_path / "x.db", bytes(32))


@pytest.mark.parametrize("key", [bytes([1]) + bytes(31), bytes(31) + bytes([1])])
def test_a_file_does_not_open_with_another_key(tmp_path: Path, key: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    made = cipher.engine(tmp_path / "x.db", bytes(32))
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE t (a TEXT)"))
    made.dispose()
    assert not (tmp_path / "x.db").read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(cipher.CannotOpen):
        cipher.connect(tmp_path / "x.db", key)
    assert capfd.readouterr().err == ""


def test_a_copy_without_the_key_is_refused(tmp_path: Path) -> None:
    source = cipher.connect(tmp_path / "x.db", bytes(32))
    source.execute("CREATE TABLE t (a TEXT)")
    plain = sqlcipher3.dbapi2.connect(str(tmp_path / "copy.db"))
    with pytest.raises(sqlcipher3.dbapi2.Error):
        source.backup(plain)
    plain.close()
    source.close()


def test_a_small_file_gives_back_its_texts_and_says_nothing_else(tmp_path: Path) -> None:
    told = {"name": "Yasmina", "quote": "'\"; DROP TABLE item"}
    cipher.write_small(tmp_path / "small", "secret", cipher.RANDOM_SECRET, told)
    assert cipher.read_small(tmp_path / "small", "secret", cipher.RANDOM_SECRET) == told
    assert [p.name for p in tmp_path.iterdir()] == ["small"]
    assert (tmp_path / "small").stat().st_size <= 8192


def test_a_guess_of_a_pass_phrase_costs_a_computer_its_memory() -> None:
    assert cipher.PASSPHRASE.memory_kib >= 64 * 1024
    one, other = (cipher.derive_key("x", bytes([n]) * 16, cipher.RANDOM_SECRET) for n in (1, 2))
    assert one != other
