"""Faults put into a laptop's program on purpose, one each, which the harness must report."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import update

from callcenter.ids import Id
from callcenter.ports import Delivery, Outgoing, Verdict
from db import cipher
from db.central.postgres_box import PostgresBox
from db.local import schema, sync_log
from db.local.log import StoredEvents
from db.local.sync_log import LocalLog

_WINDOW = 0.1
"""Seconds that a fault stays open, so that some of the kills hit it."""


def none() -> None:
    """Leave the program as it is."""


def ack_before_commit() -> None:
    """Believe that central holds a batch before it has said so: it is sent with the next call."""
    push, pull = PostgresBox.push, PostgresBox.pull
    late: list[Sequence[Outgoing]] = []

    def early(self: PostgresBox, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        late.append(batch)
        return tuple(Verdict(o.event_id, "have", o.sha256) for o in batch)

    def pulling(self: PostgresBox, *words: Any) -> Sequence[Delivery]:
        while late:
            push(self, late.pop())
        return pull(self, *words)

    PostgresBox.push, PostgresBox.pull = early, pulling  # type: ignore[method-assign]


def ack_by_id() -> None:
    """Take any word on an event's id or number for a word on its content."""
    sync_log._is_held = lambda verdict, own_sha: verdict.answer in ("have", "mismatch")


def checkpoint_before_apply() -> None:
    """Move the cursor of a mailbox in a transaction of its own, before its deliveries are kept."""
    receive = LocalLog.receive
    table = schema.mailbox

    def moved(log: LocalLog, mailbox: str, n: int) -> None:
        with log._file.begin() as connection:
            connection.execute(update(table).where(table.c.name == mailbox).values(n=n))

    def early(self: LocalLog, mailbox: str, deliveries: Sequence[Delivery]) -> frozenset[Id]:
        before = self.cursors()[mailbox]
        moved(self, mailbox, deliveries[-1].n)
        time.sleep(_WINDOW)
        moved(self, mailbox, before)
        return receive(self, mailbox, deliveries)

    LocalLog.receive = early  # type: ignore[method-assign]


def missing_transaction() -> None:
    """Keep an event in one transaction and its place in the outbox in the next."""
    write = StoredEvents._write

    def halfway(self: StoredEvents, events: Any) -> None:
        insert = self._connection.execute

        def execute(statement: Any, *words: Any) -> Any:
            done = insert(statement, *words)
            if getattr(statement, "table", None) is schema.event:
                self._connection.exec_driver_sql("COMMIT")
                time.sleep(_WINDOW)
                self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            return done

        self._connection.execute = execute  # type: ignore[method-assign]
        try:
            write(self, events)
        finally:
            del self._connection.execute

    StoredEvents._write = halfway  # type: ignore[method-assign]


def synchronous_not_full() -> None:
    """Let a commit return before the disk holds it."""
    settle = cipher._settle

    def hasty(connection: Any) -> None:
        settle(connection)
        connection.execute("PRAGMA synchronous = OFF")

    cipher._settle = hasty


PLANTS: Mapping[str, Callable[[], None]] = {
    "": none,
    **{
        plant.__name__: plant
        for plant in (
            ack_before_commit,
            ack_by_id,
            checkpoint_before_apply,
            missing_transaction,
            synchronous_not_full,
        )
    },
}
