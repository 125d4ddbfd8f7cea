"""Events and attempts for the tests of the domain."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from callcenter.domain.attempt import CallAttempt
from callcenter.domain.envelope import Event
from callcenter.domain.event import Fact
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number, Pack, Respondent

START = datetime(2026, 6, 23, 8, 0, tzinfo=UTC)
_COUNTER = itertools.count(1)


def after(minutes: float) -> datetime:
    """Return the moment so many minutes after ten o'clock in Brussels."""
    return START + timedelta(minutes=minutes)


def event(fact: Fact, minutes: float = 0, by: str = "amina", **more: Any) -> Event:
    """Return an event whose logical clock stands at its own time."""
    n = next(_COUNTER)
    at = after(minutes)
    known = {"role": "agent", "device": "laptop", "seq": n, "logical": int(at.timestamp() * 1000), **more}
    return Event(id=f"event-{n:06d}", fact=fact, by=by, at=at, **known)


def attempt(outcome: Outcome, minutes: float, number: str = "n1", **more: Any) -> CallAttempt:
    """Return a finished attempt of one minute."""
    begun = after(minutes)
    known = {"id": f"attempt-{minutes:06.0f}", "closed_at": begun + timedelta(minutes=1), "number": number, **more}
    return CallAttempt(agent="amina", opened_at=begun, outcome=outcome, **known)


def respondent(**more: Any) -> Respondent:
    """Return a person with two numbers."""
    known = {"numbers": (Number("n1", "+32470000001"), Number("n2", "+32470000002")), **more}
    return Respondent(person="noor", first_name="Noor", last_name="Peeters", site="Gent", **known)


def pack(**more: Any) -> Pack:
    """Return a pack with one number."""
    return Pack("noor", "Noor", "P", "Gent", "nl", (Number("n1", "+32470000001"),), **more)
