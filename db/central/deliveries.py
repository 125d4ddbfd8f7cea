"""Numbers the deliveries of mailboxes without gaps; the last step of a transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select, update

from db.central.schema import delivery, mailbox

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


def _room_for(connection: Connection, org: str, name: str, count: int) -> int:
    """Move the counter and return the first of the new numbers."""
    moved = update(mailbox).where(mailbox.c.org_id == org, mailbox.c.name == name)
    last: int = connection.execute(moved.values(n=mailbox.c.n + count).returning(mailbox.c.n)).scalar_one()
    return last - count + 1
