"""Own events against what central holds of them, when its counts are not those of this store: after a restore."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, select, update

from callcenter.ids import Id
from db.local import schema
from db.local.reading import chunks, rows_for

GIVEN_UP: Final = "gone"
"""Set aside in silence: central lost it, and its text went here because it was erased, or durable for long."""


def reconcile(connection: Connection, held: Mapping[int, str]) -> int:
    """Settle what was acknowledged or given up against the hashes that central holds; return how many events changed.

    An event whose hash is another one there, or of which nothing is known here any more, stays as it is: that is a
    difference for a person.
    """
    out = schema.outbox.c
    query = select(out.seq, out.event_id, out.sha256, out.acked).where(out.acked | (out.set_aside == GIVEN_UP))
    rows = connection.execute(query).all()
    lost = [row.event_id for row in rows if row.acked and row.seq not in held]
    there = [row.event_id for row in rows if not row.acked and held.get(row.seq) == row.sha256]
    event, gone = schema.event.c.id, schema.gone.c.event_id
    texts = {row.id for row in rows_for(connection, select(event), event, lost)}
    known = {row.event_id for row in rows_for(connection, select(gone), gone, lost)} - texts
    _mark(connection, texts, acked=False, why="")
    _mark(connection, known, acked=False, why=GIVEN_UP)
    _mark(connection, there, acked=True, why="")
    return len(texts) + len(known) + len(there)


def _mark(connection: Connection, events: Iterable[Id], *, acked: bool, why: str) -> None:
    table = schema.outbox
    for piece in chunks(events):
        # No backup is known to hold what central lost.
        settled = update(table).where(table.c.event_id.in_(piece))
        connection.execute(settled.values(acked=acked, set_aside=why, durable_at=None))
