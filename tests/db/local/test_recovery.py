"""A forgotten pass phrase loses nothing: events that wait, a draft, the names; and nobody comes in without one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from callcenter.domain.event import AttemptOpened, NoteAdded
from callcenter.ports import Draft
from db.errors import StoreUnopened
from db.local.open import create_store, open_store, recover_store
from db.local.spoken import new_code
from db.local.vault import VaultDamaged, WrongPassphrase, WrongRecoverySecret, change_passphrase
from tests.db.laptops import MONDAY, a_clock, an_enrolment, granted

_OLD, _NEW = "paard batterij niet juist", "een heel andere wachtzin"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = create_store(tmp_path / "yasmina", an_enrolment("yasmina"), _OLD, a_clock())
    with store.work() as work:
        work.events.append(granted("c1", "yasmina"), AttemptOpened("c1", "a1", "n1", "subject"))
        work.events.append(NoteAdded("c1", "a1", "belt liever 's avonds"))
        work.drafts.save(Draft("c1", "a1", '{"q1": "ja"}', "half", MONDAY))
    store.close()
    return tmp_path / "yasmina"


def test_a_recovery_secret_has_130_bits_in_groups_and_opens_however_it_is_typed(tmp_path: Path) -> None:
    secret = new_code(26)
    assert [len(group) for group in secret.split(" ")] == [4, 4, 4, 4, 4, 4, 2]
    enrolment = dataclasses.replace(an_enrolment("jef"), recovery=secret)
    create_store(tmp_path / "jef", enrolment, _OLD, a_clock()).close()
    for typed in (secret, secret.lower().replace(" ", ""), secret.replace("0", "O").replace("1", "l")):
        recover_store(tmp_path / "jef", typed, _NEW, a_clock()).close()
    with pytest.raises(WrongRecoverySecret):
        recover_store(tmp_path / "jef", secret[:-1] + ("2" if secret[-1] != "2" else "3"), _NEW, a_clock())


def test_events_that_wait_and_a_draft_are_there_after_a_recovery(tmp_path: Path) -> None:
    enrolment = an_enrolment("yasmina")
    store = create_store(tmp_path / "y", enrolment, _OLD, a_clock())
    with store.work() as work:
        work.events.append(granted("c1", "yasmina"), AttemptOpened("c1", "a1", "n1", "subject"))
        work.drafts.save(Draft("c1", "a1", '{"q1": "ja"}', "half", MONDAY))
    device, waiting = store.device, list(store.log.unsent())
    store.close()
    again = recover_store(tmp_path / "y", enrolment.recovery, _NEW, a_clock())
    assert again.device == device
    assert list(again.log.unsent()) == waiting
    with again.work() as work:
        assert work.drafts.get("c1").snapshot == '{"q1": "ja"}'
        assert work.cases.get("c1").open_attempt.id == "a1"
    again.close()
    with pytest.raises(WrongPassphrase):
        open_store(tmp_path / "y", _OLD, a_clock())
    open_store(tmp_path / "y", _NEW, a_clock()).close()


def test_the_pass_phrase_is_changed_while_the_store_is_open_and_at_work(folder: Path) -> None:
    store = open_store(folder, _OLD, a_clock())
    with store.work() as work:
        change_passphrase(folder, _OLD, _NEW)
        work.events.append(NoteAdded("c1", "a1", "tijdens"))
    assert len(store.log.unsent()) == 4
    store.close()
    open_store(folder, _NEW, a_clock()).close()


def test_a_damaged_lock_is_made_anew_by_the_recovery_secret(tmp_path: Path) -> None:
    enrolment = an_enrolment("yasmina")
    create_store(tmp_path / "y", enrolment, _OLD, a_clock()).close()
    next((tmp_path / "y").glob("vault-*")).unlink()
    with pytest.raises(VaultDamaged):
        open_store(tmp_path / "y", _OLD, a_clock())
    recover_store(tmp_path / "y", enrolment.recovery, _NEW, a_clock()).close()
    open_store(tmp_path / "y", _NEW, a_clock()).close()


def test_a_wrong_secret_changes_nothing(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(WrongRecoverySecret):
        recover_store(folder, "0000 0000 0000 0000 0000 0000 00", _NEW, a_clock())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(StoreUnopened):
        recover_store(folder.with_name("nobody"), "0000", _NEW, a_clock())
