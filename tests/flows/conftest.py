"""One small invented organisation, some days old, for all the flow tests: staged once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from callcenter.app.program import Program
from callcenter.app.staging import NOW, Stage, set_stage
from callcenter.rehearsal.days import Member, block_on
from callcenter.settings import folders
from callcenter.usecases.cards import role_to_ask

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

    Each test takes an agent of its own; those who may call somebody who answers for themselves come first.
    """
    made = set_stage(tmp_path_factory.mktemp("dealt"), 3, 40, 3, lambda _words: None)
    made.room.clock.set(NOW - timedelta(minutes=10))
    made.room.deal(block_on(NOW.date()))
    made.room.clock.set(NOW)
    made.room.agents = tuple(sorted(made.room.agents, key=_only_parents))
    made.close()
    return made


def _only_parents(member: Member) -> bool:
    """Tell whether an agent's queue holds nobody but parents, whose interviews are short."""
    with member.store.work() as work:
        cases = work.cases.leased_to(member.store.device.person)
    return not any(role_to_ask(case) == "subject" for case in cases)


@pytest.fixture
def program(dealt: Stage, qtbot: QtBot) -> Iterator[Program]:
    """Yield the program at its door, over the dealt organisation."""
    made = Program(folders(dealt.installation.where.root), lambda: NOW, dialling=False)
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.close()
