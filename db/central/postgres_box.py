"""A post box on PostgreSQL: four function calls, no table rights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, create_engine, text

from callcenter.ports import Acked, Delivery, Device, Greeting, Outgoing, Verdict, Welcome
from db.central.postgres import driver_url, host_of
from db.errors import translated

# A laptop that sleeps or loses its line must not hold a connection, nor wait for ever.
_CONNECT: Final[Mapping[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "options": "-cstatement_timeout=20000 -clock_timeout=5000 -cidle_in_transaction_session_timeout=30000",
}
_HELLO: Final = text("SELECT api_v1.hello(:org, :person, :role, :device, :epoch, :protocol)")
_PUSH: Final = text("SELECT * FROM api_v1.push(:org, :device, :epoch, CAST(:batch AS jsonb))")
_PULL: Final = text("SELECT * FROM api_v1.pull(:org, :device, :epoch, :mailbox, :after, :most)")
_ACK: Final = text("SELECT * FROM api_v1.ack(:org, :device, :epoch, :mailbox, :n)")


class PostgresBox:
    """One device's line to central; each call is one transaction."""

    def __init__(self, url: str, device: Device) -> None:
        self._device = device
        self._host = host_of(url)
        self._who = {"org": device.org, "device": device.device, "epoch": device.db_epoch}
        self._engine = create_engine(
            driver_url(url), pool_size=1, max_overflow=0, pool_pre_ping=True, connect_args=dict(_CONNECT)
        )

    def hello(self, greeting: Greeting) -> Welcome:
        """Meet and, the first time, bind the enrolment to this device; DeviceRefused when it may not."""
        me = self._device
        who = {**self._who, "person": me.person, "role": str(me.role)}
        with self._begin() as connection:
            told = connection.execute(_HELLO, {**who, "protocol": greeting.protocol}).scalar_one()
        return Welcome(
            verdict=told["verdict"],
            server_time=datetime.fromisoformat(told["server_time"]),
            restore_epoch=told["restore_epoch"],
            mailboxes=told["mailboxes"],
            count=told["count"],
            rolling=told["rolling"],
        )

    def push(self, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Store what it may, one transaction, and return a verdict for each event of the batch in its order."""
        told = [{"id": o.event_id, "seq": o.seq, "wire": o.wire, "sha256": o.sha256} for o in batch]
        with self._begin() as connection:
            rows = connection.execute(_PUSH, {**self._who, "batch": json.dumps(told)}).all()
        return tuple(Verdict(r.event_id, r.answer, r.sha256, r.reason) for r in rows)

    def pull(self, mailbox: str, after_n: int, limit: int = 5000) -> Sequence[Delivery]:
        """Return the deliveries after n, contiguous from n+1."""
        asked = {**self._who, "mailbox": mailbox, "after": after_n, "most": limit}
        with self._begin() as connection:
            return tuple(Delivery(r.n, r.wire, r.sha256) for r in connection.execute(_PULL, asked))

    def ack(self, mailbox: str, n: int) -> Acked:
        """Note what the laptop holds."""
        with self._begin() as connection:
            durable_seq, count, rolling = connection.execute(_ACK, {**self._who, "mailbox": mailbox, "n": n}).one()
        return Acked(durable_seq, count, rolling)

    def close(self) -> None:
        """Hang up."""
        self._engine.dispose()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        with translated(self._host), self._engine.begin() as connection:
            yield connection
