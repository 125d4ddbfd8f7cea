"""What a campaign may expect of the shifts on the roster, from its cases and what calls became so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.disposition import Class
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.queue.calling_hours import Calendar, local_day, moment
from callcenter.queue.eligibility import unsuited
from callcenter.queue.forecast import Aim, Assumed, Forecast, Pool, ShiftBlock, Tally, forecast
from callcenter.queue.whom import SUBJECT
from callcenter.usecases.supervising import me

_BETWEEN_CALLS = 0.75
"""Minutes from one call to the next, which no clock counts."""
_ADULT = 99
_INTERVIEWED = (Class.COMPLETE, Class.PARTIAL)
_HELD = (Outcome.COMPLETE, Outcome.PARTIAL)


@dataclass(frozen=True)
class Prospect:
    """All that a forecast looks at; `work_out` needs no store and some tenths of a second."""

    pool: Pool
    assumed: Assumed
    blocks: tuple[ShiftBlock, ...]
    aim: Aim

    def work_out(self, seed: int = 1) -> Forecast:
        """Return the forecast; the same for the same seed."""
        return forecast(self.pool, self.assumed, self.blocks, self.aim, seed)


def prospect(work: UnitOfWork, campaign: Id, at: datetime) -> Prospect:
    """Return what a campaign's forecast looks at: the own site for a supervisor, all for a coordinator.

    Earlier campaigns of this store tell last year's rates.
    """
    mine = me(work)
    records = {record.id: CampaignSettings.from_json(record.settings) for record in work.campaigns.all()}
    settings = records[campaign]
    cases = [case for case in work.cases.all(campaign) if mine.may_see(case.site)]
    agents = [a for a in work.campaigns.roster() if a.role is Role.AGENT and mine.may_see(a.site)]
    earlier = [case for known in records if known != campaign for case in work.cases.all(known)]
    assumed = Assumed(tallies(cases, settings), tallies(earlier, settings), *_time_spent(cases))
    return Prospect(pool_of(cases, agents, settings), assumed, blocks_of(agents, settings, at), aim_of(settings))


def aim_of(settings: CampaignSettings) -> Aim:
    """Return the goal of a campaign and its limits."""
    return Aim(settings.goal_share, settings.max_attempts, settings.attempts_per_day)


def pool_of(cases: Iterable[Case], agents: Sequence[Agent], settings: CampaignSettings) -> Pool:
    """Sort people by what may still come of them: interviewed, waiting by tries, out of everybody's reach."""
    waiting: Counter[int] = Counter()
    done = eligible = lost = 0
    for case in cases:
        found = case.disposition(settings.cutoffs)
        if case.erased or found.klass is Class.NOT_ELIGIBLE:
            continue
        eligible += 1
        if found.klass in _INTERVIEWED:
            done += 1
        elif case.closed(settings.cutoffs, settings.max_attempts):
            continue
        elif not case.usable_numbers or all(unsuited(agent, case, settings) for agent in agents):
            lost += 1
        else:
            waiting[sum(a.counts for a in case.closed_attempts)] += 1
    by_tries = tuple(waiting[n] for n in range(max(waiting, default=0) + 1))
    return Pool(by_tries, done, eligible, lost)


def tallies(cases: Iterable[Case], settings: CampaignSettings) -> Mapping[int, Tally]:
    """Return what the first, the second, ... try of a case became."""
    dials: Counter[int] = Counter()
    held: Counter[int] = Counter()
    ended: Counter[int] = Counter()
    for case in cases:
        counted = [a for a in case.closed_attempts if a.counts]
        for tries, attempt in enumerate(counted):
            dials[tries] += 1
            held[tries] += attempt.outcome in _HELD
        over = case.closed(settings.cutoffs, settings.max_attempts) and len(counted) < settings.max_attempts
        if counted and over and counted[-1].outcome not in _HELD:
            ended[len(counted) - 1] += 1
    return {tries: Tally(dials[tries], held[tries], ended[tries]) for tries in dials}


def _time_spent(cases: Iterable[Case]) -> tuple[float, float]:
    """Return the minutes that calls took, with the time between them, and their number."""
    seconds = [
        (a.closed_at - a.opened_at).total_seconds()
        for case in cases
        for a in case.closed_attempts
        if a.closed_at is not None and a.agent
    ]
    return sum(seconds) / 60 + _BETWEEN_CALLS * len(seconds), float(len(seconds))


def blocks_of(agents: Iterable[Agent], settings: CampaignSettings, at: datetime) -> tuple[ShiftBlock, ...]:
    """Return the shifts from a moment on, those at the same hours together, cut to the calling hours."""
    calendar = Calendar(settings)
    together: Counter[tuple[datetime, datetime]] = Counter()
    for agent in agents:
        for shift in agent.shifts:
            if shift.end > at:
                together[max(shift.start, at), shift.end] += 1
    found = []
    for (start, end), count in sorted(together.items()):
        minutes = _open_minutes(Shift(start, end), calendar)
        if minutes:
            found.append(ShiftBlock(start, end, count, minutes * count))
    return tuple(found)


def _open_minutes(shift: Shift, calendar: Calendar) -> int:
    day = local_day(shift.start)
    spans = [(moment(day, a), moment(day, b)) for a, b in calendar.hours_on(day, SUBJECT, _ADULT)]
    seconds = sum(max(0.0, (min(shift.end, b) - max(shift.start, a)).total_seconds()) for a, b in spans)
    return int(seconds // 60)
