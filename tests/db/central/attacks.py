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


_OPEN = ("GRANT USAGE ON SCHEMA priv TO cc_laptop", "GRANT SELECT ON ALL TABLES IN SCHEMA priv TO cc_laptop")
_HELPERS = ("GRANT EXECUTE ON FUNCTION priv.org(), priv.is_operator() TO cc_laptop",)
_NO_ROWS = ("ALTER TABLE priv.event DISABLE ROW LEVEL SECURITY",)


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


def _changed_history(field: Field) -> Any:
    return field.asked(
        "UPDATE priv.event SET wire = ''",
        "DELETE FROM priv.event",
        "TRUNCATE priv.event CASCADE",
        "INSERT INTO priv.event SELECT * FROM priv.event ON CONFLICT DO NOTHING",
    )


def _owner_changes_history(field: Field) -> Any:
    done = []
    with field.owner() as connection:
        connection.execute("SET ROLE cc_owner")
        for table in ("event", "audit", "erasure"):
            for verb in ("UPDATE {} SET org_id = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
                word = verb.format(f"priv.{table}")
                try:
                    if connection.execute(word).rowcount:
                        done.append(word)
                except psycopg.errors.RaiseException:
                    pass
    return done


def _fake_tombstone(field: Field) -> Any:
    """A tombstone of a case that nobody erased, by the owner's hand."""
    with field.owner() as connection:
        connection.execute("SET ROLE cc_owner")
        try:
            said = "UPDATE priv.event SET erased = true, wire = priv.tombstone(wire, 'x') WHERE case_id = 'boss-1'"
            return connection.execute(said).rowcount
        except psycopg.errors.RaiseException:
            return 0


def _forged_author(field: Field) -> Any:
    jef = field.people["jef"].store.device
    forged = (field.event(by="jef"), field.event(by="jef", device=jef.device), field.event(role="coordinator"))
    return [answer for event in forged for answer in field.pushed(event) if answer == "have"]


def _another_case(field: Field) -> Any:
    return "have" in field.pushed(field.event(case="boss-1"))


def _forged_moment(field: Field) -> Any:
    event = field.event(at="2001-01-01T00:00:00+00:00", recorded_at="2001-01-01T00:00:00+00:00", org_id=ABROAD)
    field.pushed(event)
    with field.owner() as connection:
        query = "SELECT org_id, recorded_at FROM priv.event WHERE event_id = %s"
        (row,) = connection.execute(query, [event["id"]]).fetchall()
    return row[0] == ABROAD or row[1].year == 2001


def _squatted(field: Field) -> Any:
    """Take another device's next number, and see whether its own event still comes in."""
    jef = field.people["jef"].store.device
    mine = field.event(device=jef.device, by="jef", seq=7777)
    field.pushed(mine)
    try:
        return field.pushed(field.event("jef", seq=7777), person="jef") != ["have"]
    except psycopg.Error:
        return "the victim's sync is stuck"


def _other_roles(field: Field) -> Any:
    jef = field.people["jef"].login
    return field.asked(
        "SET ROLE cc_owner",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        f"SET ROLE {jef}",
        "GRANT cc_owner TO CURRENT_USER",
        f"GRANT {jef} TO CURRENT_USER",
        "CREATE ROLE other",
        "ALTER ROLE postgres PASSWORD 'x'",
        f"ALTER ROLE {jef} PASSWORD 'x'",
        "ALTER ROLE CURRENT_USER CONNECTION LIMIT 100",
        "DROP OWNED BY CURRENT_USER CASCADE; GRANT SELECT ON priv.event TO CURRENT_USER",
    )


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


def _ended_another(field: Field) -> Any:
    with field.laptop("jef") as victim:
        pid = victim.info.backend_pid
        field.asked(f"SELECT pg_terminate_backend({pid})", f"SELECT pg_cancel_backend({pid})")
        time.sleep(0.05)
        try:
            victim.execute("SELECT 1")
        except psycopg.OperationalError:
            return "the victim's session is gone"
    return None


def _many_sessions(field: Field) -> Any:
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
    Attack(1, "tables of other agents and of another organisation", _read_tables, (*_OPEN, *_NO_ROWS)),
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
            *_OPEN,
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
    Attack(16, "EXPLAIN ANALYZE as an oracle", _explained, (*_OPEN, *_HELPERS)),
    Attack(17, "time as an oracle", _timed, (*_OPEN, *_HELPERS)),
    Attack(
        18,
        "probing a sequence",
        tried("SELECT nextval('api_v1.numbers')", "SELECT last_value FROM api_v1.numbers"),
        ("CREATE SEQUENCE api_v1.numbers", "GRANT USAGE, SELECT ON SEQUENCE api_v1.numbers TO cc_laptop"),
    ),
)

