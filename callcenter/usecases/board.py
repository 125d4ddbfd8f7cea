"""How a campaign stands now, for the supervisor's board: totals, who works, what asks for attention.

No rate per agent and no pause minutes: nobody is ranked (see the organisation's privacy rules).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from callcenter.domain.agent import Agent, Role
from callcenter.domain.attempt import NOBODY_SPEAKS, CallAttempt
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.disposition import Disposition
from callcenter.domain.event import HelpAsked, ShiftEnded
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.queue.candidates import running_lease
from callcenter.queue.eligibility import nobody, unsuited
from callcenter.rates.formulas import Counts, rates_of
from callcenter.text import LOCAL_ZONE
from callcenter.usecases.cards import short_name
from callcenter.usecases.clocks import measured, put_right
from callcenter.usecases.conflicts import conflicts_of
from callcenter.usecases.set_aside import AsideEntry, told_aside
from callcenter.usecases.supervising import me, start_of_day

# Longer than the longest interview: a call that is open for longer is a laptop that did not sync since.
_CALL_AT_MOST = timedelta(minutes=90)
_SILENT_AFTER = timedelta(hours=2)


class State(StrEnum):
    """What an agent does, as far as the last sync tells."""

    CALLING = "calling"
    HELP = "help"
    READY = "ready"
    SILENT = "silent"
    DONE = "done"
    EXPECTED = "expected"


class Need(StrEnum):
    """What asks for a supervisor's attention, the most urgent first."""

    HELP = "help"
    LATE_PROMISE = "late_promise"
    CONFLICT = "conflict"
    CALLED_TWICE = "called_twice"
    SET_ASIDE = "set_aside"
    REFUSAL = "refusal"
    NOT_IN_LIST = "not_in_list"
    NOBODY = "nobody"
    UNLOCATED = "unlocated"
    PROPOSALS = "proposals"


@dataclass(frozen=True)
class AgentRow:
    """One agent today; `held` are the persons leased now and called today, `done` those called today."""

    agent: Id
    name: str
    site: str
    state: State
    done: int
    held: int
    interviews: int
    promises: int
    last_seen: datetime | None
    shift: tuple[datetime, datetime] | None = None


@dataclass(frozen=True)
class Attention:
    """One thing that waits for a person; `count` above 1 stands for many cases at once."""

    need: Need
    case: Id = ""
    event: Id = ""
    name: str = ""
    agent: str = ""
    at: datetime | None = None
    detail: str = ""
    count: int = 1


