from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import ContactCorrectionDecided, ContactCorrectionProposed, OutcomeCorrected
from callcenter.domain.outcome import Outcome
from callcenter.usecases.conflicts import Conflict, Field, conflicts_of, decide_conflict
from callcenter.usecases.supervising import correct_outcome
from db.central.open import enrol_mailbox
from db.local.store import LocalStore
from tests.callcenter.usecases.town import Town, a_town
from tests.db.laptops import a_store, an_enrolment

_ATTEMPT = "a-c1-0"


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Town, LocalStore]:
    """A town with a second office, both of which know of one call."""
    town = a_town(tmp_path)
    guide = a_store("guide", Role.SUPERVISOR, clock=town.clock)
    enrol_mailbox(town.central, an_enrolment("guide", Role.SUPERVISOR))
    town.call("c1")
    for store in (town.yasmina, town.boss, guide):
        town.sync(store)
    return town, guide


def _correct(store: LocalStore, outcome: Outcome) -> None:
    with store.work() as work:
        correct_outcome(work, _ATTEMPT, outcome, f"volgens {store.device.person}")


def _conflicts(store: LocalStore) -> tuple[Conflict, ...]:
    with store.work() as work:
        return conflicts_of(work, "k1")


def _both_correct(town: Town, guide: LocalStore) -> None:
    _correct(guide, Outcome.REFUSAL)
    town.clock.set(town.clock() + timedelta(minutes=1))
    _correct(town.boss, Outcome.VOICEMAIL)
    for store in (guide, town.boss, guide, town.boss):
        town.sync(store)


def test_two_corrections_that_did_not_know_of_each_other_wait_for_a_person(desks: tuple[Town, LocalStore]) -> None:
    town, guide = desks
    _both_correct(town, guide)
    for store in (town.boss, guide):
        (conflict,) = _conflicts(store)
        assert (conflict.case, conflict.field, conflict.about) == ("c1", Field.OUTCOME, _ATTEMPT)
        assert [(s.value, s.by) for s in (conflict.first, conflict.second)] == [
            (Outcome.REFUSAL.value, "guide"),
            (Outcome.VOICEMAIL.value, "boss"),
        ]


@pytest.mark.parametrize(("first", "holds"), [(True, Outcome.REFUSAL), (False, Outcome.VOICEMAIL)])
def test_the_word_that_is_chosen_holds_everywhere_and_the_other_stays_in_the_history(
    desks: tuple[Town, LocalStore], first: bool, holds: Outcome
) -> None:
    town, guide = desks
    _both_correct(town, guide)
    with guide.work() as work:
        decide_conflict(work, conflicts_of(work, "k1")[0], first=first)
    for store in (guide, town.boss):
        town.sync(store)
        assert _conflicts(store) == ()
        with store.work() as work:
            assert work.cases.get("c1").attempt(_ATTEMPT).outcome is holds
            assert len(work.events.of_kind("OutcomeCorrected")) == 3


def test_a_correction_of_a_correction_is_no_conflict(desks: tuple[Town, LocalStore]) -> None:
    town, guide = desks
    _correct(guide, Outcome.REFUSAL)
    for store in (guide, town.boss):
        town.sync(store)
    town.clock.set(town.clock() + timedelta(minutes=1))
    _correct(town.boss, Outcome.VOICEMAIL)
    town.sync(town.boss)
    town.sync(guide)
    assert (_conflicts(town.boss), _conflicts(guide)) == ((), ())


def test_two_equal_corrections_are_no_conflict(desks: tuple[Town, LocalStore]) -> None:
    town, guide = desks
    _correct(guide, Outcome.REFUSAL)
    _correct(town.boss, Outcome.REFUSAL)
    for store in (guide, town.boss, guide):
        town.sync(store)
    assert _conflicts(guide) == ()


def test_two_decisions_about_one_number_wait_for_a_person_until_one_holds(desks: tuple[Town, LocalStore]) -> None:
    town, _ = desks
    other = a_store("chief", Role.COORDINATOR, clock=town.clock)
    enrol_mailbox(town.central, an_enrolment("chief", Role.COORDINATOR))
    with town.yasmina.work() as work:
        work.events.append(ContactCorrectionProposed("c1", "p1", "phone", "0470 99 88 77"))
    for store in (town.yasmina, town.boss, other):
        town.sync(store)
    for store, accepted in ((town.boss, True), (other, False)):
        with store.work() as work:
            work.events.append(ContactCorrectionDecided("c1", "p1", accepted))
    for store in (town.boss, other, town.boss):
        town.sync(store)
    (conflict,) = _conflicts(town.boss)
    assert conflict.field is Field.CONTACT
    with town.boss.work() as work:
        decide_conflict(work, conflict, first=conflict.first.value == "accepted")
    assert _conflicts(town.boss) == ()
    with town.boss.work() as work:
        assert [p.accepted for p in work.cases.get("c1").proposals] == [True]


def test_history_keeps_both_words(desks: tuple[Town, LocalStore]) -> None:
    town, guide = desks
    _both_correct(town, guide)
    with guide.work() as work:
        said = [e.fact for e in work.events.of_kind("OutcomeCorrected")]
    assert {f.reason for f in said if isinstance(f, OutcomeCorrected)} == {"volgens guide", "volgens boss"}
