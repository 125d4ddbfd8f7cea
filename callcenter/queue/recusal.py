"""Whom an agent must not call: themselves, their family and people they may know; checked before a name is shown."""

from __future__ import annotations

import unicodedata

from callcenter.domain.agent import Agent
from callcenter.domain.calling_rules import Recusal
from callcenter.domain.case import Case
from callcenter.domain.sample import Respondent
from callcenter.queue.reason import Reason


def recused(agent: Agent, case: Case, rules: Recusal | None = None) -> Reason | None:
    """Return why this agent may not call this person; the campaign's rules add or waive cohort, school and pairs.

    A number in common is family whatever the surname: sharing a telephone is knowing each other.
    """
    rules = rules or Recusal()
    if agent.id in case.known_by:
        return Reason.of("known")
    if _paired(agent, case, rules):
        return Reason.of("pair")
    person = case.respondent
    if case.person == agent.id or (person and agent.reference and agent.reference == person.reference):
        return Reason.of("self")
    if set(agent.numbers) & {n.e164 for n in case.numbers}:
        return Reason.of("family")
    return _acquainted(agent, person, rules) if person else None


def _paired(agent: Agent, case: Case, rules: Recusal) -> bool:
    known_as = {case.person, case.id, case.reference, case.respondent.reference if case.respondent else ""} - {""}
    return any(mine in (agent.id, agent.reference) and other in known_as for mine, other in rules.pairs)


def _acquainted(agent: Agent, person: Respondent, rules: Recusal) -> Reason | None:
    if rules.cohort and agent.start_year and (agent.start_year, agent.site) == (person.start_year, person.site):
        return Reason.of("cohort")
    if rules.school and {_plain(s) for s in agent.schools} & _last_schools(person, rules.school_years):
        return Reason.of("school")
    return None


def _last_schools(person: Respondent, years: int) -> set[str]:
    """Return the schools of the last years that the list tells."""
    last = sorted(person.schooling)[-years:] if years else []
    return {_plain(person.schooling[year].get("school", "")) for year in last} - {""}


def _plain(text: str) -> str:
    """Return a name without accents, case and outer blanks, as two lists may spell it."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())
