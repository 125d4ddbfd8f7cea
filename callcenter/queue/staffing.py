"""The agents who work in a block: until when their leases run, and how full their laptops are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.calling_rules import Leases
from callcenter.domain.lease import Tier
from callcenter.queue.calling_hours import local_day


@dataclass(frozen=True)
class Worker:
    """An agent with the shift that the batch is for."""

    agent: Agent
    shift: Shift

    @property
    def minutes(self) -> int:
        """Return the length of the shift, at least one minute."""
        return max(1, int((self.shift.end - self.shift.start).total_seconds() // 60))

    def expires_at(self, rules: Leases) -> datetime:
        """Return when this agent's leases end."""
        return self.shift.end + timedelta(minutes=rules.after_shift_minutes)


def working(agents: Sequence[Agent], at: datetime, block: Shift | None = None) -> tuple[Worker, ...]:
    """Return the agents who work in a block, by id; without a block those on shift now or later the same day."""
    found = []
    for agent in sorted(agents, key=lambda a: a.id):
        shifts = [s for s in agent.shifts if s.end > at and _fits(s, at, block)]
        if agent.role is Role.AGENT and shifts:
            found.append(Worker(agent, min(shifts, key=lambda s: (s.start, s.end))))
    return tuple(found)


def _fits(shift: Shift, at: datetime, block: Shift | None) -> bool:
    if block is not None:
        return shift.start < block.end and block.start < shift.end
    return shift.holds(at) or (shift.start >= at and local_day(shift.start) == local_day(at))


@dataclass
class Laptop:
    """What one worker's laptop holds while the batch is dealt: persons per tier, expected dials, promises."""

    worker: Worker
    persons: dict[Tier, int] = field(default_factory=lambda: {Tier.PRIMARY: 0, Tier.RESERVE: 0})
    dials: int = 0
    promises: list[datetime] = field(default_factory=list)

    def tier_for(self, persons: int, rules: Leases) -> Tier | None:
        """Return the tier with room for so many persons; None when the laptop is full."""
        for tier, limit in ((Tier.PRIMARY, rules.limit), (Tier.RESERVE, rules.reserve)):
            if self.persons[tier] + persons <= limit:
                return tier
        return None

    @property
    def held(self) -> int:
        """Return how many people are on it."""
        return sum(self.persons.values())

    def room(self, rules: Leases) -> int:
        """Return how many more people it may hold in both tiers."""
        limits = {Tier.PRIMARY: rules.limit, Tier.RESERVE: rules.reserve}
        return sum(max(0, limit - self.persons[tier]) for tier, limit in limits.items())

    def clashes(self, promises: Sequence[datetime], gap: timedelta) -> bool:
        """Tell whether a promise falls too near to one that this agent has to keep already."""
        return any(abs(mine - other) < gap for mine in self.promises for other in promises)

    def burden(self, extra: int) -> int:
        """Return the expected dials with so many more, per 10,000 minutes of the shift."""
        return (self.dials + extra) * 10_000 // self.worker.minutes

    def take(self, tier: Tier, persons: int, dials: int, promises: Sequence[datetime] = ()) -> None:
        """Put a unit on this laptop."""
        self.persons[tier] += persons
        self.dials += dials
        self.promises.extend(promises)
