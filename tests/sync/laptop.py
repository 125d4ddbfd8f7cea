"""A laptop without windows, made to be killed: it records calls through the use cases, notes what is kept, and syncs.

python -m tests.sync.laptop reads orders, one JSON object a line, and lives each of them in a process of its own,
forked so that nothing has to be loaded again; it answers when that process is over. With an order as its argument it
lives that one itself. Words of an order:

folder, witness   the store, and the file that gets a line (event id, sha256) once an event is kept
rounds            how many calls to record; 0: until killed
sync_every        calls between two syncs; 0: never
kill_after        seconds until kill -9, counted from the moment the store is open
kill_early        the same, counted from the start of the process
limit             bytes above which no file may grow
rehearse          words of `callcenter rehearse`, instead of the first four
planted           a fault of the program itself, of tests.sync.planted
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from callcenter.app.rehearsing import command
from callcenter.clock import now
from callcenter.domain.outcome import Outcome
from callcenter.errors import CallcenterError
from callcenter.ports import UnitOfWork
from callcenter.usecases import closing, interviewing
from callcenter.usecases.interview import FormShelf, Interview
from callcenter.usecases.interviewing import Desk
from callcenter.usecases.syncing import sync
from db.central.open import open_central
from db.local.open import open_store
from db.local.store import LocalStore
from tests.sync import planted

PHRASE = "vier woorden is genoeg"
_SAID = "SELECT event_id, sha256 FROM outbox WHERE seq > ? ORDER BY seq"


class Witness:
    """A file that holds what the screen has confirmed; a line is on the disk before anything else happens."""

    def __init__(self, path: Path, store: LocalStore) -> None:
        self._store = store
        self._file = path.open("a", encoding="ascii")
        self._seq = 0
        self._seq = len(self._new())

    def note(self) -> None:
        """Write down what was kept since the last time."""
        new = self._new()
        self._seq += len(new)
        self._file.writelines(f"{event} {sha}\n" for event, sha in new)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _new(self) -> list[tuple[str, str]]:
        with self._store._file.begin() as connection:
            return [(row[0], row[1]) for row in connection.exec_driver_sql(_SAID, (self._seq,))]


class Agent:
    """Somebody who calls, one case after the other, and goes on where a killed program stopped."""

    def __init__(self, store: LocalStore, chance: random.Random) -> None:
        self._store, self._chance = store, chance
        self._desk = Desk(FormShelf())

    def call(self) -> Iterator[None]:
        """Call somebody, or end the call that was going on; yields after each thing that the screen has confirmed."""
        with self._store.work() as work:
            interview = interviewing.resume(work, self._desk) or self._open(work)
        yield
        with self._store.work() as work:
            for question in interview.session.page().questions:
                interviewing.answer(work, self._desk, interview, question.ref, self._words(20))
        with self._store.work() as work:
            interviewing.write_note(work, interview, self._words(300))
        with self._store.work() as work:
            closing.close_attempt(work, interview, Outcome.NO_ANSWER)
        yield

    def _open(self, work: UnitOfWork) -> Interview:
        case = self._chance.choice(work.cases.leased_to(work.device.person))
        return interviewing.open_attempt(work, self._desk, case.id)

    def _words(self, most: int) -> str:
        return "belt " * self._chance.randrange(most // 5)


def _nobody() -> None:
    """Tell nobody."""


def live(order: Mapping[str, Any], opened: Callable[[], None] = _nobody) -> dict[str, Any]:
    """Open the store, say so, and do what the order says; tell how often central was reached and how often not."""
    planted.PLANTS[order.get("planted", "")]()
    if "rehearse" in order:
        return _rehearsed(order["rehearse"], opened)
    if "limit" in order:
        _no_larger_than(order["limit"])
    told: dict[str, Any] = {"syncs": 0, "broken": 0, "calls": 0, "code": ""}
    try:
        store = open_store(Path(order["folder"]), PHRASE, now)
        opened()
        _work(store, order, told)
    except CallcenterError as error:
        told["code"] = error.code
    except OSError:
        # The disk refused the witness itself.
        told["code"] = "WITNESS"
    assert not any(name.startswith("PySide6") for name in sys.modules)
    return told


def _rehearsed(words: Sequence[str], opened: Callable[[], None]) -> dict[str, Any]:
    """Run the product's own command in this process; what it says of broken lines is not of interest here."""
    opening = command._opened

    def opens(*told: Any) -> LocalStore:
        store = opening(*told)
        opened()
        return store

    command._opened = opens
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as complaints:
        status = command.run(list(words))
    assert not any(name.startswith("PySide6") for name in sys.modules)
    assert status < 2, complaints.getvalue()
    return {"status_of_command": status}


def _work(store: LocalStore, order: Mapping[str, Any], told: dict[str, Any]) -> None:
    agent = Agent(store, random.Random())  # noqa: S311 - who is called is no secret
    witness = Witness(Path(order["witness"]), store)
    rounds, every = order.get("rounds", 0), order.get("sync_every", 0)
    while told["calls"] < rounds or not rounds:
        for _ in agent.call():
            witness.note()
        told["calls"] += 1
        if every and told["calls"] % every == 0:
            told["syncs" if _synced(store) else "broken"] += 1


def _synced(store: LocalStore) -> bool:
    box = open_central(store.central, store.device)
    try:
        result = sync(store.log, box, now)
    except CallcenterError:
        return False
    finally:
        box.close()
    return result.sane


def _no_larger_than(size: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _obeyed(order: Mapping[str, Any]) -> dict[str, Any]:
    """Live an order in a process of its own; tell how that one ended."""
    heard, says = os.pipe()
    pid = os.fork()
    if pid == 0:
        _child(order, says)
    os.close(says)
    if "kill_after" in order:
        os.read(heard, 1)
    if (after := order.get("kill_after") or order.get("kill_early")) is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)  # not waited for yet, so the number is still this child's
    with os.fdopen(heard) as pipe:
        text = pipe.read()
    _, status = os.waitpid(pid, 0)
    told: dict[str, Any] = json.loads(text) if text.endswith("\n") else {}
    return {**told, "killed": os.WIFSIGNALED(status), "status": os.waitstatus_to_exitcode(status)}


def _say(says: int) -> None:
    os.write(says, b" ")


def _child(order: Mapping[str, Any], says: int) -> None:
    status = 1
    try:
        told = live(order, lambda: _say(says))
        with os.fdopen(says, "w") as pipe:
            pipe.write(json.dumps(told) + "\n")
        status = 0
    except BaseException:  # noqa: BLE001 - a forked process must never return into the loop of its parent
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


if __name__ == "__main__":
    if sys.argv[1:]:
        # One order, in this very process.
        print(json.dumps(live(json.loads(sys.argv[1]))))
        sys.exit()
    with contextlib.suppress(BrokenPipeError):
        for said in sys.stdin:
            print(json.dumps(_obeyed(json.loads(said))), flush=True)
