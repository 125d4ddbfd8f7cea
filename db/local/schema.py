"""The tables of one person's store: the log, what waits to be sent, and the projection that can be rebuilt."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text

from db.types import JsonText, UtcDateTime

HEAD: Final = 3

tables = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


meta = Table("meta", tables, _text("name", key=True), Column("value", JsonText, nullable=False))

# --- the log: never rebuilt

event = Table(
    "event",
    tables,
    _text("id", key=True),
    _text("case_id"),
    _text("kind"),
    Column("logical", BigInteger, nullable=False),
    Column("own", Boolean, nullable=False),
    # Central refused it: it stays in the log and does not count.
    Column("skipped", Boolean, nullable=False),
    _text("sha256"),
    _text("wire"),
    Index("event_of_case", "case_id", "logical", "id"),
    Index("event_of_kind", "kind", "logical", "id"),
)

outbox = Table(
    "outbox",
    tables,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("event_id", Text, nullable=False, unique=True),
    _text("sha256"),
    _text("prev_sha256"),
    Column("acked", Boolean, nullable=False),
    # Why central would not have it; such an event waits for a supervisor.
    _text("set_aside"),
    # Since when a backup of central holds it; only then its body may go.
    Column("durable_at", UtcDateTime),
    Index("outbox_waiting", "acked", "seq"),
)

# Events whose text was purged or erased: known by name and hash, so that a second delivery brings nothing back.
gone = Table("gone", tables, _text("event_id", key=True), _text("sha256"))

# Erased cases: nothing that comes late brings them back.
erased = Table("erased", tables, _text("case_id", key=True))

mailbox = Table("mailbox", tables, _text("name", key=True), Column("n", BigInteger, nullable=False))

draft = Table(
    "draft",
    tables,
    _text("case_id", key=True),
    _text("attempt"),
    _text("snapshot"),
    _text("note"),
    Column("saved_at", UtcDateTime, nullable=False),
)

finding = Table(
    "finding",
    tables,
    Column("id", Integer, primary_key=True),
    _text("campaign"),
    _text("sheet"),
    Column("row", Integer, nullable=False),
    _text("column"),
    _text("code"),
    _text("old"),
    _text("new"),
    Index("finding_of_campaign", "campaign", "id"),
)

stock = Table(
    "stock",
    tables,
    _text("enrolment", key=True),
    _text("label"),
    _text("site"),
    _text("role"),
    _text("code"),
    _text("recovery"),
    _text("file"),
    _text("person"),
    Column("handed_at", UtcDateTime),
)

# --- the projection: folded from the log

case_ = Table(
    "case_",
    tables,
    _text("id", key=True),
    _text("campaign"),
    _text("site"),
    _text("name_key"),
    _text("lease_agent"),
    Column("lease_rank", Integer, nullable=False),
    Column("lease_ended", Boolean, nullable=False),
    _text("last_outcome"),
    Column("appointment_at", UtcDateTime),
    Column("version", BigInteger, nullable=False),
    _text("body"),
    Index("case_of_campaign", "campaign", "id"),
    Index("case_of_agent", "lease_agent", "lease_ended", "lease_rank"),
)

attempt = Table("attempt", tables, _text("id", key=True), Column("case_id", Text, nullable=False, index=True))

campaign = Table(
    "campaign",
    tables,
    _text("id", key=True),
    Column("settings", JsonText, nullable=False),
    _text("state"),
    Column("first_logical", BigInteger, nullable=False),
    Column("logical", BigInteger, nullable=False),
    _text("event_id"),
)

form = Table(
    "form",
    tables,
    _text("campaign", key=True),
    _text("version", key=True),
    _text("body"),
    Column("logical", BigInteger, nullable=False),
    _text("event_id"),
)

roster = Table(
    "roster",
    tables,
    Column("id", Integer, primary_key=True),
    Column("agents", JsonText, nullable=False),
    Column("logical", BigInteger, nullable=False),
    _text("event_id"),
)
