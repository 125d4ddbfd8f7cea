"""What the owner of a PostgreSQL central does first: connect, install, upgrade."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, select, text
from sqlalchemy.engine import URL, make_url

from db import migrate
from db.central import routing, schema
from db.central.deliveries import make_mailbox
from db.errors import CentralBusy, translated

SCRIPTS: Final = Path(__file__).parent / "migrations"
_WORDS: Final = Path(__file__).parent / "sql"
_DRIVER: Final = "postgresql+psycopg"
_TRIES: Final = 5
_END_LAPTOPS: Final = text(
    "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a WHERE a.datname = current_database() "
    "AND a.xact_start IS NOT NULL AND a.pid <> pg_backend_pid() AND NOT (SELECT rolsuper FROM pg_roles r "
    "WHERE r.rolname = a.usename) AND pg_has_role(a.usename, 'cc_laptop', 'MEMBER')"
)


def init_postgres(url: str, org: str) -> Mapping[str, Any]:
    """Install central in a database as its owner, add an organisation, and return the owner's address.

    What is there already is brought up to this program. The user of the address must be a superuser, or own the
    database and be able to make roles; then `doctor` tells what could not be closed.
    """
    address = {"kind": "postgres", "url": url, "org": org}
    engine = open_owner(address)
    with translated(host_of(url)), engine.begin() as connection:
        if installed(connection) != fingerprint() or migrate.version(connection) != schema.HEAD:
            install(connection)
        known = connection.execute(select(schema.organisation.c.org_id)).scalars().all()
        if org not in known:
            row = {"org_id": org, "restore_epoch": secrets.token_hex(16), "durability": "backup"}
            connection.execute(schema.organisation.insert().values(row))
        make_mailbox(connection, org, routing.ORG)
    engine.dispose()
    return address


def upgrade_postgres(url: str) -> None:
    """Bring tables, functions, rights and hardening of central to this program, also when they seem to be there.

    A laptop in the middle of a call holds the tables: it waits for a few seconds, then ends the sessions of laptops
    that are in a call, and tries again.
    """
    engine = open_owner({"url": url})
    for left in reversed(range(_TRIES)):
        try:
            with translated(host_of(url)), engine.begin() as connection:
                connection.execute(text("SET LOCAL lock_timeout = '3s'"))
                install(connection)
        except CentralBusy:
            if not left:
                raise
            with translated(host_of(url)), engine.begin() as connection:
                connection.execute(_END_LAPTOPS)
        else:
            break
    engine.dispose()


def install(connection: Connection, target: int = schema.HEAD) -> None:
    """Bring tables, rules, functions, rights and hardening of central to a version."""
    scripts = sorted(_WORDS.glob("*.sql"))
    _run(connection, scripts[0])
    version = migrate.version(connection)
    if version == 0:
        migrate.create(connection, schema.tables, schema.HEAD)
    elif version < target:
        migrate.migrate(connection, SCRIPTS, target)
    rules = [{"kind": k, "rule": r, "rank": routing.least_rank(k)} for k, r in routing.RULES.items()]
    connection.execute(schema.route.delete())
    connection.execute(schema.route.insert(), rules)
    spoken = {"name": "spoken", "least": routing.LEAST_PROTOCOL, "newest": routing.NEWEST_PROTOCOL}
    connection.execute(schema.protocol.delete())
    connection.execute(schema.protocol.insert().values(spoken))
    for script in scripts[1:]:
        _run(connection, script)
    connection.exec_driver_sql(f"COMMENT ON SCHEMA api_v1 IS '{fingerprint()}'")


def fingerprint() -> str:
    """Return a hash of what `install` makes, to tell whether a database is that of this program."""
    told = hashlib.sha256(f"{schema.HEAD} {sorted(routing.RULES.items())}".encode())
    for script in sorted(_WORDS.glob("*.sql")):
        told.update(script.read_bytes())
    return told.hexdigest()


def installed(connection: Connection) -> str:
    """Return the fingerprint that the last installation left, or an empty text."""
    query = text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = 'api_v1'")
    return connection.execute(query).scalar() or ""


def _run(connection: Connection, script: Path) -> None:
    connection.exec_driver_sql(script.read_text("utf-8").replace("%", "%%"))


def open_owner(address: Mapping[str, Any]) -> Engine:
    """Return an engine that works on the tables, as their owner."""
    return create_engine(
        driver_url(address["url"]),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"options": "-csearch_path=priv"},
    )


def driver_url(url: str) -> URL:
    """Return a PostgreSQL address with the driver that we use."""
    return make_url(url).set(drivername=_DRIVER)


def host_of(url: str) -> str:
    """Return the name of the server as errors may show it: never user or password."""
    told = make_url(url)
    return told.host or "localhost"
