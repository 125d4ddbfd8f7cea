"""Sending own events and fetching the rest, until quiet; resumable at any step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
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
READ_ONLY: Final = "read_only"
UPGRADE_SOON: Final = "upgrade_soon"
# From here on a clock is told to be wrong; no data are refused for it.
SKEW_WARNED: Final = timedelta(minutes=5)
_ROUNDS = 5
# Far more than a laptop ever holds: a central that never stops answering is no reason to ask for ever.
_PAGES = 10_000

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


def ignore_progress(done: int, total: int) -> None:
    """Report progress to nobody."""


def sync(
    log: EventLog, box: PostBox, clock: Clock, progress: Progress = ignore_progress, *, pull: bool = True
) -> SyncResult:
    """Exchange events with central until nothing moves, at most a few rounds.

    Nothing is lost when it stops anywhere: an event stays unsent until central says it holds the same content, and a
    mailbox cursor moves in the transaction that keeps its deliveries. A central that only lets this program read gets
    nothing, and what it has is still fetched. Without `pull` only own events travel. Errors of the post box pass
    through.
    """
    began = clock()
    welcome = box.hello(_greeting(log))
    skew = (welcome.server_time - (began + (clock() - began) / 2)).total_seconds()
    replayed = _offer_again_after_restore(log, welcome)
    tally = _Tally()
    sane, asked = True, False
    for _ in range(_ROUNDS):
        tally.moved = False
        if welcome.verdict != READ_ONLY:
            _push(log, box, tally, progress)
        if pull:
            _pull(log, box, tally)
        sane = _acknowledge(log, box, clock)
        if not sane and not asked:
            asked = True
            tally.moved = _reconcile(log, box) or tally.moved
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
        verdict=welcome.verdict,
        replayed=replayed,
    )


def _greeting(log: EventLog) -> Greeting:
    device = log.device
    return Greeting(APP, PROTOCOL, SCHEMA, device.device, device.db_epoch, log.cursors())


def _offer_again_after_restore(log: EventLog, welcome: Welcome) -> bool:
    """Offer every event again when central lost some, and tell whether it did.

    It shows by another restore epoch, by a mailbox that ends before what was read, or by fewer events of this device
    than it acknowledged.
    """
    _, epoch = log.last_sync()
    restored = bool(epoch) and epoch != welcome.restore_epoch
    shorter = any(welcome.mailboxes.get(name, last) < last for name, last in log.cursors().items())
    if restored or shorter or welcome.count < log.counts().acknowledged:
        log.offer_again()
        return True
    return False


def _push(log: EventLog, box: PostBox, tally: _Tally, progress: Progress) -> None:
    total = log.counts().waiting
    done = 0
    before: frozenset[Id] = frozenset()
    while batch := log.unsent():
        offered = frozenset(sent.event_id for sent in batch)
        if offered == before:  # A central that settles nothing would be asked for ever.
            return
        before = offered
        verdicts = box.push(batch)
        log.settle(verdicts)
        tally.pushed += len(batch)
        tally.confirmed += sum(v.answer == "have" for v in verdicts)
        tally.moved = bool(verdicts) or tally.moved
        done += len(verdicts)
        progress(done, max(total, done))


def _pull(log: EventLog, box: PostBox, tally: _Tally) -> None:
    for mailbox, last in log.cursors().items():
        after = last
        for _ in range(_PAGES):
            deliveries = box.pull(mailbox, after)
            if not deliveries or deliveries[-1].n <= after:
                break
            tally.cases |= log.receive(mailbox, deliveries)
            tally.pulled += len(deliveries)
            tally.moved = True
            after = deliveries[-1].n


def _acknowledge(log: EventLog, box: PostBox, clock: Clock) -> bool:
    """Tell central what is held, and compare: it must hold all that was acknowledged, with the same hashes."""
    counts = log.counts()
    sane = True
    for mailbox, last in log.cursors().items():
        acked = box.ack(mailbox, last)
        log.note_durable(acked.durable_seq, clock())
        sane = sane and acked.count == counts.acknowledged and acked.rolling == counts.rolling
    return sane


def _reconcile(log: EventLog, box: PostBox) -> bool:
    """Ask what central holds of this device and settle the difference; tell whether anything changed by it."""
    held: list[tuple[int, str]] = []
    for _ in range(_PAGES):
        page = box.holds(held[-1][0] if held else 0)
        if page is None:
            return False
        if not page or (held and page[-1][0] <= held[-1][0]):
            break
        held += page
    return log.reconcile(held) > 0


def last_sync(log: EventLog) -> datetime | None:
    """Return when the last sync ended, or None when there was none."""
    return log.last_sync()[0]
