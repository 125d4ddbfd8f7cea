"""During a call: open an attempt, answer, go on and back, note; each step is one transaction with its draft."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.disposition import Class
from callcenter.domain.event import AttemptOpened, ConfidentialNoteAdded, HelpAsked, NumberShown
from callcenter.domain.lease import GRACE
from callcenter.domain.outcome import Outcome
from callcenter.errors import CallcenterError
from callcenter.ids import Id, new_id
from callcenter.ports import UnitOfWork
from callcenter.queue.availability import Turn, numbers_to_dial, turn
from callcenter.queue.calling_hours import Calendar
from callcenter.queue.laptop import Laptop
from callcenter.queue.picker import Picker, picker_of
from callcenter.text import N_
from callcenter.usecases.cards import Sight, card, role_to_ask
from callcenter.usecases.interview import FormShelf, Interview, open_session, restore, save
from callcenter.usecases.views import InterviewView


class LeaseOver(CallcenterError):
    """The right to call this case has ended."""

    code = "CALL-01"
    what = N_("You can no longer call this person: the time for it is over.")
    advice = N_("Take the next person. What you recorded before is safe.")


class MayNotCall(CallcenterError):
    """Someone asked that nobody calls, the interview was held, the campaign is over, or no number may be dialled."""

    code = "CALL-02"
    what = N_("This person may not be called.")
    advice = N_("Take the next person. Your supervisor sees why.")


class ClockBehind(CallcenterError):
    """The laptop's clock stands before the last thing it recorded."""

    code = "CALL-03"
    what = N_("The clock of this laptop is wrong: it stands before your last call.")
    advice = N_("Set the clock right, then call on. Your earlier calls are safe.")


@dataclass(frozen=True)
class Desk:
    """What the desk brings along: the shelf of forms, whether this laptop may dial, the order kept per campaign."""

    shelf: FormShelf
    dialling: bool = True
    queues: dict[Id, Laptop] = field(default_factory=dict)


def open_attempt(work: UnitOfWork, desk: Desk, case_id: Id, number: str = "") -> Interview:
    """Start a call: one attempt event, and the form session on the case's presets.

    Raises LeaseOver, MayNotCall or ClockBehind; nothing is recorded then. A partly done interview of this laptop goes
    on where it was.
    """
    case = work.cases.get(case_id)
    role = role_to_ask(case)
    dialled = _guard(work, case, number, role)
    at = work.now()
    attempt = new_id(at)
    published = work.campaigns.form(case.campaign)
    form = desk.shelf.take(published)
    earlier = work.drafts.get(case_id)
    begun = restore(work, earlier, desk.shelf) if earlier is not None else None
    if begun is not None and begun.role == role:
        # The note of a call that ended was recorded with it; one that was cut off is still only here.
        ended = case.open_attempt is None or case.open_attempt.id != begun.attempt
        note = "" if ended else begun.note
        interview = replace(begun, attempt=attempt, number=dialled, role=role, began=at, note=note, resumed=False)
    else:
        assert published is not None  # noqa: S101 - the shelf refused a missing form
        assert case.pack is not None  # noqa: S101 - the guard refused a case without a pack
        session = open_session(form, case.pack.presets, case.pack.language, case_id, work.now)
        interview = Interview(case_id, attempt, dialled, role, published, session, began=at)
    lease = case.lease.id if case.lease else ""
    work.events.append(AttemptOpened(case_id, attempt, dialled, role, lease, work.device.person))
    save(work, interview)
    return interview


def _guard(work: UnitOfWork, case: Case, number: str, role: str) -> str:
    """Return the number to dial, or refuse the call with its one reason."""
    at, clocks = work.now(), work.clocks()
    if case.lease is None or case.lease.agent != work.device.person or not case.lease.callable(clocks.latest):
        raise LeaseOver()
    if clocks.behind or (case.last_event is not None and at < case.last_event - GRACE):
        raise ClockBehind()
    record = work.campaigns.get(case.campaign)
    settings = CampaignSettings.from_json(record.settings)
    over = record.closed or _finished(case, settings, role)
    allowed = [n.id for n in numbers_to_dial(case, role, settings)]
    if over or case.pack is None or not allowed or number not in ("", *allowed):
        raise MayNotCall()
    due = turn(case, settings, Calendar(settings), at)
    return number or (due.number if isinstance(due, Turn) and due.role == role else allowed[0])


