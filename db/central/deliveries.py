"""Numbers the deliveries of mailboxes without gaps; the last step of a transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, exists, or_, select, update

from callcenter.domain.event import Route
from db.central import routing
from db.central.schema import delivery, event, mailbox

Key = tuple[str, str]
"""An event on central: the person who said it, and its id."""


def deliver(connection: Connection, org: str, sacks: Mapping[str, Sequence[Key]]) -> None:
    """Add events to mailboxes, in one fixed order of mailboxes so that two pushes never wait for each other."""
    for name in sorted(sacks):
        keys = sacks[name]
        first = _room_for(connection, org, name, len(keys))
        rows = [
            {"org_id": org, "mailbox": name, "n": n, "agent_id": agent, "event_id": event}
            for n, (agent, event) in enumerate(keys, first)
        ]
        connection.execute(delivery.insert(), rows)


def known_mailboxes(connection: Connection, org: str) -> frozenset[str]:
    """Return the names of an organisation's mailboxes."""
    return frozenset(connection.execute(select(mailbox.c.name).where(mailbox.c.org_id == org)).scalars())


def make_mailbox(connection: Connection, org: str, name: str) -> None:
    """Make a mailbox unless it is there."""
    if name not in known_mailboxes(connection, org):
        connection.execute(mailbox.insert().values(org_id=org, name=name, n=0))


def open_mailbox(connection: Connection, org: str, name: str) -> None:
    """Make a mailbox and fill it with what its readers missed; saying it twice changes nothing.

    That is campaigns and forms, for an office also the roster, and for a site all that happened there.
    """
    make_mailbox(connection, org, name)
    if missed := _missed(connection, org, name):
        deliver(connection, org, {name: missed})


def _missed(connection: Connection, org: str, name: str) -> list[Key]:
    """Return the events that belong in a mailbox and are not there, oldest first."""
    there = exists().where(
        delivery.c.org_id == event.c.org_id,
        delivery.c.mailbox == name,
        delivery.c.agent_id == event.c.agent_id,
        delivery.c.event_id == event.c.event_id,
    )
    here = (event.c.org_id == org) & ~event.c.erased
    query: Select[Any] = select(event.c.agent_id, event.c.event_id).where(here, ~there)
    query = query.where(_belongs(name)).order_by(event.c.recorded_at, event.c.device, event.c.seq)
    return [(row.agent_id, row.event_id) for row in connection.execute(query)]


def _belongs(name: str) -> Any:
    """Return the condition that an event is for everyone like the readers of a mailbox, or of its site."""
    wide = _kinds(Route.CAMPAIGN) if not routing.is_office(name) else _kinds(Route.CAMPAIGN, routing.OFFICES)
    everyone = event.c.kind.in_(wide)
    if not name.startswith(routing.site_box("")):
        return everyone
    elsewhere = _kinds(Route.CAMPAIGN, Route.ORGANISATION, routing.OFFICES)
    here = (routing.site_box("") + event.c.site == name) & event.c.kind.not_in(elsewhere)
    return or_(everyone, here)


def _kinds(*rules: str) -> list[str]:
    return [kind for kind, rule in routing.RULES.items() if rule in rules]


def _room_for(connection: Connection, org: str, name: str, count: int) -> int:
    """Move the counter and return the first of the new numbers."""
    moved = update(mailbox).where(mailbox.c.org_id == org, mailbox.c.name == name)
    last: int = connection.execute(moved.values(n=mailbox.c.n + count).returning(mailbox.c.n)).scalar_one()
    return last - count + 1
