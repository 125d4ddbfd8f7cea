from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from callcenter.domain.agent import Role
from db import cipher
from db.errors import StoreDamaged, StoreUnopened
from db.local.labels import stores_in
from db.local.open import NewerStore, StoreCopied, StoreThere, create_store, open_store
from db.local.vault import WrongPassphrase, open_vault
from tests.db.laptops import a_clock, an_enrolment, opened

_PHRASE = "vier woorden is genoeg"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = create_store(tmp_path / "yasmina", an_enrolment("yasmina", central={"kind": "none"}), _PHRASE, a_clock())
    with store.work() as work:
        work.events.append(*opened("c1"))
    store.close()
    return tmp_path / "yasmina"


def _break(folder: Path, statement: str) -> None:
    engine = cipher.engine(folder / "store.db", open_vault(folder, _PHRASE))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_what_was_kept_is_there_the_next_day(folder: Path) -> None:
    store = open_store(folder, _PHRASE, a_clock())
    with store.work() as work:
        assert work.cases.get("c1").respondent.last_name == "Peeters"
    assert store.device.person == "yasmina"
    assert store.central == {"kind": "none"}
    store.check()
    store.close()


def test_no_file_of_a_store_is_plain(folder: Path) -> None:
    store = open_store(folder, _PHRASE, a_clock())  # open, so that the write-ahead log lies there too
    with store.work() as work:
        work.events.append(*opened("c2"))
    names = {path.name for path in folder.iterdir()}
    assert {"store.db", "store.db-wal"} <= names
    for path in folder.iterdir():
        content = path.read_bytes()
        assert not content.startswith(b"SQLite format 3"), path.name
        assert b"Peeters" not in content, path.name
    store.close()


def test_a_wrong_phrase_a_damaged_file_and_a_newer_one_are_told_apart(folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        open_store(folder, "vijf woorden zijn ook genoeg", a_clock())
    _break(folder, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(NewerStore):
        open_store(folder, _PHRASE, a_clock())
    whole = (folder / "store.db").read_bytes()
    (folder / "store.db").write_bytes(whole[:100] + b"xxxx" + whole[104:])
    with pytest.raises(StoreDamaged):
        open_store(folder, _PHRASE, a_clock())


def test_a_byte_that_flips_while_the_store_is_open_is_found_by_the_check(folder: Path) -> None:
    store = open_store(folder, _PHRASE, a_clock())
    whole = bytearray((folder / "store.db").read_bytes())
    whole[-2000] ^= 1
    (folder / "store.db").write_bytes(whole)
    store.check_due()  # it was read at the opening, a moment ago
    with pytest.raises(StoreDamaged):
        store.check()
    store.close()


def test_a_store_without_its_file_is_not_called_damaged(folder: Path) -> None:
    (folder / "store.db").unlink()
    with pytest.raises(StoreUnopened):
        open_store(folder, _PHRASE, a_clock())


def test_a_store_put_back_from_elsewhere_is_noticed(folder: Path) -> None:
    (folder / "epoch").write_text("another")
    with pytest.raises(StoreCopied):
        open_store(folder, _PHRASE, a_clock())


def test_a_second_store_in_one_folder_is_refused(folder: Path) -> None:
    with pytest.raises(StoreThere):
        create_store(folder, an_enrolment("yasmina"), _PHRASE, a_clock())


def test_a_half_made_store_is_no_store_and_is_made_again(tmp_path: Path) -> None:
    half = tmp_path / ".jef.new"
    half.mkdir()
    (half / "label.json").write_text('{"name": "Jef", "role": "agent", "site": "Gent"}')
    assert stores_in(tmp_path) == ()
    create_store(tmp_path / "jef", an_enrolment("jef"), _PHRASE, a_clock()).close()
    assert [label.name for label in stores_in(tmp_path)] == ["Jef B"]
    assert not half.exists()


def test_the_sign_in_list_shows_name_role_and_site_and_nothing_else(tmp_path: Path) -> None:
    create_store(tmp_path / "b", an_enrolment("zoe", Role.SUPERVISOR), _PHRASE, a_clock()).close()
    create_store(tmp_path / "a", an_enrolment("adam"), _PHRASE, a_clock()).close()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "label.json").write_text("no label")
    shown = [(label.folder.name, label.name, label.role, label.site) for label in stores_in(tmp_path)]
    assert shown == [("a", "Adam B", Role.AGENT, "Gent"), ("b", "Zoe B", Role.SUPERVISOR, "Gent")]
    assert set((tmp_path / "a" / "label.json").read_text()) & {"+"} == set()


def test_a_copied_folder_opens_only_with_the_phrase(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    with pytest.raises(WrongPassphrase):
        open_store(tmp_path / "copy", "", a_clock())
