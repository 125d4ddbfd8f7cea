"""The side of a store that sync uses: what waits, what central said, and what the mailboxes brought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from callcenter.domain.agent import Role
from callcenter.domain.envelope import Event, sha256
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import Delivery, Device, LogCounts, Outgoing, Verdict
from callcenter.text import N_
from db.local import erasing, projection, purging, reconciling, schema, state
from db.local.file import StoreFile
from db.local.log import log_row
from db.local.purging import purge_cases
from db.local.reading import chunks, counting_events, read_wire, rows_for
from db.types import rolling_hash

_LARGEST = 2**62


class MailboxGap(CallcenterError):
    """Deliveries of a mailbox are missing in between."""

    code = "SYNC-05"
    what = N_("Part of the data from the central database is missing: number {expected} of {mailbox}.")
    advice = N_("Nothing was changed on this laptop. Synchronise again; if it stays, tell your supervisor.")


class DeliveryDamaged(CallcenterError):
    """A delivery is not what its hash says, or no event at all."""

    code = "SYNC-06"
    what = N_("Data from the central database arrived damaged: number {n} of {mailbox}.")
    advice = N_("Nothing was changed on this laptop. Synchronise again; if it stays, tell your supervisor.")


@dataclass(frozen=True)
class _Arrived:
    """An event that came in, with the text and hash to keep."""

    event: Event
    wire: str
    sha256: str
    erased: bool = False


class LocalLog:
    """The log of one store, for sync; each method is one transaction."""

    def __init__(self, device: Device, file: StoreFile) -> None:
        self._device = device
        self._file = file
        self._office = device.role is not Role.AGENT

    @property
    def device(self) -> Device:
        """Return whose store this is."""
        return self._device

    def unsent(self, limit: int = 1000, max_bytes: int = 1_000_000) -> Sequence[Outgoing]:
        """Return the next own events without acknowledgement and not set aside; one at least, however large.

        What may leave is marked beside the store first: an older copy of it is noticed by that.
        """
        out, event = schema.outbox.c, schema.event.c
        query = select(out.seq, out.event_id, out.sha256, event.wire).where(
            out.event_id == event.id, ~out.acked, out.set_aside == ""
        )
        found: list[Outgoing] = []
        size = 0
        with self._file.begin() as connection:
            for row in connection.execute(query.order_by(out.seq).limit(limit)):
                size += len(row.wire.encode())
                if found and size > max_bytes:
                    break
                found.append(Outgoing(row.seq, row.event_id, row.wire, row.sha256))
        if found:
            self._file.offer(found[-1].seq)
        return tuple(found)

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """Mark `have` with the same hash as acknowledged; set mismatch and refused aside in the quarantine.

        A refused event counts no longer: its case is folded again without it.
        """
        table = schema.outbox.c
        told = {v.event_id: v for v in verdicts}
        with self._file.begin() as connection:
            query = select(table.event_id, table.sha256)
            rows = rows_for(connection, query, table.event_id, told)
            held = [r.event_id for r in rows if _is_held(told[r.event_id], r.sha256)]
            aside = {r.event_id: told[r.event_id] for r in rows if not _is_held(told[r.event_id], r.sha256)}
            _set_outbox(connection, [{"event": i, "acked": True, "why": ""} for i in held])
            _set_outbox(connection, [{"event": i, "acked": False, "why": _why(v)} for i, v in aside.items()])
            self._skip(connection, [i for i, v in aside.items() if v.answer == "refused"])
            if erasing.strip(connection, office=self._office):
                self._file.wipe()

    def cursors(self) -> Mapping[str, int]:
        """Return the last n of each mailbox.

        A coordinator reads the office of every site, also of those that came after the enrolment.
        """
        with self._file.begin() as connection:
            known = {r.name: r.n for r in connection.execute(select(schema.mailbox))}
            offices = _offices(connection) if self._device.role is Role.COORDINATOR else ()
        return {name: known.get(name, 0) for name in (*self._device.mailboxes, *offices)}

    def receive(self, mailbox: str, deliveries: Sequence[Delivery]) -> frozenset[Id]:
        """Log and project deliveries and move the cursor in one transaction; return the cases that changed.

        Deliveries at or below the cursor are known already. What tells of an erasure removes its case at once.
        MailboxGap when they are not contiguous; DeliveryDamaged when a hash does not fit its text.
        """
        with self._file.begin() as connection:
            table = schema.mailbox
            last = connection.execute(select(table.c.n).where(table.c.name == mailbox)).scalar() or 0
            fresh = [d for d in deliveries if d.n > last]
            arrived = {a.event.id: a for a in _opened(mailbox, last, fresh)}
            changed = self._add(connection, arrived)
            if fresh:
                moved = connection.execute(update(table).where(table.c.name == mailbox).values(n=fresh[-1].n))
                if not moved.rowcount:
                    connection.execute(table.insert().values(name=mailbox, n=fresh[-1].n))
            return changed

    def erasures(self) -> Sequence[Id]:
        """Return the erased cases of which nothing is left here and whose PurgeDone this store has still to say."""
        with self._file.begin() as connection:
            return erasing.finished(connection)

    def counts(self) -> LogCounts:
        """Return the counts for the sanity check; `rolling` covers what is acknowledged.

        What was given up stands in `total` only.
        """
        table = schema.outbox.c
        with self._file.begin() as connection:
            held = connection.execute(select(table.seq, table.sha256).where(table.acked).order_by(table.seq)).all()
            total = connection.execute(select(func.count()).select_from(schema.outbox)).scalar_one()
            why = table.set_aside
            by_why = select(why, func.count()).where(why != "").group_by(why)
            left_out = {reason: count for reason, count in connection.execute(by_why)}
        waiting = total - len(held) - sum(left_out.values())
        aside = sum(left_out.values()) - left_out.get(reconciling.GIVEN_UP, 0)
        return LogCounts(total, len(held), waiting, aside, rolling_hash((r.seq, r.sha256) for r in held))

    def offer_again(self) -> int:
        """Forget acknowledgements and cursors, after a restored server; return how many events will be offered again.

        A restored server numbers its mailboxes from an earlier state, so they are read from the start; what is known
        already adds nothing. An event whose text went here cannot be offered: it was durable, or was erased.
        """
        table = schema.outbox
        there = table.c.event_id.in_(select(schema.event.c.id))
        with self._file.begin() as connection:
            connection.execute(update(schema.mailbox).values(n=0))
            again = update(table).where(table.c.acked, there).values(acked=False, durable_at=None)
            return connection.execute(again).rowcount

    def reconcile(self, held: Iterable[tuple[int, str]]) -> int:
        """Settle what was acknowledged against all that central holds of this device; return how many events changed.

        What it lost is offered again; where the text went, after an erasure or a backup, it is given up: it neither
        waits nor counts. What was given up and is held after all counts again. Another hash stays a difference.
        """
        with self._file.begin() as connection:
            return reconciling.reconcile(connection, dict(held))

    def note_sync(self, at: datetime, skew_seconds: float, restore_epoch: str) -> None:
        """Keep when the last sync ended, how far the clocks were apart, and the server's restore epoch."""
        said: dict[str, Any] = {state.LAST_SYNC: at.isoformat(), state.SKEW: skew_seconds}
        with self._file.begin() as connection:
            state.write(connection, **said, **{state.RESTORE_EPOCH: restore_epoch})

    def last_sync(self) -> tuple[datetime | None, str]:
        """Return when the last sync ended and the restore epoch seen then."""
        with self._file.begin() as connection:
            at = state.read(connection, state.LAST_SYNC)
            epoch = str(state.read(connection, state.RESTORE_EPOCH, ""))
        return (None if at is None else datetime.fromisoformat(at)), epoch

    def note_durable(self, seq: int, at: datetime) -> None:
        """Keep that central's backup holds the own events up to a sequence number since a moment, at the latest."""
        table = schema.outbox
        fresh = update(table).where(table.c.seq <= seq, table.c.acked, table.c.durable_at.is_(None))
        with self._file.begin() as connection:
            connection.execute(fresh.values(durable_at=at))

    def purge(self, keep: frozenset[Id], *, waiting: bool = False) -> int:
        """Remove packs, names and numbers of all cases but these; own events stay. Return the cases purged.

        Refused for cases whose own events are not all acknowledged: those are kept and not counted. With `waiting`
        these go too, and only their own events stay.
        """
        with self._file.begin() as connection:
            purged = purge_cases(connection, keep, waiting=waiting)
            projection.forget(connection, purged, self._file.cache)
            self._file.wipe()
        return len(purged)

    def forget_own(self, before: datetime) -> int:
        """Remove own events acknowledged and durable since before a moment; return how many.

        Their numbers and hashes stay, for the checks. An office keeps its events: its cases are folded from them.
        """
        if self._office:
            return 0
        with self._file.begin() as connection:
            cases, gone = purging.forget_own(connection, before)
            projection.refold(connection, cases, self._file.cache)
            self._file.wipe()
        return gone

    def _add(self, connection: Connection, arrived: Mapping[Id, _Arrived]) -> frozenset[Id]:
        known = _known(connection, arrived)
        new = [a for i, a in arrived.items() if i not in known]
        touched = self._log_new(connection, [a for a in new if not a.erased])
        tombs = [a for a in arrived.values() if a.erased]
        erased = erasing.erased_by(a.event for a in new) | {a.event.fact.about for a in tombs} - {""}
        late = erasing.erased_among(connection, touched)
        if erased or late:
            _bury(connection, [a for a in tombs if a.event.id not in known])
            erasing.erase(connection, erased | late, office=self._office)
            projection.refold(connection, erased | late, self._file.cache)
            self._file.wipe()
        return touched | erased

    def _log_new(self, connection: Connection, new: Sequence[_Arrived]) -> frozenset[Id]:
        if not new:
            return frozenset()
        events = [a.event for a in new]
        before = counting_events(connection, {e.fact.about for e in events if e.fact.about})
        mine = self._device.device
        rows = [log_row(a.event, a.wire, a.sha256, own=a.event.device == mine) for a in new]
        connection.execute(schema.event.insert(), rows)
        logical = max(int(state.read(connection, state.LAST_LOGICAL, 0)), *(e.logical for e in events))
        # An own event that is new here was said before this store was put back from a backup.
        said = (e.seq for e in events if e.device == mine)
        seq = max(int(state.read(connection, state.LAST_SEQ, 0)), *said, 0)
        state.write(connection, **{state.LAST_LOGICAL: logical, state.LAST_SEQ: seq})
        return projection.apply(connection, before, events, self._file.cache)

    def _skip(self, connection: Connection, refused: Sequence[Id]) -> None:
        if not refused:
            return
        query = select(schema.event.c.case_id)
        cases = {r.case_id for r in rows_for(connection, query, schema.event.c.id, refused)}
        for piece in chunks(refused):
            connection.execute(update(schema.event).where(schema.event.c.id.in_(piece)).values(skipped=True))
        projection.refold(connection, cases - {""}, self._file.cache)
        if "" in cases:
            projection.refold_wide(connection)


