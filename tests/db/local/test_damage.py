"""Bytes that changed on the disk: refused or told, never believed; and what can still be read reaches the office."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from callcenter.domain.event import AttemptOpened, NoteAdded
from callcenter.errors import CallcenterError
from callcenter.ports import Verdict
from db.errors import StoreDamaged
from db.local import wal
from db.local.open import StoreCopied, create_store, open_store
from db.local.rescue import NothingReadable, Rescued, rescue
from db.local.sealed import SealClosed, open_sealed
from db.local.store import LocalStore
from db.local.vault import VaultDamaged, WrongPassphrase
from tests.db.laptops import MONDAY, a_clock, an_enrolment, granted

_PHRASE = "paard batterij niet juist"
_PAGE = 4096


def _say(store: LocalStore, *numbers: int) -> None:
    for n in numbers:
        with store.work() as work:
            work.events.append(
                AttemptOpened(f"c{n}", f"a{n}", "n1", "subject"), NoteAdded(f"c{n}", f"a{n}", "x" * 200)
            )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed store of a shift: ten calls, of which five are confirmed."""
    store = create_store(tmp_path / "yasmina", an_enrolment("yasmina"), _PHRASE, a_clock())
    with store.work() as work:
        work.events.append(*(granted(f"c{n}", "yasmina") for n in range(10)))
    _say(store, *range(5))
    store.log.settle([Verdict(o.event_id, "have", o.sha256) for o in store.log.unsent()])
    _say(store, *range(5, 10))
    store.close()
    return tmp_path / "yasmina"


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """A store whose program was killed: its last calls stand in the write-ahead log only."""
    store = create_store(tmp_path / "live", an_enrolment("yasmina"), _PHRASE, a_clock())
    store._file.checkpoint()
    _say(store, *range(6))
    folder = tmp_path / "yasmina"
    shutil.copytree(tmp_path / "live", folder)
    shutil.copy(tmp_path / ".live.mark", tmp_path / ".yasmina.mark")
    store.close()
    assert (folder / "store.db-wal").stat().st_size > 6 * _PAGE
    return folder


def _flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << (place % 8)
    path.write_bytes(content)


def _places(path: Path) -> list[int]:
    """Return a place in every page, in turn in its head, its content, its vector and its check."""
    inside = (0, 17, 100, 2000, _PAGE - 80, _PAGE - 64, _PAGE - 1)
    pages = range(0, path.stat().st_size, _PAGE)
    return [*inside, *(page + inside[number % len(inside)] for number, page in enumerate(pages) if page)]


def test_a_flipped_byte_in_any_page_of_the_file_is_refused(folder: Path) -> None:
    file = folder / "store.db"
    whole = file.read_bytes()
    places = _places(file)
    assert len(places) > 30
    for place in places:
        _flip(file, place)
        with pytest.raises(StoreDamaged):
            open_store(folder, _PHRASE, a_clock())
        file.write_bytes(whole)
    open_store(folder, _PHRASE, a_clock()).close()


def test_a_flipped_byte_in_the_write_ahead_log_is_refused(stopped: Path) -> None:
    log = stopped / "store.db-wal"
    whole = log.read_bytes()
    frames = range(32, len(whole), 24 + _PAGE)
    inside = (0, 3, 7, 9, 13, 17, 23, 30, 2000, 24 + _PAGE - 1)
    places = [*range(0, 32, 3), *(start + inside[n % len(inside)] for n, start in enumerate(frames))]
    for place in places:
        _flip(log, place)
        assert not wal.is_whole(log), place
        log.write_bytes(whole)
    _flip(log, places[-1])
    with pytest.raises(StoreDamaged):
        open_store(stopped, _PHRASE, a_clock())


def test_a_log_that_ends_in_half_a_frame_is_whole(stopped: Path) -> None:
    log = stopped / "store.db-wal"
    whole = log.read_bytes()
    for cut in (1, 10, 24, 100, _PAGE):
        log.write_bytes(whole[:-cut])
        assert wal.is_whole(log)
    log.write_bytes(whole[:-10])
    store = open_store(stopped, _PHRASE, a_clock())
    assert store.log.counts().total == 10
    store.close()


def test_frames_of_earlier_runs_behind_the_last_one_are_no_damage(tmp_path: Path) -> None:
    store = create_store(tmp_path / "live", an_enrolment("yasmina"), _PHRASE, a_clock())
    _say(store, *range(20))
    raw = store._file._engine.raw_connection()
    raw.cursor().execute("PRAGMA wal_checkpoint(RESTART)")
    raw.close()
    _say(store, 21)
    log = tmp_path / "live" / "store.db-wal"
    assert wal.is_whole(log)
    _flip(log, 32 + 8)
    assert not wal.is_whole(log)
    store.close()


def test_what_a_damaged_log_still_holds_is_read_but_for_the_page_that_changed(stopped: Path, tmp_path: Path) -> None:
    log = stopped / "store.db-wal"
    _flip(log, 3)  # its head: SQLite would believe that nothing was ever written
    saved = rescue(stopped, _PHRASE, tmp_path / "out.sealed", MONDAY)
    assert [sent.seq for sent in saved.events] == list(range(1, 13))
    assert saved.lost == 0


