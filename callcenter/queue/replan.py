"""Planning again while leases run: only what must move moves, each with its reason; the rest stays where it is."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from callcenter.domain.agent import Agent
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.lease import Lease
from callcenter.ids import Id
from callcenter.queue.calling_hours import local_day
from callcenter.queue.candidates import running_lease
from callcenter.queue.eligibility import unsuited
from callcenter.queue.plan import Plan
from callcenter.queue.reason import Reason
from callcenter.queue.units import Unit, units_of


@dataclass(frozen=True)
class Move:
    """A case that leaves its agent before the lease ends, why, and to whom it goes: an empty text is nobody now."""

    case: Id
    lease: Id
    giver: Id
    why: Reason
    taker: Id = ""


def forced(
    cases: Sequence[Case], agents: Sequence[Agent], settings: CampaignSettings, at: datetime
) -> tuple[Move, ...]:
    """Return the running leases that cannot stay, by case; `agents` is the whole roster.

    Without such events nothing moves: what is leased stays where it is.
    """
    roster = {agent.id: agent for agent in agents}
    moves: list[Move] = []
    for unit in units_of(cases, settings.unit_limit):
        found: dict[Id, tuple[Lease, Reason]] = {}
        staying: dict[Id, Lease] = {}
        for case in unit.cases:
            lease = running_lease(case, settings, at)
            if lease is None or case.open_attempt is not None:
                continue  # a call that runs may finish
            reason = _must_leave(case, lease, roster, settings)
            if reason is None:
                staying[case.id] = lease
            else:
                found[case.id] = (lease, reason)
        found |= _apart(unit, staying)
        moves += [Move(case, lease.id, lease.agent, reason) for case, (lease, reason) in found.items()]
    return tuple(sorted(moves, key=lambda move: move.case))


def _must_leave(case: Case, lease: Lease, roster: Mapping[Id, Agent], settings: CampaignSettings) -> Reason | None:
    if case.do_not_call:
        return Reason.of("moved_stopped")
    if case.closed(settings.cutoffs, settings.max_attempts):
        return None  # nobody calls it any more, and its lease ends by itself
    agent = roster.get(lease.agent)
    if agent is None:
        return Reason.of("moved_gone", agent=lease.agent)
    day = local_day(lease.expires_at - timedelta(minutes=settings.leases.after_shift_minutes))
    if not any(local_day(shift.start) <= day <= local_day(shift.end) for shift in agent.shifts):
        return Reason.of("moved_absent", agent=agent.id)
    return Reason.of("moved_unsuited", agent=agent.id) if unsuited(agent, case, settings) else None


def _apart(unit: Unit, staying: Mapping[Id, Lease]) -> dict[Id, tuple[Lease, Reason]]:
    """Return the leases of a unit that are not with the agent who holds most of it: one number, one agent."""
    holders = Counter(lease.agent for lease in staying.values())
    if len(holders) < 2:
        return {}
    keeper = min(holders, key=lambda agent: (-holders[agent], agent))
    return {case: (lease, Reason.of("moved_household")) for case, lease in staying.items() if lease.agent != keeper}


def freed(cases: Sequence[Case], moves: Sequence[Move], at: datetime) -> tuple[Case, ...]:
    """Return the cases as they will be once the leases that must leave are ended: ready to be dealt again."""
    leaving = {move.case for move in moves}
    return tuple(
        dataclasses.replace(case, lease=dataclasses.replace(case.lease, ended_at=at))
        if case.lease is not None and case.id in leaving
        else case
        for case in cases
    )


def settled(moves: Sequence[Move], plan: Plan) -> tuple[Move, ...]:
    """Return the moves with those who get the cases in a plan."""
    takers = {grant.case: grant.agent for grant in plan.grants}
    return tuple(dataclasses.replace(move, taker=takers.get(move.case, "")) for move in moves)
