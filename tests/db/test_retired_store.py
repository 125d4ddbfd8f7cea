"""A store that was put back, copied or damaged: what it holds reaches central once, its person goes on elsewhere."""

from __future__ import annotations

import secrets
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from callcenter.clock import Clock
from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptOpened
from callcenter.usecases.depositing import HandedIn, hand_in
from callcenter.usecases.syncing import sync
from db.central.open import all_events, create_central_sqlite, enrol_mailbox, open_central
from db.errors import CentralUnreachable, StoreDamaged
from db.local.open import StoreCopied, StoreOlder, create_store, open_store
from db.local.rescue import rescue
from db.local.sealed import open_sealed
from db.local.store import LocalStore
from tests.db.laptops import MONDAY, ORG, a_campaign, a_clock, a_store, an_enrolment, granted, opened

_PHRASE = "paard batterij niet juist"


@dataclass
class _Place:
    """A central with its office, and a laptop in a folder."""

    root: Path
    central: dict[str, str]
    boss: LocalStore
    clock: Clock

    @property
    def laptop(self) -> Path:
        return self.root / "yasmina"

    def enrol(self) -> LocalStore:
        enrolment = an_enrolment("yasmina", central=self.central)
        enrol_mailbox(self.central, enrolment)
        return create_store(self.laptop, enrolment, _PHRASE, self.clock)

    def sync(self, store: LocalStore) -> None:
        box = open_central(self.central, store.device, self.clock)
        try:
            result = sync(store.log, box, self.clock)
        finally:
            box.close()
        assert result.sane
        assert not result.waiting

    def call(self, *names: str, folder: Path | None = None, send: bool = True) -> None:
        store = open_store(folder or self.laptop, _PHRASE, self.clock)
        with store.work() as work:
            work.events.append(*(AttemptOpened("c1", name, "n1", "subject", agent="yasmina") for name in names))
        if send:
            self.sync(store)
        store.close()

    def hand_in(self, folder: Path) -> HandedIn:
        saved = rescue(folder, _PHRASE, self.root / "yasmina.kantoor", MONDAY)
        told = open_sealed(saved.path, saved.code, {})
        box = open_central(self.central, self.boss.device, self.clock)
        try:
            return hand_in(box, ORG, told)
        finally:
            box.close()

    def calls(self) -> Counter[str]:
        """Return the calls as the office knows them."""
        self.sync(self.boss)
        with self.boss.work() as work:
            return Counter(a.id for a in work.cases.get("c1").attempts)

    def events(self) -> int:
        """Return how many events central holds more than once: none, ever."""
        return max(Counter(e.id for e in all_events(self.central)).values())


@pytest.fixture
def place(tmp_path: Path) -> _Place:
    clock = a_clock()
    central = dict(create_central_sqlite(tmp_path / "central.db", secrets.token_bytes(32), ORG))
    boss = a_store("boss", Role.COORDINATOR, clock=clock)
    enrol_mailbox(central, an_enrolment("boss", Role.COORDINATOR))
    made = _Place(tmp_path, central, boss, clock)
    laptop = made.enrol()
    with boss.work() as work:
        work.events.append(a_campaign(), *opened("c1"), granted("c1", "yasmina"))
    made.sync(boss)
    made.sync(laptop)
    laptop.close()
    return made


def _put_back(place: _Place, backup: Path) -> None:
    shutil.rmtree(place.laptop)
    shutil.copytree(backup, place.laptop)


def test_an_older_copy_put_back_loses_nothing_and_says_nothing_twice(place: _Place) -> None:
    place.call("a1")
    place.call("not sent before the copy", send=False)
    shutil.copytree(place.laptop, place.root / "backup")
    place.call("a3")
    _put_back(place, place.root / "backup")
    with pytest.raises(StoreOlder):
        open_store(place.laptop, _PHRASE, place.clock)
    handed = place.hand_in(place.laptop)
    assert handed.apart == ()
    place.enrol().close()
    place.call("a4")
    assert place.calls() == Counter(["a1", "not sent before the copy", "a3", "a4"])
    assert place.events() == 1


def test_a_folder_copied_to_another_laptop_hands_in_what_the_first_one_never_sent(place: _Place) -> None:
    place.call("a1", send=False)
    copy = place.root / "other" / "yasmina"
    shutil.copytree(place.laptop, copy)
    with pytest.raises(StoreCopied):
        open_store(copy, _PHRASE, place.clock)
    assert place.hand_in(copy).confirmed == 1
    place.call("a2")
    assert place.calls() == Counter(["a1", "a2"])
    assert place.events() == 1


def test_a_file_handed_in_twice_changes_nothing(place: _Place) -> None:
    place.call("a1", send=False)
    assert place.hand_in(place.laptop).confirmed == 1
    assert place.hand_in(place.laptop).confirmed == 1
    place.call("a2")
    assert place.calls() == Counter(["a1", "a2"])


def test_what_a_damaged_store_still_holds_reaches_the_office_and_its_person_goes_on(place: _Place) -> None:
    place.call("a1")
    place.call("a2", "a3", send=False)
    file = place.laptop / "store.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:-2000] + bytes([whole[-2000] ^ 1]) + whole[-1999:])
    with pytest.raises(StoreDamaged):
        open_store(place.laptop, _PHRASE, place.clock)
    assert place.hand_in(place.laptop).confirmed == 2
    place.enrol().close()
    place.call("a4")
    assert place.calls() == Counter(["a1", "a2", "a3", "a4"])
    assert place.events() == 1


def test_two_images_of_one_disk_end_in_a_mismatch_for_a_person_and_not_in_a_lost_call(place: _Place) -> None:
    """The mark cannot see it: it was copied along. Central's content check is the second line."""
    place.call("a1")
    image = place.root / "image"
    image.mkdir()
    shutil.copytree(place.laptop, image / "yasmina")
    shutil.copy(place.root / ".yasmina.mark", image / ".yasmina.mark")
    place.call("of the first")
    store = open_store(image / "yasmina", _PHRASE, place.clock)
    with store.work() as work:
        work.events.append(AttemptOpened("c1", "of the second", "n1", "subject", agent="yasmina"))
    box = open_central(place.central, store.device, place.clock)
    sync(store.log, box, place.clock)
    with store.work() as work:
        (aside,) = work.outbox.aside()
        assert aside.why == "mismatch"
        work.outbox.again([aside.sent.event_id])
    sync(store.log, box, place.clock)
    box.close()
    store.close()
    assert place.calls() == Counter(["a1", "of the first", "of the second"])
    assert place.events() == 1


def test_the_office_is_told_when_central_does_not_answer(place: _Place) -> None:
    place.call("a1", send=False)
    (place.root / "central.db").rename(place.root / "away.db")
    with pytest.raises(CentralUnreachable):
        place.hand_in(place.laptop)
