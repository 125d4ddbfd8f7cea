"""A login for each enrolment; expiry, erasure, epochs of leases, late events, durability, daily use, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import UtcDateTime

revision = "0003"
down_revision = "0002"

_TABLES = {
    "login": (("org_id", "login"), ("enrolment",), ()),
    "erasure": (("org_id", "case_id"), ("reason", "by"), (("at", UtcDateTime),)),
    "audit": (("org_id", "audit_id"), ("act", "by", "subject", "detail"), (("at", UtcDateTime),)),
    "usage": (("org_id", "enrolment", "day"), (), (("events", sa.BigInteger), ("bytes", sa.BigInteger))),
    "protocol": (("name",), (), (("least", sa.Integer), ("newest", sa.Integer))),
}
_DAILY = {"daily_events": "2000000", "daily_bytes": "4000000000", "checked_count": "0"}
_MOMENTS = ("expires_at", "bound_at", "seen_at", "checked_at")
_TEXTS = ("name", "app", "checked_rolling")


def upgrade() -> None:
    for table, (keys, texts, others) in _TABLES.items():
        columns = [sa.Column(name, sa.Text(), nullable=False) for name in (*keys, *texts)]
        columns += [sa.Column(name, kind(), nullable=False) for name, kind in others]
        op.create_table(table, *columns, sa.PrimaryKeyConstraint(*keys))
    op.create_index("login_by_name", "login", ["login"])
    # A file is durable when it is committed; a server when its backup holds it.
    durable = "backup" if op.get_bind().dialect.name == "postgresql" else "commit"
    _add("organisation", "durability", sa.Text(), durable)
    op.add_column("organisation", sa.Column("durable_at", UtcDateTime(), nullable=True))
    for name in _TEXTS:
        _add("principal", name, sa.Text(), "")
    for name in _MOMENTS:
        op.add_column("principal", sa.Column(name, UtcDateTime(), nullable=True))
    for name, value in _DAILY.items():
        _add("principal", name, sa.BigInteger(), value)
    for name in ("late", "erased"):
        _add("event", name, sa.Boolean(), sa.false())
    told = sa.text("case_id <> ''")
    op.create_index("event_of_case", "event", ["org_id", "case_id"], sqlite_where=told, postgresql_where=told)
    _add("lease", "epoch", sa.BigInteger(), "0")
    _number_leases()
    op.create_index("lease_epoch", "lease", ["org_id", "case_id", "epoch"], unique=True)


def downgrade() -> None:
    op.drop_index("lease_epoch", table_name="lease")
    op.drop_column("lease", "epoch")
    op.drop_index("event_of_case", table_name="event")
    for name in ("erased", "late"):
        op.drop_column("event", name)
    for name in (*_DAILY, *_MOMENTS, *_TEXTS):
        op.drop_column("principal", name)
    for name in ("durable_at", "durability"):
        op.drop_column("organisation", name)
    for table in _TABLES:
        op.drop_table(table)


def _add(table: str, name: str, kind: sa.types.TypeEngine[object], value: object) -> None:
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))


def _number_leases() -> None:
    """Number the leases of a case as they were granted: by the moment they end."""
    lease = sa.table("lease", *map(sa.column, ("org_id", "case_id", "lease_id", "expires_at", "epoch")))
    earlier = lease.alias("earlier")
    before = sa.or_(
        earlier.c.expires_at < lease.c.expires_at,
        sa.and_(earlier.c.expires_at == lease.c.expires_at, earlier.c.lease_id <= lease.c.lease_id),
    )
    same = sa.and_(earlier.c.org_id == lease.c.org_id, earlier.c.case_id == lease.c.case_id)
    number = sa.select(sa.func.count()).select_from(earlier).where(same, before).scalar_subquery()
    op.execute(lease.update().values(epoch=number))
