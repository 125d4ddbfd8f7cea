"""After a shift with its calls, mistakes and end, no file but the list itself and no console tells a name."""

from __future__ import annotations

import logging
import random
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from callcenter import diagnostics
from callcenter.app.agent_face import Shift
from callcenter.app.installation import Installation
from callcenter.app.staging import NOW, Stage
from callcenter.clock import RehearsedClock
from callcenter.rehearsal.people import Person
from callcenter.rehearsal.shift import Player
from callcenter.usecases.shift import held_cases
from ui.messages import explain

_AGENT = 5


def _telling(people: Iterable[Person]) -> set[bytes]:
    """Return what nobody else's text holds by chance: whole names, long surnames and numbers."""
    found: set[str] = set()
    for person in people:
        found.add(f"{person.first_name} {person.last_name}")
        found |= {name for name in (person.last_name,) if len(name) > 6}
        for number in (*person.phones, person.parent_phone):
            digits = "".join(c for c in number if c.isdigit())
            found |= {number, digits, digits[-8:]} if digits else set()
    return {word.encode() for word in found if len(word) > 6}


def _choke(name: str) -> None:
    """Make the mistakes that a program makes: one that is caught and explained, one that nobody caught."""
    try:
        int(name)
    except ValueError as error:
        explain(error)
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_whole_shift_leaves_no_name_or_number_outside_what_is_encrypted(dealt: Stage, capfd) -> None:
    where = dealt.installation.where
    clock = RehearsedClock(NOW)
    installation = Installation(where, clock, dialling=False)
    name = dealt.room.agents[_AGENT].store.device.name
    key = next(person.key for person in installation.people() if person.name == name)
    words = _telling(dealt.people)
    diagnostics.start(where.logs)
    logging.getLogger("callcenter").setLevel(logging.DEBUG)
    laptop = installation.sign_in(key, dealt.phrases[name])
    try:
        chance = random.Random(9)  # noqa: S311 - it decides who picks up
        Player(laptop.store, laptop.desk, dealt.room.cast, clock, chance).play(clock() + timedelta(hours=2), 99)
        with laptop.store.work() as work:
            held = [case.pack.first_name for case in held_cases(work) if case.pack]
        assert held
        for person in dealt.people[:5]:
            _choke(f"{person.first_name} {person.last_name} {person.phones[0]}")
        _told(where.root, words)  # also while the store is open, with its write-ahead log
        Shift(installation, laptop).end(lambda _done, _total: None)
    finally:
        laptop.close()
        diagnostics.stop()
    _told(where.root, words)
    said = capfd.readouterr()
    assert not any(word in (said.out + said.err).encode() for word in words)
    assert (where.logs / "callcenter.log").stat().st_size > 0


def _told(root: Path, words: set[bytes]) -> None:
    """Look for the words in every file but the list that was read in."""
    files = [path for path in root.rglob("*") if path.is_file() and "lists" not in path.relative_to(root).parts]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        assert not [word for word in words if word in content], path
