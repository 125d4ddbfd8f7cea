"""A dealt batch: who calls whom, in which order, why this agent, and how good the whole is proven to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from callcenter.domain.lease import Tier
from callcenter.ids import Id
from callcenter.queue.certificate import Certificate
from callcenter.queue.reason import Reason


@dataclass(frozen=True)
class Split:
    """What the weight of a unit with its agent is made of, in the plan's own unit.

    `base` is for being called at all, `price` what the agent's time costs there. `runner_up` is the agent who would
    be the next best, `difference` by how much less good.
    """

    base: int
    value: int
    continuity: int = 0
    site: int = 0
    scarce: int = 0
    stay: int = 0
    price: int = 0
    runner_up: Id = ""
    difference: int = 0

    @property
    def weight(self) -> int:
        """Return the whole weight of the pair."""
        return self.base + self.value + self.continuity + self.site + self.scarce + self.stay


@dataclass(frozen=True)
class Grant:
    """One case for one agent until a moment; `rank` counts from 1 per agent.

    `why` are the reasons why now and `chosen` why this agent, in their text form. `split` is of the whole unit; None
    for a promise, which is pinned before anything is weighed.
    """

    case: Id
    agent: Id
    tier: Tier
    rank: int
    expires_at: datetime
    why: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    split: Split | None = None


@dataclass(frozen=True)
class Plan:
    """A dealt batch. Every open case is in exactly one of grants, unassigned and kept.

    `kept` are cases under a lease that still runs. `loads` are expected dials per working agent, kept cases included,
    and `shares` the fair ones, rounded. `binding` are the constraints that left cases without an agent, with their
    counts; `balance` those that keep a load away from its fair share.
    """

    grants: tuple[Grant, ...]
    unassigned: tuple[tuple[Id, Reason], ...]
    loads: Mapping[Id, int]
    binding: tuple[Reason, ...]
    kept: tuple[tuple[Id, Reason], ...] = ()
    certificate: Certificate = Certificate(0, 0)
    shares: Mapping[Id, int] = field(default_factory=dict)
    balance: tuple[Reason, ...] = ()
