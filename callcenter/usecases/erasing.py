"""Erasing a person who asks for it: what will go, the act itself, and which laptops have not answered yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callcenter.domain.agent import Role
from callcenter.domain.case import Case
from callcenter.domain.event import LeaseGranted, PurgeDone, SubjectErased
from callcenter.domain.sample import Respondent
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.phone import normalise
from callcenter.ports import UnitOfWork
from callcenter.text import N_
from callcenter.usecases.views import Changes

_LEAST_LETTERS = 3
_LEAST_DIGITS = 6
_MOST = 50


class Reason(StrEnum):
    """Why somebody is erased; a word of a list, since free text would bring the name back."""

    ASKED = "asked"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"
    MISTAKE = "mistake"
    RETENTION = "retention"


class OnlyCoordinatorErases(CallcenterError):
    """Erasing is for a coordinator."""

    code = "ERASE-01"
    what = N_("Only a coordinator can erase a person.")
    advice = N_("Note who asks for it and when, and tell your coordinator today.")


class NameNotTyped(CallcenterError):
    """The name that was typed to confirm is another one."""

    code = "ERASE-02"
    what = N_("The name you typed is not the name of this person.")
    advice = N_("Type first name and surname as they stand above. Nothing was erased.")


class NobodyToErase(CallcenterError):
    """The person is not in this store, or was erased before."""

    code = "ERASE-03"
    what = N_("This person is not in the lists any more.")
    advice = N_("Search again. Who was erased cannot be found.")


@dataclass(frozen=True)
class Erasable:
    """A person who can be erased, with all that will go."""

    person: Id
    name: str
    references: tuple[str, ...]
    site: str
    campaigns: tuple[str, ...]
    numbers: int
    attempts: int
    answers: int
    notes: int
    cases: tuple[Id, ...]
    agents: tuple[str, ...]


@dataclass(frozen=True)
class Unanswered:
    """An erasure that some laptops have not confirmed: their agents, by name as the roster has them."""

    case: Id
    at: datetime
    reason: str
    answered: tuple[str, ...]
    missing: tuple[str, ...]


def find_people(work: UnitOfWork, text: str, language: str) -> tuple[Erasable, ...]:
    """Find people of all campaigns by a part of a name, a reference or a number in any spelling; by name."""
    _only_coordinator(work)
    names = {agent.id: agent.short_name() for agent in work.campaigns.roster()}
    titles = {r.id: _title(r.settings, language) for r in work.campaigns.all()}
    cases = [case for record in titles for case in work.cases.all(record) if case.respondent and not case.erased]
    wanted = {case.person or case.id for case in cases if case.respondent and _fits(case, case.respondent, text)}
    of_person: dict[Id, list[Case]] = {}
    for case in cases:
        if (case.person or case.id) in wanted:
            of_person.setdefault(case.person or case.id, []).append(case)
    found = (_erasable(work, person, own, (titles, names)) for person, own in list(of_person.items())[:_MOST])
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def erase_person(work: UnitOfWork, person: Erasable, reason: Reason, typed: str) -> Changes:
    """Erase a person from all campaigns; central and the laptops follow at their next sync. It cannot be undone.

    Raises OnlyCoordinatorErases, NameNotTyped or NobodyToErase.
    """
    _only_coordinator(work)
    if _plain(typed) != _plain(person.name):
        raise NameNotTyped()
    held = [case for case in _held(work, person) if not case.erased]
    if not held:
        raise NobodyToErase()
    work.events.append(*(SubjectErased(case.id, reason.value, _told(work, case.id)) for case in held))
    return Changes(cases=frozenset(case.id for case in held))


def unanswered(work: UnitOfWork) -> tuple[Unanswered, ...]:
    """Return the erasures that not every laptop confirmed, the longest ago first."""
    if work.device.role is not Role.COORDINATOR:
        return ()
    names = {agent.id: agent.short_name() for agent in work.campaigns.roster()}
    done: dict[Id, set[Id]] = {}
    for event in work.events.of_kind(PurgeDone.__name__):
        if isinstance(event.fact, PurgeDone) and event.fact.case and event.role == Role.AGENT:
            done.setdefault(event.fact.case, set()).add(event.by)
    found = []
    for event in work.events.of_kind(SubjectErased.__name__):
        fact = event.fact
        if not isinstance(fact, SubjectErased):
            continue
        answered = done.get(fact.case, set())
        missing = tuple(sorted(names.get(agent, "–") for agent in fact.told if agent not in answered))
        if missing:
            there = tuple(sorted(names.get(agent, "–") for agent in fact.told if agent in answered))
            found.append(Unanswered(fact.case, event.at, fact.reason, there, missing))
    return tuple(found)


def _only_coordinator(work: UnitOfWork) -> None:
    if work.device.role is not Role.COORDINATOR:
        raise OnlyCoordinatorErases()


def _held(work: UnitOfWork, person: Erasable) -> Iterator[Case]:
    wanted = set(person.cases)
    return (c for record in work.campaigns.all() for c in work.cases.all(record.id) if c.id in wanted)


def _told(work: UnitOfWork, case: Id) -> tuple[Id, ...]:
    """Return the agents to whom a case was ever leased, as far as this store knows."""
    granted = (e.fact for e in work.events.of_case(case) if isinstance(e.fact, LeaseGranted))
    return tuple(sorted({fact.agent for fact in granted}))


def _fits(case: Case, person: Respondent, text: str) -> bool:
    wanted = _plain(text)
    if sum(c.isdigit() for c in wanted) >= _LEAST_DIGITS:
        number = normalise(wanted)
        if number is not None and any(n.e164 == number for n in person.numbers):
            return True
    if wanted and wanted == _plain(case.reference):
        return True
    either_way = f"{person.first_name} {person.last_name} {person.first_name}"
    return len(wanted) >= _LEAST_LETTERS and wanted in _plain(either_way)


def _erasable(
    work: UnitOfWork, person: Id, cases: Iterable[Case], known: tuple[Mapping[Id, str], Mapping[Id, str]]
) -> Erasable:
    titles, names = known
    own = tuple(cases)
    first = own[0].respondent
    assert first is not None  # noqa: S101 - only cases with a respondent come here
    told = sorted({agent for case in own for agent in _told(work, case.id)})
    return Erasable(
        person=person,
        name=f"{first.first_name} {first.last_name}".strip(),
        references=tuple(case.reference for case in own),
        site=own[0].site,
        campaigns=tuple(dict.fromkeys(titles[case.campaign] for case in own)),
        numbers=len({n.e164 for case in own for n in case.numbers}),
        attempts=sum(len(case.attempts) for case in own),
        answers=sum(len(case.responses) for case in own),
        notes=sum(len(case.notes) for case in own),
        cases=tuple(case.id for case in own),
        agents=tuple(names.get(agent, "–") for agent in told),
    )


def _title(settings: Mapping[str, object], language: str) -> str:
    name = settings.get("name")
    words = name if isinstance(name, Mapping) else {}
    return str(words.get(language) or words.get("nl") or "")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
