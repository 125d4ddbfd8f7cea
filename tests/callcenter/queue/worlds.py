"""Invented lists, rosters and histories for the laws of the queue.

Hypothesis draws the sizes and a seed; the rest comes from that seed, so that worlds are cheap and most cases can be
called.
"""

from __future__ import annotations

import dataclasses
import random
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.appointment import Firmness
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.calling_rules import Leases
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.lease import Lease, Tier
from callcenter.domain.outcome import NumberStatus, Outcome
from callcenter.domain.sample import Number
from tests.callcenter.queue.making import NOON, SETTINGS, a_case, called, promised

AGENTS = ("amina", "divine", "els")
_FREQUENT = (Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL)
_RARE = tuple(o for o in Outcome if o not in (*_FREQUENT, Outcome.COMPLETE, Outcome.REFUSAL))
_DETAILS = ("", "", "", "", "away:2026-06-25", "dropped", "redial", "parent_of_minor")


def _one_in(chance: random.Random, n: int) -> bool:
    return chance.random() < 1 / n


def _numbers(chance: random.Random) -> tuple[Number, ...]:
    found = []
    for n in range(1, chance.choice((1, 1, 2, 3)) + 1):
        line = f"+32470{chance.randrange(60):06d}"
        role = "parent" if _one_in(chance, 4) else "subject"
        status = (
            chance.choice((NumberStatus.WRONG, NumberStatus.DO_NOT_USE)) if _one_in(chance, 9) else NumberStatus.NEW
        )
        found.append(Number(f"n{n}", line, role, status=status))
    return tuple(found)


def _history(chance: random.Random) -> tuple[CallAttempt, ...]:
    ago = sorted(chance.sample(range(10 * 24 * 60), chance.choice((0, 0, 1, 2, 4))), reverse=True)
    return tuple(
        called(
            chance.choice(_RARE if _one_in(chance, 3) else _FREQUENT),
            NOON - timedelta(minutes=minutes // 24 if _one_in(chance, 3) else minutes),
            chance.choice(("n1", "n1", "n2")),
            id=f"attempt-{minutes}",
            agent=chance.choice(AGENTS),
            detail=chance.choice(_DETAILS),
        )
        for minutes in ago
    )


def _lease(chance: random.Random, name: str) -> Lease:
    until = NOON + timedelta(minutes=chance.randrange(-120, 360))
    over = NOON - timedelta(hours=3) if _one_in(chance, 5) else None
    tier = Tier.RESERVE if _one_in(chance, 3) else Tier.PRIMARY
    return Lease(f"lease-{name}", chance.choice(AGENTS), 1, NOON, until, tier, ended_at=over)


def _person(chance: random.Random, name: str, leased: int) -> Case:
    person: dict[str, Any] = {
        "numbers": _numbers(chance),
        "birth_date": chance.choice((date(2004, 1, 1), date(2004, 1, 1), date(2009, 1, 1), date(2012, 1, 1), None)),
        "language": chance.choice(("nl", "nl", "nl", "fr", "tr")),
        "start_year": chance.choice(("", "", "2017")),
        "site": chance.choice(("Gent", "Kortrijk")),
    }
    promise = None
    if _one_in(chance, 4):
        start = NOON + timedelta(minutes=chance.choice((-60, -15, 0, 5, 90, 200, 900)))
        promise = promised(start, chance.choice(tuple(Firmness)), personal=_one_in(chance, 2))
    return a_case(
        name,
        *sorted(_history(chance), key=lambda a: a.opened_at),
        person=person,
        appointment=promise,
        lease=_lease(chance, name) if chance.random() < leased / 10 else None,
        do_not_call=_one_in(chance, 20),
        parent_consent=chance.choice((None, None, True, False)),
        known_by=frozenset({"amina"} if _one_in(chance, 5) else ()),
    )


class People(list[Case]):
    """A list of cases that a failing law can name in one line."""

    def __repr__(self) -> str:
        return f"<{len(self)} cases>"


def people(size: int, seed: int, leased: int = 2) -> People:
    """Return a list; `leased` is how many tenths of the cases have a lease."""
    chance = random.Random(seed)  # noqa: S311 - invented people, no secrets
    return People(_person(chance, f"c{i:02d}", leased) for i in range(size))


def _staff(size: int, seed: int) -> list[Agent]:
    chance = random.Random(seed)  # noqa: S311 - invented people, no secrets
    found = []
    for name in AGENTS[:size]:
        start = NOON + timedelta(minutes=chance.choice((-120, 0, 0, 60)))
        agent = Agent(
            name,
            name.title(),
            Role.AGENT,
            "Gent",
            languages=chance.choice((("nl", "fr"), ("nl", "tr"), ("nl", "fr", "tr"))),
            start_year=chance.choice(("", "2017")),
            converter=_one_in(chance, 2),
        )
        found.append(
            dataclasses.replace(agent, shifts=(Shift(start, start + timedelta(hours=chance.choice((2, 4, 8)))),))
        )
    return found


_SEEDS = st.integers(0, 2**32)
lists = st.builds(people, st.sampled_from((16, 12, 8, 3, 0)), _SEEDS)
packs = st.builds(people, st.sampled_from((16, 12, 8, 3, 0)), _SEEDS, st.just(9))
single = st.builds(lambda seed: people(1, seed)[0], _SEEDS)
rosters = st.builds(_staff, st.sampled_from((3, 3, 2, 1, 0)), _SEEDS)


def rules(limit: int) -> CampaignSettings:
    """Return the campaign's settings with small laptops, so that lists overflow."""
    return dataclasses.replace(SETTINGS, leases=Leases(limit=limit, reserve=1), unit_limit=4)
