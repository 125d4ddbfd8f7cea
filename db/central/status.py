"""How a central stands: its organisations, enrolments, mailboxes and leases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, func, select

from callcenter.clock import now
from callcenter.ids import Id
from db.central.enrol import owner_of
from db.central.schema import audit, event, lease, mailbox, organisation, principal, usage


@dataclass(frozen=True)
class EnrolmentState:
    """One enrolment: unbound, bound, revoked or expired; `seen_at` is its last hello, `today` what it added."""

    org: Id
    enrolment: Id
    person: Id
    name: str
    role: str
    site: str
    state: str
    app: str
    seen_at: datetime | None
    expires_at: datetime | None
    today: int


@dataclass(frozen=True)
class OrganisationState:
    """One organisation with the counts of its events, live leases and mailboxes (name and last number)."""

    org: Id
    durability: str
    durable_at: datetime | None
    events: int
    late: int
    clock_suspect: int
    erased: int
    leases: int
    mailboxes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Noted:
    """One line of the record of what was done."""

    at: datetime
    act: str
    by: str
    subject: str
    detail: str


@dataclass(frozen=True)
class CentralStatus:
    """All organisations of one central and their enrolments."""

    organisations: tuple[OrganisationState, ...]
    enrolments: tuple[EnrolmentState, ...]


def status(central: Mapping[str, Any]) -> CentralStatus:
    """Return how a central stands; the organisations of the whole database, not only that of the address."""
    with owner_of(central) as connection:
        orgs = connection.execute(select(organisation).order_by(organisation.c.org_id)).mappings().all()
        people = connection.execute(
            select(principal).order_by(principal.c.org_id, principal.c.role, principal.c.name, principal.c.enrolment)
        ).mappings()
        at = now()
        added = _today(connection, at)
        return CentralStatus(
            tuple(_organisation(connection, row) for row in orgs),
            tuple(_enrolment(row, at, added.get((row["org_id"], row["enrolment"]), 0)) for row in people),
        )


def record(central: Mapping[str, Any]) -> tuple[Noted, ...]:
    """Return the record of an organisation: what was done to enrolments, leases and history, oldest first."""
    mine = select(audit).where(audit.c.org_id == central["org"]).order_by(audit.c.at, audit.c.audit_id)
    with owner_of(central) as connection:
        return tuple(Noted(r.at, r.act, r.by, r.subject, r.detail) for r in connection.execute(mine))


def _organisation(connection: Connection, row: RowMapping) -> OrganisationState:
    org = row["org_id"]
    boxes = select(mailbox.c.name, mailbox.c.n).where(mailbox.c.org_id == org).order_by(mailbox.c.name)
    return OrganisationState(
        org=org,
        durability=row["durability"],
        durable_at=row["durable_at"],
        events=_count(connection, event, event.c.org_id == org),
        late=_count(connection, event, (event.c.org_id == org) & event.c.late),
        clock_suspect=_count(connection, event, (event.c.org_id == org) & event.c.clock_suspect),
        erased=_count(connection, event, (event.c.org_id == org) & event.c.erased),
        leases=_count(connection, lease, (lease.c.org_id == org) & ~lease.c.ended),
        mailboxes=tuple((r.name, r.n) for r in connection.execute(boxes)),
    )


def _count(connection: Connection, table: FromClause, which: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(which)).scalar_one()


def _today(connection: Connection, at: datetime) -> Mapping[tuple[Id, Id], int]:
    day = at.astimezone(UTC).date().isoformat()
    rows = connection.execute(select(usage).where(usage.c.day == day))
    return {(row.org_id, row.enrolment): row.events for row in rows}


def _enrolment(row: RowMapping, at: datetime, today: int) -> EnrolmentState:
    if row["revoked_at"] is not None:
        state = "revoked"
    elif row["device"]:
        state = "bound"
    else:
        late = row["expires_at"] is not None and row["expires_at"] <= at
        state = "expired" if late else "unbound"
    return EnrolmentState(
        org=row["org_id"],
        enrolment=row["enrolment"],
        person=row["person"],
        name=row["name"],
        role=row["role"],
        site=row["site"],
        state=state,
        app=row["app"],
        seen_at=row["seen_at"],
        expires_at=row["expires_at"],
        today=today,
    )
