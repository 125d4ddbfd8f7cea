"""The login roles of laptops: one for each enrolment, named after it, with nothing but the calls of central."""

from __future__ import annotations

from typing import Any, Final, LiteralString

from sqlalchemy import Connection, text

from callcenter.ids import Id

LAPTOPS: Final = "cc_laptop"
# Two lock an agent out after cut connections, because dead sessions linger.
CONNECTIONS: Final = 4
_LIMITS: Final = (
    ("statement_timeout", "20s"),
    ("lock_timeout", "5s"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("idle_session_timeout", "10min"),
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
)


def login_of(enrolment: Id) -> str:
    """Return the name of an enrolment's role."""
    return "cc_" + enrolment.replace("-", "")


def make_login(connection: Connection, login: str, password: str) -> None:
    """Make or renew a role that may call the functions of central and nothing else.

    The server is told a SCRAM verifier, never the password.
    """
    driver: Any = connection.connection.dbapi_connection
    secret = driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    there = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :login"), {"login": login}).first()
    verb: LiteralString = "ALTER" if there else "CREATE"
    _say(connection, verb + " ROLE {} LOGIN NOINHERIT PASSWORD {} CONNECTION LIMIT {}", login, secret, CONNECTIONS)
    _say(connection, "ALTER ROLE {} INHERIT", login)
    _say(connection, "GRANT cc_laptop TO {}", login)
    for name, value in _LIMITS:
        _say(connection, "ALTER ROLE {} SET " + name + " = {}", login, value)
    if connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar():
        # Only a superuser may give it: the role's own queries fill no disk with sorting.
        _say(connection, "ALTER ROLE {} SET temp_file_limit = {}", login, "64MB")


def cut_off(connection: Connection, login: str) -> None:
    """Let a role log in no more; sessions that live are ended by `end_sessions`."""
    _say(connection, "ALTER ROLE {} NOLOGIN", login)


def end_sessions(connection: Connection, login: str) -> int:
    """End the live sessions of a role and return how many there were."""
    ended = text("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = :login")
    return int(connection.execute(ended, {"login": login}).scalar_one())


def _say(connection: Connection, words: LiteralString, login: str, *values: Any) -> None:
    """Run a statement about a role; such statements take no parameters, so the driver writes the words into them."""
    from psycopg import sql  # the driver is loaded when a PostgreSQL is first used

    spoken = sql.SQL(words).format(sql.Identifier(login), *map(sql.Literal, values))
    connection.connection.cursor().execute(spoken)
