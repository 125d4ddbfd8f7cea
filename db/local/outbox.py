"""What this device said and central has not confirmed: offered again, said anew, or left aside by a person's word."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select, update

from callcenter.domain.envelope import Event, sha256
from callcenter.ids import Id, new_id
from callcenter.ports import Outgoing, SetAside
from db.local import projection, schema, state
from db.local.case_cache import CaseCache
from db.local.log import log_row
from db.local.reading import chunks, read_wire
from db.local.reconciling import GIVEN_UP

_MISMATCH: Final = "mismatch"
# Why an event that was said anew stays where it is.
_ANEW: Final = "said anew"


class StoredOutbox:
    """The outbox of one unit of work."""

    def __init__(self, connection: Connection, at: datetime, cache: CaseCache) -> None:
        self._connection = connection
        self._at = at
        self._cache = cache

    def aside(self) -> Sequence[SetAside]:
        """Return the events that central would not have, in their sequence."""
        left = set(self._left())
        rows = self._rows(schema.outbox.c.set_aside.not_in(("", _ANEW, GIVEN_UP)))
        return tuple(SetAside(_outgoing(row), row.set_aside, row.event_id in left) for row in rows)

    def again(self, events: Iterable[Id]) -> int:
        """Offer events that were set aside once more and let them count again; return how many.

        One that mismatched is said anew: central holds another event in its place.
        """
        wanted = set(events)
        found = [each for each in self.aside() if each.sent.event_id in wanted]
        anew = [each.sent.event_id for each in found if each.why == _MISMATCH]
        plain = [each.sent.event_id for each in found if each.why != _MISMATCH]
        for piece in chunks(plain):
            self._mark(piece, "")
            counting = update(schema.event).where(schema.event.c.id.in_(piece))
            self._connection.execute(counting.values(skipped=False))
        told = [read_wire(each.sent.wire) for each in found]
        self._say_anew([event for event in told if event.id in anew])
        self._refold(told)
        return len(found)

    def leave(self, events: Iterable[Id]) -> None:
        """Note that a person agreed that these events stay aside."""
        known = {each.sent.event_id for each in self.aside()}
        left = sorted({*self._left(), *events} & known)
        state.write(self._connection, **{state.LEFT_ASIDE: left})

    def unconfirmed(self, *, everything: bool = False) -> Sequence[Outgoing]:
        """Return own events that central has not confirmed, set aside or not; or all whose text is still here."""
        rows = self._rows(schema.outbox.c.set_aside != _ANEW)
        return tuple(_outgoing(row) for row in rows if everything or not row.acked)

    def _left(self) -> Sequence[Id]:
        found: Sequence[Id] = state.read(self._connection, state.LEFT_ASIDE, [])
        return found

    def _rows(self, which: Any) -> Sequence[Row[Any]]:
        out, event = schema.outbox.c, schema.event.c
        query: Select[Any] = select(out.seq, out.event_id, out.sha256, out.set_aside, out.acked, event.wire)
        return self._connection.execute(query.where(out.event_id == event.id, which).order_by(out.seq)).all()

    def _mark(self, events: Sequence[Id], why: str) -> None:
        table = schema.outbox
        self._connection.execute(update(table).where(table.c.event_id.in_(events)).values(set_aside=why))

    def _say_anew(self, events: Sequence[Event]) -> None:
        """Say the same facts of the same moments under new ids and numbers; the old ones count no longer."""
        if not events:
            return
        seq = int(state.read(self._connection, state.LAST_SEQ, 0))
        previous = str(state.read(self._connection, state.LAST_SHA, ""))
        for number, old in enumerate(events, seq + 1):
            event = dataclasses.replace(old, id=new_id(self._at), seq=number)
            wire = event.wire()
            sha = sha256(wire)
            said = {"seq": number, "event_id": event.id, "sha256": sha, "prev_sha256": previous}
            self._connection.execute(schema.event.insert().values(log_row(event, wire, sha, own=True)))
            self._connection.execute(schema.outbox.insert().values(**said, acked=False, set_aside=""))
            previous = sha
        state.write(self._connection, **{state.LAST_SEQ: seq + len(events), state.LAST_SHA: previous})
        for piece in chunks(event.id for event in events):
            self._mark(piece, _ANEW)
            over = update(schema.event).where(schema.event.c.id.in_(piece))
            self._connection.execute(over.values(skipped=True))

    def _refold(self, events: Iterable[Event]) -> None:
        cases = {event.fact.about for event in events}
        if cases - {""}:
            projection.refold(self._connection, cases - {""}, self._cache)
        if "" in cases:
            projection.refold_wide(self._connection)


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(row.seq, row.event_id, row.wire, row.sha256)
