"""Attempts to change what is there: history, other people's words, roles, and things of one's own in the schema."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.db.central.attacks import NO_ROWS, OPEN, Attack, tried
from tests.db.central.field import ABROAD, Field


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


CHANGING = (
    Attack(
        2,
        "change, delete or replace history",
        _changed_history,
        (*OPEN, *NO_ROWS, "GRANT ALL ON priv.event TO cc_laptop", "DROP TRIGGER keep_history ON priv.event"),
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
        [(f, "t.site, t.at, clock_timestamp(),", "t.site, t.at, t.at,") for f in ("priv.take", "priv.take_plain")],
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
        OPEN,
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
