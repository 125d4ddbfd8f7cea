from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.domain.appointment import Appointment, Firmness
from callcenter.domain.envelope import Event
from callcenter.domain.event import (
    AppointmentBooked,
    AttemptClosed,
    AttemptOpened,
    BestTimeStated,
    CaseOpened,
    ContactCorrectionDecided,
    ContactCorrectionProposed,
    DoNotCallSet,
    EventVoided,
    Fact,
    LeaseEnded,
    LeaseGranted,
    LeaseReturned,
    NoteAdded,
    OutcomeCorrected,
    ParentConsentGiven,
    PersonKnown,
    ReferralRaised,
    RespondentAdded,
    RespondentMerged,
    ResponseRecorded,
    SubjectErased,
)
from callcenter.domain.folding import fold
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import PastAttempt
from tests.callcenter.domain.making import after, event, pack, respondent

_CASE = "case"


def _opened(minutes: float = 0, attempt: str = "a1", **more: object) -> Event:
    return event(AttemptOpened(_CASE, attempt, "n1", "subject", **more), minutes)  # type: ignore[arg-type]


def _closed(outcome: Outcome, minutes: float = 2, attempt: str = "a1", detail: str = "") -> Event:
    return event(AttemptClosed(_CASE, attempt, outcome, detail), minutes)


def _granted(minutes: float, epoch: int, lease: str, **more: object) -> Event:
    until = after(minutes) + timedelta(hours=2)
    return event(
        LeaseGranted(_CASE, "update", lease, "amina", epoch, after(minutes), until, pack(**more)),
        minutes,
        by="office",
    )


def _booked(minutes: float, start: float, appointment: str = "p1") -> Event:
    return event(AppointmentBooked(_CASE, appointment, after(start), after(start + 15), Firmness.FIRM), minutes)


# --- the law

_OUTCOMES = st.sampled_from(list(Outcome))
_ATTEMPT = st.sampled_from(["a1", "a2", "a3"])
_FACTS: st.SearchStrategy[Fact] = st.one_of(
    st.just(CaseOpened(_CASE, "update", "noor", "Gent", 1, "G-0001")),
    st.builds(lambda dnc: RespondentAdded(_CASE, "update", respondent(do_not_call=dnc)), st.booleans()),
    st.just(RespondentMerged(_CASE, "update", respondent(language="fr"))),
    st.builds(
        lambda epoch, start: LeaseGranted(
            _CASE, "update", f"l{epoch}", "amina", epoch, after(start), after(start + 120), pack()
        ),
        st.integers(1, 3),
        st.integers(0, 500),
    ),
    st.builds(lambda n: LeaseEnded(_CASE, f"l{n}", "over"), st.integers(1, 3)),
    st.builds(lambda n: LeaseReturned(_CASE, f"l{n}"), st.integers(1, 3)),
    st.builds(lambda a, n: AttemptOpened(_CASE, a, "n1", "subject", f"l{n}"), _ATTEMPT, st.integers(1, 3)),
    st.builds(lambda a, o: AttemptClosed(_CASE, a, o), _ATTEMPT, _OUTCOMES),
    st.builds(lambda a, o: OutcomeCorrected(_CASE, a, Outcome.BUSY, o, "heard wrong"), _ATTEMPT, _OUTCOMES),
    st.builds(
        lambda n, s: AppointmentBooked(_CASE, f"p{n}", after(s), after(s + 15), Firmness.FIRM),
        st.integers(1, 3),
        st.integers(0, 500),
    ),
    st.builds(lambda on: DoNotCallSet(_CASE, on=on), st.booleans()),
    st.builds(lambda given_: ParentConsentGiven(_CASE, "a1", given_), st.booleans()),
    st.builds(lambda who: PersonKnown(_CASE, who), st.sampled_from(["amina", "divine"])),
    st.just(BestTimeStated(_CASE, ("av",))),
    st.just(NoteAdded(_CASE, "a1", "calls at night only")),
    st.just(ContactCorrectionProposed(_CASE, "c1", "phone", "+32470999999")),
    st.builds(lambda yes: ContactCorrectionDecided(_CASE, "c1", yes), st.booleans()),
    st.just(ReferralRaised(_CASE, "a1", ("work",), "", share=True)),
    st.just(SubjectErased(_CASE, "asked")),
    st.just(
        ResponseRecorded(_CASE, "a1", "subject", "form", "1", "sha", {"q": "1"}, {}, key_relevant=10, key_answered=9)
    ),
)


@st.composite
def _stories(draw: st.DrawFn) -> list[Event]:
    """Draw events of one case; some void an earlier one."""
    told = [
        event(fact, draw(st.integers(0, 500)), by=draw(st.sampled_from(["amina", "divine"])))
        for fact in draw(st.lists(_FACTS, max_size=10))
    ]
    if told and draw(st.booleans()):
        told.append(event(EventVoided(_CASE, draw(st.sampled_from(told)).id, "typed in error"), 501))
    return told