def test_what_can_be_read_of_a_damaged_file_reaches_the_office(folder: Path, tmp_path: Path) -> None:
    store = open_store(folder, _PHRASE, a_clock())
    waiting = {sent.event_id: sent for sent in store.log.unsent()}
    me = store.device
    store.close()
    file = folder / "store.db"
    whole = file.read_bytes()
    most = 0
    for page in range(_PAGE, len(whole), _PAGE):
        _flip(file, page + 500)
        saved = _rescued(folder, tmp_path)
        if saved:
            told = open_sealed(tmp_path / "out.sealed", saved.code, {})
            assert all(waiting[sent.event_id] == sent for sent in told.events if sent.event_id in waiting)
            assert (told.device, told.db_epoch, told.org) == (me.device, me.db_epoch, me.org)
            most = max(most, len(set(waiting) & {sent.event_id for sent in told.events}))
            assert (
                len(set(waiting) & {sent.event_id for sent in told.events}) + saved.lost >= len(waiting) or saved.lost
            )
        file.write_bytes(whole)
    assert most == len(waiting)
    assert file.read_bytes() == whole


def _late_page(folder: Path) -> int:
    return (folder / "store.db").stat().st_size - 2 * _PAGE + 7


def _rescued(folder: Path, tmp_path: Path) -> Rescued | None:
    try:
        return rescue(folder, _PHRASE, tmp_path / "out.sealed", MONDAY)
    except NothingReadable:
        return None


def test_of_a_store_without_its_first_page_nothing_can_be_read_and_that_is_said(folder: Path, tmp_path: Path) -> None:
    _flip(folder / "store.db", 5)
    with pytest.raises(NothingReadable):
        rescue(folder, _PHRASE, tmp_path / "out.sealed", MONDAY)
    with pytest.raises(WrongPassphrase):
        rescue(folder, "another phrase", tmp_path / "out.sealed", MONDAY)


def test_a_rescue_leaves_the_folder_as_it_was_and_no_copy_behind(folder: Path, tmp_path: Path) -> None:
    _flip(folder / "store.db", _late_page(folder))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    there = {path.name for path in tmp_path.iterdir()}
    rescue(folder, _PHRASE, tmp_path / "out.sealed", MONDAY)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == there | {"out.sealed"}


def test_a_damaged_store_makes_room_for_a_new_one_and_stays_whole(folder: Path, tmp_path: Path) -> None:
    _flip(folder / "store.db", _late_page(folder))
    with pytest.raises(StoreDamaged):
        open_store(folder, _PHRASE, a_clock())
    kept = (folder / "store.db").read_bytes()
    new = create_store(folder, an_enrolment("yasmina"), "een heel andere wachtzin", a_clock())
    assert new.log.counts().total == 0
    new.close()
    (aside,) = (tmp_path / ".aside").iterdir()
    assert (aside / "store.db").read_bytes() == kept
    saved = rescue(aside, _PHRASE, tmp_path / "out.sealed", MONDAY)
    assert len(saved.events) >= 8


@pytest.mark.parametrize("name", ["vault.json", "epoch", "label.json", "recovery"])
def test_a_changed_file_beside_the_store_is_told_or_harms_nothing(folder: Path, name: str) -> None:
    path = folder / name
    whole = path.read_bytes()
    for place in range(0, min(len(whole), 400), 37):
        _flip(path, place)
        assert _opening(folder) in ("", VaultDamaged.code, StoreCopied.code)
        path.write_bytes(whole)


def _opening(folder: Path) -> str:
    """Return the code of what was said, or nothing when the right store opened."""
    try:
        store = open_store(folder, _PHRASE, a_clock())
    except CallcenterError as error:
        return error.code
    right = store.device.person == "yasmina"
    store.close()
    return "" if right else "another store"


def test_a_flipped_byte_in_the_sealed_file_is_not_read_as_something_else(folder: Path, tmp_path: Path) -> None:
    saved = rescue(folder, _PHRASE, tmp_path / "out.sealed", MONDAY)
    with pytest.raises(SealClosed):
        open_sealed(tmp_path / "out.sealed", "0000 0000 0000 0000", {})
    assert len(open_sealed(tmp_path / "out.sealed", saved.code, {}).events) == 10


def test_a_store_that_another_window_writes_at_is_not_called_damaged(tmp_path: Path) -> None:
    store = create_store(tmp_path / "yasmina", an_enrolment("yasmina"), _PHRASE, a_clock())
    stop = Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            _say(store, number := number + 1)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            for _ in range(3):
                assert wal.is_whole(tmp_path / "yasmina" / "store.db-wal")
                other = open_store(tmp_path / "yasmina", _PHRASE, a_clock())
                other.check()
                other.close()
        finally:
            stop.set()
        writing.result()
    store.close()
