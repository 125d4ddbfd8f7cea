"""Two people changed one field without knowing of each other: both words are kept, and a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from callcenter.domain.envelope import Event
from callcenter.domain.event import ContactCorrectionDecided, Fact, OutcomeCorrected
from callcenter.domain.outcome import MEANING
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.usecases.supervising import may_correct
from callcenter.usecases.views import Changes

_Fact = TypeVar("_Fact", bound=Fact)


class Field(StrEnum):
    """What two people changed."""

    OUTCOME = "outcome"
    CONTACT = "contact"


@dataclass(frozen=True)
class Side:
    """One of the two words: the outcome, or accepted or refused, with who said it and when."""

    value: str
    by: Id
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Conflict:
    """Two words on one field of a case; `about` is the attempt or the proposal. The second one counts now."""

    case: Id
    field: Field
    about: Id
    first: Side
    second: Side


def conflicts_of(work: UnitOfWork, campaign: Id) -> tuple[Conflict, ...]:
    """Return what waits for a person's decision, oldest first; for cases that this person may correct."""
    found = [*_outcomes(work), *_decisions(work)]
    known = {case.id: case for case in work.cases.all(campaign)}
    mine = (each for each in found if each.case in known and may_correct(work, known[each.case]))
    return tuple(sorted(mine, key=lambda each: (each.second.at, each.about)))


def decide_conflict(work: UnitOfWork, conflict: Conflict, *, first: bool) -> Changes:
    """Let one of the two words hold; what the other said stays in the history."""
    held = conflict.first if first else conflict.second
    fact: Fact
    if conflict.field is Field.OUTCOME:
        case = work.cases.get(conflict.case)
        now = case.attempt(conflict.about).outcome
        outcomes = {outcome.value: outcome for outcome in MEANING}
        chosen = outcomes[held.value]
        fact = OutcomeCorrected(conflict.case, conflict.about, now or chosen, chosen, held.reason)
    else:
        fact = ContactCorrectionDecided(conflict.case, conflict.about, held.value == "accepted", settled=True)
    work.events.append(fact)
    return Changes(cases=frozenset({conflict.case}))


def _outcomes(work: UnitOfWork) -> Iterator[Conflict]:
    """Yield attempts whose last two corrections did not know of each other: the last one starts from another word."""
    for (case, attempt), said in _by_field(work, OutcomeCorrected, "attempt").items():
        (one, first), (two, second) = said[-2], said[-1]
        if one.device != two.device and second.old is not first.new and second.new is not first.new:
            sides = (_side(one, first.new.value, first.reason), _side(two, second.new.value, second.reason))
            yield Conflict(case, Field.OUTCOME, attempt, *sides)


def _decisions(work: UnitOfWork) -> Iterator[Conflict]:
    for (case, proposal), said in _by_field(work, ContactCorrectionDecided, "proposal").items():
        (one, first), (two, second) = said[-2], said[-1]
        if not second.settled and one.device != two.device and first.accepted is not second.accepted:
            words = ("refused", "accepted")
            sides = (_side(one, words[first.accepted]), _side(two, words[second.accepted]))
            yield Conflict(case, Field.CONTACT, proposal, *sides)


def _by_field(work: UnitOfWork, kind: type[_Fact], name: str) -> dict[tuple[Id, Id], Sequence[tuple[Event, _Fact]]]:
    """Return what was said at least twice about one thing, in its order."""
    found: dict[tuple[Id, Id], list[tuple[Event, _Fact]]] = {}
    for event in work.events.of_kind(kind.__name__):
        if isinstance(event.fact, kind):
            found.setdefault((event.fact.about, getattr(event.fact, name)), []).append((event, event.fact))
    return {key: said for key, said in found.items() if len(said) > 1}


def _side(event: Event, value: str, reason: str = "") -> Side:
    return Side(value, event.by, event.at, reason)
