"""The play itself: calls, syncs in between, and a bounded number of tries at the end."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from callcenter.app.rehearsing.witness import Witness
from callcenter.clock import now
from callcenter.errors import CallcenterError
from callcenter.rehearsal.caller import Caller, NobodyLeft
from callcenter.usecases.exchange import exchange
from callcenter.usecases.views import SyncResult
from db.central.open import open_central
from db.errors import DiskFull, StoreBusy, StoreDamaged, StoreUnopened
from db.local.store import LocalStore

# What the laptop itself cannot go on with; all else is trouble with the line.
_OWN_TROUBLE: Final = (DiskFull, StoreBusy, StoreDamaged, StoreUnopened)
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 4.0)

Hear = Callable[[CallcenterError], object]


@dataclass
class Played:
    """What was played: calls and events now, syncs that worked and that did not, and what central still lacks."""

    calls: int = 0
    events: int = 0
    syncs: int = 0
    broken: int = 0
    waiting: int = 0
    set_aside: int = 0
    sane: bool = False
    ended_early: bool = False

    @property
    def confirmed(self) -> bool:
        """Tell whether central holds every event of this store, and agrees with its count."""
        return self.sane and not self.waiting and not self.set_aside

    def counts(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**asdict(self), "confirmed": self.confirmed}


def play(store: LocalStore, witness: Path, wanted: tuple[int, int, int | None], hear: Hear) -> Played:
    """Play so many calls, with a sync after each so many; the third number is a seed. `hear` is told of trouble."""
    calls, every, seed = wanted
    played = Played()
    caller = Caller(store, random.Random(seed))  # noqa: S311 - who is called is no secret
    written = Witness(witness, store)
    try:
        if _empty(store):
            _until_reached(store, played, hear)
        while played.calls < calls:
            for _ in caller.call():
                written.note()
            played.calls += 1
            if every and played.calls % every == 0:
                _synced(store, played, hear)
                written.note()
    except NobodyLeft as none:
        played.ended_early = True
        hear(none)
    finally:
        played.events = written.count
    try:
        _until_reached(store, played, hear)
        written.note()
        played.events = written.count
    finally:
        written.close()
    return played


def _empty(store: LocalStore) -> bool:
    with store.work() as work:
        return not work.cases.leased_to(work.device.person)


def _until_reached(store: LocalStore, played: Played, hear: Hear) -> None:
    """Sync until central confirmed everything, a few times with longer pauses in between."""
    for pause in (*_PAUSES, 0.0):
        result = _synced(store, played, hear)
        if result is not None and not result.waiting:
            break
        time.sleep(pause)
    counts = store.log.counts()
    played.waiting, played.set_aside = counts.waiting, counts.quarantined


def _synced(store: LocalStore, played: Played, hear: Hear) -> SyncResult | None:
    """Sync once, as the program does; None when that did not work, which is told."""
    try:
        box = open_central(store.central, store.device)
        try:
            result = exchange(store, box, now)
        finally:
            box.close()
    except _OWN_TROUBLE:
        raise
    except CallcenterError as error:
        played.broken += 1
        played.sane = False
        hear(error)
        return None
    played.syncs += 1
    played.sane = result.sane
    return result
