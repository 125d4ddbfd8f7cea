"""Looks whether a central is whole and closed, and says what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, func, select, text

from callcenter.domain.envelope import sha256
from db import cipher, migrate
from db.central import schema
from db.central.enrol import owner_of
from db.central.postgres import fingerprint, installed
from db.central.schema import delivery, event, mailbox, principal
from db.types import rolling_hash

_OLDEST: Final = 150_000


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be: which part, and what was found."""

    part: str
    told: str


def doctor(central: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Return what is wrong with a central, nothing when all is well; it reads everything, so it takes its time."""
    with owner_of(central) as connection:
        return tuple(_findings(connection))


def _findings(connection: Connection) -> Iterator[Finding]:
    if migrate.version(connection) != schema.HEAD:
        yield Finding("version", f"tables of version {migrate.version(connection)}, this program has {schema.HEAD}")
        return
    if connection.dialect.name == "postgresql":
        yield from _server(connection)
        for part, told in connection.execute(text("SELECT part, told FROM priv.findings()")):
            yield Finding(part, told)
    else:
        yield from (Finding("file", fault) for fault in cipher.integrity_faults(connection))
    yield from _counters(connection)
    yield from _hashes(connection)
    yield from _chains(connection)


def _server(connection: Connection) -> Iterator[Finding]:
    version = int(connection.execute(text("SELECT current_setting('server_version_num')")).scalar_one())
    if version < _OLDEST:
        yield Finding("version", f"PostgreSQL {version // 10_000} is too old")
    if installed(connection) != fingerprint():
        yield Finding("version", "functions and rights are not those of this program: upgrade")


def _counters(connection: Connection) -> Iterator[Finding]:
    """Each mailbox counts exactly its deliveries, and each delivery has its event."""
    same = and_(delivery.c.org_id == mailbox.c.org_id, delivery.c.mailbox == mailbox.c.name)
    counted = (
        select(mailbox.c.org_id, mailbox.c.name, mailbox.c.n, func.count(delivery.c.n), func.max(delivery.c.n))
        .select_from(mailbox.outerjoin(delivery, same))
        .group_by(mailbox.c.org_id, mailbox.c.name, mailbox.c.n)
    )
    for org, name, n, count, last in connection.execute(counted):
        if (n, n) != (count, last or 0):
            yield Finding("counters", f"mailbox {name} of {org} counts {n}, and holds {count} up to {last}")
    its = and_(
        event.c.org_id == delivery.c.org_id,
        event.c.agent_id == delivery.c.agent_id,
        event.c.event_id == delivery.c.event_id,
    )
    missing = select(func.count()).select_from(delivery.outerjoin(event, its)).where(event.c.event_id.is_(None))
    if lost := connection.execute(missing).scalar_one():
        yield Finding("counters", f"{lost} deliveries have no event")


def _hashes(connection: Connection) -> Iterator[Finding]:
    """Each event is what its hash says, unless it was erased."""
    told = select(event.c.org_id, event.c.event_id, event.c.wire, event.c.sha256).where(~event.c.erased)
    for org, name, wire, sha in connection.execute(told.execution_options(yield_per=1000)):
        if sha256(wire) != sha:
            yield Finding("hashes", f"event {name} of {org} does not fit its hash")


def _chains(connection: Connection) -> Iterator[Finding]:
    """What a device was told that central holds of it is what central held at that moment."""
    checked = select(principal).where(principal.c.checked_at.is_not(None))
    for row in connection.execute(checked).mappings().all():
        own = and_(
            event.c.org_id == row["org_id"],
            event.c.agent_id == row["person"],
            event.c.device == row["device"],
            event.c.recorded_at <= row["checked_at"],
        )
        held = connection.execute(select(event.c.seq, event.c.sha256).where(own).order_by(event.c.seq)).all()
        if (len(held), rolling_hash((r.seq, r.sha256) for r in held)) != (
            row["checked_count"],
            row["checked_rolling"],
        ):
            yield Finding("chain", f"the events of device {row['device']} of {row['org_id']} were changed afterwards")
