"""A store as it is in the middle of a campaign, made once for a bench."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from callcenter.app.staging import NOW, Stage, set_stage
from callcenter.domain.agent import Role
from callcenter.rehearsal.days import block_on

_SEED = 7


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def a_campaign(root: Path, people: int, interviews: int) -> Stage:
    """Make an organisation in an empty folder, with today's queues dealt; its stores are locked again."""
    stage = set_stage(root, _SEED, people, interviews, _tell)
    stage.room.clock.set(NOW - timedelta(minutes=10))
    stage.room.deal(block_on(NOW.date()))
    stage.room.clock.set(NOW)
    stage.close()
    return stage


def an_agent(stage: Stage) -> tuple[str, str]:
    """Return the folder of an agent's store and the pass phrase that opens it."""
    name = next(o.name for o in stage.opened if o.store.device.role is Role.AGENT)
    key = next(p.key for p in stage.installation.people() if p.name == name)
    return key, stage.phrases[name]
