from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, NullPool, Table, create_engine, select
from sqlalchemy.exc import StatementError

from db import cipher
from db.central.postgres import driver_url
from db.types import JsonText, UtcDateTime, rolling_hash

_MOMENT = datetime(2026, 3, 29, 2, 30, 0, 1, tzinfo=timezone(timedelta(hours=2)))


def _table() -> Table:
    columns = Column("id", Integer, primary_key=True), Column("at", UtcDateTime), Column("said", JsonText)
    return Table("moments", MetaData(), *columns, prefixes=["TEMPORARY"])


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_moments_and_json_mean_the_same_in_both_databases(kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "sqlite":
        made = cipher.engine(None, bytes(32))
    else:
        made = create_engine(driver_url(request.getfixturevalue("postgres_url")), poolclass=NullPool)
    table = _table()
    with made.begin() as connection:
        table.create(connection)
        connection.execute(
            table.insert(),
            [{"id": 1, "at": _MOMENT, "said": {"b": [1, None], "a": "é"}}, {"id": 2, "at": None, "said": None}],
        )
        assert connection.execute(select(table.c.at, table.c.said).order_by(table.c.id)).all()[0] == (
            _MOMENT.astimezone(UTC),
            {"a": "é", "b": [1, None]},
        )
        assert connection.execute(select(table.c.id).where(table.c.at > _MOMENT)).all() == []
    made.dispose()


def test_a_naive_moment_is_a_bug() -> None:
    made = cipher.engine(None, bytes(32))
    table = _table()
    with made.begin() as connection:
        table.create(connection)
        with pytest.raises(StatementError, match="aware"):
            connection.execute(table.insert().values(id=1, at=_MOMENT.replace(tzinfo=None)))
    made.dispose()


def test_the_rolling_hash_covers_number_and_content_in_order() -> None:
    assert rolling_hash([(1, "aa"), (2, "bb")]) == hashlib.sha256(b"1:aa;2:bb;").hexdigest()
    assert rolling_hash([]) == hashlib.sha256(b"").hexdigest()
