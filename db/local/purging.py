"""Takes packs, names and numbers off a laptop and keeps what the laptop itself recorded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from callcenter.domain.event import PurgeDone
from callcenter.ids import Id
from db.local import schema
from db.local.reading import chunks


def purge_cases(connection: Connection, keep: frozenset[Id], *, waiting: bool) -> frozenset[Id]:
    """Remove all that came from central about every case but these, and their drafts; return the cases.

    Unless `waiting` ones go too, a case with own events that central has not confirmed stays whole. The file
    overwrites what it deletes (secure_delete). Removed events stay known by name and hash.
    """
    held = frozenset(connection.execute(select(schema.case_.c.id)).scalars())
    purged = held - keep - (frozenset() if waiting else _unconfirmed(connection))
    event = schema.event
    for piece in chunks(purged):
        pulled = event.c.case_id.in_(piece) & ~event.c.own
        known = select(event.c.id, event.c.sha256).where(pulled)
        connection.execute(insert(schema.gone).from_select(["event_id", "sha256"], known))
        connection.execute(delete(event).where(pulled))
        connection.execute(delete(schema.draft).where(schema.draft.c.case_id.in_(piece)))
    return purged


def forget_own(connection: Connection, before: datetime) -> tuple[frozenset[Id], int]:
    """Remove own events that central's backup held before a moment; return their cases and how many they were."""
    event, out = schema.event, schema.outbox.c
    durable = select(out.event_id).where(out.acked, out.durable_at < before)
    # That an erasure was answered is known by that answer.
    answer = (event.c.kind == PurgeDone.__name__) & (event.c.case_id != "")
    due = event.c.own & event.c.id.in_(durable) & ~answer
    cases = frozenset(connection.execute(select(event.c.case_id).where(due).distinct()).scalars()) - {""}
    known = select(event.c.id, event.c.sha256).where(due)
    connection.execute(insert(schema.gone).from_select(["event_id", "sha256"], known))
    return cases, connection.execute(delete(event).where(due)).rowcount


def _unconfirmed(connection: Connection) -> frozenset[Id]:
    out, event = schema.outbox.c, schema.event.c
    waiting = select(event.case_id).where(out.event_id == event.id, ~out.acked).distinct()
    return frozenset(connection.execute(waiting).scalars())
