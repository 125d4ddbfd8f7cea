"""Brings a store's tables to the newest version, from code, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, text


def version(connection: Connection) -> int:
    """Return the version of the tables, 0 for an empty database; revisions are numbered from `0001`."""
    if not inspect(connection).has_table("alembic_version"):
        return 0
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return int(found) if found else 0


def create(connection: Connection, tables: MetaData, head: int) -> None:
    """Make all tables of an empty database at once; a test holds that the migrations lead to the same."""
    tables.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": f"{head:04}"})


def migrate(connection: Connection, scripts: Path, target: int) -> None:
    """Move the tables up or down to a version, in the transaction of the connection."""
    # Loading Alembic takes longer than opening a store, and most stores are up to date.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    if target < version(connection):
        command.downgrade(config, f"{target:04}" if target else "base")
    else:
        command.upgrade(config, f"{target:04}")
