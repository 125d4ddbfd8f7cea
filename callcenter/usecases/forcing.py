"""What a supervisor risks who gives a case to another agent while a laptop still has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from callcenter.ids import Id
from callcenter.ports import UnitOfWork


@dataclass(frozen=True)
class Holder:
    """Who has a case now, and until when that laptop may call without asking anybody."""

    agent: Id
    name: str
    until: datetime


def holder_of(work: UnitOfWork, case: Id) -> Holder | None:
    """Return who may still call a case, because the laptop may be offline; None when nobody may."""
    lease = work.cases.get(case).lease
    if lease is None or not lease.live(work.now()):
        return None
    known = next((agent.short_name() for agent in work.campaigns.roster() if agent.id == lease.agent), "–")
    return Holder(lease.agent, known, lease.expires_at)
