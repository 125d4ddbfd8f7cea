"""One small invented organisation, some days old, for all the flow tests: staged once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest

from callcenter.app.staging import NOW, Stage, set_stage
from callcenter.rehearsal.days import block_on

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PEOPLE, INTERVIEWS, SEED = 75, 16, 11


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = set_stage(tmp_path_factory.mktemp("stage"), SEED, PEOPLE, INTERVIEWS, lambda _words: None)
    yield made
    made.close()


@pytest.fixture(scope="session")
def dealt(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Return an organisation of six agents with today's queues on their laptops, all stores locked.

    Each test takes an agent of its own.
    """
    made = set_stage(tmp_path_factory.mktemp("dealt"), 3, 40, 3, lambda _words: None)
    made.room.clock.set(NOW - timedelta(minutes=10))
    made.room.deal(block_on(NOW.date()))
    made.room.clock.set(NOW)
    made.close()
    return made
