"""A store that was copied, or put back from a backup, is noticed; nothing of it is lost and nothing is said twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from callcenter.domain.event import AttemptOpened
from callcenter.ports import Delivery, Verdict
from db.local import mark
from db.local.open import StoreCopied, StoreOlder, create_store, open_store
from db.local.rescue import rescue
from db.local.store import LocalStore
from tests.db.laptops import MONDAY, a_clock, a_store, an_enrolment, granted

_PHRASE = "paard batterij niet juist"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_store(tmp_path / "yasmina", an_enrolment("yasmina"), _PHRASE, a_clock()).close()
    return tmp_path / "yasmina"


def _call(folder: Path, *names: str) -> None:
    store = open_store(folder, _PHRASE, a_clock())
    with store.work() as work:
        work.events.append(*(AttemptOpened(f"c-{n}", n, "n1", "subject") for n in names))
    store.close()


def _sync(folder: Path) -> list[int]:
    """Send what waits and return its numbers."""
    store = open_store(folder, _PHRASE, a_clock())
    sent = store.log.unsent()
    store.log.settle([Verdict(o.event_id, "have", o.sha256) for o in sent])
    store.close()
    return [o.seq for o in sent]


def _backup(folder: Path, to: Path) -> None:
    shutil.copytree(folder, to)


def _put_back(folder: Path, backup: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)


def test_an_older_copy_of_the_whole_folder_is_noticed_once_newer_events_have_left(
    folder: Path, tmp_path: Path
) -> None:
    _call(folder, "a1")
    assert _sync(folder) == [1]
    _backup(folder, tmp_path / "backup")
    _call(folder, "a2")
    assert _sync(folder) == [2]
    _put_back(folder, tmp_path / "backup")
    with pytest.raises(StoreOlder):
        open_store(folder, _PHRASE, a_clock())


def test_a_copy_that_holds_all_that_ever_left_is_worked_on_again(folder: Path, tmp_path: Path) -> None:
    _call(folder, "a1")
    assert _sync(folder) == [1]
    _backup(folder, tmp_path / "backup")
    _call(folder, "never sent")
    _put_back(folder, tmp_path / "backup")
    _call(folder, "a2")
    assert _sync(folder) == [2]


def test_what_was_sealed_for_the_office_counts_as_left(folder: Path, tmp_path: Path) -> None:
    _backup(folder, tmp_path / "backup")
    _call(folder, "a1")
    store = open_store(folder, _PHRASE, a_clock())
    store.seal()
    store.close()
    _put_back(folder, tmp_path / "backup")
    with pytest.raises(StoreOlder):
        open_store(folder, _PHRASE, a_clock())


def test_a_folder_that_was_copied_to_another_place_is_noticed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other laptop").mkdir()
    shutil.copytree(folder, tmp_path / "other laptop" / "yasmina")
    with pytest.raises(StoreCopied):
        open_store(tmp_path / "other laptop" / "yasmina", _PHRASE, a_clock())
    open_store(folder, _PHRASE, a_clock()).close()


def test_the_file_alone_put_back_is_noticed_as_well(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "store.db", tmp_path / "kept.db")
    _call(folder, "a1")
    assert _sync(folder) == [1]
    shutil.copy(tmp_path / "kept.db", folder / "store.db")
    with pytest.raises(StoreOlder):
        open_store(folder, _PHRASE, a_clock())


def test_the_store_of_somebody_else_in_this_place_is_noticed(folder: Path, tmp_path: Path) -> None:
    create_store(tmp_path / "jef", an_enrolment("jef"), _PHRASE, a_clock()).close()
    _put_back(folder, tmp_path / "jef")
    with pytest.raises(StoreCopied):
        open_store(folder, _PHRASE, a_clock())


def test_a_stop_between_the_mark_and_the_sending_harms_nothing(folder: Path) -> None:
    _call(folder, "a1", "a2")
    store = open_store(folder, _PHRASE, a_clock())
    store.log.unsent()  # marked, and then the program was killed
    store.close()
    assert mark.read_mark(folder).offered == 2
    _call(folder, "a3")
    assert _sync(folder) == [1, 2, 3]


def test_a_half_written_mark_leaves_the_earlier_one(folder: Path) -> None:
    path = mark.path_of(folder)
    path.with_name(f"{path.name}.new").write_text('{"epo')
    _call(folder, "a1")
    assert _sync(folder) == [1]


def test_a_store_of_a_program_that_knew_no_marks_gets_one_at_its_next_opening(folder: Path) -> None:
    store = open_store(folder, _PHRASE, a_clock())
    with store._file.begin() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE name = 'marked'")
    store.close()
    mark.path_of(folder).unlink()
    open_store(folder, _PHRASE, a_clock()).close()
    assert mark.read_mark(folder) is not None
    mark.path_of(folder).unlink()
    with pytest.raises(StoreCopied):
        open_store(folder, _PHRASE, a_clock())


def test_own_events_of_a_copy_keep_their_device_and_numbers_on_their_way_to_the_office(
    folder: Path, tmp_path: Path
) -> None:
    _call(folder, "a1")
    waiting = _peek(folder)
    shutil.copytree(folder, tmp_path / "away" / "yasmina")
    saved = rescue(tmp_path / "away" / "yasmina", _PHRASE, tmp_path / "out.sealed", MONDAY)
    assert list(saved.events) == waiting


def _peek(folder: Path) -> list[object]:
    store = open_store(folder, _PHRASE, a_clock())
    found = list(store.log.unsent())
    store.close()
    return found


def test_a_new_enrolment_takes_the_place_of_a_copy_as_another_device(folder: Path, tmp_path: Path) -> None:
    _call(folder, "a1")
    old = open_store(folder, _PHRASE, a_clock())
    device, epoch = old.device.device, old.device.db_epoch
    old.close()
    mark.path_of(folder).unlink()
    with pytest.raises(StoreCopied):
        open_store(folder, _PHRASE, a_clock())
    new = create_store(folder, an_enrolment("yasmina"), _PHRASE, a_clock())
    assert new.device.device != device
    assert new.device.db_epoch != epoch
    assert new.log.counts().total == 0
    new.close()
    (aside,) = (tmp_path / ".aside").iterdir()
    assert [sent.seq for sent in rescue(aside, _PHRASE, tmp_path / "out.sealed", MONDAY).events] == [1]


def test_right_data_put_back_in_the_place_of_a_wrong_copy_open_again(folder: Path, tmp_path: Path) -> None:
    _backup(folder, tmp_path / "backup")
    _call(folder, "a1")
    assert _sync(folder) == [1]
    _backup(folder, tmp_path / "right")
    _put_back(folder, tmp_path / "backup")
    with pytest.raises(StoreOlder):
        open_store(folder, _PHRASE, a_clock())
    _put_back(folder, tmp_path / "right")
    _call(folder, "a2")
    assert not (folder / "refused").exists()


def _receive(store: LocalStore, case: str) -> None:
    office = a_store("boss")
    with office.work() as work:
        work.events.append(granted(case, "yasmina"))
    (sent,) = office.log.unsent()
    store.log.receive("agent:yasmina", [Delivery(1, sent.wire, sent.sha256)])


def test_what_only_came_in_does_not_make_a_copy_old(folder: Path, tmp_path: Path) -> None:
    _backup(folder, tmp_path / "backup")
    store = open_store(folder, _PHRASE, a_clock())
    _receive(store, "c1")
    store.close()
    _put_back(folder, tmp_path / "backup")
    open_store(folder, _PHRASE, a_clock()).close()