@dataclass(frozen=True)
class Board:
    """All that the board shows, at one moment."""

    campaign: Id
    title: Mapping[str, str]
    sites: tuple[str, ...]
    at: datetime
    cases: int
    complete: int
    complete_today: int
    response: float | None
    refused: int
    refusal: float | None
    promises_hour: int
    promises_late: int
    open_cases: int
    leased: int
    agents: tuple[AgentRow, ...]
    attention: tuple[Attention, ...]
    per_hour: tuple[tuple[int, int], ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    state: str = "open"


@dataclass(frozen=True)
class _Now:
    """What every part of the board looks at."""

    at: datetime
    settings: CampaignSettings
    cases: Sequence[Case]
    agents: Mapping[Id, Agent]
    ends: Mapping[Id, Disposition]

    @property
    def today(self) -> datetime:
        return start_of_day(self.at)

    def attempts_today(self) -> Iterator[tuple[Case, CallAttempt]]:
        begin = self.today
        return ((case, a) for case in self.cases for a in case.attempts if a.opened_at >= begin and a.agent)

    def open(self, case: Case) -> bool:
        return not case.closed(self.settings.cutoffs, self.settings.max_attempts)

    def name(self, agent: Id) -> str:
        known = self.agents.get(agent)
        return known.short_name() if known else ""


def progress(work: UnitOfWork, campaign: Id, at: datetime) -> Board:
    """Return the board of a campaign; a supervisor sees the own site, a coordinator all."""
    record = work.campaigns.get(campaign)
    settings = CampaignSettings.from_json(record.settings)
    mine = me(work)
    seen = (c for c in work.cases.all(campaign) if mine.may_see(c.site) and not c.erased)
    cases = put_right(seen, measured(work))
    agents = {a.id: a for a in work.campaigns.roster() if a.role is Role.AGENT and mine.may_see(a.site)}
    now = _Now(at, settings, cases, agents, {case.id: case.disposition(settings.cutoffs) for case in cases})
    helps = tuple(_helps(work, now))
    counts = Counts.of(end.klass for end in now.ends.values())
    rates = rates_of(counts, settings.eligibility)
    promises = [c.appointment for c in cases if c.appointment is not None and not c.do_not_call]
    tolerance = timedelta(minutes=settings.appointments.late)
    return Board(
        campaign=campaign,
        title=settings.name,
        sites=settings.sites if mine.role is Role.COORDINATOR else (mine.site,),
        at=at,
        cases=len(cases),
        complete=int(counts.I),
        complete_today=sum(a.outcome is Outcome.COMPLETE for _, a in now.attempts_today()),
        response=rates["RR2"],
        refused=int(counts.R),
        refusal=rates["REF1"],
        promises_hour=sum(at - tolerance <= p.start < at + timedelta(hours=1) for p in promises),
        promises_late=sum(p.late(at, tolerance) for p in promises),
        open_cases=sum(now.open(case) for case in cases),
        leased=sum(case.lease is not None and case.lease.live(at) for case in cases),
        agents=_agent_rows(work, now, {asked.agent for asked in helps}),
        attention=(*helps, *_attention(now), *_of_sync(work, now)),
        per_hour=_per_hour(now),
        outcomes=_outcomes(now),
        state=record.state,
    )


# --- who works


def _agent_rows(work: UnitOfWork, now: _Now, helped: set[str]) -> tuple[AgentRow, ...]:
    attempts: dict[Id, list[tuple[Case, CallAttempt]]] = {}
    for case, attempt in now.attempts_today():
        attempts.setdefault(attempt.agent, []).append((case, attempt))
    held: dict[Id, set[Id]] = {}
    promises: Counter[Id] = Counter()
    for case in now.cases:
        if case.lease is not None and case.lease.live(now.at):
            held.setdefault(case.lease.agent, set()).add(case.id)
            promises[case.lease.agent] += case.appointment is not None
    ended = {event.by: event.at for event in work.events.of_kind(ShiftEnded.__name__) if event.at >= now.today}
    rows = (
        _row(now, agent, attempts.get(agent.id, []), held.get(agent.id, set()), (ended, helped, promises))
        for agent in now.agents.values()
    )
    return tuple(sorted((row for row in rows if row is not None), key=lambda row: row.name))


def _row(
    now: _Now,
    agent: Agent,
    called: Sequence[tuple[Case, CallAttempt]],
    held: set[Id],
    known: tuple[Mapping[Id, datetime], set[str], Mapping[Id, int]],
) -> AgentRow | None:
    ended, helped, promises = known
    shift = next((s for s in agent.shifts if start_of_day(s.start) == now.today and s.end > now.at), None)
    if not (called or held or shift):
        return None
    done = {case.id for case, a in called if a.outcome is not None}
    moments = [a.closed_at or a.opened_at for _, a in called]
    last = max([*moments, ended[agent.id]] if agent.id in ended else moments, default=None)
    name = agent.short_name()
    state = State.HELP if name in helped else _state(now, [a for _, a in called], last, ended.get(agent.id))
    return AgentRow(
        agent=agent.id,
        name=name,
        site=agent.site,
        state=state,
        done=len(done),
        held=len(done | held),
        interviews=sum(a.outcome is Outcome.COMPLETE for _, a in called),
        promises=promises[agent.id],
        last_seen=last,
        shift=(shift.start, shift.end) if shift else None,
    )


def _state(now: _Now, called: Sequence[CallAttempt], last: datetime | None, ended: datetime | None) -> State:
    if any(a.outcome is None and now.at - a.opened_at < _CALL_AT_MOST for a in called):
        return State.CALLING
    if last is None:
        return State.EXPECTED
    if ended is not None and ended >= last:
        return State.DONE
    return State.SILENT if now.at - last >= _SILENT_AFTER else State.READY


# --- what asks for attention


def _helps(work: UnitOfWork, now: _Now) -> Iterator[Attention]:
    by_id = {case.id: case for case in now.cases}
    voided = {getattr(event.fact, "event", "") for event in work.events.of_kind("EventVoided")}
    for event in work.events.of_kind(HelpAsked.__name__):
        fact = event.fact
        case = by_id.get(fact.about)
        if not isinstance(fact, HelpAsked) or case is None or event.at < now.today or event.id in voided:
            continue
        if any(a.closed_at and a.closed_at > event.at for a in case.attempts):
            continue
        yield Attention(
            Need.HELP, case.id, event.id, short_name(case), now.name(event.by), event.at, fact.text or fact.question
        )


def _attention(now: _Now) -> Iterator[Attention]:
    tolerance = timedelta(minutes=now.settings.appointments.late)
    late = [c for c in now.cases if c.appointment and c.appointment.late(now.at, tolerance) and not c.do_not_call]
    for case in sorted(late, key=_promised_at):
        holder = case.lease.agent if case.lease and case.lease.live(now.at) else ""
        yield Attention(Need.LATE_PROMISE, case.id, "", short_name(case), now.name(holder), _promised_at(case))
    yield from _to_judge(now, Outcome.OTHER_REFUSES, "parent_of_minor", Need.REFUSAL)
    yield from _to_judge(now, Outcome.NOT_IN_LIST, "confirmed", Need.NOT_IN_LIST)
    yield from _grouped(Need.NOBODY, tuple(_without_agent(now)))
    yield from _grouped(Need.UNLOCATED, tuple(case for case in now.cases if now.open(case) and _lost(case)))
    waiting = tuple(case for case in now.cases if any(p.accepted is None for p in case.proposals))
    yield from _grouped(Need.PROPOSALS, waiting)


def _of_sync(work: UnitOfWork, now: _Now) -> Iterator[Attention]:
    """Yield what offline work brought: two words on one field, a case called under two leases, refused results."""
    by_id = {case.id: case for case in now.cases}
    for conflict in conflicts_of(work, now.cases[0].campaign) if now.cases else ():
        case, both = by_id.get(conflict.case), (conflict.first, conflict.second)
        if case is not None:
            agents = ", ".join(dict.fromkeys(now.name(side.by) or "–" for side in both))
            at = conflict.second.at
            yield Attention(Need.CONFLICT, case.id, conflict.about, short_name(case), agents, at)
    for case in now.cases:
        late = [a for a in case.closed_attempts if a.late and a.opened_at >= now.today]
        if late and any(a.agent not in ("", late[-1].agent) and a.opened_at >= now.today for a in case.attempts):
            last = late[-1]
            yield Attention(
                Need.CALLED_TWICE, case.id, last.id, short_name(case), now.name(last.agent), last.opened_at
            )
    aside: dict[Id, list[AsideEntry]] = {}
    for entry in told_aside(work):
        aside.setdefault(entry.by, []).append(entry)
    for by, entries in aside.items():
        yield Attention(Need.SET_ASIDE, "", entries[0].event, "", now.name(by), entries[0].at, "", len(entries))


def _promised_at(case: Case) -> datetime:
    assert case.appointment is not None  # noqa: S101 - only cases with a promise come here
    return case.appointment.start


def _to_judge(now: _Now, outcome: Outcome, settled: str, need: Need) -> Iterator[Attention]:
    """Yield open cases whose last word is one that a person must judge."""
    for case in now.cases:
        last = case.closed_attempts[-1] if case.closed_attempts else None
        if last is not None and last.outcome is outcome and not last.detail.endswith(settled) and now.open(case):
            yield Attention(need, case.id, last.id, short_name(case), now.name(last.agent), last.closed_at)


def _without_agent(now: _Now) -> Iterator[Case]:
    """Yield open cases that no agent of the roster may call: language, or everybody knows the person."""
    for case in now.cases:
        if not now.agents or not now.open(case) or running_lease(case, now.settings, now.at):
            continue
        spoken = [a.detail for a in case.closed_attempts if a.outcome is Outcome.LANGUAGE]
        if NOBODY_SPEAKS in spoken or _refused_by_all(now, case):
            yield case


def _refused_by_all(now: _Now, case: Case) -> bool:
    reasons = []
    for agent in now.agents.values():
        reason = unsuited(agent, case, now.settings)
        if reason is None:
            return False
        reasons.append(reason)
    return nobody(reasons).code != "needs_converter"


def _lost(case: Case) -> bool:
    return not case.usable_numbers


def _grouped(need: Need, cases: Sequence[Case]) -> Iterable[Attention]:
    """Return one line for all cases of a kind: they are worked on in a list, not one by one."""
    if not cases:
        return ()
    return (Attention(need, cases[0].id, name=short_name(cases[0]), count=len(cases)),)


# --- counts


def _per_hour(now: _Now) -> tuple[tuple[int, int], ...]:
    """Return the complete interviews of today per local hour, from the first to the last hour of calls."""
    held: Counter[int] = Counter()
    for _, attempt in now.attempts_today():
        if attempt.outcome is Outcome.COMPLETE and attempt.closed_at is not None:
            held[attempt.closed_at.astimezone(LOCAL_ZONE).hour] += 1
    windows = now.settings.hours.get("subject", ())
    day = now.at.astimezone(LOCAL_ZONE).isoweekday()
    # A window until 18:00 holds no call that starts in the hour of 18.
    open_hours = [(w.start.hour, w.end.hour - (w.end.minute == 0)) for w in windows if day in w.days] or [(9, 20)]
    first = min([start for start, _ in open_hours] + list(held))
    last = max([end for _, end in open_hours] + list(held))
    return tuple((hour, held[hour]) for hour in range(first, last + 1))


def _outcomes(now: _Now) -> tuple[tuple[Outcome, int], ...]:
    """Return how often each outcome came today, most frequent first."""
    found = Counter(a.outcome for _, a in now.attempts_today() if a.outcome is not None)
    del found[Outcome.KNOWN_PERSON]
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0].value)))
