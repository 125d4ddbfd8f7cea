"""Several laptops push at once while an office reads: no delivery is missed, and a cursor by sequence is caught."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from callcenter.clock import now
from callcenter.domain.event import NoteAdded
from callcenter.usecases.syncing import sync
from db.central.open import open_central
from db.local import sync_log
from db.local.store import LocalStore
from tests.sync.server import Server
from tests.sync.town import Town, on_postgres, with_store

_SECONDS = 3.0
_TRIES = 4
_BY_SEQUENCE = """
CREATE SEQUENCE priv.naive;
GRANT ALL ON SEQUENCE priv.naive TO PUBLIC;
CREATE OR REPLACE FUNCTION priv.deliver(p_org text, p_agents text[], p_boxes text[], p_events text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO priv.mailbox (org_id, name, n)
    SELECT DISTINCT p_org, b, 0 FROM unnest(p_boxes) b ORDER BY 2 ON CONFLICT DO NOTHING;
  INSERT INTO priv.delivery (org_id, mailbox, n, agent_id, event_id)
    SELECT p_org, u.box, nextval('priv.naive'), u.agent, u.event
    FROM unnest(p_agents, p_boxes, p_events) AS u(agent, box, event);
  -- A transaction that still has something to do; that of one laptop has much.
  PERFORM count(*) FROM generate_series(1, CASE p_agents[1] WHEN 'ann' THEN 1000000 ELSE 1000 END);
  UPDATE priv.mailbox m
    SET n = greatest(m.n, (SELECT max(d.n) FROM priv.delivery d WHERE d.org_id = m.org_id AND d.mailbox = m.name))
    WHERE m.org_id = p_org AND m.name = ANY (p_boxes);
END $$;
"""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    made.start()
    yield made
    made.stop()


def _speak(store: LocalStore, until: float) -> None:
    box = open_central(store.central, store.device)
    while time.monotonic() < until:
        with store.work() as work:
            work.events.append(*(NoteAdded("", "", "x") for _ in range(3)))
        sync(store.log, box, now, pull=False)
    box.close()


def _missed(town: Town) -> set[str]:
    """Let three laptops push and the office read at the same time; return what the office did not get."""
    laptops = town.laptops or town.begin("ann", "bob", "cor", cases=1)
    until = time.monotonic() + _SECONDS
    threads = [
        threading.Thread(target=with_store, args=(laptop, now, lambda store: _speak(store, until)))
        for laptop in laptops
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        town.sync(town.office)
    town.sync(town.office)
    return town.unread(town.office)


def test_an_office_that_reads_while_others_push_misses_nothing(server: Server, tmp_path: Path) -> None:
    town = on_postgres(tmp_path, server.url, server.port)
    assert _missed(town) == set()
    assert sum(town.office.log.cursors().values()) > 30


def test_a_cursor_by_sequence_is_reported(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town = on_postgres(tmp_path, server.url, server.port)
    with psycopg.connect(server.url) as connection:
        connection.execute(_BY_SEQUENCE)
    # Such numbers have gaps, so a program that lives by them asks for no unbroken row.
    monkeypatch.setattr(
        sync_log, "_opened", lambda mailbox, last, found: (sync_log._open(mailbox, delivery) for delivery in found)
    )
    assert any(_missed(town) for _ in range(_TRIES))
