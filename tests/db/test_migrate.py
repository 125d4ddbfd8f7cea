from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, NullPool, Table, create_engine, func, select, table, text

import db.central
import db.local
from db import cipher
from db.central import postgres
from db.central import schema as central_schema
from db.central.postgres import driver_url, init_postgres, open_owner
from db.local import schema as local_schema
from db.local.open import create_store, open_store
from db.local.vault import open_vault
from db.migrate import create, migrate, version
from tests.db.laptops import a_clock, an_enrolment, opened

_LOCAL = Path(db.local.__file__).parent / "migrations"
_CENTRAL = Path(db.central.__file__).parent / "migrations"
_CASES = [
    pytest.param("sqlite", local_schema, _LOCAL, id="local"),
    pytest.param("sqlite", central_schema, _CENTRAL, id="central in a file"),
    pytest.param("postgres", central_schema, _CENTRAL, id="central on PostgreSQL"),
]


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = cipher.engine(None, bytes(32))
    else:
        url = request.getfixturevalue("postgres_url")
        owner = create_engine(driver_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with owner.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS steps"))
            connection.execute(text("CREATE DATABASE steps"))
        made = open_owner({"url": url.replace("/postgres?", "/steps?")})
        with made.begin() as connection:
            connection.execute(text("CREATE SCHEMA priv"))
    yield made
    made.dispose()


def _filled(connection: Connection) -> dict[str, int]:
    """Put one row in each table of the first version, and return how many each holds."""
    tables = _tables(connection)
    for there in tables:
        row = {column.name: _value(str(column.type), column.name) for column in there.columns}
        connection.execute(there.insert().values(row))
    return _counts(connection, [t.name for t in tables])


def _value(kind: str, name: str) -> object:
    match kind:
        case "BOOLEAN":
            return False
        case "BIGINT" | "INTEGER":
            return 1
    moment = datetime(2026, 6, 1, 9, tzinfo=UTC)
    return moment if kind == "TIMESTAMP" else moment.isoformat() if name.endswith("_at") else "x"


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [t for t in found.sorted_tables if t.name != "alembic_version"]


def _counts(connection: Connection, names: list[str]) -> dict[str, int]:
    count = select(func.count())
    return {name: connection.execute(count.select_from(table(name))).scalar_one() for name in names}


def _differences(connection: Connection, schema) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, schema.tables)


@pytest.mark.parametrize(("engine", "schema", "scripts"), _CASES, indirect=["engine"])
def test_the_last_step_leads_to_the_tables_of_the_program(engine: Engine, schema, scripts: Path) -> None:
    with engine.begin() as connection:
        assert version(connection) == 0
        migrate(connection, scripts, schema.HEAD)
        assert version(connection) == schema.HEAD
        assert _differences(connection, schema) == []


@pytest.mark.parametrize(("engine", "schema", "scripts"), _CASES, indirect=["engine"])
def test_tables_made_at_once_are_those_of_the_last_step(engine: Engine, schema, scripts: Path) -> None:
    with engine.begin() as connection:
        create(connection, schema.tables, schema.HEAD)
        assert version(connection) == schema.HEAD
        assert _differences(connection, schema) == []
        assert len(list((scripts / "versions").glob("0*.py"))) == schema.HEAD


@pytest.mark.parametrize(("engine", "schema", "scripts"), _CASES, indirect=["engine"])
def test_each_step_up_and_down_keeps_the_rows(engine: Engine, schema, scripts: Path) -> None:
    with engine.begin() as connection:
        migrate(connection, scripts, 1)
        rows = _filled(connection)
        for target in (*range(2, schema.HEAD + 1), *range(schema.HEAD - 1, 0, -1)):
            migrate(connection, scripts, target)
            assert version(connection) == target
            assert _counts(connection, list(rows)) == rows
        migrate(connection, scripts, 0)
        assert _tables(connection) == []


def test_a_store_of_an_earlier_version_opens_and_a_copy_is_set_aside(tmp_path: Path) -> None:
    phrase = "vier woorden is genoeg"
    store = create_store(tmp_path / "y", an_enrolment("yasmina"), phrase, a_clock())
    with store.work() as work:
        work.events.append(*opened("c1"))
    store.close()
    made = cipher.engine(tmp_path / "y" / "store.db", open_vault(tmp_path / "y", phrase))
    with made.begin() as connection:
        migrate(connection, _LOCAL, 1)
    made.dispose()
    again = open_store(tmp_path / "y", phrase, a_clock())
    with again.work() as work:
        assert work.cases.get("c1").respondent is not None
    again.close()
    aside = tmp_path / "y" / "store.db.v1"
    assert not aside.read_bytes().startswith(b"SQLite format 3")
    kept = cipher.engine(aside, open_vault(tmp_path / "y", phrase))
    with kept.begin() as connection:
        assert version(connection) == 1
        assert _counts(connection, ["event"]) == {"event": 2}
    kept.dispose()


def test_installing_again_upgrades_and_keeps_the_organisations(postgres_url: str) -> None:
    init_postgres(postgres_url, "first")
    owner = open_owner({"url": postgres_url})
    with owner.begin() as connection:
        migrate(connection, postgres.SCRIPTS, 1)
    init_postgres(postgres_url, "second")
    with owner.begin() as connection:
        assert version(connection) == central_schema.HEAD
        found = connection.execute(text("SELECT org_id FROM organisation")).scalars().all()
    assert {"first", "second"} <= set(found)
