"""The tables of central, the same in SQLite and PostgreSQL; the organisation comes first in every key."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

from db.types import JsonText, UtcDateTime

HEAD: Final = 3

tables = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


organisation = Table(
    "organisation",
    tables,
    _text("org_id", key=True),
    # Another one after a backup was put back: laptops then offer their events again.
    _text("restore_epoch"),
    # What makes an event durable: "backup" (a backup or replica was said to hold it) or "commit".
    _text("durability"),
    Column("durable_at", UtcDateTime),
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
    # Empty until a stock enrolment is handed to a person.
    _text("name"),
    Column("expires_at", UtcDateTime),
    Column("bound_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    _text("app"),
    # What it may add in a day.
    Column("daily_events", BigInteger, nullable=False),
    Column("daily_bytes", BigInteger, nullable=False),
    # What the device was last told that central holds of it: the doctor counts again.
    Column("checked_at", UtcDateTime),
    Column("checked_count", BigInteger, nullable=False),
    _text("checked_rolling"),
    Index(
        "one_enrolment",
        "org_id",
        "device",
        unique=True,
        sqlite_where=text("device <> ''"),
        postgresql_where=text("device <> ''"),
    ),
)

# The login role of a laptop on PostgreSQL: roles are known to the whole server, so the name finds the organisation.
login = Table(
    "login",
    tables,
    _text("org_id", key=True),
    _text("login", key=True),
    _text("enrolment"),
    Index("login_by_name", "login"),
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
    # Said by an agent who no longer had the lease of the case.
    Column("late", Boolean, nullable=False),
    # The wire is a tombstone; sha256 is that of what it was.
    Column("erased", Boolean, nullable=False),
    # No index by site or kind: only a new mailbox asks by them, and that is rare.
    Index(
        "event_of_case",
        "org_id",
        "case_id",
        sqlite_where=text("case_id <> ''"),
        postgresql_where=text("case_id <> ''"),
    ),
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
    Column("epoch", BigInteger, nullable=False),
    Index("lease_epoch", "org_id", "case_id", "epoch", unique=True),
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

erasure = Table(
    "erasure",
    tables,
    _text("org_id", key=True),
    _text("case_id", key=True),
    _text("reason"),
    _text("by"),
    Column("at", UtcDateTime, nullable=False),
)

# What was done to enrolments, leases and history; only ever added to.
audit = Table(
    "audit",
    tables,
    _text("org_id", key=True),
    _text("audit_id", key=True),
    Column("at", UtcDateTime, nullable=False),
    _text("act"),
    _text("by"),
    _text("subject"),
    _text("detail"),
)

usage = Table(
    "usage",
    tables,
    _text("org_id", key=True),
    _text("enrolment", key=True),
    _text("day", key=True),
    Column("events", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
)

# The two tables without an organisation: the same rules hold for all.
# The oldest protocol that may still write, and the newest; one row.
protocol = Table(
    "protocol",
    tables,
    _text("name", key=True),
    Column("least", Integer, nullable=False),
    Column("newest", Integer, nullable=False),
)

# The rules of routing.py, for the functions of PostgreSQL.
route = Table("route", tables, _text("kind", key=True), _text("rule"), Column("rank", BigInteger, nullable=False))
