"""The tables of central, the same in SQLite and PostgreSQL; the organisation comes first in every key."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, Table, Text, UniqueConstraint, text

from db.types import JsonText, UtcDateTime

HEAD: Final = 2

tables = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


organisation = Table(
    "organisation",
    tables,
    _text("org_id", key=True),
    # Another one after a backup was put back: laptops then offer their events again.
    _text("restore_epoch"),
)

principal = Table(
    "principal",
    tables,
    _text("org_id", key=True),
    _text("enrolment", key=True),
    _text("person"),
    _text("role"),
    _text("site"),
    Column("mailboxes", JsonText, nullable=False),
    # Empty until the first hello binds the enrolment to a device.
    _text("device"),
    _text("db_epoch"),
    Column("revoked_at", UtcDateTime),
    Index(
        "one_enrolment",
        "org_id",
        "device",
        unique=True,
        sqlite_where=text("device <> ''"),
        postgresql_where=text("device <> ''"),
    ),
)

mailbox = Table(
    "mailbox",
    tables,
    _text("org_id", key=True),
    _text("name", key=True),
    # A counter row and no sequence: its lock lives until commit, so numbers have no gaps and follow the commits.
    Column("n", BigInteger, nullable=False),
)

event = Table(
    "event",
    tables,
    _text("org_id", key=True),
    _text("agent_id", key=True),
    _text("event_id", key=True),
    _text("device"),
    Column("seq", BigInteger, nullable=False),
    _text("kind"),
    _text("case_id"),
    _text("site"),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("clock_suspect", Boolean, nullable=False),
    _text("sha256"),
    _text("wire"),
    # No index by site or kind: only a new mailbox asks by them, and that is rare.
    UniqueConstraint("org_id", "device", "seq", "agent_id", name="event_of_device"),
)

delivery = Table(
    "delivery",
    tables,
    _text("org_id", key=True),
    _text("mailbox", key=True),
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    _text("agent_id"),
    _text("event_id"),
    UniqueConstraint("org_id", "mailbox", "agent_id", "event_id", name="delivered_once"),
)

lease = Table(
    "lease",
    tables,
    _text("org_id", key=True),
    _text("lease_id", key=True),
    _text("case_id"),
    _text("agent_id"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ended", Boolean, nullable=False),
    Index(
        "one_live_lease",
        "org_id",
        "case_id",
        unique=True,
        sqlite_where=text("NOT ended"),
        postgresql_where=text("NOT ended"),
    ),
    Index("lease_of_case", "org_id", "case_id", "agent_id"),
)

held = Table(
    "held",
    tables,
    _text("org_id", key=True),
    _text("device", key=True),
    _text("mailbox", key=True),
    Column("n", BigInteger, nullable=False),
)

# The rules of routing.py, for the functions of PostgreSQL.
route = Table("route", tables, _text("kind", key=True), _text("rule"), Column("rank", BigInteger, nullable=False))