@given(_stories(), st.randoms(use_true_random=False))
def test_a_case_is_the_same_whatever_the_order_of_delivery(story: list[Event], chance: object) -> None:
    shuffled = [*story, *story[:3]]  # some are delivered twice
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(_CASE, shuffled) == fold(_CASE, story)


@given(_stories())
def test_an_erased_person_stays_erased_whatever_is_delivered(story: list[Event]) -> None:
    case = fold(_CASE, [event(SubjectErased(_CASE, "asked"), -1), *story])
    assert case.erased
    assert (case.respondent, case.pack, case.notes, case.responses, case.proposals, case.referrals) == (
        None, None, (), (), (), (),
    )  # fmt: skip


def _every_order(events: Sequence[Event]) -> set[str]:
    return {repr(fold(_CASE, order)) for order in itertools.permutations(events)}


def test_all_orders_of_a_day_give_one_case() -> None:
    day = [
        _granted(0, 1, "l1"),
        _opened(10, lease="l1"),
        _closed(Outcome.APPOINTMENT, 12),
        _booked(12.5, 60),
        event(OutcomeCorrected(_CASE, "a1", Outcome.APPOINTMENT, Outcome.THIRD_PARTY, "the mother answered"), 20),
    ]
    assert len(_every_order(day)) == 1


# --- attempts


def test_an_attempt_is_opened_and_closed() -> None:
    case = fold(_CASE, [_opened(0), _closed(Outcome.NO_ANSWER, 2)])
    assert [(a.outcome, a.opened_at, a.closed_at, a.agent) for a in case.attempts] == [
        (Outcome.NO_ANSWER, after(0), after(2), "amina")
    ]
    assert case.last_event == after(2)


def test_a_correction_replaces_the_outcome_and_keeps_the_first() -> None:
    corrected = event(OutcomeCorrected(_CASE, "a1", Outcome.NO_ANSWER, Outcome.BUSY, "heard the tone"), 5)
    found = fold(_CASE, [_opened(), _closed(Outcome.NO_ANSWER, detail="dropped"), corrected]).attempts[0]
    assert (found.outcome, found.first_outcome, found.detail) == (Outcome.BUSY, Outcome.NO_ANSWER, "")


def test_a_confirmation_adds_its_detail_to_the_same_outcome() -> None:
    yes = event(OutcomeCorrected(_CASE, "a1", Outcome.NOT_IN_LIST, Outcome.NOT_IN_LIST, "checked", "confirmed"), 5)
    assert fold(_CASE, [_opened(), _closed(Outcome.NOT_IN_LIST), yes]).attempts[0].detail == "confirmed"


def test_a_voided_event_does_not_count() -> None:
    wrong = _closed(Outcome.REFUSAL)
    case = fold(_CASE, [_opened(), wrong, event(EventVoided(_CASE, wrong.id, "other case"), 9)])
    assert case.attempts[0].outcome is None


@pytest.mark.parametrize(
    ("opened", "over", "late"),
    [(110, None, False), (120, None, True), (110, 100, True), (110, 110, True), (110, 115, False)],
)
def test_an_attempt_under_an_ended_lease_is_late(opened: float, over: float | None, *, late: bool) -> None:
    story = [_granted(0, 1, "l1"), _opened(opened, lease="l1"), _closed(Outcome.COMPLETE, opened + 5)]
    if over is not None:
        story.append(event(LeaseEnded(_CASE, "l1", "reassigned"), over))
    assert fold(_CASE, story).attempts[0].late is late


def test_an_attempt_after_the_next_lease_is_late() -> None:
    story = [_granted(0, 1, "l1"), _granted(60, 2, "l2"), _opened(70, lease="l1"), _opened(71, "a2", lease="l2")]
    assert [a.late for a in fold(_CASE, story).attempts] == [True, False]


def test_a_pack_tells_earlier_attempts_with_their_sub_choice() -> None:
    history = (PastAttempt("a0", after(-900), "I", "n1", "subject", "away:2026-07-03"),)
    found = fold(_CASE, [_granted(0, 1, "l1", history=history)]).attempts
    assert [(a.id, a.outcome, a.detail) for a in found] == [("a0", Outcome.UNABLE, "away:2026-07-03")]


def test_an_attempt_known_by_its_own_events_is_not_overwritten_by_a_pack() -> None:
    history = (PastAttempt("a1", after(2), "G", "n1"),)
    case = fold(_CASE, [_opened(), _closed(Outcome.NO_ANSWER), _granted(60, 2, "l2", history=history)])
    assert [a.agent for a in case.attempts] == ["amina"]


# --- promises


def test_a_new_promise_replaces_the_old() -> None:
    case = fold(_CASE, [_booked(0, 60), _booked(10, 90, "p2")])
    assert case.appointment == Appointment("p2", after(90), after(105), Firmness.FIRM, "amina")


