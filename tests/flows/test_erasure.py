"""An erased person's values occur nowhere: searched in the raw pages of every file, with their keys."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Role
from callcenter.domain.appointment import Firmness
from callcenter.domain.event import (
    AppointmentBooked,
    AttemptClosed,
    AttemptOpened,
    CaseOpened,
    ContactCorrectionProposed,
    NoteAdded,
    RespondentAdded,
    ResponseRecorded,
)
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number, Pack, Respondent
from callcenter.ports import Draft
from callcenter.usecases.erasing import Reason, erase_person, find_people, unanswered
from callcenter.usecases.exchange import exchange
from db import cipher
from db.central.open import all_events, create_central_sqlite, enrol_mailbox, open_central
from db.local import vault
from db.local.open import create_store
from db.local.store import LocalStore
from tests.db.laptops import MONDAY, ORG, a_campaign, an_enrolment, granted
from tests.db.local.pages import plain_pages

PHRASE = "vier woorden is genoeg"
WORDS = (
    "Quirina",
    "Xhaferaj",
    "+32477665544",
    "quirina@voorbeeld.be",
    "droomt van de zee",
    "+32478991122",
    "lasser9",
)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "PASSPHRASE", cipher.RANDOM_SECRET)


class Desks:
    """A coordinator, a supervisor and two agents with stores in files, and their central."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, RehearsedClock(MONDAY)
        self.key = secrets.token_bytes(32)
        self.owner = create_central_sqlite(folder / "central.db", self.key, ORG)
        roles = {"boss": Role.COORDINATOR, "guide": Role.SUPERVISOR, "ann": Role.AGENT, "bob": Role.AGENT}
        self.stores = {name: self._store(name, role) for name, role in roles.items()}

    def _store(self, name: str, role: Role) -> LocalStore:
        enrolment = enrol_mailbox(self.owner, an_enrolment(name, role)) or an_enrolment(name, role)
        return create_store(self.folder / name, enrolment, PHRASE, self.clock)

    def sync(self, *names: str) -> None:
        for name in names:
            store = self.stores[name]
            box = open_central(store.central, store.device, self.clock)
            result = exchange(store, box, self.clock)
            box.close()
            assert (result.sane, result.set_aside, result.waiting) == (True, 0, 0)

    def close(self) -> None:
        for store in self.stores.values():
            store.close()

    def whole(self) -> dict[str, bytes]:
        """Return every file in plain, free pages too, and what lies beside them as it is."""
        found = {"central": plain_pages(self.folder / "central.db", self.key)}
        for name in self.stores:
            key = vault.open_vault(self.folder / name, PHRASE)
            found[name] = plain_pages(self.folder / name / "store.db", key)
            for beside in (self.folder / name).iterdir():
                if beside.name != "store.db":
                    found[f"{name}/{beside.name}"] = beside.read_bytes()
        return found


def _begun(desks: Desks) -> None:
    person = Respondent(
        "person-c1", "Quirina", "Xhaferaj", "Gent", email="quirina@voorbeeld.be", numbers=(Number("n1", WORDS[2]),)
    )
    pack = Pack("person-c1", "Quirina", "X", "Gent", "nl", (Number("n1", WORDS[2]),))
    with desks.stores["boss"].work() as work:
        work.events.append(a_campaign(), CaseOpened("c1", "k1", "person-c1", "Gent", reference="Q1"))
        work.events.append(RespondentAdded("c1", "k1", person), granted("c1", "ann", at=MONDAY, pack=pack))
    desks.sync("boss", "ann", "guide", "bob")
    with desks.stores["ann"].work() as work:
        work.events.append(
            AttemptOpened("c1", "a1", "n1", "subject"),
            ResponseRecorded("c1", "a1", "subject", "f", "1", "00", {"beroep": "lasser9"}, {}, 1, 1),
            NoteAdded("c1", "a1", "droomt van de zee"),
            ContactCorrectionProposed("c1", "p1", "phone", "+32478991122"),
            AppointmentBooked("c1", "ap1", MONDAY, MONDAY, Firmness.FIRM),
            AttemptClosed("c1", "a1", Outcome.APPOINTMENT),
        )
    desks.sync("ann", "guide", "boss")


def test_after_an_erasure_no_value_of_the_person_is_in_any_file(tmp_path: Path) -> None:
    desks = Desks(tmp_path)
    _begun(desks)
    # The laptop says more before it hears of the erasure: these events come late.
    with desks.stores["ann"].work() as work:
        work.events.append(NoteAdded("c1", "a1", "Quirina droomt van de zee, nog altijd"))
        work.drafts.save(Draft("c1", "a1", '{"naam":"Quirina"}', "Xhaferaj belt terug", MONDAY))
    with desks.stores["boss"].work() as work:
        (found,) = find_people(work, "xhaferaj", "nl")
        erase_person(work, found, Reason.ASKED, "Quirina Xhaferaj")
    desks.sync("boss", "ann", "guide", "bob", "boss", "ann", "guide")
    with desks.stores["boss"].work() as work:
        assert unanswered(work) == ()
        assert work.cases.get("c1").erased
    held = [e for e in all_events(desks.owner) if e.device == desks.stores["ann"].device.device]
    assert len(held) == desks.stores["ann"].log.counts().acknowledged
    desks.close()
    left = {(where, word) for where, text in desks.whole().items() for word in WORDS if word.encode() in text}
    assert left == set()


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """The negative control: without the erasure each word is found in central and on the laptop."""
    desks = Desks(tmp_path)
    _begun(desks)
    for store in desks.stores.values():
        store.log.purge(frozenset({"c1"}))  # brings the write-ahead log into the file
    desks.close()
    whole = desks.whole()
    assert all(word.encode() in whole["central"] and word.encode() in whole["boss"] for word in WORDS)
