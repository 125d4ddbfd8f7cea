"""What a supervisor decides: corrections of outcomes, leases ended or moved, promises let go, contacts mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from callcenter.domain.agent import Agent, Role
from callcenter.domain.appointment import Appointment
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.case import Case, Proposal
from callcenter.domain.event import (
    AppointmentBooked,
    ContactCorrectionDecided,
    EventVoided,
    Fact,
    LeaseEnded,
    OutcomeCorrected,
    RespondentMerged,
)
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number, Respondent
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.phone import normalise
from callcenter.ports import UnitOfWork
from callcenter.text import LOCAL_ZONE, N_
from callcenter.usecases.cards import short_name
from callcenter.usecases.views import Changes


class CorrectionRefused(CallcenterError):
    """Only a supervisor of the case's site, or a coordinator, may correct it."""

    code = "SUPERVISE-01"
    what = N_("You may not correct this call: it belongs to {site}.")
    advice = N_("Ask the supervisor of that site, or a coordinator.")


class CorrectionImpossible(CallcenterError):
    """An attempt that goes on has no outcome to correct; a correction needs a reason."""

    code = "SUPERVISE-02"
    what = N_("This outcome cannot be corrected: the call is not finished, or no reason was given.")
    advice = N_("Wait until the call is finished, and write in a few words why you correct it.")


class NobodyHoldsIt(CallcenterError):
    """There is no lease to end or to move."""

    code = "SUPERVISE-03"
    what = N_("Nobody holds this case at the moment.")
    advice = N_("Refresh the screen. You can give it to somebody when you deal the next selection.")


class ProposalUnusable(CallcenterError):
    """A proposed number is none that can be called."""

    code = "SUPERVISE-04"
    what = N_("The proposed number cannot be called.")
    advice = N_("Refuse it, or let an agent ask for it again.")


@dataclass(frozen=True)
class AttemptEntry:
    """One finished attempt in the list of corrections."""

    attempt: Id
    case: Id
    name: str
    reference: str
    site: str
    agent: str
    at: datetime
    outcome: Outcome
    first_outcome: Outcome
    detail: str = ""
    late: bool = False

    @property
    def corrected(self) -> bool:
        """Tell whether somebody corrected it before."""
        return self.outcome is not self.first_outcome


def me(work: UnitOfWork) -> Agent:
    """Return the person of this store, as the roster knows them or else as the device does."""
    device = work.device
    known = next((a for a in work.campaigns.roster() if a.id == device.person), None)
    return replace(known, role=device.role, site=device.site) if known else _stranger(work)


def _stranger(work: UnitOfWork) -> Agent:
    device = work.device
    return Agent(device.person, device.name, device.role, device.site)


def may_correct(work: UnitOfWork, case: Case) -> bool:
    """Tell whether this person may correct a case."""
    return me(work).may_correct(case.site)


def _may(work: UnitOfWork, case: Case) -> None:
    if not may_correct(work, case):
        raise CorrectionRefused(site=case.site)


def attempts_of(work: UnitOfWork, campaign: Id, since: datetime) -> tuple[AttemptEntry, ...]:
    """Return the finished attempts since a moment, newest first, that this person may correct."""
    mine = me(work)
    names = {a.id: a.short_name() for a in work.campaigns.roster()}
    entries = (
        _entry(case, attempt, names.get(attempt.agent, "–"))
        for case in work.cases.all(campaign)
        if mine.may_correct(case.site)
        for attempt in case.closed_attempts
        if (attempt.closed_at or attempt.opened_at) >= since and attempt.outcome is not Outcome.KNOWN_PERSON
    )
    return tuple(sorted(entries, key=lambda e: (e.at, e.attempt), reverse=True))


def _entry(case: Case, attempt: CallAttempt, agent: str) -> AttemptEntry:
    assert attempt.outcome is not None  # noqa: S101 - only finished attempts come here
    return AttemptEntry(
        attempt=attempt.id,
        case=case.id,
        name=short_name(case),
        reference=case.reference,
        site=case.site,
        agent=agent,
        at=attempt.closed_at or attempt.opened_at,
        outcome=attempt.outcome,
        first_outcome=attempt.first_outcome or attempt.outcome,
        detail=attempt.detail,
        late=attempt.late,
    )