def _bury(connection: Connection, tombs: Sequence[_Arrived]) -> None:
    rows = [{"event_id": a.event.id, "sha256": a.sha256} for a in tombs]
    if rows:
        connection.execute(insert(schema.gone).on_conflict_do_nothing(), rows)


def _is_held(verdict: Verdict, own_sha: str) -> bool:
    return verdict.answer == "have" and verdict.sha256 == own_sha


def _why(verdict: Verdict) -> str:
    return verdict.reason or "mismatch"


def _offices(connection: Connection) -> list[str]:
    """Return the office mailboxes of the sites that cases and the roster name."""
    sites = set(connection.execute(select(schema.case_.c.site).distinct()).scalars())
    agents = connection.execute(select(schema.roster.c.agents)).scalar() or ()
    sites.update(agent["site"] for agent in agents)
    return [f"site:{site}" for site in sorted(sites - {""})]


def _set_outbox(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        table = schema.outbox
        settled = update(table).where(table.c.event_id == bindparam("event"))
        connection.execute(settled.values(acked=bindparam("acked"), set_aside=bindparam("why")), rows)


def _known(connection: Connection, ids: Iterable[Id]) -> frozenset[Id]:
    wanted = list(ids)
    logged = rows_for(connection, select(schema.event.c.id), schema.event.c.id, wanted)
    gone = rows_for(connection, select(schema.gone.c.event_id), schema.gone.c.event_id, wanted)
    return frozenset(row[0] for row in (*logged, *gone))


def _opened(mailbox: str, last: int, deliveries: Sequence[Delivery]) -> Iterator[_Arrived]:
    for expected, delivery in enumerate(deliveries, last + 1):
        if delivery.n != expected:
            raise MailboxGap(expected=expected, mailbox=mailbox)
        yield _open(mailbox, delivery)


def _open(mailbox: str, delivery: Delivery) -> _Arrived:
    if not delivery.erased and sha256(delivery.wire) != delivery.sha256:
        raise DeliveryDamaged(n=delivery.n, mailbox=mailbox)
    try:
        event = read_wire(delivery.wire)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise DeliveryDamaged(n=delivery.n, mailbox=mailbox) from error
    if not 0 <= event.logical < _LARGEST:
        raise DeliveryDamaged(n=delivery.n, mailbox=mailbox)
    return _Arrived(event, delivery.wire, delivery.sha256, delivery.erased)