@pytest.mark.parametrize(
    ("outcome", "detail", "minutes", "kept"),
    [
        (Outcome.NO_ANSWER, "", 62, False),
        (Outcome.NO_ANSWER, "", 53, False),  # it may be kept from eight minutes before
        (Outcome.NO_ANSWER, "", 51, True),
        (Outcome.KNOWN_PERSON, "", 62, True),
        (Outcome.NO_ANSWER, "cancelled", 62, True),
        (Outcome.COMPLETE, "", 20, False),
        (Outcome.REFUSAL, "", 20, False),
        (Outcome.DECEASED, "", 20, False),
        (Outcome.OTHER_REFUSES, "parent_of_minor", 20, False),
        (Outcome.OTHER_REFUSES, "", 20, True),
    ],
)
def test_a_promise_lasts_until_it_is_kept_or_nothing_is_left_to_keep(
    outcome: Outcome, detail: str, minutes: float, *, kept: bool
) -> None:
    case = fold(_CASE, [_booked(0, 60), _opened(minutes - 1), _closed(outcome, minutes, detail=detail)])
    assert (case.appointment is not None) is kept


def test_a_promise_made_in_a_call_outlives_that_call() -> None:
    case = fold(_CASE, [_opened(0), _closed(Outcome.APPOINTMENT, 2), _booked(2, 60)])
    assert case.appointment is not None


def test_a_correction_to_a_refusal_ends_the_promise() -> None:
    refused = event(OutcomeCorrected(_CASE, "a1", Outcome.APPOINTMENT, Outcome.REFUSAL, "misheard"), 5)
    assert fold(_CASE, [_opened(0), _closed(Outcome.APPOINTMENT, 2), _booked(2, 60), refused]).appointment is None


def test_a_pack_brings_a_promise_that_another_laptop_made() -> None:
    promise = Appointment("p1", after(300), after(315), Firmness.SOFT, "divine", personal=True, number="n1")
    assert fold(_CASE, [_granted(0, 1, "l1", appointment=promise.texts())]).appointment == promise


# --- leases, consents, the person


def test_the_newest_lease_counts_and_its_end_is_told() -> None:
    story = [_granted(60, 2, "l2"), _granted(0, 1, "l1"), event(LeaseReturned(_CASE, "l1"), 50)]
    newest = fold(_CASE, story).lease
    assert newest is not None
    assert (newest.id, newest.ended_at) == ("l2", None)
    over = fold(_CASE, [*story, event(LeaseReturned(_CASE, "l2"), 90)]).lease
    assert over is not None
    assert (over.ended_at, over.live(after(100)), newest.live(after(100))) == (after(90), False, True)


def test_a_lease_is_live_until_its_end() -> None:
    lease = fold(_CASE, [_granted(0, 1, "l1")]).lease
    assert lease is not None
    assert (lease.live(after(119.9)), lease.live(after(120))) == (True, False)


def test_do_not_call_of_the_list_or_of_a_call_stands_until_a_coordinator_lifts_it() -> None:
    listed = event(RespondentAdded(_CASE, "update", respondent(do_not_call=True)), 0)
    lifted = event(DoNotCallSet(_CASE, on=False), 10)
    merged = event(RespondentMerged(_CASE, "update", respondent()), 5)
    assert fold(_CASE, [listed, merged]).do_not_call
    assert not fold(_CASE, [listed, merged, lifted]).do_not_call
    assert fold(_CASE, [event(DoNotCallSet(_CASE), 1)]).do_not_call


def test_small_facts_are_kept() -> None:
    case = fold(
        _CASE,
        [
            event(CaseOpened(_CASE, "update", "noor", "Gent", 2, "G-0001"), 0),
            event(RespondentAdded(_CASE, "update", respondent()), 1),
            event(PersonKnown(_CASE, "divine"), 2),
            event(ParentConsentGiven(_CASE, "a1", given=True), 3),
            event(BestTimeStated(_CASE, ("av", "za")), 4),
            event(NoteAdded(_CASE, "a1", "dog"), 5),
            event(ContactCorrectionProposed(_CASE, "c1", "email", "noor@example.org"), 6),
            event(ContactCorrectionDecided(_CASE, "c1", accepted=True), 7),
            event(ReferralRaised(_CASE, "a1", ("work",), "", share=False), 8),
        ],
    )
    assert (case.campaign, case.person, case.site, case.wave, case.reference) == (
        "update",
        "noor",
        "Gent",
        2,
        "G-0001",
    )
    assert (case.known_by, case.parent_consent, case.best_slots) == (frozenset({"divine"}), True, ("av", "za"))
    assert [note.text for note in case.notes] == ["dog"]
    assert [(p.part, p.accepted) for p in case.proposals] == [("email", True)]
    assert [r.topics for r in case.referrals] == [("work",)]
