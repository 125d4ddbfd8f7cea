"""What central would not have: on the laptop where it waits, and at the office that hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from callcenter.domain.codec import parse
from callcenter.domain.envelope import Event
from callcenter.domain.event import EventSetAside, EventVoided
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.usecases.cards import short_name
from callcenter.usecases.exchange import LEFT

SEEN = "seen"


@dataclass(frozen=True)
class AsideEntry:
    """One event that was set aside: its kind, about whom as far as this store may show, when it was said, and why.

    `told` is the event with which a laptop told it; empty for an own one.
    """

    event: Id
    kind: str
    name: str
    at: datetime
    why: str
    left: bool = False
    told: Id = ""
    agent: str = ""
    by: Id = ""


def own_aside(work: UnitOfWork) -> tuple[AsideEntry, ...]:
    """Return what waits in this store, oldest first, what a person left there too."""
    found = []
    for each in work.outbox.aside():
        envelope = parse(each.sent.wire)
        at = datetime.fromisoformat(envelope["at"])
        name = _name(work, envelope["case"])
        found.append(AsideEntry(each.sent.event_id, envelope["kind"], name, at, each.why, each.left))
    return tuple(found)


def told_aside(work: UnitOfWork) -> tuple[AsideEntry, ...]:
    """Return what other laptops told and is still open, oldest first.

    It is over when the event came after all, when a person left it aside on the laptop, or when it was marked seen.
    """
    own = work.device.device
    names = {agent.id: agent.short_name() for agent in work.campaigns.roster()}
    seen = {e.fact.event for e in work.events.of_kind(EventVoided.__name__) if isinstance(e.fact, EventVoided)}
    last: dict[Id, tuple[Event, EventSetAside]] = {}
    for event in work.events.of_kind(EventSetAside.__name__):
        if event.device != own and isinstance(event.fact, EventSetAside):
            last[event.fact.event] = event, event.fact
    return tuple(
        AsideEntry(
            event=fact.event,
            kind=fact.said,
            name=_name(work, fact.of_case),
            at=fact.said_at,
            why=fact.why,
            told=event.id,
            agent=names.get(event.by, ""),
            by=event.by,
        )
        for event, fact in sorted(last.values(), key=lambda pair: (pair[1].said_at, pair[1].event))
        if fact.why != LEFT and event.id not in seen and not _came(work, fact)
    )


def offer_again(work: UnitOfWork, events: Iterable[Id]) -> int:
    """Offer own events once more at the next sync; return how many."""
    return work.outbox.again(events)


def leave_aside(work: UnitOfWork, events: Iterable[Id]) -> None:
    """Let own events stay aside: they are kept, count no longer and ask for nothing any more."""
    work.outbox.leave(events)


def settle_told(work: UnitOfWork, told: Iterable[Id]) -> None:
    """Take what laptops told off the list, because a person looked into it."""
    work.events.append(*(EventVoided("", event, SEEN) for event in told))


def _name(work: UnitOfWork, case: Id) -> str:
    """Return how this store calls a case; empty when it does not hold it, or nobody may know it any more."""
    if not case or not work.events.of_case(case):
        return ""
    try:
        return short_name(work.cases.get(case))
    except CallcenterError:
        return ""


def _came(work: UnitOfWork, fact: EventSetAside) -> bool:
    """Tell whether the event reached this store after all."""
    there = work.events.of_case(fact.of_case) if fact.of_case else work.events.of_kind(fact.said)
    return any(event.id == fact.event for event in there)
