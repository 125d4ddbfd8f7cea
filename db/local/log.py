"""The log of a store: facts get their envelope, their place in the device's chain, and are projected at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from callcenter.domain.agent import Role
from callcenter.domain.envelope import Event, sha256
from callcenter.domain.event import CaseOpened, Fact, LeaseGranted, RespondentAdded, RespondentMerged
from callcenter.ids import Id, new_id
from callcenter.ports import Device
from db.local import erasing, projection, schema, state
from db.local.case_cache import CaseCache
from db.local.reading import counting_events, read_wire, rows_for


class StoredEvents:
    """The events of one unit of work; everything said in it has the unit's moment."""

    def __init__(self, connection: Connection, device: Device, at: datetime, cache: CaseCache) -> None:
        self._connection = connection
        self._device = device
        self._at = at
        self._cache = cache

    def append(self, *facts: Fact) -> tuple[Event, ...]:
        """Stamp facts with id, time and sequence; write log, outbox and projection in this unit's transaction."""
        if not facts:
            return ()
        before = counting_events(self._connection, {f.about for f in facts if f.about})
        sites = _Sites(self._connection, self._device.site, facts)
        seq = int(state.read(self._connection, state.LAST_SEQ, 0))
        logical = int(state.read(self._connection, state.LAST_LOGICAL, 0))
        events = []
        for fact in facts:
            seq, logical = seq + 1, max(int(self._at.timestamp() * 1000), logical + 1)
            events.append(self._stamped(fact, seq, logical, sites.of(fact)))
        self._write(events)
        projection.apply(self._connection, before, events, self._cache)
        if erased := erasing.erased_by(events):
            erasing.erase(self._connection, erased, office=self._device.role is not Role.AGENT)
            projection.refold(self._connection, erased, self._cache)
        return tuple(events)

    def of_case(self, case: Id) -> Sequence[Event]:
        """Return a case's events in their order."""
        return self._read(_EVENTS.where(schema.event.c.case_id == case))

    def of_kind(self, kind: str) -> Sequence[Event]:
        """Return all events of a kind in their order."""
        return self._read(_EVENTS.where(schema.event.c.kind == kind))

    def _read(self, query: Select[Any]) -> tuple[Event, ...]:
        return tuple(read_wire(row.wire) for row in self._connection.execute(query).all())

    def _stamped(self, fact: Fact, seq: int, logical: int, site: str) -> Event:
        me = self._device
        return Event(
            id=new_id(self._at),
            fact=fact,
            by=me.person,
            role=str(me.role),
            device=me.device,
            seq=seq,
            at=self._at,
            logical=logical,
            site=site,
        )

    def _write(self, events: Sequence[Event]) -> None:
        previous = str(state.read(self._connection, state.LAST_SHA, ""))
        rows, out = [], []
        for event in events:
            wire = event.wire()
            sha = sha256(wire)
            rows.append(log_row(event, wire, sha, own=True))
            out.append({"seq": event.seq, "event_id": event.id, "sha256": sha, "prev_sha256": previous})
            previous = sha
        self._connection.execute(schema.event.insert(), rows)
        self._connection.execute(schema.outbox.insert(), [{**o, "acked": False, "set_aside": ""} for o in out])
        said = {state.LAST_SEQ: events[-1].seq, state.LAST_LOGICAL: events[-1].logical, state.LAST_SHA: previous}
        state.write(self._connection, **said)


_EVENTS: Select[Any] = select(schema.event.c.wire).order_by(schema.event.c.logical, schema.event.c.id)


def log_row(event: Event, wire: str, sha: str, *, own: bool) -> dict[str, Any]:
    """Return the row of the log that keeps an event."""
    return {
        "id": event.id,
        "case_id": event.fact.about,
        "kind": event.fact.kind,
        "logical": event.logical,
        "own": own,
        "skipped": False,
        "sha256": sha,
        "wire": wire,
    }


class _Sites:
    """Where the cases of some facts belong: said by the facts themselves, or known already, or the device's site."""

    def __init__(self, connection: Connection, default: str, facts: Iterable[Fact]) -> None:
        self._default = default
        cases = {f.about for f in facts if f.about}
        query = select(schema.case_.c.id, schema.case_.c.site)
        self._of = {row.id: row.site for row in rows_for(connection, query, schema.case_.c.id, cases)}
        for fact in facts:
            if site := _said_site(fact):
                # A case stays where it was opened; a list or a pack only tells when nothing else did.
                known = self._of.get(fact.about)
                self._of[fact.about] = site if isinstance(fact, CaseOpened) or not known else known

    def of(self, fact: Fact) -> str:
        return self._of.get(fact.about) or self._default


def _said_site(fact: Fact) -> str:
    match fact:
        case CaseOpened():
            return fact.site
        case RespondentAdded() | RespondentMerged():
            return fact.respondent.site
        case LeaseGranted():
            return fact.pack.site
    return ""
