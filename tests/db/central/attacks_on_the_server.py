"""Attempts on the server itself: its files, its room, its time and its other sessions."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import psycopg

from tests.db.central.attacks import Attack, ended_another, many_sessions, tried
from tests.db.central.field import Field


def _flood(field: Field) -> Any:
    _allow(field, "stranger", 6)
    stored = 0
    with contextlib.suppress(psycopg.Error):
        for _ in range(5):
            stored += field.pushed(*_notes(field, 3), person="stranger").count("have")
    return stored > 6


def _allow(field: Field, person: str, more: int) -> None:
    """Let somebody add so many events more today."""
    with field.owner() as connection:
        connection.execute(
            "UPDATE priv.principal p SET daily_events = %s + (SELECT coalesce(sum(events), 0) FROM priv.usage u "
            "WHERE u.enrolment = p.enrolment) WHERE person = %s",
            [more, person],
        )


def _notes(field: Field, count: int) -> list[dict[str, Any]]:
    return [field.event("stranger", case="chief-0") for _ in range(count)]


def _audited_flood(field: Field) -> Any:
    """The first time that a quota is reached stands in the record."""
    _allow(field, "jef", 1)
    field.pushed(field.event("jef"), person="jef")
    with field.owner() as connection:
        return not connection.execute("SELECT FROM priv.audit WHERE act = 'quota reached' AND by = 'jef'").fetchall()


def _too_large(field: Field) -> Any:
    """Return what was taken, and what was refused in another way than by a verdict or a clean error."""
    taken = []
    deep = "[" * 100_000 + "]" * 100_000
    batches = (
        [field.event(body={"text": "x" * 70_000})],
        [field.event(body={"text": "x" * 5_000_000})],
        [field.event(body={"text": "x" * 20_000}) for _ in range(250)],
        [field.event() for _ in range(5001)],
        [{**field.event(), "wire": deep}],
    )
    for batch in batches:
        try:
            taken += [answer for answer in field.pushed(*batch) if answer == "have"]
        except psycopg.Error as refusal:
            taken += [] if refusal.sqlstate == "54000" else [str(refusal)]
    return taken


def _enormous(field: Field) -> Any:
    """Sixty megabytes in one call, and JSON so deep that reading it could end the server's process."""
    device = field.people["yasmina"].store.device
    deep = "[" * 100_000 + "]" * 100_000
    large = json.dumps([{**field.event(), "pad": "x" * 60_000_000}])
    with field.laptop() as connection:
        for batch in (deep, large):
            try:
                said = "SELECT answer FROM api_v1.push(%s, %s, %s)"
                if ("have",) in connection.execute(said, [device.device, device.db_epoch, batch]).fetchall():
                    return "taken"
            except psycopg.Error as refusal:
                if refusal.sqlstate not in ("54000", "54001"):
                    return str(refusal)
        return connection.execute("SELECT 1").fetchone() != (1,)


def _far_future(field: Field) -> Any:
    event = field.event(at="9999-12-31T23:00:00+00:00")
    answers = field.pushed(event)
    with field.owner() as connection:
        query = "SELECT clock_suspect FROM priv.event WHERE event_id = %s"
        found = connection.execute(query, [event["id"]]).fetchall()
    return answers != ["have"] or found != [(True,)]


_FILES = (
    ("pg_read_file('PG_VERSION')", "pg_read_file(text)"),
    ("pg_ls_dir('.')", "pg_ls_dir(text)"),
    ("lo_import('/etc/hostname')", "lo_import(text)"),
    ("pg_stat_file('PG_VERSION')", "pg_stat_file(text)"),
)

SERVER = (
    Attack(
        11,
        "COPY from a table",
        lambda field: field.asked("COPY priv.event TO STDOUT"),
        (
            "GRANT USAGE ON SCHEMA priv TO cc_laptop",
            "GRANT SELECT ON priv.event TO cc_laptop",
            "ALTER TABLE priv.event DISABLE ROW LEVEL SECURITY",
        ),
    ),
    Attack(
        11,
        "COPY to a program or a file",
        tried(
            "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null'",
            "COPY (SELECT 1) TO '/dev/null'",
        ),
        ("GRANT pg_execute_server_program TO {yasmina}",),
        mend=("REVOKE pg_execute_server_program FROM {yasmina}",),
    ),
    *(
        Attack(
            12,
            f"files of the server: {call}",
            tried(f"SELECT {call}"),
            (f"GRANT EXECUTE ON FUNCTION {name} TO PUBLIC",),
        )
        for call, name in _FILES
    ),
    Attack(
        12,
        "an extension",
        tried("CREATE EXTENSION vector", "CREATE EXTENSION pg_trgm"),
        ("ALTER ROLE {yasmina} SUPERUSER",),
        mend=("ALTER ROLE {yasmina} NOSUPERUSER",),
    ),
    Attack(
        13,
        "fill the disk with large objects",
        tried("SELECT lo_create(0)"),
        ("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC",),
    ),
    Attack(
        13,
        "a large object at once",
        tried("SELECT lo_from_bytea(0, 'x')"),
        ("GRANT EXECUTE ON FUNCTION lo_from_bytea(oid, bytea) TO PUBLIC",),
    ),
    Attack(20, "a flood of own events", _flood, [("priv.weigh", "u.events >= me.daily_events", "false")]),
    Attack(20, "a flood without a trace", _audited_flood, [("priv.used", "'quota reached'", "'x'")]),
    Attack(
        21,
        "events and batches that are too large",
        _too_large,
        [
            ("priv.pushed", "65536", "20000000"),
            ("priv.pushed", "> 4194304", "> 41943040"),
            ("priv.weigh", "4194304", "41943040"),
            ("priv.weigh", "> 5000", "> 50000"),
        ],
    ),
    Attack(
        21,
        "a call of sixty megabytes, and JSON of a hundred thousand levels",
        _enormous,
        [("priv.pushed", "'refused', '', 'size'", "'have', '', ''")],
    ),
    Attack(
        22,
        "a moment in the year 9999",
        _far_future,
        [
            (function, "t.at > clock_timestamp() + interval '5 minutes', t.sha256", "false, t.sha256")
            for function in ("priv.take", "priv.take_plain")
        ],
    ),
    Attack(
        23,
        "many sessions at once",
        many_sessions,
        ("ALTER ROLE {yasmina} CONNECTION LIMIT -1",),
        mend=("ALTER ROLE {yasmina} CONNECTION LIMIT 4",),
    ),
    Attack(
        24,
        "advisory locks",
        tried("SELECT pg_advisory_lock(1)", "SELECT pg_try_advisory_xact_lock(1)"),
        ("GRANT EXECUTE ON FUNCTION pg_try_advisory_xact_lock(bigint) TO PUBLIC",),
    ),
    Attack(
        24,
        "sleep",
        tried("SELECT pg_sleep(0.01)"),
        ("GRANT EXECUTE ON FUNCTION pg_sleep(double precision) TO PUBLIC",),
    ),
    Attack(
        25,
        "end other sessions",
        ended_another,
        ("GRANT EXECUTE ON FUNCTION pg_terminate_backend(integer, bigint) TO PUBLIC", "GRANT {jef} TO {yasmina}"),
        mend=("REVOKE {jef} FROM {yasmina}",),
    ),
)
