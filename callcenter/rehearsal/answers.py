"""What an invented person says: what happens when the telephone rings, and the answer to each question.

Questions are known by what their answers mean (the `cc:fact` attribute), never by a template's variable names.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from callcenter.domain.appointment import Firmness
from callcenter.domain.outcome import Outcome
from callcenter.forms.session import Kind, Question, Session
from callcenter.rehearsal.people import Person

_SILENT = frozenset({"97", "98", "99"})
_WORDS = ("Weet ik nog niet zo goed.", "Iets met muziek.", "Meer uitstappen.", "Een bezoek aan een bedrijf.")


@dataclass(frozen=True)
class Call:
    """What happens in one call: the outcome, whether questions are asked, and when to call again."""

    outcome: Outcome
    interview: bool = False
    again: timedelta | None = None
    firmness: Firmness = Firmness.FIRM


def ring(person: Person, chance: random.Random) -> Call:
    """Draw what happens when this person is called now."""
    if person.bad_number:
        return Call(chance.choice((Outcome.WRONG_NUMBER, Outcome.NOT_IN_SERVICE)))
    if chance.random() > person.answers_phone:
        silence = (Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.BUSY)
        return Call(chance.choices(silence, (60, 32, 8))[0])
    if chance.random() < person.refuses:
        return Call(chance.choices((Outcome.SOFT_REFUSAL, Outcome.REFUSAL), (70, 30))[0])
    drawn = chance.random()
    if drawn < 0.06:
        return Call(Outcome.THIRD_PARTY)
    if drawn < 0.14:
        return Call(Outcome.APPOINTMENT, again=timedelta(hours=chance.choice((2, 22, 24, 26))))
    return Call(Outcome.COMPLETE, interview=True)


class Answers:
    """The answers of one person in one interview; the same person always tells the same school year."""

    def __init__(self, person: Person, role: str, facts: Mapping[str, str], now: datetime) -> None:
        """Take the hidden truth; `facts` is question name -> what its answer means, `role` who is called."""
        self._chance = random.Random(f"{person.number} {now.isoformat()}")
        self._facts = facts
        self._now = now
        who = "2" if role == "parent" else "1"
        self._truth = {"who_answers": who, "identity": "1", "consent": "1", "parent_consent": "1"} | school(person)

    def fill_in(self, session: Session, pages: int) -> None:
        """Answer the questions of an interview page by page, at most so many pages, until it is finished."""
        for _ in range(pages):
            for question in session.page().questions:
                value = self.value(question)
                if value and not question.readonly:
                    session.answer(question.ref, value)
            session.next()
            if session.finished():
                return

    def value(self, question: Question) -> str:
        """Return the answer as the form stores it; an empty text leaves the question open."""
        offered = [c.value for c in question.choices]
        told = self._truth.get(self._facts.get(question.name, ""), "")
        if told and (not offered or told in offered):
            return told
        if offered:
            return self._choose(question, offered)
        return self._free(question)

    def _choose(self, question: Question, offered: list[str]) -> str:
        plain = [v for v in offered if v not in _SILENT] or offered
        if self._chance.random() < 0.03 and "98" in offered:
            return "98"
        if question.kind is Kind.MANY:
            first = self._chance.choice(plain)
            # Code 0 is "none of these" and stands alone.
            more = [v for v in plain if v not in (first, "0") and self._chance.random() < 0.2]
            return first if first == "0" else " ".join([first, *more])
        return self._chance.choice(plain)

    def _free(self, question: Question) -> str:
        if question.kind is Kind.DATE:
            return (self._now.date() - timedelta(days=self._chance.randrange(20, 200))).isoformat()
        if question.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE):
            return str(self._chance.randrange(1, 3))
        if question.kind is Kind.TEXT and question.required:
            return self._chance.choice(_WORDS)
        return ""


def school(person: Person) -> dict[str, str]:
    """Return what this person truly tells of the school year, by the meaning of the question."""
    if person.status == "left":
        qualified = person.before.grade == 6
        return {"school_same": "5", "school_status_told": "6", "left_qual": "1" if qualified else "0"}
    if person.status == "higher" or person.after is None:
        return {"school_same": "6", "school_status_told": "4"}
    before, after = person.before, person.after
    same_track, same_school = before.key == after.key, before.school == after.school
    same = {(True, True): "1", (False, True): "2", (True, False): "3", (False, False): "4"}[same_track, same_school]
    bso = after.form == "bso"
    return {
        "school_same": same,
        "school_status_told": "1",
        "track_grade": str(after.grade),
        "track_stream": after.stream,
        "track_form": after.form,
        "track_finality": after.finality,
        "attest": person.attest,
        "qualification": "2" if bso else "1",
    }
