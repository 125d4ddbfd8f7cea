"""After hanging up: the outcome and everything that the answers mean, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from callcenter.domain.appointment import DEFAULT_LENGTH, LONGEST
from callcenter.domain.attempt import DROPPED
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.event import (
    AppointmentBooked,
    AttemptClosed,
    BestTimeStated,
    ContactCorrectionProposed,
    DoNotCallSet,
    Fact,
    LeaseReturned,
    NoteAdded,
    ParentConsentGiven,
    PersonKnown,
    ReferralRaised,
    ResponseRecorded,
    SensitiveResponseRecorded,
)
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.errors import CallcenterError
from callcenter.forms.session import Submission
from callcenter.ids import Id, new_id
from callcenter.ports import UnitOfWork
from callcenter.text import LOCAL_ZONE, N_
from callcenter.usecases.interview import Interview
from callcenter.usecases.interviewing import proposed_outcome
from callcenter.usecases.views import AppointmentWish, Changes

# The contact points that an answer may correct: fact of the form -> what it corrects.
_CORRECTIONS = {"new_phone": "phone", "new_email": "email", "new_town": "town"}
_NO_ANSWER = frozenset({"", "97", "98", "99"})


class InterviewNotComplete(CallcenterError):
    """The outcome says complete, the answers do not."""

    code = "CALL-05"
    what = N_("This interview is not complete yet: {share} % of the important questions are answered.")
    advice = N_("Ask on, or choose 'Partly done' and make an appointment.")


class NoInterviewHeld(CallcenterError):
    """The outcome says complete, the answers tell another end of the call."""

    code = "CALL-09"
    what = N_("The answers say that no interview was held in this call.")
    advice = N_("Choose another outcome, or go back and correct the answer.")


class AppointmentMissing(CallcenterError):
    """The outcome needs a moment."""

    code = "CALL-06"
    what = N_("For this outcome a moment to call again is needed.")
    advice = N_("Choose a moment. If none was named, choose 'No answer' or 'Someone else answered'.")


class AppointmentImpossible(CallcenterError):
    """The moment lies in the past, after the campaign, or lasts too long."""

    code = "CALL-07"
    what = N_("This appointment is not possible: it lies in the past, after the campaign, or lasts over 4 hours.")
    advice = N_("Choose a moment from now on, before {end}.")


def close_attempt(
    work: UnitOfWork, interview: Interview, outcome: Outcome, detail: str = "", wish: AppointmentWish | None = None
) -> Changes:
    """End a call with its outcome; answers, corrections, notes and promises go with it in one transaction.

    Raises InterviewNotComplete, NoInterviewHeld, AppointmentMissing or AppointmentImpossible; nothing is recorded
    then and the draft stays.
    """
    case = work.cases.get(interview.case)
    settings = CampaignSettings.from_json(work.campaigns.get(case.campaign).settings)
    submission = interview.session.submission()
    if outcome is Outcome.COMPLETE and proposed_outcome(interview) not in (None, Outcome.COMPLETE, Outcome.PARTIAL):
        raise NoInterviewHeld()
    share = submission.keys.answered / submission.keys.relevant if submission.keys.relevant else 0.0
    if outcome is Outcome.COMPLETE and not interview.session.finished() and share < settings.complete_share:
        raise InterviewNotComplete(share=round(share * 100))
    if MEANING[outcome].needs_appointment and wish is None:
        raise AppointmentMissing()
    facts = [*_answers(interview, submission), *_meanings(case, interview, submission)]
    if interview.note.strip():
        facts.append(NoteAdded(case.id, interview.attempt, interview.note.strip()))
    seconds = max(0, round((work.now() - interview.began).total_seconds()))
    facts.append(
        AttemptClosed(case.id, interview.attempt, outcome, _detail(case, interview, outcome, detail), share, seconds)
    )
    if wish is not None:
        facts.append(_appointment(work, case.id, interview.number, wish, settings))
    if outcome is Outcome.REFUSAL:
        facts.append(DoNotCallSet(case.id, "purpose", reason="refused in a call"))
    work.events.append(*facts)
    if not _goes_on(interview, submission, outcome, detail):
        work.drafts.drop(case.id)
    return Changes(cases=frozenset({case.id}))


def _goes_on(interview: Interview, submission: Submission, outcome: Outcome, detail: str) -> bool:
    """Tell whether the next call goes on with these answers: partly done, put off, or the line dropped half-way."""
    if outcome is Outcome.PARTIAL:
        return True
    put_off = outcome is Outcome.APPOINTMENT or detail == DROPPED
    # A form that came to its own end, as "call back later", would begin the next call at that end.
    return put_off and submission.keys.answered > 0 and not interview.session.finished()


def _detail(case: Case, interview: Interview, outcome: Outcome, detail: str) -> str:
    minor = case.pack is not None and case.pack.needs_parent
    if outcome is Outcome.OTHER_REFUSES and minor and interview.role == "parent":
        return "parent_of_minor"
    return detail


def _answers(interview: Interview, submission: Submission) -> Iterator[Fact]:
    """Yield the response, once any key item was answered; sensitive answers travel apart."""
    if not submission.keys.answered:
        return
    hidden = frozenset(name for name in submission.values if _item(name) in submission.sensitive)
    yield ResponseRecorded(
        case=interview.case,
        attempt=interview.attempt,
        role=interview.role,
        form_id=submission.form_id,
        form_version=submission.version,
        form_sha256=interview.form.sha256,
        values={name: v for name, v in submission.values.items() if v != "" and name not in hidden},
        facts=dict(submission.facts),
        key_relevant=submission.keys.relevant,
        key_answered=submission.keys.answered,
    )
    told = {name: submission.values[name] for name in sorted(hidden) if submission.values.get(name)}
    if told:
        yield SensitiveResponseRecorded(interview.case, interview.attempt, told)


def _item(name: str) -> str:
    """Return the name of the question: inside a repeat, answers are told by reference, `/data/child[2]/religion`."""
    return name.rpartition("/")[2].partition("[")[0]


def _meanings(case: Case, interview: Interview, submission: Submission) -> Iterator[Fact]:
    """Yield what marked answers mean for the work: corrections, best time, help, consent of a parent.

    What an earlier call of the same interview told already is not told again.
    """
    facts = submission.facts
    proposed = {(p.part, p.value) for p in case.proposals}
    for fact, part in _CORRECTIONS.items():
        if facts.get(fact, "") not in _NO_ANSWER and (part, facts[fact]) not in proposed:
            yield ContactCorrectionProposed(case.id, new_id(interview.began), part, facts[fact])
    if slots := _codes(facts, "best_slot"):
        yield BestTimeStated(interview.case, slots)
    if topics := tuple(t for t in _codes(facts, "help") if t != "0"):
        text, share = facts.get("help_text", ""), facts.get("help_share") == "1"
        if all((r.topics, r.text, r.share) != (topics, text, share) for r in case.referrals):
            yield ReferralRaised(case.id, interview.attempt, topics, text, share)
    if facts.get("parent_consent") in ("1", "2"):
        yield ParentConsentGiven(interview.case, interview.attempt, facts["parent_consent"] == "1")


def _codes(facts: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(code for code in facts.get(name, "").split() if code not in _NO_ANSWER)


def _appointment(
    work: UnitOfWork, case: Id, number: str, wish: AppointmentWish, settings: CampaignSettings
) -> AppointmentBooked:
    end = wish.end or wish.start + DEFAULT_LENGTH[wish.firmness]
    last = _last_day(settings, wish.start)
    if (
        wish.start < work.now()
        or not timedelta(0) < end - wish.start <= LONGEST
        or end.astimezone(LOCAL_ZONE).date() > last
    ):
        raise AppointmentImpossible(end=last.isoformat())
    appointment = new_id(work.now())
    return AppointmentBooked(case, appointment, wish.start, end, wish.firmness, wish.personal, number)


def _last_day(settings: CampaignSettings, start: datetime) -> date:
    """Return the last local day for a promise: of the extra days when it begins within them, else of the period."""
    extra = settings.mop_up
    return extra.end if extra and extra.holds(start.astimezone(LOCAL_ZONE).date()) else settings.period_end


def book(work: UnitOfWork, case_id: Id, wish: AppointmentWish) -> Changes:
    """Promise a call without one going on; it replaces the case's earlier promise."""
    case = work.cases.get(case_id)
    settings = CampaignSettings.from_json(work.campaigns.get(case.campaign).settings)
    work.events.append(_appointment(work, case_id, "", wish, settings))
    return Changes(cases=frozenset({case_id}))


def know_person(work: UnitOfWork, case_id: Id) -> Changes:
    """Recuse: give the case back at once, record the pair only, ask nothing."""
    case = work.cases.get(case_id)
    facts: list[Fact] = [PersonKnown(case_id, work.device.person)]
    running = case.open_attempt
    if running is not None and running.agent == work.device.person:
        facts.append(AttemptClosed(case_id, running.id, Outcome.KNOWN_PERSON))
    if case.lease is not None:
        facts.append(LeaseReturned(case_id, case.lease.id, "known person"))
    work.events.append(*facts)
    work.drafts.drop(case_id)
    return Changes(cases=frozenset({case_id}))


def skip(work: UnitOfWork, case_id: Id, why: str) -> Changes:
    """Give a case back unrung, with the reason."""
    case = work.cases.get(case_id)
    if case.lease is None:
        return Changes.none()
    work.events.append(LeaseReturned(case_id, case.lease.id, why))
    return Changes(cases=frozenset({case_id}))
