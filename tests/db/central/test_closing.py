"""What is closed to laptops stays closed: by the hardening, after an upgrade, and as the doctor sees it."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from callcenter.domain.agent import Role
from db.central.open import doctor, init_postgres, revoke, upgrade_postgres
from tests.db.central.conftest import Town
from tests.db.laptops import a_campaign

# Whom it would be a finding about, and how it is undone where an upgrade does not.
_DOORS = {
    "hardening function": ("GRANT EXECUTE ON FUNCTION pg_sleep(float8) TO PUBLIC", "hardening", ""),
    "hardening large object": ("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC", "hardening", ""),
    "hardening lock": ("GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO PUBLIC", "hardening", ""),
    "hardening catalogue": (
        "GRANT SELECT ON pg_stat_activity, pg_roles, pg_proc, pg_policies TO PUBLIC",
        "hardening",
        "",
    ),
    "hardening schema": ("GRANT CREATE ON SCHEMA public TO PUBLIC", "hardening", ""),
    "hardening database": ("GRANT TEMP, CONNECT ON DATABASE postgres TO PUBLIC", "hardening", ""),
    "hardening template": ("GRANT CONNECT ON DATABASE template1 TO PUBLIC", "hardening", ""),
    "hardening language": ("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC", "hardening", ""),
    "table": ("GRANT SELECT ON priv.event TO cc_laptop", "rights", ""),
    "column": (
        "GRANT SELECT (wire) ON priv.event TO cc_laptop",
        "rights",
        "REVOKE SELECT (wire) ON priv.event FROM cc_laptop",
    ),
    "function": ("GRANT EXECUTE ON FUNCTION priv.enrolled() TO PUBLIC", "rights", ""),
    "schema": ("GRANT USAGE ON SCHEMA priv TO cc_laptop", "rights", ""),
    "definer": ("ALTER FUNCTION priv.enrolled() SECURITY DEFINER", "functions", ""),
    "invoker": ("ALTER FUNCTION api_v1.pull(text, text, text, bigint, int) SECURITY INVOKER", "functions", ""),
    "path": ("ALTER FUNCTION priv.enrolled() RESET search_path", "functions", ""),
    "owner": ("ALTER FUNCTION priv.enrolled() OWNER TO postgres", "owner", ""),
    "security off": ("ALTER TABLE priv.lease DISABLE ROW LEVEL SECURITY", "row security", ""),
    "security of the owner": ("ALTER TABLE priv.lease NO FORCE ROW LEVEL SECURITY", "row security", ""),
    "policy": ("DROP POLICY of_the_organisation ON priv.lease", "row security", ""),
    "trigger": ("DROP TRIGGER keep_history ON priv.event", "history", ""),
    "trigger off": ("ALTER TABLE priv.audit DISABLE TRIGGER keep_history", "history", ""),
    "login": ("ALTER ROLE cc_laptop LOGIN", "roles", "ALTER ROLE cc_laptop NOLOGIN"),
    "membership": ("GRANT pg_read_all_data TO {login}", "roles", "REVOKE pg_read_all_data FROM {login}"),
    "limit": ("ALTER ROLE {login} CONNECTION LIMIT -1", "roles", "ALTER ROLE {login} CONNECTION LIMIT 4"),
    "passwords": (
        "ALTER DATABASE postgres SET password_encryption = 'md5'",
        "encryption",
        "ALTER DATABASE postgres RESET password_encryption",
    ),
}


@pytest.fixture
def owner(pg_town: Town) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(pg_town.owner["url"], autocommit=True) as connection:
        yield connection


def _parts(town: Town) -> list[str]:
    # What other tests did to the events of their organisations is no door.
    return [f.part for f in doctor(town.owner) if f.part not in ("hashes", "chain", "counters")]


@pytest.mark.parametrize("door", _DOORS)
def test_the_doctor_sees_an_open_door_and_an_upgrade_closes_it(pg_town: Town, owner, door: str) -> None:
    login = str(pg_town.enrol("yasmina").central["user"])
    opening, part, closing = (word.format(login=login) for word in _DOORS[door])
    upgrade_postgres(pg_town.owner["url"])
    assert _parts(pg_town) == []
    owner.execute(opening)
    try:
        assert set(_parts(pg_town)) == {part}
    finally:
        if closing:
            owner.execute(closing)
        upgrade_postgres(pg_town.owner["url"])
    assert _parts(pg_town) == []


def test_a_revoked_laptop_that_may_log_in_again_is_seen(pg_town: Town, owner) -> None:
    enrolment = pg_town.enrol("yasmina")
    revoke(pg_town.owner, enrolment.enrolment, pg_town.clock())
    owner.execute(f"ALTER ROLE {enrolment.central['user']} LOGIN")
    try:
        assert _parts(pg_town) == ["roles"]
    finally:
        owner.execute(f"ALTER ROLE {enrolment.central['user']} NOLOGIN")


def test_all_calls_of_the_program_work_after_the_hardening(pg_town: Town) -> None:
    """Hello, push, pull, ack, holds and hand by SQLAlchemy and psycopg, under the login of a laptop."""
    boss = pg_town.store("boss", Role.COORDINATOR)
    stock = pg_town.enrol("s1", name="")
    with boss.work() as work:
        work.events.append(a_campaign())
    pg_town.sync(boss)
    pg_town.box(boss).hand(stock.enrolment, "jef", "Jef B")
    assert [d.n for d in pg_town.box(boss).pull("org", 0)] == [1]
    assert [seq for seq, _ in pg_town.box(boss).holds(0) or ()] == [1]


def test_the_databases_of_the_server_are_closed_to_laptops(pg_town: Town) -> None:
    address = pg_town.enrol("yasmina").central
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(host=address["host"], user=address["user"], password=address["password"], dbname="template1")


def test_a_mistake_in_a_right_still_shows_no_other_organisation(pg_town: Town, owner) -> None:
    """Row security is the second line: a right on a table by mistake leaks the own organisation at most."""
    away = Town(init_postgres(pg_town.owner["url"], "org-away"), pg_town.clock)
    for town in (pg_town, away):
        boss = town.store("boss", Role.COORDINATOR)
        with boss.work() as work:
            work.events.append(a_campaign())
        town.sync(boss)
    address = pg_town.enrol("yasmina").central
    owner.execute("GRANT USAGE ON SCHEMA priv TO cc_laptop")
    owner.execute("GRANT SELECT ON priv.event, priv.login TO cc_laptop")
    owner.execute("GRANT EXECUTE ON FUNCTION priv.org(), priv.is_operator() TO cc_laptop")
    try:
        words = {name: address[name] for name in ("host", "user", "password")}
        with psycopg.connect(**words, dbname="postgres") as laptop:
            seen = {row[0] for row in laptop.execute("SELECT org_id FROM priv.event").fetchall()}
    finally:
        upgrade_postgres(pg_town.owner["url"])
        away.close()
    assert seen == {pg_town.owner["org"]}
