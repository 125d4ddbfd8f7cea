"""What a laptop's own credentials are tried for, and the weakening of the schema that lets each attempt through."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.db.central.field import ABROAD, PHONE, SECRET, Field

Weakening = str | tuple[str, str, str]


@dataclass(frozen=True)
class Attack:
    """`attempt` returns what it got: something falsy, or a refusal by the server, when central holds.

    `given` is a mistake that must not matter by itself; `mend` undoes what is known to the whole server.
    """

    number: int
    name: str
    attempt: Callable[[Field], Any]
    weaken: Sequence[Weakening]
    given: Sequence[Weakening] = ()
    mend: Sequence[str] = ()


def tried(*statements: str) -> Callable[[Field], Any]:
    """Return an attempt that counts what statements are let through."""
    return lambda field: field.asked(*statements)


OPEN = ("GRANT USAGE ON SCHEMA priv TO cc_laptop", "GRANT SELECT ON ALL TABLES IN SCHEMA priv TO cc_laptop")
_HELPERS = ("GRANT EXECUTE ON FUNCTION priv.org(), priv.is_operator() TO cc_laptop",)
NO_ROWS = ("ALTER TABLE priv.event DISABLE ROW LEVEL SECURITY",)


def _strangers(rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if SECRET in str(row) or "stranger" in str(row) or ABROAD in str(row)]


def _read_tables(field: Field) -> Any:
    return _strangers(field.asked("SELECT wire FROM priv.event", "SELECT org_id, name FROM priv.mailbox"))


def _read_mailboxes(field: Field) -> Any:
    got: list[Any] = []
    for box in ("agent:jef", "agent:stranger", "org", "site:Gent"):
        with contextlib.suppress(psycopg.Error):
            got += field.called("pull", box, 0, 5000)
    return got


def _speak_as_another_device(field: Field) -> Any:
    jef = field.people["jef"].store.device
    with field.laptop() as connection:
        said = "SELECT * FROM api_v1.pull(%s, %s, 'agent:jef', 0, 10)"
        return connection.execute(said, [jef.device, jef.db_epoch]).fetchall()


def _without_row_security(field: Field) -> Any:
    """Switch row security off where a function forgot to ask for the organisation."""
    device = field.people["boss"].store.device
    got = []
    with field.laptop("boss") as connection:
        for way in ("on", "off"):
            connection.execute(f"SET row_security = {way}")
            said = "SELECT * FROM api_v1.pull(%s, %s, 'org', 0, 5000)"
            got += connection.execute(said, [device.device, device.db_epoch]).fetchall()
    return [row for row in got if "chief" in str(row)]


def _leaky(field: Field) -> Any:
    notices: list[str] = []
    with field.laptop() as connection:
        connection.add_notice_handler(lambda told: notices.append(str(told.message_primary)))
        leak = "BEGIN RAISE NOTICE '%', w; RETURN true; END"
        connection.execute(
            f"CREATE FUNCTION pg_temp.leak(w text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ {leak} $$"
        )
        connection.execute("SELECT count(*) FROM priv.event WHERE pg_temp.leak(wire)")
    return _strangers(notices)


def _explained(field: Field) -> Any:
    with field.laptop() as connection:
        said = "EXPLAIN (ANALYZE, COSTS OFF) SELECT 1 FROM priv.event WHERE strpos(wire, %s) > 0"
        return [row for row in connection.execute(said, [PHONE]).fetchall() if "Rows Removed by Filter" in row[0]]


def _timed(field: Field) -> Any:
    """Time probes for a number that is there and for one that is not; nothing to time without a right."""
    spent = {}
    with field.laptop() as connection:
        for number in (PHONE, "+32499999999"):
            began = time.perf_counter()
            for _ in range(20):
                connection.execute("SELECT 1 FROM priv.event WHERE wire LIKE %s LIMIT 1", [f"%{number}%"])
            spent[number] = time.perf_counter() - began
    return spent


def ended_another(field: Field) -> Any:
    with field.laptop("jef") as victim:
        pid = victim.info.backend_pid
        field.asked(f"SELECT pg_terminate_backend({pid})", f"SELECT pg_cancel_backend({pid})")
        time.sleep(0.05)
        try:
            victim.execute("SELECT 1")
        except psycopg.OperationalError:
            return "the victim's session is gone"
    return None


def many_sessions(field: Field) -> Any:
    sessions = [field.laptop() for _ in range(5)]
    opened = []
    try:
        for session in sessions:
            session.__enter__()
            opened.append(session)
    except psycopg.OperationalError:
        return None
    finally:
        for session in opened:
            session.__exit__(None, None, None)
    return "five sessions at once"


READING = (
    Attack(1, "tables of other agents and of another organisation", _read_tables, (*OPEN, *NO_ROWS)),
    Attack(
        1,
        "mailboxes of others",
        _read_mailboxes,
        [("priv.reader", "RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';", "RETURN me;")],
    ),
    Attack(
        1,
        "another device's id and epoch under the own login",
        _speak_as_another_device,
        [
            ("priv.me", "RAISE EXCEPTION 'used' USING ERRCODE = 'CC002';", "RETURN found;"),
            ("priv.reader", "RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';", "RETURN me;"),
        ],
    ),
    Attack(
        6,
        "row security switched off, where a function forgot the organisation",
        _without_row_security,
        [
            "ALTER TABLE priv.delivery NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE priv.event NO FORCE ROW LEVEL SECURITY",
        ],
        given=[("api_v1.pull", "d.org_id = me.org_id AND ", "")],
    ),
    Attack(
        9,
        "a leaky function on a table",
        _leaky,
        (
            *OPEN,
            *_HELPERS,
            "GRANT TEMP ON DATABASE {database} TO cc_laptop",
            "GRANT USAGE ON LANGUAGE plpgsql TO cc_laptop",
        ),
    ),
    Attack(
        10,
        "a view with its owner's rights",
        lambda field: _strangers(field.asked("SELECT * FROM api_v1.events")),
        ("CREATE VIEW api_v1.events AS SELECT * FROM priv.event", "GRANT SELECT ON api_v1.events TO cc_laptop"),
    ),
    Attack(
        14,
        "sessions of others",
        tried("SELECT usename, query FROM pg_stat_activity"),
        (
            "GRANT SELECT ON pg_stat_activity TO PUBLIC",
            "GRANT EXECUTE ON FUNCTION pg_stat_get_activity(integer) TO PUBLIC",
        ),
    ),
    *(
        Attack(
            15,
            f"the catalogue: {relation}",
            tried(f"TABLE {relation}"),
            (f"GRANT SELECT ON {relation} TO PUBLIC",),
        )
        for relation in ("pg_roles", "pg_proc", "pg_class", "pg_policy", "pg_policies", "pg_auth_members")
    ),
    Attack(
        15,
        "the source of a function",
        tried("SELECT pg_get_functiondef('api_v1.push'::regproc)"),
        ("GRANT EXECUTE ON FUNCTION pg_get_functiondef(oid) TO PUBLIC",),
    ),
    Attack(16, "EXPLAIN ANALYZE as an oracle", _explained, (*OPEN, *_HELPERS)),
    Attack(17, "time as an oracle", _timed, (*OPEN, *_HELPERS)),
    Attack(
        18,
        "probing a sequence",
        tried("SELECT nextval('api_v1.numbers')", "SELECT last_value FROM api_v1.numbers"),
        ("CREATE SEQUENCE api_v1.numbers", "GRANT USAGE, SELECT ON SEQUENCE api_v1.numbers TO cc_laptop"),
    ),
)
