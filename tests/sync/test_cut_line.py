from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from callcenter.clock import now
from callcenter.domain.agent import Role
from callcenter.domain.event import NoteAdded
from callcenter.ids import new_id
from callcenter.usecases.syncing import sync
from db.central.open import all_events, enrol_mailbox, init_postgres, open_central
from db.errors import CentralUnreachable
from db.local.store import memory_store
from tests.db.laptops import MONDAY, a_device, an_enrolment
from tests.sync.cut_line import CutLine

_CUTS = 60


@pytest.fixture
def line(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> Iterator[tuple[CutLine, str]]:
    real = parse_qs(urlsplit(postgres_url).query)["host"][0]
    folder = tmp_path_factory.mktemp("l")
    made = CutLine(folder, Path(real))
    yield made, postgres_url.replace(real, str(folder))
    made.close()


def test_a_line_cut_at_any_byte_loses_nothing_and_doubles_nothing(
    line: tuple[CutLine, str], postgres_url: str
) -> None:
    cutting, url = line
    owner = init_postgres(postgres_url, new_id(MONDAY))
    store = memory_store(a_device("boss", Role.COORDINATOR, org=owner["org"]), now)
    enrol_mailbox(owner, an_enrolment("boss", Role.COORDINATOR, org=owner["org"]))
    random, broken = Random(7), 0  # noqa: S311 - the same cuts in every run
    for _ in range(_CUTS):
        with store.work() as work:
            work.events.append(*(NoteAdded("c1", "", "x" * random.randrange(400)) for _ in range(8)))
        box = open_central({**owner, "url": url}, store.device)
        cutting.cut_after(random.randrange(30_000))
        try:
            sync(store.log, box, now)
        except CentralUnreachable:
            broken += 1
        finally:
            cutting.cut_after(None)
            box.close()
    box = open_central({**owner, "url": url}, store.device)
    result = sync(store.log, box, now)
    box.close()
    with store._file.begin() as connection:
        said = connection.exec_driver_sql("SELECT seq, sha256 FROM outbox ORDER BY seq").all()
    assert broken > _CUTS / 4
    assert [(e.seq, e.sha256) for e in all_events(owner)] == [tuple(row) for row in said]
    assert (result.waiting, result.set_aside, result.sane) == (0, 0, True)
    assert len(said) == 8 * _CUTS
