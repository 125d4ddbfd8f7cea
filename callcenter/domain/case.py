"""A case: its state folded from its events, the same whatever the order in which they arrived."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from callcenter.domain.appointment import Appointment
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.disposition import Cutoffs, Disposition, derive
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
from callcenter.domain.outcome import MEANING, NumberStatus, Outcome
from callcenter.domain.response import Response
from callcenter.domain.sample import Number, Pack, Respondent
from callcenter.ids import Id


@dataclass(frozen=True)
class Note:
    """What an agent wrote down."""

    at: datetime
    by: Id
    text: str


@dataclass(frozen=True)
class Proposal:
    """A correction of a contact point that waits for a coordinator, or was decided."""

    id: Id
    at: datetime
    by: Id
    part: str
    value: str
    accepted: bool | None = None


@dataclass(frozen=True)
class Referral:
    """A help request."""

    at: datetime
    by: Id
    topics: tuple[str, ...]
    text: str
    share: bool


@dataclass(frozen=True)
class Case:
    """One subject in one campaign and wave, as far as this store's events tell."""

    id: Id
    campaign: Id = ""
    person: Id = ""
    site: str = ""
    wave: int = 1
    reference: str = ""
    respondent: Respondent | None = None
    pack: Pack | None = None
    attempts: tuple[CallAttempt, ...] = ()
    responses: tuple[Response, ...] = ()
    appointment: Appointment | None = None
    lease: Lease | None = None
    known_by: frozenset[Id] = frozenset()
    do_not_call: bool = False
    parent_consent: bool | None = None
    best_slots: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    referrals: tuple[Referral, ...] = ()
    erased: bool = False
    last_event: datetime | None = field(default=None)

    def attempt(self, attempt: Id) -> CallAttempt:
        """Return one attempt; KeyError when the case has none of that id."""
        for found in self.attempts:
            if found.id == attempt:
                return found
        raise KeyError(attempt)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return the respondent's numbers with what attempts taught about them."""
        source = self.respondent.numbers if self.respondent else self.pack.numbers if self.pack else ()
        learned = _number_statuses(self.attempts)
        return tuple(dataclasses.replace(n, status=learned[n.id]) if n.id in learned else n for n in source)

    @property
    def usable_numbers(self) -> tuple[Number, ...]:
        """Return the numbers that may still be dialled."""
        return tuple(n for n in self.numbers if n.status.usable)

    @property
    def open_attempt(self) -> CallAttempt | None:
        """Return the attempt that has no outcome yet."""
        return next((a for a in reversed(self.attempts) if a.closed_at is None), None)

    @property
    def closed_attempts(self) -> tuple[CallAttempt, ...]:
        """Return the attempts with an outcome, oldest first."""
        return tuple(a for a in self.attempts if a.outcome is not None)

    def disposition(self, rules: Cutoffs) -> Disposition:
        """Return the derived disposition under a campaign's cut-offs."""
        return derive(self.attempts, len(self.usable_numbers), rules)

    def closed(self, rules: Cutoffs, max_attempts: int) -> bool:
        """Tell whether no further attempt is due: evidence of rank 1 to 4, do-not-call, erased, or attempts used up.

        An unfinished interview with an appointment stays open, as does any case with an appointment.
        """
        if self.do_not_call or self.erased:
            return True
        if self.appointment is not None:
            return False
        if self.disposition(rules).closes:
            return True
        return sum(a.counts for a in self.attempts) >= max_attempts

    @property
    def response(self) -> Response | None:
        """Return the subject's interview that counts: the first complete one by time, else the latest."""
        own = sorted((r for r in self.responses if r.role == "subject"), key=lambda r: (r.at, r.attempt))
        done = {a.id for a in self.attempts if a.outcome is Outcome.COMPLETE}
        complete = [r for r in own if r.attempt in done]
        return complete[0] if complete else own[-1] if own else None


def _number_statuses(attempts: Iterable[CallAttempt]) -> dict[str, NumberStatus]:
    learned: dict[str, NumberStatus] = {}
    for attempt in attempts:
        if attempt.outcome is None or not attempt.number:
            continue
        status = MEANING[attempt.outcome].number
        if status is None:
            continue
        # An unanswered call teaches nothing new about a number that is known to work.
        if status is NumberStatus.NO_ANSWER_YET and learned.get(attempt.number) not in (None, status):
            continue
        learned[attempt.number] = status
    return learned


State = dict[str, Any]


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
    }
    for event in sorted(unique.values(), key=lambda e: e.order):
        apply = _APPLY.get(type(event.fact))
        if apply is not None and event.id not in voided:
            apply(state, event.fact, event)
        state["last_event"] = event.at
    return _finish(case, state)


def _finish(case: Id, state: State) -> Case:
    attempts = _attempts(state)
    collected = ("attempts", "responses", "proposals", "leases", "ended", "corrections", "promises")
    plain = {k: v for k, v in state.items() if k not in collected}
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
            attempts[attempt] = dataclasses.replace(
                attempts[attempt], outcome=fact.new, detail=fact.detail or attempts[attempt].detail
            )
    return tuple(sorted(attempts.values(), key=lambda a: (a.opened_at, a.id)))


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
    served = booked is not None and event.at >= booked.start and event.by == known.agent
    if served or fact.outcome in (Outcome.COMPLETE, Outcome.REFUSAL):
        state["appointment"] = None


def _corrected(state: State, fact: OutcomeCorrected, _: Event) -> None:
    state["corrections"][fact.attempt] = fact


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
