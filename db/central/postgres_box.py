"""A post box on PostgreSQL: function calls under a login of the laptop's own, no table rights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.engine import ExceptionContext

from callcenter.ids import Id
from callcenter.ports import Acked, Delivery, Device, Greeting, Outgoing, Verdict, Welcome
from db.central.trust import Trust
from db.errors import CentralTooOld, translated

# A laptop that sleeps or loses its line must not hold a connection, nor wait for ever.
_CONNECT: Final[Mapping[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "options": "-cstatement_timeout=20000 -clock_timeout=5000 -cidle_in_transaction_session_timeout=30000",
}
_HELLO: Final = text("SELECT api_v1.hello(:app, :protocol, :schema, :device, :epoch, CAST(:last_n AS jsonb))")
_PUSH: Final = text("SELECT * FROM api_v1.push(:device, :epoch, CAST(:batch AS jsonb))")
_PULL: Final = text("SELECT * FROM api_v1.pull(:device, :epoch, :mailbox, :after, :most)")
_ACK: Final = text("SELECT * FROM api_v1.ack(:device, :epoch, :mailbox, :n)")
_HOLDS: Final = text("SELECT * FROM api_v1.holds(:device, :epoch, :after, :most)")
_DEPOSIT: Final = text(
    "SELECT * FROM api_v1.deposit(:device, :epoch, :its_device, :its_epoch, CAST(:batch AS jsonb))"
)
_HAND: Final = text("SELECT api_v1.hand(:device, :epoch, :enrolment, :person, :name)")


class PostgresBox:
    """One device's line to central; each call is one transaction."""

    def __init__(self, address: Mapping[str, Any], device: Device) -> None:
        self._trust = Trust(address["host"], address["ca"])
        self._who = {"device": device.device, "epoch": device.db_epoch}
        url = URL.create(
            "postgresql+psycopg",
            address["user"],
            address["password"],
            address["host"],
            int(address["port"]),
            address["database"],
        )
        self._engine = create_engine(
            url,
            pool_size=1,
            max_overflow=0,
            # Each call is one statement and so one transaction: nothing to say before and after it.
            isolation_level="AUTOCOMMIT",
            # It would ask the catalogue, which laptops may not read.
            use_native_hstore=False,
            # No error quotes what was sent: it holds names and answers.
            hide_parameters=True,
            connect_args={**_CONNECT, **self._trust.arguments},
        )
        event.listen(self._engine, "handle_error", _hang_up)

    def hello(self, greeting: Greeting) -> Welcome:
        """Meet and, the first time, bind the enrolment to this device; DeviceRefused when it may not."""
        asked = {
            "app": greeting.app,
            "protocol": greeting.protocol,
            "schema": greeting.schema,
            "last_n": json.dumps(dict(greeting.last_n)),
        }
        with self._begin() as connection:
            told = connection.execute(_HELLO, {**self._who, **asked}).scalar_one()
        return Welcome(
            verdict=told["verdict"],
            server_time=datetime.fromisoformat(told["server_time"]),
            restore_epoch=told["restore_epoch"],
            mailboxes=told["mailboxes"],
            count=told["count"],
            rolling=told["rolling"],
            person=told["person"],
            name=told["name"],
        )

    def push(self, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Store what it may, one transaction, and return a verdict for each event of the batch in its order."""
        with self._begin() as connection:
            rows = connection.execute(_PUSH, {**self._who, "batch": _told(batch)}).all()
        return tuple(Verdict(*row) for row in rows)

    def pull(self, mailbox: str, after_n: int, limit: int = 5000) -> Sequence[Delivery]:
        """Return the deliveries after n, contiguous from n+1."""
        asked = {**self._who, "mailbox": mailbox, "after": after_n, "most": limit}
        with self._begin() as connection:
            rows = connection.execute(_PULL, asked).all()
        return tuple(Delivery(n, wire, sha256, erased) for n, wire, sha256, erased in rows)

    def ack(self, mailbox: str, n: int) -> Acked:
        """Note what the laptop holds."""
        with self._begin() as connection:
            durable_seq, count, rolling = connection.execute(_ACK, {**self._who, "mailbox": mailbox, "n": n}).one()
        return Acked(durable_seq, count, rolling)

    def holds(self, after_seq: int, limit: int = 5000) -> Sequence[tuple[int, str]] | None:
        """Return (seq, sha256) of this device's events after a sequence number; None from an older central."""
        try:
            with self._begin() as connection:
                rows = connection.execute(_HOLDS, {**self._who, "after": after_seq, "most": limit}).all()
        except CentralTooOld:
            return None
        return tuple((seq, sha256) for seq, sha256 in rows)

    def hand(self, enrolment: Id, person: Id, name: str) -> None:
        """Hand an enrolment of the stock to a person, whose mailbox is made and filled."""
        with self._begin() as connection:
            connection.execute(_HAND, {**self._who, "enrolment": enrolment, "person": person, "name": name})

    def deposit(self, device: Id, db_epoch: str, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Hand in what another device recorded; its events stay its own, by the rules of push."""
        theirs = {"its_device": device, "its_epoch": db_epoch}
        with self._begin() as connection:
            rows = connection.execute(_DEPOSIT, {**self._who, **theirs, "batch": _told(batch)}).all()
        return tuple(Verdict(*row) for row in rows)

    def close(self) -> None:
        """Hang up."""
        self._engine.dispose()
        self._trust.close()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with translated(self._trust.host), self._engine.begin() as connection:
            yield connection


def _told(batch: Sequence[Outgoing]) -> str:
    return json.dumps([{"id": o.event_id, "seq": o.seq, "wire": o.wire, "sha256": o.sha256} for o in batch])


def _hang_up(context: ExceptionContext) -> None:
    """Take a line that broke for broken: the driver sees it later, and a rollback on it fails with noise."""
    if getattr(context.original_exception, "sqlstate", "") is None:
        context.is_disconnect = True
