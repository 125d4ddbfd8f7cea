"""The embedded central: a post box in one SQLCipher file that several programs may use at once.

It trusts its user and so has no roles; it still refuses devices that were never enrolled.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Update, and_, func, select, update
from sqlalchemy.dialects.sqlite import insert

from callcenter.clock import Clock
from callcenter.ids import Id
from callcenter.ports import Acked, Delivery, Device, Greeting, Outgoing, Verdict, Welcome
from db import cipher, migrate
from db.central import routing, schema
from db.central.deliveries import make_mailbox
from db.central.handing import Handed, hand
from db.central.principals import bind, bound, depositor_of
from db.central.record import note
from db.central.taking import Taking
from db.errors import CentralUnreachable, DeviceRefused, translated
from db.types import rolling_hash

SCRIPTS = Path(__file__).parent / "migrations"
_MOST = 5000


def create_central_sqlite(path: Path, key: bytes, org: str) -> Mapping[str, Any]:
    """Make an empty central in a new file and return its address, which goes into enrolments."""
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = cipher.engine(path, key)
        with engine.begin() as connection:
            migrate.create(connection, schema.tables, schema.HEAD)
            epoch = secrets.token_hex(16)
            row = {"org_id": org, "restore_epoch": epoch, "durability": "commit"}
            connection.execute(schema.organisation.insert().values(row))
            make_mailbox(connection, org, routing.ORG)
        engine.dispose()
    return {"kind": "sqlite", "path": str(path), "key": key.hex(), "org": org}


def open_file(address: Mapping[str, Any]) -> Engine:
    """Open the file of an address; CentralUnreachable when it is not there or its key does not fit."""
    path = Path(address["path"])
    if not path.exists():
        raise CentralUnreachable(host=path.name)
    try:
        with translated(path.name):
            engine = cipher.engine(path, bytes.fromhex(address["key"]))
    except cipher.CannotOpen as error:
        raise CentralUnreachable(host=path.name) from error
    with translated(path.name), engine.begin() as connection:
        if migrate.version(connection) < schema.HEAD:
            migrate.migrate(connection, SCRIPTS, schema.HEAD)
    return engine


class SqliteBox:
    """One device's line to the embedded central; each call is one transaction."""

    def __init__(self, engine: Engine, device: Device, clock: Clock, enrolment: Id = "") -> None:
        self._engine = engine
        self._device = device
        self._clock = clock
        self._enrolment = enrolment

    def hello(self, greeting: Greeting) -> Welcome:
        """Meet and, the first time, bind the enrolment to this device; DeviceRefused when it may not."""
        org, now = self._device.org, self._clock()
        with self._begin() as connection:
            me = bind(connection, self._device, self._enrolment, now)
            connection.execute(_seen(me, now, greeting.app))
            boxes = connection.execute(
                select(schema.mailbox).where(
                    schema.mailbox.c.org_id == org, schema.mailbox.c.name.in_(me["mailboxes"])
                )
            )
            epoch = connection.execute(
                select(schema.organisation.c.restore_epoch).where(schema.organisation.c.org_id == org)
            ).scalar_one()
            _, count, rolling = self._held(connection, me)
            return Welcome(
                verdict=routing.verdict(greeting.protocol),
                server_time=now,
                restore_epoch=epoch,
                mailboxes={row.name: row.n for row in boxes},
                count=count,
                rolling=rolling,
                person=me["person"],
                name=me["name"],
            )

    def push(self, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Store what it may, one transaction, and return a verdict for each event of the batch in its order."""
        with self._begin() as connection:
            me = self._bound(connection)
            taking = Taking(connection, me, self._clock(), batch)
            verdicts = tuple(taking.take(sent) for sent in batch)
            taking.finish()
        return verdicts

    def pull(self, mailbox: str, after_n: int, limit: int = 5000) -> Sequence[Delivery]:
        """Return the deliveries after n, contiguous from n+1."""
        to, event = schema.delivery.c, schema.event.c
        same = (event.org_id == to.org_id) & (event.agent_id == to.agent_id) & (event.event_id == to.event_id)
        mine = (to.org_id == self._device.org) & (to.mailbox == mailbox) & (to.n > after_n)
        query = select(to.n, event.wire, event.sha256, event.erased).where(same & mine).order_by(to.n).limit(limit)
        with self._begin() as connection:
            _reads(self._bound(connection), mailbox)
            return tuple(Delivery(r.n, r.wire, r.sha256, r.erased) for r in connection.execute(query))

    def ack(self, mailbox: str, n: int) -> Acked:
        """Note what the laptop holds."""
        add = insert(schema.held).values(org_id=self._device.org, device=self._device.device, mailbox=mailbox, n=n)
        keep = add.on_conflict_do_update(
            index_elements=["org_id", "device", "mailbox"], set_={"n": func.max(schema.held.c.n, add.excluded.n)}
        )
        with self._begin() as connection:
            me = self._bound(connection)
            _reads(me, mailbox)
            connection.execute(keep)
            return Acked(*self._held(connection, me))

    def holds(self, after_seq: int, limit: int = 5000) -> Sequence[tuple[int, str]]:
        """Return (seq, sha256) of this device's events after a sequence number, in their sequence, tombstones too."""
        event = schema.event.c
        with self._begin() as connection:
            mine = _said_by(self._bound(connection)) & (event.seq > after_seq)
            query = select(event.seq, event.sha256).where(mine).order_by(event.seq).limit(min(limit, _MOST))
            return tuple((r.seq, r.sha256) for r in connection.execute(query))

    def hand(self, enrolment: Id, person: Id, name: str) -> None:
        """Hand an enrolment of the stock to a person, whose mailbox is made and filled."""
        with self._begin() as connection:
            hand(connection, self._bound(connection), Handed(enrolment, person, name), self._clock())

    def deposit(self, device: Id, db_epoch: str, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Hand in what another device recorded; its events stay its own, by the rules of push."""
        with self._begin() as connection:
            its = depositor_of(connection, self._bound(connection), device, db_epoch)
            note(connection, its["org_id"], self._clock(), "deposited", self._device.person, its["enrolment"], device)
            taking = Taking(connection, its, self._clock(), batch)
            verdicts = tuple(taking.take(sent) for sent in batch)
            taking.finish()
        return verdicts

    def close(self) -> None:
        """Hang up."""
        self._engine.dispose()

    def _bound(self, connection: Connection) -> RowMapping:
        return bound(connection, self._device, self._enrolment)

    def _held(self, connection: Connection, me: RowMapping) -> tuple[int, int, str]:
        """Return the last sequence number, count and rolling hash of this device's events.

        All that is committed is on the disk (synchronous=FULL), so the last one is durable.
        """
        event = schema.event.c
        query = select(event.seq, event.sha256).where(_said_by(me)).order_by(event.seq)
        rows = connection.execute(query).all()
        return (rows[-1].seq if rows else 0), len(rows), rolling_hash((r.seq, r.sha256) for r in rows)

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with translated("central"), self._engine.begin() as connection:
            yield connection


def _seen(me: RowMapping, now: datetime, app: str) -> Update:
    own = (schema.principal.c.org_id == me["org_id"]) & (schema.principal.c.enrolment == me["enrolment"])
    return update(schema.principal).where(own).values(seen_at=now, app=app)


def _said_by(me: RowMapping) -> ColumnElement[bool]:
    event = schema.event.c
    return and_(event.org_id == me["org_id"], event.agent_id == me["person"], event.device == me["device"])


def _reads(me: RowMapping, mailbox: str) -> None:
    if not routing.may_read(me["role"], me["mailboxes"], mailbox):
        raise DeviceRefused()
