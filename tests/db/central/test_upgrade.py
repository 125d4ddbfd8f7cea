"""A central of the former version is brought up to this one; programs and servers of other versions meet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from callcenter.domain.agent import Role
from callcenter.domain.event import NoteAdded
from db.central import postgres
from db.central.open import all_events, doctor, enrol_laptop, open_central, upgrade_postgres
from db.central.postgres import open_owner
from db.errors import CentralTooOld
from db.migrate import migrate, version
from tests.db.central.conftest import Town, answers, door, forged
from tests.db.laptops import a_device, a_greeting, an_enrolment

_FORMER = """
CREATE SCHEMA api_v1;
CREATE FUNCTION api_v1.push(p_org text, p_device text, p_epoch text, p_batch jsonb) RETURNS int
  LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION priv.keep_history() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER keep_history BEFORE UPDATE ON priv.event FOR EACH ROW EXECUTE FUNCTION priv.keep_history();
GRANT USAGE ON SCHEMA api_v1 TO PUBLIC;
INSERT INTO organisation VALUES ('o', 'epoch');
INSERT INTO principal (org_id, enrolment, person, role, site, mailboxes, device, db_epoch)
  VALUES ('o', 'e', 'jef', 'agent', 'Gent', '["agent:jef"]', 'd', 'x');
INSERT INTO mailbox VALUES ('o', 'org', 1);
INSERT INTO event (org_id, agent_id, event_id, device, seq, kind, case_id, site, occurred_at, recorded_at,
                   clock_suspect, sha256, wire)
  VALUES ('o', 'jef', 'e1', 'd', 1, 'NoteAdded', 'c1', 'Gent', now(), now(), false,
          'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb', 'a');
INSERT INTO delivery VALUES ('o', 'org', 1, 'jef', 'e1');
INSERT INTO lease VALUES ('o', 'l1', 'c1', 'jef', '2026-06-01', true), ('o', 'l2', 'c1', 'eva', '2026-06-02', false);
"""


@pytest.fixture
def former(postgres_url: str) -> Iterator[dict[str, Any]]:
    """A central as version 2 left it, in a database of its own."""
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS former WITH (FORCE)")
        server.execute("CREATE DATABASE former")
    url = make_url(postgres_url).set(database="former").render_as_string(hide_password=False)
    engine = open_owner({"url": url})
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA priv"))
        migrate(connection, postgres.SCRIPTS, 2)
        connection.exec_driver_sql(_FORMER)
    engine.dispose()
    yield {"kind": "postgres", "url": url, "org": "o"}
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute("DROP DATABASE former WITH (FORCE)")


def test_a_former_central_is_upgraded_with_all_that_it_held(former: dict[str, Any]) -> None:
    upgrade_postgres(former["url"])
    # This server has more than one central, and says so.
    assert [f.told for f in doctor(former)] == ["database postgres lets laptops in"]
    assert [(e.id, e.numbers) for e in all_events(former)] == [("e1", (("org", 1),))]
    with open_owner(former).begin() as connection:
        assert version(connection) == 3
        assert connection.execute(text("SELECT lease_id, epoch FROM lease ORDER BY epoch")).all() == [
            ("l1", 1),
            ("l2", 2),
        ]
        old = "SELECT count(*) FROM pg_proc WHERE proname = 'push' AND pronargs = 4"
        assert connection.execute(text(old)).scalar() == 0
        assert connection.execute(text("SELECT durability FROM organisation")).scalar() == "backup"


def test_after_the_upgrade_the_enrolments_of_before_get_their_login(former: dict[str, Any]) -> None:
    upgrade_postgres(former["url"])
    enrolled = enrol_laptop(former, an_enrolment("boss", Role.COORDINATOR, org="o"), *door(former["url"]))
    device = a_device("boss", Role.COORDINATOR, org="o")
    box = open_central(enrolled.central, device)
    assert box.hello(a_greeting(device)).mailboxes["org"] == 1
    box.close()


@pytest.mark.parametrize(
    ("least", "newest", "spoken", "verdict"),
    [
        (1, 1, 0, "read_only"),
        (1, 1, 1, "ok"),
        (1, 1, 2, "ok"),
        (1, 2, 1, "upgrade_soon"),
        (2, 2, 1, "read_only"),
        (1, 2, 2, "ok"),
    ],
)
def test_a_program_of_each_version_hears_what_it_may_do(
    pg_town: Town, least: int, newest: int, spoken: int, verdict: str
) -> None:
    boss = pg_town.store("boss", Role.COORDINATOR)
    greeting = dataclasses.replace(a_greeting(boss.device), protocol=spoken)
    set_to = "UPDATE priv.protocol SET least = %s, newest = %s"
    with psycopg.connect(pg_town.owner["url"], autocommit=True) as owner:
        owner.execute(set_to, [least, newest])
        try:
            assert pg_town.box(boss).hello(greeting).verdict == verdict
        finally:
            owner.execute(set_to, [1, 1])


def test_what_a_newer_program_says_is_kept_as_it_came(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    with boss.work() as work:
        work.events.append(NoteAdded("c1", "", "x"))
    (sent,) = boss.log.unsent()
    newer = forged(sent, kind="KindOfTomorrow", version=7, body={"new": [1]}, more="x")
    assert answers(town.met(boss).push([newer])) == [("have", "")]
    assert [d.wire for d in town.box(boss).pull("site:Gent", 0)] == [newer.wire]


def test_a_central_without_the_calls_of_this_program_is_called_too_old(pg_town: Town) -> None:
    sam = pg_town.store("sam", Role.SUPERVISOR)
    box = pg_town.met(sam)
    name = "api_v1.hand(text, text, text, text, text)"
    with psycopg.connect(pg_town.owner["url"], autocommit=True) as owner:
        owner.execute(f"ALTER FUNCTION {name} RENAME TO later")
        try:
            with pytest.raises(CentralTooOld):
                box.hand("e", "p", "n")
        finally:
            owner.execute(f"ALTER FUNCTION {name.replace('hand', 'later')} RENAME TO hand")
