"""An invented agent on a real clock: calls invented people one after the other, and goes on where it was killed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from callcenter.domain.appointment import Firmness
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import Store, UnitOfWork
from callcenter.rehearsal.answers import Answers, ring
from callcenter.rehearsal.people import Person, invent
from callcenter.text import N_
from callcenter.usecases import calling, closing, interviewing
from callcenter.usecases.interview import FormShelf, Interview
from callcenter.usecases.interviewing import Desk, MayNotCall
from callcenter.usecases.views import AppointmentWish, CaseCard

_MOST_PAGES: Final = 150
_FEW_PAGES: Final = 6
# So many of the people never come to an end: they do not answer or hang up half-way. A rehearsal of any length then
# finds somebody to call, and no case grows as long as none ever does.
_KEPT: Final = 0.5
_SILENT: Final = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY, Outcome.THIRD_PARTY)


class NobodyLeft(CallcenterError):
    """No leased person may be called any more."""

    code = "REHEARSE-01"
    what = N_("Nobody is left to call on this laptop.")
    advice = N_("Make another enrolment with --invented, or ask for new people.")


class RealPeople(CallcenterError):
    """The people on this laptop exist: no invented call may be recorded about them."""

    code = "REHEARSE-02"
    what = N_("The people on this laptop are real, so nothing is rehearsed here.")
    advice = N_("Use an enrolment made with --invented.")


class Caller:
    """Calls through the use cases of the desk, a transaction a step as the desk has them."""

    def __init__(self, store: Store, chance: random.Random) -> None:
        self._store, self._chance = store, chance
        # It dials nothing: there is nobody.
        self._desk = Desk(FormShelf(), dialling=False)
        self._people: dict[Id, Person] = {}
        self._facts: dict[str, dict[str, str]] = {}

    def call(self) -> Iterator[None]:
        """Make one call, or end the one that was going on; yields after each step that the screen has confirmed.

        Raises NobodyLeft, RealPeople.
        """
        with self._store.work() as work:
            interview = interviewing.resume(work, self._desk) or self._open(work)
            ends = _may_end(work)
        yield
        person = self._person(interview.case)
        answered = ring(person, self._chance)
        if answered.interview:
            with self._store.work() as work:
                self._ask(work, interview, person, _MOST_PAGES if ends else _FEW_PAGES)
            yield
        outcome = answered.outcome if ends else self._chance.choice(_SILENT)
        if answered.interview:
            outcome = (interviewing.proposed_outcome(interview) if ends else None) or Outcome.PARTIAL
        with self._store.work() as work:
            closing.close_attempt(work, interview, outcome, wish=self._wish(work, outcome))
        yield

    def _open(self, work: UnitOfWork) -> Interview:
        card = calling.next_case(work, self._desk)
        first = [card.case] if isinstance(card, CaseCard) else []
        # Whoever rests until later is called out of turn, as an agent may who finds them in the list.
        others = sorted(_callable(work), key=lambda case: len(case.attempts))
        for case in (*first, *(other.id for other in others)):
            _refuse_real(work, case)
            try:
                return interviewing.open_attempt(work, self._desk, case)
            except MayNotCall:
                continue
        raise NobodyLeft()

    def _ask(self, work: UnitOfWork, interview: Interview, person: Person, pages: int) -> None:
        form = self._desk.shelf.take(interview.form)
        facts = self._facts.get(interview.form.sha256)
        if facts is None:
            facts = {q.name: form.attributes(q.name).get("fact", "") for q in form.questions()}
            self._facts[interview.form.sha256] = facts
        Answers(person, interview.role, facts, work.now()).fill_in(interview.session, pages)
        interviewing.write_note(work, interview, f"Oefening: {person.first_name} vertelt rustig.")

    def _person(self, case: Id) -> Person:
        if case not in self._people:
            self._people[case] = invent(int(case.replace("-", ""), 16), 1)[0]
        return self._people[case]

    def _wish(self, work: UnitOfWork, outcome: Outcome) -> AppointmentWish | None:
        if not MEANING[outcome].needs_appointment:
            return None
        moment = work.now() + timedelta(hours=self._chance.choice((2, 22, 24, 26)))
        return AppointmentWish(moment.replace(second=0, microsecond=0), Firmness.FIRM)


def _callable(work: UnitOfWork) -> Sequence[Case]:
    held = work.cases.leased_to(work.device.person)
    return [case for case in held if case.lease is not None and case.lease.callable(work.now()) and _open_end(case)]


def _may_end(work: UnitOfWork) -> bool:
    """Tell whether enough people are left that a call may end somebody's case."""
    held = work.cases.leased_to(work.device.person)
    return len(_callable(work)) > max(1, _KEPT * len(held))


def _open_end(case: Case) -> bool:
    ended = {Outcome.COMPLETE, Outcome.DECEASED}
    dead = not any(number.status.usable and number.role == "subject" for number in case.numbers)
    return not (dead or case.do_not_call or case.erased or any(a.outcome in ended for a in case.attempts))


def _refuse_real(work: UnitOfWork, case: Id) -> None:
    record = work.campaigns.get(work.cases.get(case).campaign)
    if not CampaignSettings.from_json(record.settings).invented:
        raise RealPeople()
