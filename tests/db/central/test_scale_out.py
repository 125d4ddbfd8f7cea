"""The rules that let organisations lie on several servers, asked of the catalogue; each is also broken on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from db.central.open import init_postgres

# Without an organisation: what is the same for everyone, and the number of the tables' version. What only an operator
# calls may read the catalogue.
_RULES = {
    "every table belongs to an organisation": """
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'priv'::regnamespace AND c.relkind IN ('r', 'p')
          AND c.relname NOT IN ('route', 'protocol', 'alembic_version')
          AND NOT EXISTS (SELECT FROM pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attname = 'org_id' AND a.attnotnull)""",
    "the organisation comes first in whatever is unique": """
        SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = 'priv'::regnamespace AND i.indisunique
          AND c.relname NOT IN ('route', 'protocol', 'alembic_version')
          AND pg_get_indexdef(i.indexrelid, 1, true) <> 'org_id'""",
    "the organisation comes first in what points elsewhere": """
        SELECT k.conname FROM pg_constraint k
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        WHERE k.connamespace = 'priv'::regnamespace AND k.contype = 'f' AND a.attname <> 'org_id'""",
    "there are no sequences": """
        SELECT relname FROM pg_class
        WHERE relkind = 'S' AND relnamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace)""",
    "the protocol stands on nothing that one server only knows": r"""
        SELECT p.proname FROM pg_proc p
        WHERE p.pronamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace)
          AND p.proname NOT IN ('open_doors', 'findings')
          AND (p.prosrc ~* '\m(listen|notify|pg_notify|xmin|xmax|ctid|nextval|txid_current|pg_current_xact_id)\M'
            OR p.prosrc ~* 'advisory')""",
    "each call reads by the organisation of the session": """
        SELECT p.proname FROM pg_proc p
        WHERE p.pronamespace = 'api_v1'::regnamespace
          AND p.prosrc !~ 'priv\\.(me|reader|enrolled)\\('""",
}
_BROKEN = {
    "every table belongs to an organisation": ["CREATE TABLE priv.shared (id text PRIMARY KEY)"],
    "the organisation comes first in whatever is unique": [
        "CREATE UNIQUE INDEX phone ON priv.event (case_id) WHERE late",
        "CREATE UNIQUE INDEX phone ON priv.event (case_id, org_id)",
        "ALTER TABLE priv.lease DROP CONSTRAINT lease_pkey; ALTER TABLE priv.lease ADD PRIMARY KEY (lease_id)",
    ],
    "the organisation comes first in what points elsewhere": [
        "CREATE TABLE priv.a (org_id text NOT NULL, id text, PRIMARY KEY (org_id, id));"
        "CREATE TABLE priv.b (org_id text NOT NULL, a text, "
        "CONSTRAINT b_a FOREIGN KEY (a, org_id) REFERENCES priv.a (id, org_id))",
    ],
    "there are no sequences": [
        "CREATE SEQUENCE priv.numbers",
        "ALTER TABLE priv.mailbox ADD COLUMN own bigint GENERATED ALWAYS AS IDENTITY",
    ],
    "the protocol stands on nothing that one server only knows": [
        f"CREATE FUNCTION priv.bad() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {word}; END $$"
        for word in (
            "PERFORM pg_advisory_xact_lock(1)",
            "NOTIFY pushed",
            "LISTEN pushed",
            "PERFORM xmin FROM priv.event",
            "PERFORM ctid FROM priv.event",
            "PERFORM nextval('x')",
        )
    ],
    "each call reads by the organisation of the session": [
        "CREATE FUNCTION api_v1.bad(p_org text) RETURNS bigint LANGUAGE sql AS "
        "$$ SELECT count(*) FROM priv.event WHERE org_id = p_org $$",
    ],
}
_ACTS = [(rule, word) for rule, words in _BROKEN.items() for word in words]


@pytest.fixture(scope="module")
def url(postgres_url: str) -> Iterator[str]:
    """An empty central in a database of its own: no row of another test keeps a rule from being broken."""
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute("CREATE DATABASE rules")
        made = make_url(postgres_url).set(database="rules").render_as_string(hide_password=False)
        init_postgres(made, "org-rules")
        yield made
        server.execute("DROP DATABASE rules WITH (FORCE)")


@pytest.fixture
def owner(url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(url) as connection:
        yield connection
        connection.rollback()


def _found(connection: psycopg.Connection[Any], rule: str) -> list[str]:
    return [row[0] for row in connection.execute(_RULES[rule]).fetchall()]  # type: ignore[call-overload]


@pytest.mark.parametrize("rule", _RULES)
def test_the_schema_keeps_the_rule(owner, rule: str) -> None:
    assert _found(owner, rule) == []


@pytest.mark.parametrize(("rule", "word"), _ACTS)
def test_a_schema_that_breaks_the_rule_is_seen(owner, rule: str, word: str) -> None:
    owner.execute(word)
    assert _found(owner, rule) != []


def test_every_rule_is_broken_somewhere() -> None:
    assert set(_RULES) == set(_BROKEN)