def start_of_day(at: datetime) -> datetime:
    """Return midnight in Brussels before a moment."""
    return at.astimezone(LOCAL_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def correct_outcome(work: UnitOfWork, attempt: Id, outcome: Outcome, reason: str, detail: str = "") -> Changes:
    """Replace the outcome of a finished attempt; the first one stays in the history.

    Raises CorrectionRefused for somebody of another site or an agent, CorrectionImpossible without a reason or while
    the call goes on.
    """
    case = work.cases.holding(attempt)
    _may(work, case)
    known = case.attempt(attempt)
    if known.outcome is None or not reason.strip():
        raise CorrectionImpossible()
    if (known.outcome, known.detail) == (outcome, detail or known.detail):
        return Changes.none()
    work.events.append(OutcomeCorrected(case.id, attempt, known.outcome, outcome, reason.strip(), detail))
    return Changes(cases=frozenset({case.id}))


def end_lease(work: UnitOfWork, case: Id, why: str) -> Changes:
    """Take a case back before its lease ends; a laptop that is offline may still call, which the screen says.

    Raises CorrectionRefused or NobodyHoldsIt.
    """
    held = work.cases.get(case)
    _may(work, held)
    if held.lease is None or not held.lease.live(work.now()):
        raise NobodyHoldsIt()
    work.events.append(LeaseEnded(case, held.lease.id, why.strip() or "ended by supervisor"))
    return Changes(cases=frozenset({case}))


def release_appointment(work: UnitOfWork, case: Id) -> Changes:
    """Let any eligible agent keep a personal promise; the moment stays, nothing is lost."""
    held = work.cases.get(case)
    _may(work, held)
    booked = held.appointment
    if booked is None or not booked.personal:
        return Changes.none()
    work.events.append(_for_anyone(case, booked))
    return Changes(cases=frozenset({case}))


def _for_anyone(case: Id, booked: Appointment) -> AppointmentBooked:
    return AppointmentBooked(
        case=case,
        appointment=booked.id,
        start=booked.start,
        end=booked.end,
        firmness=booked.firmness,
        personal=False,
        number=booked.number,
    )


def settle_help(work: UnitOfWork, case: Id, event: Id) -> Changes:
    """Take a request for help off the board, because somebody went to help."""
    work.events.append(EventVoided(case, event, "helped"))
    return Changes(cases=frozenset({case}))


# --- contact corrections


@dataclass(frozen=True)
class ProposalEntry:
    """A number, e-mail or town heard in a call that waits for a coordinator; `old` is what is known now."""

    proposal: Id
    case: Id
    name: str
    part: str
    value: str
    old: str
    at: datetime


def proposals_of(work: UnitOfWork, campaign: Id) -> tuple[ProposalEntry, ...]:
    """Return the corrections of contact points that nobody decided yet, oldest first."""
    entries = (
        ProposalEntry(p.id, case.id, short_name(case), p.part, p.value, _known_part(case, p.part), p.at)
        for case in work.cases.all(campaign)
        for p in case.proposals
        if p.accepted is None
    )
    return tuple(sorted(entries, key=lambda e: (e.at, e.proposal)))


def _known_part(case: Case, part: str) -> str:
    person = case.respondent
    if person is None or part == "phone":
        return ""
    return person.email if part == "email" else person.town


def decide_contact_correction(work: UnitOfWork, case: Id, proposal: Id, *, accepted: bool) -> Changes:
    """Accept or refuse a contact correction; an accepted one changes the person at once, in all later packs.

    Only for a coordinator, whose word alone may change a respondent: CorrectionRefused. ProposalUnusable for a number
    that cannot be called.
    """
    held = work.cases.get(case)
    if work.device.role is not Role.COORDINATOR:
        raise CorrectionRefused(site=held.site)
    found = next((p for p in held.proposals if p.id == proposal and p.accepted is None), None)
    if found is None:
        return Changes.none()
    changed = list(_applied(held, found)) if accepted else []
    work.events.append(ContactCorrectionDecided(case, proposal, accepted), *changed)
    return Changes(cases=frozenset({case}))


def _applied(case: Case, proposal: Proposal) -> Iterator[Fact]:
    person = case.respondent
    if person is None:
        return
    yield RespondentMerged(case.id, case.campaign, _mended(person, proposal, case.attempts))


def _mended(person: Respondent, proposal: Proposal, attempts: Sequence[CallAttempt]) -> Respondent:
    if proposal.part == "email":
        return replace(person, email=proposal.value)
    if proposal.part == "town":
        return replace(person, town=proposal.value)
    number = normalise(proposal.value)
    if number is None:
        raise ProposalUnusable()
    if any(n.e164 == number for n in person.numbers):
        return person
    used = {n.id for n in person.numbers} | {a.number for a in attempts}
    last = max((int(i[1:]) for i in used if i[1:].isdigit()), default=0)
    heard = Number(f"n{last + 1}", number, "subject", "Gsm")
    return replace(person, numbers=(heard, *person.numbers))
