"""A laptop whose network is closed: its work reaches the office by a file, and a person who is erased in mid-call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from callcenter.app.agent_face import Shift
from callcenter.app.installation import Installation, Opened
from callcenter.app.line import Line
from callcenter.app.staging import NOW, Stage
from callcenter.clock import RehearsedClock
from callcenter.domain.outcome import Outcome
from callcenter.rehearsal import company
from callcenter.usecases.erasing import Reason, erase_person, find_people
from callcenter.usecases.views import CaseCard
from db import cipher
from db.central.open import all_events
from db.local import sealed

_AGENT = 2


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "PASSPHRASE", cipher.RANDOM_SECRET)


@pytest.fixture
def installation(dealt: Stage) -> Installation:
    return Installation(dealt.installation.where, RehearsedClock(NOW), dialling=False)


def _open(installation: Installation, dealt: Stage, name: str) -> Opened:
    key = next(person.key for person in installation.people() if person.name == name)
    return installation.sign_in(key, dealt.phrases[name])


@pytest.fixture
def laptop(installation: Installation, dealt: Stage) -> Iterator[Opened]:
    opened = _open(installation, dealt, dealt.room.agents[_AGENT].store.device.name)
    yield opened
    opened.close()


@pytest.fixture
def chief(installation: Installation, dealt: Stage) -> Iterator[Opened]:
    opened = _open(installation, dealt, company.COORDINATOR)
    yield opened
    opened.close()


def _begun(shift: Shift) -> CaseCard:
    card = shift.next_case()
    assert isinstance(card, CaseCard)
    shift.open(card.case, "")
    return card


def test_a_laptop_without_a_network_gives_its_work_to_the_office_that_enrolled_it(
    installation: Installation, laptop: Opened, chief: Opened, tmp_path: Path
) -> None:
    shift = Shift(installation, laptop)
    card = _begun(shift)
    shift.close(Outcome.NO_ANSWER, "", None)
    waiting = laptop.store.log.counts().waiting
    made = shift.line.file_for_office(tmp_path / "laptop.kantoor", everything=False)
    assert (made.calls, made.events) == (1, waiting)
    office = Line(installation, chief)
    for _ in range(2):
        done = office.read_file(made.path, "")  # this office holds the secret of the laptops it made ready
        assert (done.calls, done.confirmed, done.apart) == (1, waiting, ())
    office.exchange()
    with chief.store.work() as work:
        assert work.cases.get(card.case).closed_attempts[-1].outcome is Outcome.NO_ANSWER
    result = shift.line.exchange()
    assert result is not None
    assert (result.confirmed, result.waiting, result.set_aside, result.sane) == (waiting, 0, 0, True)
    ours = [e.seq for e in all_events(laptop.store.central) if e.device == laptop.store.device.device]
    assert len(ours) == len(set(ours))


def test_a_person_who_is_erased_in_mid_call_leaves_nothing_and_the_next_one_comes(
    installation: Installation, laptop: Opened, chief: Opened
) -> None:
    shift = Shift(installation, laptop)
    card = _begun(shift)
    shift.note("vertelt over thuis")
    with chief.store.work() as work:
        person = work.cases.get(card.case).respondent
        assert person is not None
        found = next(p for p in find_people(work, person.last_name, "nl") if card.case in p.cases)
        erase_person(work, found, Reason.ASKED, found.name)
    Line(installation, chief).exchange()
    shift.line.exchange()
    assert shift.close(Outcome.COMPLETE, "", None).cases == frozenset()
    with laptop.store.work() as work:
        assert work.drafts.get(card.case) is None
    following = shift.next_case()
    assert not isinstance(following, CaseCard) or following.case != card.case
    assert shift.line.exchange().set_aside == 0
