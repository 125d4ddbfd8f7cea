"""A newer program understands kinds that an older one only kept: what they come to is folded when it first opens."""

from __future__ import annotations

from sqlalchemy import Connection, select

from callcenter.domain.event import KINDS
from db.local import projection, schema, state
from db.local.case_cache import CaseCache


def learn_kinds(connection: Connection, cache: CaseCache) -> bool:
    """Fold the store again when its log holds kinds that this program has just learned; tell whether it did."""
    known = {name: kind.VERSION for name, kind in KINDS.items()}
    before = state.read(connection, state.KINDS)
    if before == known:
        return False
    state.write(connection, **{state.KINDS: known})
    if before is None:  # a new store, or one from before this was noted
        before = {}
    learned = [name for name, version in known.items() if before.get(name, 0) < version]
    held = connection.execute(select(schema.event.c.id).where(schema.event.c.kind.in_(learned)).limit(1)).first()
    if held is None:
        return False
    projection.rebuild(connection, cache)
    return True
