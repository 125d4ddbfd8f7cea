"""The fold: a case from its events, the same whatever the order in which they arrived."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from callcenter.domain.appointment import Appointment
from callcenter.domain.attempt import CANCELLED, PARENT_OF_MINOR, CallAttempt
from callcenter.domain.case import Case, Note, Proposal, Referral
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
from callcenter.domain.lease import Lease
from callcenter.domain.outcome import Outcome
from callcenter.domain.response import Response
from callcenter.ids import Id

State = dict[str, Any]
# All that is left of an erased person: for the counts, and so that no list brings them back.
_KEPT = frozenset(
    {"campaign", "person", "reference", "site", "wave", "do_not_call", "known_by", "erased", "last_event"}
)


def fold(case: Id, events: Iterable[Event]) -> Case:
    """Return the state of a case after all its events; late and repeated delivery change nothing."""
    unique = {e.id: e for e in events}
    voided = {e.fact.event for e in unique.values() if isinstance(e.fact, EventVoided)}
    state: State = {
        "attempts": {},
        "responses": {},
        "proposals": {},
        "leases": {},
        "ended": {},
        "corrections": {},
        "promises": set(),
        "under": {},
    }
    for event in sorted(unique.values(), key=lambda e: e.order):
        apply = _APPLY.get(type(event.fact))
        if apply is not None and event.id not in voided:
            apply(state, event.fact, event)
        state["last_event"] = event.at
    return _finish(case, state)


def _finish(case: Id, state: State) -> Case:
    attempts = _attempts(state)
    collected = ("attempts", "responses", "proposals", "leases", "ended", "corrections", "promises", "under")
    plain = {k: v for k, v in state.items() if k not in collected}
    if state.get("erased"):
        # What is delivered late must not bring back a person who was erased.
        return Case(id=case, attempts=attempts, lease=_lease(state), **{k: v for k, v in plain.items() if k in _KEPT})
    return Case(
        id=case,
        attempts=attempts,
        responses=tuple(state["responses"].values()),
        proposals=tuple(state["proposals"].values()),
        lease=_lease(state),
        **plain,
    )


def _attempts(state: State) -> tuple[CallAttempt, ...]:
    attempts: dict[Id, CallAttempt] = state["attempts"]
    for attempt, fact in state["corrections"].items():
        if attempt in attempts:
            # The sub-choice of another outcome means nothing for the new one.
            same = attempts[attempt].outcome is fact.new
            detail = fact.detail or (attempts[attempt].detail if same else "")
            attempts[attempt] = dataclasses.replace(attempts[attempt], outcome=fact.new, detail=detail)
    found = (dataclasses.replace(a, late=True) if _late(a, state) else a for a in attempts.values())
    return tuple(sorted(found, key=lambda a: (a.opened_at, a.id)))


def _late(attempt: CallAttempt, state: State) -> bool:
    """Tell whether an attempt began after its lease was over or another one had taken its place."""
    lease: Lease | None = state["leases"].get(state["under"].get(attempt.id))
    if lease is None:
        return False
    ended: datetime = min(lease.expires_at, state["ended"].get(lease.id, lease.expires_at))
    newer = any(x.epoch > lease.epoch and x.granted_at <= attempt.opened_at for x in state["leases"].values())
    return newer or attempt.opened_at >= ended


def _lease(state: State) -> Lease | None:
    leases: dict[Id, Lease] = state["leases"]
    if not leases:
        return None
    newest = max(leases.values(), key=lambda lease: (lease.epoch, lease.granted_at, lease.id))
    return dataclasses.replace(newest, ended_at=state["ended"].get(newest.id))


def _opened(state: State, fact: CaseOpened, _: Event) -> None:
    state.update(campaign=fact.campaign, person=fact.person, site=fact.site, wave=fact.wave)
    state["reference"] = fact.reference


def _respondent(state: State, fact: RespondentAdded | RespondentMerged, _: Event) -> None:
    state["respondent"] = fact.respondent
    if fact.respondent.do_not_call:
        state["do_not_call"] = True


def _granted(state: State, fact: LeaseGranted, _: Event) -> None:
    state["leases"][fact.lease] = Lease(
        id=fact.lease,
        agent=fact.agent,
        epoch=fact.epoch,
        granted_at=fact.granted_at,
        expires_at=fact.expires_at,
        tier=fact.tier,
        rank=fact.rank,
    )
    pack = fact.pack
    state["pack"] = pack
    state.setdefault("campaign", fact.campaign)
    state.setdefault("person", pack.person)
    state.setdefault("site", pack.site)
    _promised(state, pack.appointment)
    for past in pack.history:
        # A pack tells earlier attempts of other agents; an attempt known by its own events is not overwritten.
        told = CallAttempt(past.id, "", past.at, past.number, past.role, past.at, Outcome(past.outcome))
        told = dataclasses.replace(told, detail=past.detail, share=past.share)
        state["attempts"].setdefault(past.id, told)


def _promised(state: State, told: Mapping[str, str]) -> None:
    """Take over a promise that another laptop made: its own event lies before this lease and never comes here.

    A store that holds the respondent has all events of the case and knows better.
    """
    if told and "respondent" not in state and told["id"] not in state["promises"]:
        state["promises"].add(told["id"])
        state["appointment"] = Appointment.from_texts(told)


def _lease_over(state: State, fact: LeaseEnded | LeaseReturned, event: Event) -> None:
    state["ended"].setdefault(fact.lease, event.at)


def _attempt_opened(state: State, fact: AttemptOpened, event: Event) -> None:
    known = state["attempts"].get(fact.attempt)
    opened = CallAttempt(id=fact.attempt, agent=event.by, opened_at=event.at, number=fact.number, role=fact.role)
    if known is not None:
        opened = dataclasses.replace(
            opened,
            closed_at=known.closed_at,
            outcome=known.outcome,
            first_outcome=known.first_outcome,
            detail=known.detail,
            share=known.share,
        )
    state["attempts"][fact.attempt] = opened
    state["under"][fact.attempt] = fact.lease


def _attempt_closed(state: State, fact: AttemptClosed, event: Event) -> None:
    known = state["attempts"].get(fact.attempt) or CallAttempt(fact.attempt, event.by, event.at)
    state["attempts"][fact.attempt] = dataclasses.replace(
        known,
        closed_at=event.at,
        outcome=fact.outcome,
        first_outcome=fact.outcome,
        detail=fact.detail,
        share=fact.share,
    )
    booked: Appointment | None = state.get("appointment")
    # Whoever knows the person, or hangs up before it rings, did not keep the promise.
    called = fact.outcome is not Outcome.KNOWN_PERSON and fact.detail != CANCELLED
    served = booked is not None and booked.due(event.at) and called and event.by == known.agent
    if served or _ends(fact.outcome, fact.detail):
        state["appointment"] = None


def _ends(outcome: Outcome, detail: str) -> bool:
    """Tell whether no promise is left to keep after an outcome."""
    parent_refused = outcome is Outcome.OTHER_REFUSES and detail == PARENT_OF_MINOR
    return outcome in (Outcome.COMPLETE, Outcome.REFUSAL, Outcome.DECEASED) or parent_refused


def _corrected(state: State, fact: OutcomeCorrected, _: Event) -> None:
    state["corrections"][fact.attempt] = fact
    if _ends(fact.new, fact.detail):
        state["appointment"] = None


def _answers(state: State, fact: ResponseRecorded, event: Event) -> None:
    state["responses"][fact.attempt, fact.role] = Response(
        attempt=fact.attempt,
        role=fact.role,
        form_id=fact.form_id,
        form_version=fact.form_version,
        form_sha256=fact.form_sha256,
        at=event.at,
        values=fact.values,
        facts=fact.facts,
        key_relevant=fact.key_relevant,
        key_answered=fact.key_answered,
    )


def _booked(state: State, fact: AppointmentBooked, event: Event) -> None:
    state["promises"].add(fact.appointment)
    told = (fact.appointment, fact.start, fact.end, fact.firmness)
    state["appointment"] = Appointment(*told, made_by=event.by, personal=fact.personal, number=fact.number)


def _do_not_call(state: State, fact: DoNotCallSet, _: Event) -> None:
    state["do_not_call"] = fact.on


def _known(state: State, fact: PersonKnown, _: Event) -> None:
    state["known_by"] = state.get("known_by", frozenset()) | {fact.agent}


def _consent(state: State, fact: ParentConsentGiven, _: Event) -> None:
    state["parent_consent"] = fact.given


def _best_time(state: State, fact: BestTimeStated, _: Event) -> None:
    state["best_slots"] = fact.slots


def _noted(state: State, fact: NoteAdded, event: Event) -> None:
    state["notes"] = (*state.get("notes", ()), Note(event.at, event.by, fact.text))


def _proposed(state: State, fact: ContactCorrectionProposed, event: Event) -> None:
    state["proposals"][fact.proposal] = Proposal(fact.proposal, event.at, event.by, fact.part, fact.value)


def _decided(state: State, fact: ContactCorrectionDecided, _: Event) -> None:
    known = state["proposals"].get(fact.proposal)
    if known is not None:
        state["proposals"][fact.proposal] = dataclasses.replace(known, accepted=fact.accepted)


def _referred(state: State, fact: ReferralRaised, event: Event) -> None:
    raised = Referral(event.at, event.by, fact.topics, fact.text, fact.share)
    state["referrals"] = (*state.get("referrals", ()), raised)


def _erased(state: State, _fact: SubjectErased, _: Event) -> None:
    state.update(erased=True, respondent=None, pack=None)


_APPLY: Mapping[type[Fact], Callable[[State, Any, Event], None]] = {
    CaseOpened: _opened,
    RespondentAdded: _respondent,
    RespondentMerged: _respondent,
    LeaseGranted: _granted,
    LeaseEnded: _lease_over,
    LeaseReturned: _lease_over,
    AttemptOpened: _attempt_opened,
    AttemptClosed: _attempt_closed,
    OutcomeCorrected: _corrected,
    ResponseRecorded: _answers,
    AppointmentBooked: _booked,
    DoNotCallSet: _do_not_call,
    PersonKnown: _known,
    ParentConsentGiven: _consent,
    BestTimeStated: _best_time,
    NoteAdded: _noted,
    ContactCorrectionProposed: _proposed,
    ContactCorrectionDecided: _decided,
    ReferralRaised: _referred,
    SubjectErased: _erased,
}
