"""What the office counts before it deals: the team's rates per group and slot, last year's dials, and the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.ids import Id
from callcenter.queue.calling_hours import Calendar, local_day
from callcenter.queue.eligibility import unsuited
from callcenter.queue.index import fairness
from callcenter.queue.model import MILLION, Odds, Team, past_of
from callcenter.queue.odds import MAY, SPEAK, WORK, Outlook, Spans, prior, spans_of, texts_of
from callcenter.queue.whom import age_of, language_of

AHEAD = timedelta(days=21)
"""So far the roster travels with a lease."""
_AGES = (16, 18, 20)
_MOST_LAST_YEAR = 8
_THIN = 40
"""So many calls at the usual length are mixed into the team's own."""
_USUAL_DIAL, _USUAL_TALK = 66, 480
_LONGEST = timedelta(hours=2)


def age_group(case: Case, at: datetime) -> str:
    """Return the group whose rates a person shares: by age, because pupils and workers are home at other hours."""
    age = age_of(case, local_day(at))
    return "" if age is None else f"-{next((limit for limit in _AGES if age < limit), 'older')}"


def known_as(case: Case) -> str:
    """Return by what a person is recognised in another campaign: the number of the list, else their id."""
    return (case.respondent.reference if case.respondent else "") or case.person


@dataclass
class Prospects:
    """All that one deal knows of chances; make it with `prospects`."""

    settings: CampaignSettings
    at: datetime
    team: Team
    earlier: Mapping[str, tuple[str, ...]]
    agents: tuple[Agent, ...]
    fair: Mapping[str, int]
    seconds: tuple[int, int]
    _odds: dict[str, Odds] = field(default_factory=dict)
    _spans: dict[tuple[Id, ...], tuple[str, ...]] = field(default_factory=dict)
    _languages: dict[str, Spans] = field(default_factory=dict)

    def odds(self, case: Case) -> Odds:
        """Return the odds of the person's group."""
        group = age_group(case, self.at)
        if group not in self._odds:
            dial, talk = self.seconds
            fair = self.fair.get(group, MILLION)
            self._odds[group] = Odds(self.team.rates(group), self.team.interview(), dial, talk, fair)
        return self._odds[group]

    def last_year(self, case: Case) -> tuple[str, ...]:
        """Return last year's dials of a person: the slot with + for an answer and - for none."""
        return self.earlier.get(known_as(case), ())

    def rostered(self, case: Case) -> dict[str, tuple[str, ...]]:
        """Return when agents work who may call this person, who speak the language, and any; without names."""
        language = language_of(case)
        may = [a for a in self.agents if unsuited(a, case, self.settings) is None]
        speak = [a for a in self.agents if not language or language in a.languages]
        found = {MAY: self._texts(may), SPEAK: self._texts(speak), WORK: self._texts(self.agents)}
        if found[WORK] == found[SPEAK]:
            del found[WORK]
        if found[SPEAK] == found[MAY]:
            del found[SPEAK]
        return found

    def outlook(self, case: Case) -> Outlook:
        """Return what planning needs of a case: its shifts are those of all who speak the language.

        Whether one of them knows the person hardly ever takes a whole part of the week away, and asking that of every
        agent for every case of a long list would cost more than the plan.
        """
        past = past_of((text[:-1], text.endswith("+"), True) for text in self.last_year(case))
        return Outlook(self.odds(case), past, {MAY: self._spoken(language_of(case))})

    def _spoken(self, language: str) -> Spans:
        if language not in self._languages:
            speak = [a for a in self.agents if not language or language in a.languages]
            self._languages[language] = spans_of(self._texts(speak))
        return self._languages[language]

    def _texts(self, agents: Sequence[Agent]) -> tuple[str, ...]:
        key = tuple(a.id for a in agents)
        if key not in self._spans:
            self._spans[key] = texts_of(shift for agent in agents for shift in _to_come(agent, self.at))
        return self._spans[key]


def _to_come(agent: Agent, at: datetime) -> Iterable[Shift]:
    return (shift for shift in agent.shifts if shift.end > at and shift.start < at + AHEAD)


def prospects(
    cases: Sequence[Case], earlier: Iterable[Case], agents: Iterable[Agent], settings: CampaignSettings, at: datetime
) -> Prospects:
    """Count a campaign's calls and those of earlier campaigns; an earlier call counts half.

    An attempt whose end is missing counts as a dial, but not for the length of calls.
    """
    calendar = Calendar(settings)
    team = Team(prior(settings.slots))
    for case in cases:
        group = age_group(case, at)
        for attempt in _dials(case):
            team.count(group, calendar.slot_of(attempt.opened_at), reached=_reached(attempt))
            if _reached(attempt):
                team.count_contact(interview=attempt.outcome is Outcome.COMPLETE)
    known = _earlier(earlier, team, calendar, at)
    roster = tuple(a for a in agents if a.role is Role.AGENT and any(_to_come(a, at)))
    return Prospects(settings, at, team, known, roster, _fair(cases, at), _seconds(cases))


def _earlier(cases: Iterable[Case], team: Team, calendar: Calendar, at: datetime) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for case in cases:
        told = []
        for attempt in _dials(case):
            slot, reached = calendar.slot_of(attempt.opened_at), _reached(attempt)
            if slot:
                team.count(age_group(case, at), slot, reached=reached, last_year=True)
                told.append(f"{slot}{'+' if reached else '-'}")
        if told:
            found.setdefault(known_as(case), tuple(told[-_MOST_LAST_YEAR:]))
    return found


def _dials(case: Case) -> tuple[CallAttempt, ...]:
    return tuple(a for a in case.closed_attempts if a.counts)


def _reached(attempt: CallAttempt) -> bool:
    return attempt.outcome is not None and MEANING[attempt.outcome].contact


def _fair(cases: Sequence[Case], at: datetime) -> dict[str, int]:
    """Return the fairness factor of each group: above one where fewer took part than in the whole list."""
    of, done = Counter[str](), Counter[str]()
    for case in cases:
        group = age_group(case, at)
        of[group] += 1
        done[group] += any(a.outcome is Outcome.COMPLETE for a in case.attempts)
    mean = done.total() * MILLION // max(1, of.total())
    return {group: fairness(done[group] * MILLION // n, mean) for group, n in of.items()}


def _seconds(cases: Sequence[Case]) -> tuple[int, int]:
    """Return the seconds of a dial without contact, and what a contact adds, both smoothed to the usual."""
    lengths: dict[bool, list[int]] = {False: [], True: []}
    for case in cases:
        for attempt in _dials(case):
            length = attempt.closed_at - attempt.opened_at if attempt.closed_at else None
            if length is not None and timedelta(0) <= length <= _LONGEST:
                lengths[_reached(attempt)].append(int(length.total_seconds()))
    dial = _smooth(lengths[False], _USUAL_DIAL)
    return max(1, dial), max(0, _smooth(lengths[True], _USUAL_DIAL + _USUAL_TALK) - dial)


def _smooth(seconds: Sequence[int], usual: int) -> int:
    return (sum(seconds) + _THIN * usual) // (len(seconds) + _THIN)
