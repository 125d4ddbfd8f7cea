"""A whole shift without a network: nothing is lost, and everything is sent when there is one again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from callcenter.app.agent_face import Shift
from callcenter.app.installation import Installation, Opened
from callcenter.app.staging import NOW, Stage
from callcenter.clock import RehearsedClock
from callcenter.domain.case import Case
from callcenter.rehearsal.shift import Player
from callcenter.text import translator
from callcenter.usecases.shift import held_cases
from db.central.open import all_events
from db.errors import CentralUnreachable

_AGENT = 3


@contextmanager
def _no_network(stage: Stage) -> Iterator[None]:
    """Put central out of reach for a while."""
    here = stage.installation.where.central
    away = here.with_name("central-out-of-reach")
    here.rename(away)
    try:
        yield
    finally:
        away.rename(here)


@pytest.fixture
def clock() -> RehearsedClock:
    return RehearsedClock(NOW)


@pytest.fixture
def opened(dealt: Stage, clock: RehearsedClock) -> Iterator[tuple[Installation, Opened]]:
    installation = Installation(dealt.installation.where, clock, dialling=False)
    name = dealt.room.agents[_AGENT].store.device.name
    key = next(person.key for person in installation.people() if person.name == name)
    store = installation.sign_in(key, dealt.phrases[name])
    yield installation, store
    store.close()


def _cases(opened: Opened) -> tuple[Case, ...]:
    with opened.store.work() as work:
        return held_cases(work)


def _calls(opened: Opened) -> list[tuple[str, object]]:
    me = opened.store.device.person
    return [(a.id, a.outcome) for case in _cases(opened) for a in case.closed_attempts if a.agent == me]


def test_a_shift_without_a_network_is_kept_whole_and_sent_at_the_second_try(
    dealt: Stage, clock: RehearsedClock, opened: tuple[Installation, Opened]
) -> None:
    installation, laptop = opened
    log, shift = laptop.store.log, Shift(*opened)
    held = len([case for case in _cases(laptop) if case.pack is not None])
    earlier, heard = set(_calls(laptop)), []
    assert log.counts().waiting == 0

    with _no_network(dealt):
        chance = random.Random(5)  # noqa: S311 - it decides who picks up
        player = Player(laptop.store, laptop.desk, dealt.room.cast, clock, chance)
        interviews = player.play(clock() + timedelta(hours=3), 99)
        made = set(_calls(laptop)) - earlier
        assert len(made) >= 2
        waiting = log.counts().waiting
        assert waiting > len(made)
        with pytest.raises(CentralUnreachable) as refused:
            shift.end(lambda done, total: heard.append((done, total)))
        assert "antwoordt niet" in " ".join(refused.value.explain(translator("nl")))
        assert heard == []
        assert set(_calls(laptop)) - earlier == made
        assert log.counts().waiting >= waiting
        assert len([case for case in _cases(laptop) if case.pack is not None]) == held

    owed = log.counts().waiting
    end = shift.end(lambda done, total: heard.append((done, total)))
    assert (end.calls, end.interviews, end.clean) == (len(made), interviews, True)
    assert end.sync.confirmed == end.sync.pushed >= owed
    assert (end.sync.waiting, end.sync.set_aside, log.counts().waiting) == (0, 0, 0)
    assert heard[-1][0] == heard[-1][1]
    assert [case for case in _cases(laptop) if case.pack is not None or case.numbers] == []
    device = laptop.store.device.device
    assert len([e for e in all_events(laptop.store.central) if e.device == device]) == log.counts().total
