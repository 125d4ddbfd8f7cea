"""Sending own events and fetching the rest, until quiet; resumable at any step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from callcenter.clock import Clock
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import EventLog, Greeting, PostBox, Welcome
from callcenter.text import N_
from callcenter.usecases.views import SyncResult

APP: Final = "callcenter 0.1"
PROTOCOL: Final = 1
SCHEMA: Final = 1
_ROUNDS = 5

Progress = Callable[[int, int], None]
"""Told how many events were confirmed, of how many."""


class ProgramTooOld(CallcenterError):
    """Central only lets this program read."""

    code = "SYNC-02"
    what = N_("This program is too old for the central database.")
    advice = N_("Your calls are safe on this laptop. Ask your supervisor to install the new version.")


@dataclass
class _Tally:
    pushed: int = 0
    confirmed: int = 0
    pulled: int = 0
    cases: frozenset[Id] = frozenset()
    moved: bool = False


def _ignore(done: int, total: int) -> None:
    """Report progress to nobody."""


def sync(log: EventLog, box: PostBox, clock: Clock, progress: Progress = _ignore) -> SyncResult:
    """Exchange events with central until nothing moves, at most a few rounds.

    Nothing is lost when it stops anywhere: an event stays unsent until central says it holds the same content, and a
    mailbox cursor moves in the transaction that keeps its deliveries. Errors of the post box pass through.
    """
    began = clock()
    welcome = box.hello(_greeting(log))
    skew = (welcome.server_time - (began + (clock() - began) / 2)).total_seconds()
    if welcome.verdict == "read_only":
        raise ProgramTooOld()
    _offer_again_after_restore(log, welcome)
    tally = _Tally()
    sane = True
    for _ in range(_ROUNDS):
        tally.moved = False
        _push(log, box, tally, progress)
        _pull(log, box, tally)
        sane = _acknowledge(log, box)
        if not tally.moved:
            break
    log.note_sync(clock(), skew, welcome.restore_epoch)
    counts = log.counts()
    return SyncResult(
        pushed=tally.pushed,
        confirmed=tally.confirmed,
        pulled=tally.pulled,
        set_aside=counts.quarantined,
        waiting=counts.waiting,
        skew_seconds=skew,
        cases=tally.cases,
        sane=sane,
    )


def _greeting(log: EventLog) -> Greeting:
    device = log.device
    return Greeting(APP, PROTOCOL, SCHEMA, device.device, device.db_epoch, log.cursors())


def _offer_again_after_restore(log: EventLog, welcome: Welcome) -> None:
    """Offer every event again when central lost some: another restore epoch, or fewer events than it acknowledged."""
    _, epoch = log.last_sync()
    restored = bool(epoch) and epoch != welcome.restore_epoch
    if restored or welcome.count < log.counts().acknowledged:
        log.offer_again()


def _push(log: EventLog, box: PostBox, tally: _Tally, progress: Progress) -> None:
    total = log.counts().waiting
    done = 0
    while batch := log.unsent():
        verdicts = box.push(batch)
        log.settle(verdicts)
        tally.pushed += len(batch)
        tally.confirmed += sum(v.answer == "have" for v in verdicts)
        tally.moved = True
        done += len(batch)
        progress(done, max(total, done))
        if not verdicts:  # A central that answers nothing would be asked for ever.
            return


def _pull(log: EventLog, box: PostBox, tally: _Tally) -> None:
    for mailbox, last in log.cursors().items():
        after = last
        while deliveries := box.pull(mailbox, after):
            tally.cases |= log.receive(mailbox, deliveries)
            tally.pulled += len(deliveries)
            tally.moved = True
            after = deliveries[-1].n


def _acknowledge(log: EventLog, box: PostBox) -> bool:
    """Tell central what is held, and compare: it must hold all that was acknowledged, with the same hashes."""
    counts = log.counts()
    sane = True
    for mailbox, last in log.cursors().items():
        acked = box.ack(mailbox, last)
        sane = sane and acked.count == counts.acknowledged and acked.rolling == counts.rolling
    return sane


def last_sync(log: EventLog) -> datetime | None:
    """Return when the last sync ended, or None when there was none."""
    return log.last_sync()[0]
