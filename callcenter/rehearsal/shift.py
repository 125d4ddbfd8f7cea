"""One agent's shift on a rehearsed clock: next case, ring, ask, close, again, all through the use cases."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from callcenter.clock import RehearsedClock
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.ports import Store, UnitOfWork
from callcenter.rehearsal.answers import Answers, Call, ring
from callcenter.rehearsal.people import Person
from callcenter.usecases import calling, closing, interviewing
from callcenter.usecases.interview import Interview
from callcenter.usecases.interviewing import Desk
from callcenter.usecases.views import AppointmentWish, CaseCard

_MOST_PAGES = 150


@dataclass(frozen=True)
class Cast:
    """Who is behind which case, and what the questions of the form mean."""

    people: Mapping[Id, Person]
    facts: Mapping[str, str]


@dataclass
class Player:
    """One agent who calls invented people."""

    store: Store
    desk: Desk
    cast: Cast
    clock: RehearsedClock
    chance: random.Random

    def play(self, until: datetime, most_interviews: int) -> int:
        """Call until a moment, an empty queue or so many interviews; return how many were held."""
        held = 0
        while self.clock() < until and held < most_interviews:
            with self.store.work() as work:
                card = calling.next_case(work, self.desk)
                if not isinstance(card, CaseCard):
                    return held
                held += self._call(work, card)
        return held

    def _call(self, work: UnitOfWork, card: CaseCard) -> int:
        person = self.cast.people[card.case]
        call = ring(person, self.chance)
        interview = interviewing.open_attempt(work, self.desk, card.case)
        if call.interview:
            self._pass(minutes=self.chance.uniform(7, 12))
            self._ask(work, interview, person)
        else:
            self._pass(minutes=self.chance.uniform(0.8, 2.5))
        outcome = interviewing.proposed_outcome(interview) if call.interview else call.outcome
        closing.close_attempt(work, interview, outcome or Outcome.PARTIAL, wish=self._wish(call))
        return int(outcome is Outcome.COMPLETE)

    def _pass(self, minutes: float) -> None:
        self.clock.set(self.clock() + timedelta(minutes=minutes))

    def _ask(self, work: UnitOfWork, interview: Interview, person: Person) -> None:
        answers = Answers(person, interview.role, self.cast.facts, self.clock())
        answers.fill_in(interview.session, _MOST_PAGES)
        interviewing.write_note(work, interview, "")

    def _wish(self, call: Call) -> AppointmentWish | None:
        if call.again is None:
            return None
        moment = (self.clock() + call.again).replace(second=0, microsecond=0)
        return AppointmentWish(moment, call.firmness)
