from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.domain.event import KINDS, NoteAdded
from db import cipher
from db.local import vault
from db.local.open import create_store, open_store
from tests.db.laptops import MONDAY, a_clock, an_enrolment, granted

PHRASE = "vier woorden is genoeg"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "PASSPHRASE", cipher.RANDOM_SECRET)


def test_what_an_older_program_only_kept_is_shown_by_the_newer_one(tmp_path: Path) -> None:
    clock = a_clock()
    with pytest.MonkeyPatch.context() as older:
        older.delitem(KINDS, "NoteAdded")
        store = create_store(tmp_path / "y", an_enrolment("yasmina"), PHRASE, clock)
        with store.work() as work:
            work.events.append(granted("c1", "yasmina", at=MONDAY), NoteAdded("c1", "", "liever 's avonds"))
            assert [e.fact.kind for e in work.events.of_case("c1")] == ["LeaseGranted", "NoteAdded"]
        store.rebuild()
        with store.work() as work:
            assert work.cases.get("c1").notes == ()
        store.close()
    for _ in range(2):
        store = open_store(tmp_path / "y", PHRASE, clock)
        with store.work() as work:
            assert [note.text for note in work.cases.get("c1").notes] == ["liever 's avonds"]
        store.close()
