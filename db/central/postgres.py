"""What the owner of a PostgreSQL central does: install, upgrade, and give laptops a login."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, select, text
from sqlalchemy.engine import URL, make_url

from db import migrate
from db.central import routing, schema
from db.central.deliveries import make_mailbox
from db.errors import translated

SCRIPTS: Final = Path(__file__).parent / "migrations"
_FUNCTIONS: Final = Path(__file__).parent / "functions.sql"
_DRIVER: Final = "postgresql+psycopg"
LAPTOPS: Final = "cc_laptop"


def init_postgres(url: str, org: str) -> Mapping[str, Any]:
    """Install or upgrade central in a database as its owner, add an organisation, and return the owner's address."""
    address = {"kind": "postgres", "url": url, "org": org}
    engine = open_owner(address)
    with translated(host_of(url)), engine.begin() as connection:
        install(connection)
        known = connection.execute(select(schema.organisation.c.org_id)).scalars().all()
        if org not in known:
            epoch = secrets.token_hex(16)
            connection.execute(schema.organisation.insert().values(org_id=org, restore_epoch=epoch))
        make_mailbox(connection, org, routing.ORG)
    engine.dispose()
    return address


def install(connection: Connection, target: int = schema.HEAD) -> None:
    """Bring tables, rules and functions of central to a version."""
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS priv"))
    version = migrate.version(connection)
    if version == 0:
        migrate.create(connection, schema.tables, schema.HEAD)
    elif version < target:
        migrate.migrate(connection, SCRIPTS, target)
    rules = [{"kind": k, "rule": r, "rank": routing.least_rank(k)} for k, r in routing.RULES.items()]
    connection.execute(schema.route.delete())
    connection.execute(schema.route.insert(), rules)
    connection.exec_driver_sql(_FUNCTIONS.read_text("utf-8").replace("%", "%%"))


def laptop_login(owner: Mapping[str, Any], login: str, password: str) -> Mapping[str, Any]:
    """Make or renew a login that may call the four functions and nothing else; return the laptops' address."""
    from psycopg import sql  # the driver is loaded when a PostgreSQL is first used

    engine = open_owner(owner)
    with translated(host_of(owner["url"])), engine.begin() as connection:
        there = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :login"), {"login": login}).first()
        verb = "ALTER" if there else "CREATE"
        # A role statement takes no parameters, so the driver writes the words into it.
        spoken = sql.SQL(f"{verb} ROLE {{}} LOGIN PASSWORD {{}}").format(sql.Identifier(login), sql.Literal(password))
        cursor = connection.connection.cursor()
        cursor.execute(spoken)
        cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(LAPTOPS), sql.Identifier(login)))
    engine.dispose()
    url = make_url(owner["url"]).set(username=login, password=password)
    return {**owner, "url": url.render_as_string(hide_password=False)}


def open_owner(address: Mapping[str, Any]) -> Engine:
    """Return an engine that works on the tables, as their owner."""
    return create_engine(
        driver_url(address["url"]), poolclass=NullPool, connect_args={"options": "-csearch_path=priv"}
    )


def driver_url(url: str) -> URL:
    """Return a PostgreSQL address with the driver that we use."""
    return make_url(url).set(drivername=_DRIVER)


def host_of(url: str) -> str:
    """Return the name of the server as errors may show it: never user or password."""
    told = make_url(url)
    return told.host or "localhost"
