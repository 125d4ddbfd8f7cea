"""Many writers at once: no number is missing, and a reader that follows its cursor misses nothing."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import NoteAdded
from db.central.open import all_events, doctor
from db.local.store import LocalStore
from tests.db.central.conftest import Town

_WRITERS, _EACH, _BATCH = 6, 240, 20


def _filled(town: Town, name: str) -> LocalStore:
    store = town.store(name, Role.COORDINATOR)
    with store.work() as work:
        work.events.append(*(NoteAdded(f"{name}-{n}", "", "x") for n in range(_EACH)))
    return store


def test_a_reader_that_follows_its_cursor_among_many_writers_misses_nothing(pg_town: Town) -> None:
    stores = [_filled(pg_town, f"w{n}") for n in range(_WRITERS)]
    boxes = [pg_town.met(store) for store in stores]
    reader = pg_town.met(pg_town.store("reader", Role.COORDINATOR))
    over = threading.Event()

    def write(n: int) -> None:
        while batch := stores[n].log.unsent(limit=_BATCH):
            stores[n].log.settle(boxes[n].push(batch))

    def read() -> list[tuple[int, str]]:
        seen: list[tuple[int, str]] = []
        while True:
            last = over.is_set()
            page = reader.pull("site:Gent", seen[-1][0] if seen else 0, limit=50)
            seen += [(d.n, d.sha256) for d in page]
            if last and not page:
                return seen

    with ThreadPoolExecutor(_WRITERS + 1) as pool:
        reading = pool.submit(read)
        for done in [pool.submit(write, n) for n in range(_WRITERS)]:
            done.result()
        over.set()
        seen = reading.result()
    assert [n for n, _ in seen] == list(range(1, _WRITERS * _EACH + 1))
    assert {sha for _, sha in seen} == {e.sha256 for e in all_events(pg_town.owner)}


def test_a_push_that_is_rolled_back_gives_its_numbers_back(pg_town: Town) -> None:
    first, second = _filled(pg_town, "a"), _filled(pg_town, "b")
    address = pg_town.addresses[first.device.device]
    pg_town.met(first)
    sent = first.log.unsent(limit=5)
    told = [{"id": o.event_id, "seq": o.seq, "wire": o.wire, "sha256": o.sha256} for o in sent]
    words = {name: address[name] for name in ("host", "port", "user", "password")}
    with psycopg.connect(**words, dbname=address["database"]) as line:
        device = first.device
        asked = [device.device, device.db_epoch, json.dumps(told)]
        said = line.execute("SELECT answer FROM api_v1.push(%s, %s, %s)", asked).fetchall()
        assert said == [("have",)] * 5
        line.rollback()
    box = pg_town.met(second)
    box.push(second.log.unsent(limit=3))
    assert [d.n for d in box.pull("site:Gent", 0)] == [1, 2, 3]
    org = pg_town.owner["org"]
    assert [f for f in doctor(pg_town.owner) if f.part == "counters" and org in f.told] == []


@pytest.mark.parametrize("kind", ["sequence", "clock"])
def test_a_cursor_by_sequence_or_clock_would_miss_what_commits_late(pg_town: Town, kind: str) -> None:
    """Why the counter is a row: the naive ways lose what a slower transaction commits behind the cursor."""
    cursor = "nextval('naive_seq')" if kind == "sequence" else "clock_timestamp()"
    sort = "bigint" if kind == "sequence" else "timestamptz"
    url = pg_town.owner["url"]
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f"CREATE SEQUENCE naive_seq; CREATE TABLE naive (at {sort}, who text)")
        try:
            add = f"INSERT INTO naive VALUES ({cursor}, %s)"  # noqa: S608 - one of two words above
            with psycopg.connect(url) as slow, psycopg.connect(url) as quick:
                slow.execute(add, ["slow"])
                quick.execute(add, ["quick"])
                quick.commit()
                (last,) = owner.execute("SELECT max(at) FROM naive").fetchone() or (None,)
                slow.commit()
            assert owner.execute("SELECT who FROM naive WHERE at > %s", [last]).fetchall() == []
            assert len(owner.execute("SELECT who FROM naive").fetchall()) == 2
        finally:
            owner.execute("DROP TABLE naive; DROP SEQUENCE naive_seq")
