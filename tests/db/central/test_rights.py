"""What a laptop's own login can do on PostgreSQL: four calls, and only as the device it is."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptOpened, CampaignChanged, NoteAdded, OutcomeCorrected
from callcenter.domain.outcome import Outcome
from db.central.postgres import open_owner
from tests.db.central.conftest import Town, answers, forged
from tests.db.laptops import a_campaign, granted, opened


@pytest.fixture
def engine(pg_town: Town) -> Engine:
    address = pg_town.enrol("yasmina").central
    host, database = address["host"], address["database"]
    url = URL.create("postgresql+psycopg", address["user"], address["password"], host, address["port"], database)
    return create_engine(url, poolclass=NullPool, use_native_hstore=False)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM priv.event",
        "SELECT count(*) FROM priv.principal",
        "INSERT INTO priv.mailbox VALUES ('o', 'm', 1)",
        "UPDATE priv.event SET wire = ''",
        "DELETE FROM priv.delivery",
        "TRUNCATE priv.event",
        "LOCK TABLE priv.event",
        "SELECT priv.me('d', 'e')",
        "SELECT priv.take(NULL, NULL)",
        "COPY priv.event TO STDOUT",
        "CREATE TABLE api_v1.x (a int)",
        "SET ROLE postgres",
        "ALTER ROLE postgres PASSWORD 'x'",
        "CREATE ROLE other",
    ],
)
def test_a_laptop_has_no_right_on_tables_inner_functions_or_roles(engine: Engine, statement: str) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError, match="denied|permission"):
        connection.execute(text(statement))


@pytest.mark.parametrize("statement", ["UPDATE event SET wire = ''", "DELETE FROM event", "TRUNCATE event CASCADE"])
def test_even_the_owner_only_adds_to_history(pg_town: Town, statement: str) -> None:
    boss = pg_town.store("boss", Role.COORDINATOR)
    with boss.work() as work:
        work.events.append(a_campaign())
    pg_town.sync(boss)
    with open_owner(pg_town.owner).connect() as connection, pytest.raises(DBAPIError, match="history"):
        connection.execute(text(statement))


def test_a_kind_above_ones_role_is_refused(pg_town: Town) -> None:
    boss, yasmina = pg_town.store("boss", Role.COORDINATOR), pg_town.store("yasmina")
    with boss.work() as work:
        work.events.append(granted("c1", "yasmina", at=pg_town.clock()))
    pg_town.sync(boss, yasmina)
    with yasmina.work() as work:
        work.events.append(
            OutcomeCorrected("c1", "a1", Outcome.BUSY, Outcome.COMPLETE, "x"),
            CampaignChanged("k1", {}),
            AttemptOpened("c1", "a1", "n1", "subject"),
        )
    verdicts = pg_town.met(yasmina).push(yasmina.log.unsent())
    assert [(v.answer, v.reason) for v in verdicts] == [("refused", "role"), ("refused", "role"), ("have", "")]


def test_an_agent_speaks_only_of_cases_it_ever_held(pg_town: Town) -> None:
    boss, yasmina = pg_town.store("boss", Role.COORDINATOR), pg_town.store("yasmina")
    with boss.work() as work:
        work.events.append(granted("c1", "yasmina", at=pg_town.clock()), *opened("c2"))
    pg_town.sync(boss, yasmina)
    with yasmina.work() as work:
        work.events.append(NoteAdded("c2", "", "x"), NoteAdded("c1", "", "late, but mine"))
    verdicts = pg_town.met(yasmina).push(yasmina.log.unsent())
    assert [(v.answer, v.reason) for v in verdicts] == [("refused", "case"), ("have", "")]


def test_a_supervisor_speaks_only_for_the_own_site(pg_town: Town) -> None:
    sam = pg_town.store("sam", Role.SUPERVISOR, "Gent")
    with sam.work() as work:
        work.events.append(granted("c1", "jef", at=pg_town.clock()), granted("c2", "jef", at=pg_town.clock()))
    home, away = sam.log.unsent()
    assert answers(pg_town.met(sam).push([home, forged(away, site="Brussel")])) == [
        ("have", ""),
        ("refused", "site"),
    ]
