"""A device is bound to one enrolment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.drop_index("principal_of_device", table_name="principal")
    op.create_index(
        "one_enrolment",
        "principal",
        ["org_id", "device"],
        unique=True,
        sqlite_where=sa.text("device <> ''"),
        postgresql_where=sa.text("device <> ''"),
    )


def downgrade() -> None:
    op.drop_index("one_enrolment", table_name="principal")
    op.create_index("principal_of_device", "principal", ["org_id", "device"])
