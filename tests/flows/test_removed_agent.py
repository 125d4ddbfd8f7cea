"""An agent leaves in the middle of a shift: through real sync, their people come to others, each to one."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from callcenter.app.staging import NOW, Stage, set_stage
from callcenter.domain.event import RosterChanged
from callcenter.rehearsal.days import Member, block_on
from callcenter.usecases import dealing
from callcenter.usecases.dealing import PlanView


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = set_stage(tmp_path_factory.mktemp("removed"), 5, 60, 0, lambda _words: None)
    made.room.clock.set(NOW - timedelta(minutes=10))
    made.room.deal(block_on(NOW.date()))
    made.room.clock.set(NOW)
    return made


def _leased(member: Member) -> set[str]:
    """Return the cases that this laptop may call now."""
    person = member.store.device.person
    with member.store.work() as work:
        held = work.cases.leased_to(person)
    return {c.id for c in held if c.lease is not None and c.lease.live(NOW)}


def _remove(stage: Stage, person: str) -> None:
    chief = stage.room.coordinator
    with chief.store.work() as work:
        left = tuple(a for a in work.campaigns.roster() if a.id != person)
        work.events.append(RosterChanged(left))
    stage.room.sync(chief, *stage.room.supervisors)


def _deal_again(stage: Stage) -> list[PlanView]:
    found = []
    for member in stage.room.supervisors:
        with member.store.work() as work:
            found.append(dealing.deal_daybatch(work, stage.room.campaign, block_on(NOW.date()), 1).plan)
    stage.room.sync(*stage.room.offices())
    return found


def test_a_removed_agents_people_are_dealt_again_and_only_those_move(stage: Stage) -> None:
    room = stage.room
    before = {m.store.device.person: _leased(m) for m in room.agents}
    at_work = [m for m in room.agents if before[m.store.device.person]]
    sites = Counter(m.store.device.site for m in at_work)
    gone = max(at_work, key=lambda m: (sites[m.store.device.site], m.store.device.person))
    theirs = before[gone.store.device.person]
    assert theirs
    _remove(stage, gone.store.device.person)
    plans = _deal_again(stage)
    moves = [move for plan in plans for move in plan.moves]
    assert {move.case for move in moves} == theirs
    assert {move.why.code for move in moves} == {"moved_gone"}
    room.sync(*room.agents)
    after = {m.store.device.person: _leased(m) for m in room.agents}
    assert after[gone.store.device.person] == set()
    others = [m.store.device.person for m in room.agents if m is not gone]
    assert all(before[person] <= after[person] for person in others)
    taken = {move.case for move in moves if move.taker}
    assert taken, [(plan.binding, plan.waiting) for plan in plans]
    assert taken <= set().union(*(after[person] for person in others))
    everywhere = [case for person in others for case in after[person]]
    assert len(everywhere) == len(set(everywhere))
