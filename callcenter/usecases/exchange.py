"""A whole exchange with central: a sync, and what this store itself has to tell about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from callcenter.clock import Clock
from callcenter.domain.codec import parse
from callcenter.domain.event import ClockMeasured, EventSetAside, Fact, PurgeDone
from callcenter.ids import Id
from callcenter.ports import PostBox, SetAside, Store, UnitOfWork
from callcenter.usecases.syncing import READ_ONLY, SKEW_WARNED, Progress, ignore_progress, sync
from callcenter.usecases.views import SyncResult

LEFT = "left"


def exchange(
    store: Store,
    box: PostBox,
    clock: Clock,
    progress: Progress = ignore_progress,
    *,
    pull: bool = True,
    retry: bool = False,
) -> SyncResult:
    """Sync, then tell central what came of it: cases erased here, events set aside, a clock that is wrong.

    With `retry`, and after a restored server, events that central refused before are offered once more. The result
    counts as set aside only what no person has left there.
    """
    if retry:
        _offer_refused(store)
    result = sync(store.log, box, clock, progress, pull=pull)
    again = _offer_refused(store) if result.replayed else 0
    told = _tell(store, result)
    if (again or told) and result.verdict != READ_ONLY:
        result = joined(result, sync(store.log, box, clock, pull=False))
    return result.with_aside(_open_aside(store))


def joined(first: SyncResult, last: SyncResult) -> SyncResult:
    """Return two syncs in a row as one."""
    return SyncResult(
        pushed=first.pushed + last.pushed,
        confirmed=first.confirmed + last.confirmed,
        pulled=first.pulled + last.pulled,
        set_aside=last.set_aside,
        waiting=last.waiting,
        skew_seconds=last.skew_seconds,
        cases=first.cases | last.cases,
        sane=last.sane,
        verdict=last.verdict,
        replayed=first.replayed or last.replayed,
    )


def _offer_refused(store: Store) -> int:
    """Offer again what was refused: what made it so, a lease that central did not know yet, may be over."""
    with store.work() as work:
        refused = [each.sent.event_id for each in work.outbox.aside() if each.why != "mismatch" and not each.left]
        return work.outbox.again(refused) if refused else 0


def _open_aside(store: Store) -> int:
    with store.work() as work:
        return sum(not each.left for each in work.outbox.aside())


def _tell(store: Store, result: SyncResult) -> int:
    erased = store.log.erasures()
    with store.work() as work:
        facts: list[Fact] = [PurgeDone(case=case) for case in erased]
        facts += [*_set_aside(work), *_clock(work, result.skew_seconds)]
        if facts:
            work.events.append(*facts)
    return len(facts)


def _set_aside(work: UnitOfWork) -> Iterator[Fact]:
    """Yield what the office does not know yet about events that wait here; an event about one is told by nobody."""
    own = work.device.device
    told: dict[Id, str] = {}
    for event in work.events.of_kind(EventSetAside.__name__):
        if event.device == own and isinstance(event.fact, EventSetAside):
            told[event.fact.event] = event.fact.why
    for each in work.outbox.aside():
        fact = _described(each)
        if fact.said != EventSetAside.__name__ and told.get(fact.event) != fact.why:
            yield fact


def _described(each: SetAside) -> EventSetAside:
    envelope = parse(each.sent.wire)
    why = LEFT if each.left else each.why
    at = datetime.fromisoformat(envelope["at"])
    return EventSetAside(each.sent.event_id, envelope["kind"], envelope["case"], at, why)


def _clock(work: UnitOfWork, skew_seconds: float) -> Iterator[Fact]:
    """Yield how wrong the clock is, when it is or was until now: reports put its times right by it."""
    own = work.device.device
    said = [e.fact for e in work.events.of_kind(ClockMeasured.__name__) if e.device == own]
    last = said[-1].seconds if said and isinstance(said[-1], ClockMeasured) else 0
    wrong = abs(skew_seconds) > SKEW_WARNED.total_seconds()
    now = round(skew_seconds) if wrong else 0
    # A minute more or less is no news.
    if now != last and (not now or not last or abs(now - last) >= 60):
        yield ClockMeasured(now)
