"""Cases, agents and moments for the tests of the queue."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.appointment import Appointment, Firmness
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.case import Case
from callcenter.domain.lease import Lease, Tier
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number, Respondent
from callcenter.domain.template import read_template
from callcenter.queue.calling_hours import Calendar
from callcenter.text import LOCAL_ZONE

SETTINGS = read_template("tajo").settings
CALENDAR = Calendar(SETTINGS)
ADULT, PUPIL = date(2004, 3, 1), date(2011, 3, 1)


def brussels(day: str, clock: str) -> datetime:
    """Return a wall time of 2026 in Brussels, `06-23` and `10:30`, in UTC."""
    return datetime.fromisoformat(f"2026-{day}T{clock}").replace(tzinfo=LOCAL_ZONE).astimezone(UTC)


NOON = brussels("06-23", "12:30")  # a Tuesday in the exams


def called(outcome: Outcome, at: datetime, number: str = "n1", **more: Any) -> CallAttempt:
    """Return a finished attempt of one minute."""
    base = CallAttempt(
        id=f"{at.timestamp():.0f}{number}",
        agent="amina",
        opened_at=at - timedelta(minutes=1),
        closed_at=at,
        outcome=outcome,
        number=number,
    )
    return dataclasses.replace(base, **more)


def a_case(name: str = "case", *attempts: CallAttempt, e164: str = "", person: Any = None, **more: Any) -> Case:
    """Return a case of an adult with one number of their own; `person` are other values of the respondent."""
    line = e164 or f"+32470{sum(map(ord, name)) * 7919 % 1_000_000:06d}"
    known = {
        "person": f"person-{name}",
        "first_name": "Noor",
        "last_name": "Peeters",
        "site": "Gent",
        "birth_date": ADULT,
        "numbers": (Number("n1", line),),
    }
    respondent = Respondent(**{**known, **(person or {})})
    facts = {"campaign": "update", "person": respondent.person, "site": respondent.site, **more}
    return Case(id=name, respondent=respondent, attempts=attempts, **facts)


def promised(start: datetime, firmness: Firmness = Firmness.FIRM, **more: Any) -> Appointment:
    """Return an appointment of its default length."""
    length = timedelta(minutes=15 if firmness is Firmness.FIRM else 60)
    return Appointment("promise", start, start + length, firmness, made_by="amina", **more)


def leased(case: Case, until: datetime, agent: str = "amina", tier: Tier = Tier.PRIMARY) -> Case:
    """Return the case under a lease."""
    return dataclasses.replace(case, lease=Lease(f"lease-{case.id}", agent, 1, until, until, tier))


def an_agent(name: str = "amina", start: datetime = NOON, hours: float = 4, **more: Any) -> Agent:
    """Return an agent of Gent with one shift."""
    shift = Shift(start, start + timedelta(hours=hours))
    known = {"site": "Gent", "shifts": (shift,), **more}
    return Agent(id=name, name=name.title(), role=Role.AGENT, **known)
