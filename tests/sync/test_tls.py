"""A byte that flips on its way: TLS notices, the line breaks, and nothing is lost, doubled or misbelieved."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator

import pytest

from callcenter.clock import now
from callcenter.domain.agent import Role
from callcenter.domain.event import NoteAdded
from callcenter.errors import CallcenterError
from callcenter.ids import new_id
from callcenter.usecases.syncing import sync
from db.central.open import all_events, enrol_laptop, init_postgres, open_central
from db.local.store import memory_store
from tests.db.central.servers import SystemServer, installed
from tests.db.laptops import a_device, an_enrolment
from tests.sync.line import Fault, Line

_FLIPS = 30
_BYTES = 12_000


@pytest.fixture
def server() -> Iterator[SystemServer]:
    programs = installed()
    if programs is None or shutil.which("openssl") is None:
        pytest.skip("there is no PostgreSQL 15 with openssl on this machine")
    made = SystemServer(programs)
    yield made
    made.stop()


def test_a_byte_that_flips_under_tls_breaks_the_line_and_nothing_else(server: SystemServer) -> None:
    owner = init_postgres(server.url, new_id(now()))
    line = Line(server.port)
    enrolment = an_enrolment("boss", Role.COORDINATOR, org=owner["org"])
    central = enrol_laptop(owner, enrolment, "localhost", line.port, server.ca).central
    store = memory_store(a_device("boss", Role.COORDINATOR, org=owner["org"]), now)
    chance, broken = random.Random(3), 0  # noqa: S311 - the same bytes in every run
    for turn in range(_FLIPS + 1):
        with store.work() as work:
            work.events.append(*(NoteAdded(new_id(now()), "", "x" * 100) for _ in range(5)))
        fault = Fault(chance.choice(("up", "down")), chance.randrange(_BYTES), flips=True)
        line.plan = lambda fault=fault, turn=turn: fault if turn < _FLIPS else None
        box = open_central(central, store.device)
        try:
            result = sync(store.log, box, now)
        except CallcenterError:
            broken += 1
        finally:
            box.close()
    line.close()
    with store._file.begin() as connection:
        said = [tuple(row) for row in connection.exec_driver_sql("SELECT seq, sha256 FROM outbox ORDER BY seq")]
    assert (result.waiting, result.sane) == (0, True)
    assert [(event.seq, event.sha256) for event in all_events(owner)] == said
    assert broken == line.flips > _FLIPS / 3