CHANGING = (
    Attack(
        2,
        "change, delete or replace history",
        _changed_history,
        (*_OPEN, *_NO_ROWS, "GRANT ALL ON priv.event TO cc_laptop", "DROP TRIGGER keep_history ON priv.event"),
    ),
    Attack(
        2,
        "change history as the owner of the tables",
        _owner_changes_history,
        [f"ALTER TABLE priv.{t} DISABLE TRIGGER ALL" for t in ("event", "audit", "erasure")]
        + [f"ALTER TABLE priv.{t} NO FORCE ROW LEVEL SECURITY" for t in ("event", "audit", "erasure")],
        given=[f"ALTER TABLE priv.{t} NO FORCE ROW LEVEL SECURITY" for t in ("event", "audit", "erasure")],
    ),
    Attack(
        2,
        "a tombstone without an erasure, as the owner of the tables",
        _fake_tombstone,
        [
            (
                "priv.keep_history",
                "AND NEW.wire = priv.tombstone(OLD.wire,",
                "AND NEW.wire IS DISTINCT FROM (OLD.wire ||",
            )
        ],
        given=["ALTER TABLE priv.event NO FORCE ROW LEVEL SECURITY"],
    ),
    Attack(
        3,
        "write as another agent",
        _forged_author,
        [("priv.judged", "WHEN NOT k.mine OR t.role IS DISTINCT FROM me.role THEN 'not yours'", "")],
    ),
    Attack(
        3,
        "write on another's case",
        _another_case,
        [("priv.judged", "WHEN rank.mine = 0 AND t.\"case\" <> ''", "WHEN false")],
    ),
    Attack(
        3,
        "forge the server's moment by extra keys",
        _forged_moment,
        [("priv.take", "t.site, t.at, clock_timestamp(),", "t.site, t.at, t.at,")],
    ),
    Attack(
        4,
        "squat another device's sequence number",
        _squatted,
        [
            ("priv.judged", "WHEN NOT k.mine OR t.role IS DISTINCT FROM me.role THEN 'not yours'", ""),
            ("priv.take", "me.person, t.id, me.device,", "me.person, t.id, t.device,"),
            "ALTER TABLE priv.event DROP CONSTRAINT event_of_device",
            "CREATE UNIQUE INDEX event_of_device ON priv.event (org_id, device, seq)",
        ],
    ),
    Attack(
        5,
        "become somebody else",
        _other_roles,
        ("GRANT cc_owner TO {yasmina}",),
        mend=("REVOKE cc_owner FROM {yasmina}",),
    ),
    Attack(
        7,
        "the private tables and functions",
        tried(
            "SELECT * FROM priv.audit",
            "SELECT priv.erase('org-home', 'boss-1', 'x', 'y')",
            "SELECT priv.note('org-home', 'x', 'x', 'x', 'x')",
            "SELECT priv.enrolled()",
        ),
        (
            "GRANT USAGE ON SCHEMA priv TO cc_laptop",
            "GRANT EXECUTE ON FUNCTION priv.erase(text, text, text, text) TO cc_laptop",
            "ALTER FUNCTION priv.erase(text, text, text, text) SECURITY DEFINER",
        ),
    ),
    *(
        Attack(
            7,
            f"make things in {schema}",
            tried(f"CREATE TABLE {schema}.mine (a int)"),
            (f"GRANT USAGE, CREATE ON SCHEMA {schema} TO PUBLIC",),
        )
        for schema in ("public", "api_v1", "priv")
    ),
    Attack(
        8,
        "temporary objects",
        tried("CREATE TEMP TABLE event (a int)"),
        ("GRANT TEMP ON DATABASE {database} TO PUBLIC",),
    ),
    Attack(
        19,
        "lock a table",
        lambda field: field.asked("BEGIN; LOCK TABLE priv.event IN ACCESS SHARE MODE; COMMIT"),
        _OPEN,
    ),
    Attack(
        26,
        "a supervisor speaks for another site",
        lambda field: [
            a
            for event in (field.event("sam", site="Brussel"), field.event("sam", case="boss-brussel"))
            for a in field.pushed(event, person="sam")
            if a == "have"
        ],
        [("priv.judged", "WHEN rank.mine = 1 AND", "WHEN false AND")],
    ),
    Attack(
        26,
        "an agent says what only a supervisor may",
        lambda field: "have" in field.pushed(field.event(kind="OutcomeCorrected")),
        [("priv.judged", "WHEN rank.mine < coalesce(r.rank, 0) THEN 'role'", "")],
    ),
)


def _handed_over(field: Field) -> Any:
    """A supervisor hands stock of the own site to somebody of another, to read what is meant for that person."""
    with field.owner() as connection:
        query = "SELECT enrolment FROM priv.principal WHERE person = 'spare'"
        (row,) = connection.execute(query).fetchall()
    field.called("hand", row[0], "amir", "A", person="sam")
    return "handed"


CHANGING += (
    Attack(
        26,
        "a supervisor takes a person of another site",
        _handed_over,
        [
            ("priv.belongs_elsewhere", "p.site <> me.site", "false"),
            ("priv.belongs_elsewhere", "e.site <> me.site", "false"),
        ],
    ),
)