def _finished(case: Case, settings: CampaignSettings, role: str) -> bool:
    """Tell whether nobody may ask again, not even who is called out of turn: no second interview of one person."""
    held = any(a.outcome is Outcome.COMPLETE and a.role == role for a in case.attempts)
    outside = case.disposition(settings.cutoffs).klass is Class.NOT_ELIGIBLE
    dead = any(a.outcome is Outcome.DECEASED for a in case.attempts)
    return case.do_not_call or case.erased or held or outside or dead


def resume(work: UnitOfWork, desk: Desk) -> Interview | None:
    """Return the interview that was going on when the program stopped, or None."""
    draft = work.drafts.latest()
    if draft is None:
        return None
    running = work.cases.get(draft.case).open_attempt
    return restore(work, draft, desk.shelf) if running and running.id == draft.attempt else None


def answer(work: UnitOfWork, desk: Desk, interview: Interview, ref: str, value: str) -> InterviewView:
    """Keep one answer."""
    interview.session.answer(ref, value)
    return _kept(work, desk, interview)


def forward(work: UnitOfWork, desk: Desk, interview: Interview) -> InterviewView:
    """Go to the next page, or stay with the reason under the question."""
    interview.session.next()
    return _kept(work, desk, interview)


def backward(work: UnitOfWork, desk: Desk, interview: Interview) -> InterviewView:
    """Go to the page before."""
    interview.session.back()
    return _kept(work, desk, interview)


def undo(work: UnitOfWork, desk: Desk, interview: Interview) -> InterviewView:
    """Take the last answer back."""
    interview.session.undo()
    return _kept(work, desk, interview)


def go_to(work: UnitOfWork, desk: Desk, interview: Interview, ref: str) -> InterviewView:
    """Show the page of an earlier question."""
    interview.session.goto(ref)
    return _kept(work, desk, interview)


def change_language(work: UnitOfWork, desk: Desk, interview: Interview, language: str) -> InterviewView:
    """Ask on in another language of the form."""
    interview.session.language(language)
    return _kept(work, desk, interview)


def write_note(work: UnitOfWork, interview: Interview, text: str) -> None:
    """Keep the note as typed so far; control characters are left out."""
    interview.note = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
    save(work, interview)


def _kept(work: UnitOfWork, desk: Desk, interview: Interview) -> InterviewView:
    save(work, interview)
    return view(work, desk, interview)


def view(work: UnitOfWork, desk: Desk, interview: Interview) -> InterviewView:
    """Return all that the desk shows of a call."""
    session = interview.session
    case = work.cases.get(interview.case)
    identified = session.facts().get("identity") == "1"
    sight = Sight(in_call=True, identified=identified, number=interview.number, dialling=desk.dialling)
    finished = session.finished()
    return InterviewView(
        card=card(case, sight),
        attempt=interview.attempt,
        page=session.page(),
        said=session.said(),
        note=interview.note,
        began=interview.began,
        saved_at=interview.saved_at or interview.began,
        finished=finished,
        proposed=proposed_outcome(interview),
        resumed=interview.resumed,
    )


def picker(work: UnitOfWork, interview: Interview) -> Picker | None:
    """Return which moments an appointment may have; None when no roster came with the lease."""
    case = work.cases.get(interview.case)
    settings = CampaignSettings.from_json(work.campaigns.get(case.campaign).settings)
    return picker_of(case, interview.role, settings, work.now())


def proposed_outcome(interview: Interview) -> Outcome | None:
    """Return the outcome that the form proposes; the agent confirms it."""
    letter = interview.session.value("outcome")
    return Outcome(letter) if letter in set(Outcome) else None


def show_number(work: UnitOfWork, case: Id, number: str) -> None:
    """Record that a masked number was shown in full."""
    work.events.append(NumberShown(case, number))


def ask_help(work: UnitOfWork, case: Id, question: str, text: str = "") -> None:
    """Ask a supervisor for help with the number of the question."""
    work.events.append(HelpAsked(case, question, text))


def tell_coordinator(work: UnitOfWork, interview: Interview, text: str) -> None:
    """Write a confidential note about somebody in trouble: for the coordinator only, never in the answers."""
    work.events.append(ConfidentialNoteAdded(interview.case, interview.attempt, text))
