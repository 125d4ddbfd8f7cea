"""The embedded central: a post box in one SQLCipher file that several programs may use at once.

It trusts its user and so has no roles; it still refuses devices that were never enrolled.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, func, select
from sqlalchemy.dialects.sqlite import insert

from callcenter.clock import Clock
from callcenter.ports import Acked, Delivery, Device, Greeting, Outgoing, Verdict, Welcome
from db import cipher, migrate
from db.central import routing, schema
from db.central.deliveries import make_mailbox
from db.central.principals import bind, bound
from db.central.taking import Taking
from db.errors import CentralUnreachable, DeviceRefused, translated
from db.types import rolling_hash

PROTOCOL = 1
SCRIPTS = Path(__file__).parent / "migrations"


def create_central_sqlite(path: Path, key: bytes, org: str) -> Mapping[str, Any]:
    """Make an empty central in a new file and return its address, which goes into enrolments."""
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = cipher.engine(path, key)
        with engine.begin() as connection:
            migrate.create(connection, schema.tables, schema.HEAD)
            epoch = secrets.token_hex(16)
            connection.execute(schema.organisation.insert().values(org_id=org, restore_epoch=epoch))
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

    def __init__(self, engine: Engine, device: Device, clock: Clock) -> None:
        self._engine = engine
        self._device = device
        self._clock = clock

    def hello(self, greeting: Greeting) -> Welcome:
        """Meet and, the first time, bind the enrolment to this device; DeviceRefused when it may not."""
        org = self._device.org
        with self._begin() as connection:
            me = bind(connection, self._device)
            boxes = connection.execute(
                select(schema.mailbox).where(
                    schema.mailbox.c.org_id == org, schema.mailbox.c.name.in_(me["mailboxes"])
                )
            )
            epoch = connection.execute(
                select(schema.organisation.c.restore_epoch).where(schema.organisation.c.org_id == org)
            ).scalar_one()
            _, count, rolling = self._held(connection)
            return Welcome(
                verdict="ok" if greeting.protocol >= PROTOCOL else "read_only",
                server_time=self._clock(),
                restore_epoch=epoch,
                mailboxes={row.name: row.n for row in boxes},
                count=count,
                rolling=rolling,
            )

    def push(self, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Store what it may, one transaction, and return a verdict for each event of the batch in its order."""
        with self._begin() as connection:
            bound(connection, self._device)
            taking = Taking(connection, self._device, self._clock(), batch)
            verdicts = tuple(taking.take(sent) for sent in batch)
            taking.finish()
        return verdicts

    def pull(self, mailbox: str, after_n: int, limit: int = 5000) -> Sequence[Delivery]:
        """Return the deliveries after n, contiguous from n+1."""
        to, event = schema.delivery.c, schema.event.c
        same = (event.org_id == to.org_id) & (event.agent_id == to.agent_id) & (event.event_id == to.event_id)
        mine = (to.org_id == self._device.org) & (to.mailbox == mailbox) & (to.n > after_n)
        query = select(to.n, event.wire, event.sha256).where(same & mine).order_by(to.n).limit(limit)
        with self._begin() as connection:
            _reads(bound(connection, self._device), mailbox)
            return tuple(Delivery(r.n, r.wire, r.sha256) for r in connection.execute(query))

    def ack(self, mailbox: str, n: int) -> Acked:
        """Note what the laptop holds."""
        add = insert(schema.held).values(org_id=self._device.org, device=self._device.device, mailbox=mailbox, n=n)
        keep = add.on_conflict_do_update(
            index_elements=["org_id", "device", "mailbox"], set_={"n": func.max(schema.held.c.n, add.excluded.n)}
        )
        with self._begin() as connection:
            _reads(bound(connection, self._device), mailbox)
            connection.execute(keep)
            return Acked(*self._held(connection))

    def close(self) -> None:
        """Hang up."""
        self._engine.dispose()

    def _held(self, connection: Connection) -> tuple[int, int, str]:
        """Return the last sequence number, count and rolling hash of this device's events.

        All that is committed is on the disk (synchronous=FULL), so the last one is durable.
        """
        event, me = schema.event.c, self._device
        mine = (event.org_id == me.org) & (event.agent_id == me.person) & (event.device == me.device)
        rows = connection.execute(select(event.seq, event.sha256).where(mine).order_by(event.seq)).all()
        return (rows[-1].seq if rows else 0), len(rows), rolling_hash((r.seq, r.sha256) for r in rows)

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with translated("central"), self._engine.begin() as connection:
            yield connection


def _reads(me: RowMapping, mailbox: str) -> None:
    if not routing.may_read(me["role"], me["mailboxes"], mailbox):
        raise DeviceRefused()
