"""Events, deliveries, leases and enrolments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import JsonText, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "mailbox", "n"),
        sa.UniqueConstraint("org_id", "mailbox", "agent_id", "event_id", name="delivered_once"),
    )
    op.create_table(
        "event",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("clock_suspect", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("wire", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "agent_id", "event_id"),
        sa.UniqueConstraint("org_id", "device", "seq", "agent_id", name="event_of_device"),
    )
    op.create_table(
        "held",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "device", "mailbox"),
    )
    op.create_table(
        "lease",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("lease_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "lease_id"),
    )
    op.create_index("lease_of_case", "lease", ["org_id", "case_id", "agent_id"], unique=False)
    op.create_index(
        "one_live_lease",
        "lease",
        ["org_id", "case_id"],
        unique=True,
        sqlite_where=sa.text("NOT ended"),
        postgresql_where=sa.text("NOT ended"),
    )
    op.create_table(
        "mailbox",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "name"),
    )
    op.create_table(
        "organisation",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("restore_epoch", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id"),
    )
    op.create_table(
        "principal",
        sa.Column("org_id", sa.Text(), nullable=False),
        sa.Column("enrolment", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("mailboxes", JsonText(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("db_epoch", sa.Text(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "enrolment"),
    )
    op.create_index("principal_of_device", "principal", ["org_id", "device"], unique=False)
    op.create_table(
        "route",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )


def downgrade() -> None:
    op.drop_table("route")
    op.drop_index("principal_of_device", table_name="principal")
    op.drop_table("principal")
    op.drop_table("organisation")
    op.drop_table("mailbox")
    op.drop_index(
        "one_live_lease", table_name="lease", sqlite_where=sa.text("NOT ended"), postgresql_where=sa.text("NOT ended")
    )
    op.drop_index("lease_of_case", table_name="lease")
    op.drop_table("lease")
    op.drop_table("held")
    op.drop_table("event")
    op.drop_table("delivery")
