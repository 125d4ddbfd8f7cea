"""A laptop for tests: an agent's real store in memory with the leases that an office dealt, and how to talk on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Role
from callcenter.domain.case import Case
from callcenter.domain.envelope import Event
from callcenter.domain.event import Fact, LeaseGranted
from callcenter.forms.session import Kind, Question
from callcenter.ids import Id, new_id
from callcenter.ports import Delivery, Device, UnitOfWork
from callcenter.usecases import dealing, interviewing
from callcenter.usecases.interview import FormShelf, Interview
from callcenter.usecases.interviewing import Desk
from callcenter.usecases.views import InterviewView
from db.local.store import LocalStore, memory_store
from tests.office import AYA, MONDAY, SHIFT, YASMINA, Office, an_office

_T = TypeVar("_T")
_SHELF = FormShelf()
_MOST_PAGES = 90

# Born in 2013: a parent must be asked first.
LINA: Mapping[str, str] = {
    **AYA,
    "TAJO-nr": "G-0077",
    "Voornaam": "Lina",
    "Familienaam": "Haddad",
    "Geboortedatum": "03/09/2013",
    "Gsm": "0471 55 66 77",
    "Gsm ouder 1": "0487 11 22 33",
}


@dataclass
class Laptop:
    """An agent's laptop; what it does goes through the use cases."""

    store: LocalStore
    clock: RehearsedClock
    office: Office
    desk: Desk
    heard: int = 0

    def work(self, step: Callable[[UnitOfWork], _T]) -> _T:
        """Do one thing in a transaction of its own."""
        with self.store.work() as work:
            return step(work)

    def case(self, reference: str = "G-0001") -> Case:
        """Return the case of an alumni number as this laptop knows it."""
        about = self.office.case(reference).id
        return self.work(lambda work: work.cases.get(about))

    def call(self, reference: str = "G-0001", number: str = "") -> Interview:
        """Start a call."""
        about = self.office.case(reference).id
        return self.work(lambda work: interviewing.open_attempt(work, self.desk, about, number))

    def view(self, interview: Interview) -> InterviewView:
        """Return what the desk shows of a call."""
        return self.work(lambda work: interviewing.view(work, self.desk, interview))

    def kinds(self) -> list[str]:
        """Return the kinds of this laptop's own events in their order."""
        return [event.fact.__class__.__name__ for event in self._own()]

    def facts(self, kind: type[_T]) -> list[_T]:
        """Return this laptop's own facts of a kind."""
        return [event.fact for event in self._own() if isinstance(event.fact, kind)]

    def _own(self) -> Sequence[Event]:
        return self.work(
            lambda work: sorted(
                (e for kind in _KINDS for e in work.events.of_kind(kind) if e.device == work.device.device),
                key=lambda e: e.seq,
            )
        )

    def receive(self) -> None:
        """Let what the office has for this laptop arrive: campaigns, forms and its own leases."""
        me = self.store.device.person
        sent = self.office.store.log.unsent()
        with self.office.store.work() as work:
            mine = {
                e.id for k in ("CampaignChanged", "FormPublished", "LeaseEnded") for e in work.events.of_kind(k)
            } | {e.id for e in work.events.of_kind("LeaseGranted") if _for(e.fact, me)}
        due = [o for o in sent if o.event_id in mine][self.heard :]
        self.store.log.receive("me", [Delivery(self.heard + n, o.wire, o.sha256) for n, o in enumerate(due, 1)])
        self.heard += len(due)


_KINDS = (
    "AppointmentBooked AttemptClosed AttemptOpened BestTimeStated ConfidentialNoteAdded ContactCorrectionProposed "
    "DoNotCallSet HelpAsked LeaseReturned NoteAdded NumberShown ParentConsentGiven PersonKnown PurgeDone "
    "ReferralRaised ResponseRecorded SensitiveResponseRecorded ShiftEnded"
).split()


def _for(fact: Fact, agent: Id) -> bool:
    return isinstance(fact, LeaseGranted) and fact.agent == agent


def a_laptop(folder: Path, *rows: Mapping[str, str], dialling: bool = True) -> Laptop:
    """Return Yasmina's laptop on Monday evening, with the leases of these people; of Aya when none are given."""
    office = an_office()
    office.import_people(folder, rows or [AYA])
    office.employ(YASMINA)
    with office.store.work() as work:
        dealing.deal_daybatch(work, office.campaign, SHIFT, 1)
    me = office.agents["AG01"]
    device = Device("org", new_id(MONDAY), me.id, me.name, Role.AGENT, me.site, "e", ("me",))
    made = Laptop(memory_store(device, office.clock), office.clock, office, Desk(_SHELF, dialling))
    made.receive()
    return made


def answer(laptop: Laptop, interview: Interview, **said: str) -> InterviewView:
    """Answer questions of the page that is shown, by name."""
    shown = laptop.view(interview)
    for question in shown.page.questions:
        if question.name in said:
            with laptop.store.work() as work:
                shown = interviewing.answer(work, laptop.desk, interview, question.ref, said[question.name])
    return shown


def talk(laptop: Laptop, interview: Interview, until: str = "", **said: str) -> InterviewView:
    """Answer page after page, with what is said or something fitting, to the end or to the page of a question."""
    for _page in range(_MOST_PAGES):
        view = laptop.view(interview)
        if view.finished or (until and any(q.name == until for q in view.page.questions)):
            return view
        given = {q.name: said.get(q.name, _fitting(q)) for q in view.page.questions}
        answer(laptop, interview, **{name: value for name, value in given.items() if value})
        laptop.work(lambda work: interviewing.forward(work, laptop.desk, interview))
    raise AssertionError("the interview does not end: " + str([q.name for q in view.page.questions]))


def _fitting(question: Question) -> str:
    if question.readonly or question.value:
        return ""
    if question.choices:
        return question.choices[0].value
    if not question.required:
        return ""
    return {Kind.DATE: "2026-01-15", Kind.INTEGER: "1", Kind.DECIMAL: "1"}.get(question.kind, "Iets")
