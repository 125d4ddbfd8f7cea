"""Takes packs, names and numbers off a laptop and keeps what the laptop itself recorded."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from callcenter.ids import Id
from db.local import schema
from db.local.reading import chunks


def purge_cases(connection: Connection, keep: frozenset[Id]) -> frozenset[Id]:
    """Remove all that came from central about every case but these, and their drafts; return the cases.

    A case with own events that central has not confirmed stays whole. The file overwrites what it deletes
    (secure_delete). Removed events stay known by name and hash.
    """
    held = frozenset(connection.execute(select(schema.case_.c.id)).scalars())
    purged = held - keep - _unconfirmed(connection)
    event = schema.event
    for piece in chunks(purged):
        pulled = event.c.case_id.in_(piece) & ~event.c.own
        known = select(event.c.id, event.c.sha256).where(pulled)
        connection.execute(insert(schema.gone).from_select(["event_id", "sha256"], known))
        connection.execute(delete(event).where(pulled))
        connection.execute(delete(schema.draft).where(schema.draft.c.case_id.in_(piece)))
    return purged


def _unconfirmed(connection: Connection) -> frozenset[Id]:
    out, event = schema.outbox.c, schema.event.c
    waiting = select(event.case_id).where(out.event_id == event.id, ~out.acked).distinct()
    return frozenset(connection.execute(waiting).scalars())
