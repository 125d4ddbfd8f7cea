"""A small program without windows that writes to a store as the desk does; tests kill it or fill its disk.

python -m tests.sync.laptop record FOLDER WITNESS    notes each kept attempt in the witness file, for ever
python -m tests.sync.laptop push FOLDER ADDRESS      pushes small batches for ever
python -m tests.sync.laptop fill FOLDER LIMIT        records until the file may grow no more; prints what was kept
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from callcenter.clock import now
from callcenter.domain.event import AttemptOpened, NoteAdded
from callcenter.errors import CallcenterError
from callcenter.ports import Greeting
from db import cipher
from db.central.open import open_central
from db.local import vault
from db.local.open import open_store
from db.local.store import LocalStore

PHRASE = "vier woorden is genoeg"


def record(store: LocalStore) -> None:
    """Keep attempts, and say of each one that it is kept after its transaction is over."""
    while True:
        with store.work() as work:
            case = work.cases.leased_to(store.device.person)[0].id
            (event,) = work.events.append(AttemptOpened(case, "a1", "n1", "subject"))
        print(event.seq, event.id, flush=True)


def push(store: LocalStore, address: str) -> None:
    """Say new things and push them, a few at a time."""
    box = open_central(json.loads(address), store.device)
    device = store.device
    box.hello(Greeting("test", 1, 1, device.device, device.db_epoch, {}))
    while True:
        with store.work() as work:
            work.events.append(*(NoteAdded("c1", "", "x") for _ in range(5)))
        verdicts = box.push(store.log.unsent(limit=3))
        store.log.settle(verdicts)
        print(len(verdicts), flush=True)


def fill(store: LocalStore, limit: str) -> None:
    """Record until the disk refuses, then say how much was kept and by which code it was told."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    kept = 0
    try:
        while True:
            with store.work() as work:
                work.events.append(NoteAdded("c1", "", os.urandom(200).hex()))
            kept += 1
    except CallcenterError as error:
        print(json.dumps({"kept": kept, "code": error.code}))


if __name__ == "__main__":
    vault.PASSPHRASE = cipher.RANDOM_SECRET
    opened = open_store(Path(sys.argv[2]), PHRASE, now)
    match sys.argv[1]:
        case "record":
            record(opened)
        case "push":
            push(opened, sys.argv[3])
        case "fill":
            fill(opened, sys.argv[3])
