"""The log, the outbox and the projection."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import JsonText, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_attempt_case_id"), "attempt", ["case_id"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("settings", JsonText(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first_logical", sa.BigInteger(), nullable=False),
        sa.Column("logical", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "case_",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("lease_agent", sa.Text(), nullable=False),
        sa.Column("lease_rank", sa.Integer(), nullable=False),
        sa.Column("lease_ended", sa.Boolean(), nullable=False),
        sa.Column("last_outcome", sa.Text(), nullable=False),
        sa.Column("appointment_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_of_agent", "case_", ["lease_agent", "lease_ended", "lease_rank"], unique=False)
    op.create_index("case_of_campaign", "case_", ["campaign", "id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("logical", sa.BigInteger(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("wire", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("event_of_case", "event", ["case_id", "logical", "id"], unique=False)
    op.create_index("event_of_kind", "event", ["kind", "logical", "id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("finding_of_campaign", "finding", ["campaign", "id"], unique=False)
    op.create_table(
        "form",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("logical", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "version"),
    )
    op.create_table(
        "mailbox",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("prev_sha256", sa.Text(), nullable=False),
        sa.Column("acked", sa.Boolean(), nullable=False),
        sa.Column("set_aside", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("event_id"),
    )
    op.create_index("outbox_waiting", "outbox", ["acked", "seq"], unique=False)
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agents", JsonText(), nullable=False),
        sa.Column("logical", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("roster")
    op.drop_index("outbox_waiting", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("meta")
    op.drop_table("mailbox")
    op.drop_table("form")
    op.drop_index("finding_of_campaign", table_name="finding")
    op.drop_table("finding")
    op.drop_index("event_of_kind", table_name="event")
    op.drop_index("event_of_case", table_name="event")
    op.drop_table("event")
    op.drop_table("draft")
    op.drop_index("case_of_campaign", table_name="case_")
    op.drop_index("case_of_agent", table_name="case_")
    op.drop_table("case_")
    op.drop_table("campaign")
    op.drop_index(op.f("ix_attempt_case_id"), table_name="attempt")
    op.drop_table("attempt")
