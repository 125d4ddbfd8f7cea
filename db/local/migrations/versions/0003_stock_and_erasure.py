"""An office keeps its stock of enrolments; erased cases and durable events are known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "stock",
        sa.Column("enrolment", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("recovery", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("handed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("enrolment"),
    )
    op.create_table(
        "erased",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.add_column("outbox", sa.Column("durable_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "durable_at")
    op.drop_table("erased")
    op.drop_table("stock")
