"""The end of a shift: give back what was not called, send everything, and leave no names on the laptop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from callcenter.clock import Clock
from callcenter.domain.agent import Role
from callcenter.domain.case import Case
from callcenter.domain.codec import parse
from callcenter.domain.event import AttemptClosed, AttemptOpened, Fact, LeaseReturned, PurgeDone, ShiftEnded
from callcenter.domain.outcome import Outcome
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import Draft, EventLog, PostBox, Store, UnitOfWork
from callcenter.text import N_
from callcenter.usecases.exchange import exchange, joined
from callcenter.usecases.syncing import READ_ONLY, ProgramTooOld, Progress
from callcenter.usecases.views import ShiftEnd

# A pause between two calls longer than this is another shift.
_SHIFT_GAP = timedelta(hours=4)
# How long names may stay after a lease, and own events after a backup of central held them.
_PACK_STAYS = timedelta(hours=24)
_OWN_STAYS = timedelta(days=14)


class CallGoingOn(CallcenterError):
    """A shift cannot end in the middle of a call."""

    code = "CALL-08"
    what = N_("A call is still going on.")
    advice = N_("Hang up first (F9) and say what happened. Then close the shift.")


@dataclass(frozen=True)
class Tally:
    """What this shift held so far."""

    calls: int
    interviews: int


def tally(work: UnitOfWork, cases: tuple[Case, ...]) -> Tally:
    """Count this person's calls and complete interviews of the running shift."""
    since = work.now() - _SHIFT_GAP
    mine = [
        a
        for case in cases
        for a in case.closed_attempts
        if a.agent == work.device.person and a.opened_at >= since and a.outcome is not Outcome.KNOWN_PERSON
    ]
    return Tally(len(mine), sum(a.outcome is Outcome.COMPLETE for a in mine))


def held_cases(work: UnitOfWork) -> tuple[Case, ...]:
    """Return every case of this laptop, all campaigns."""
    return tuple(case for record in work.campaigns.all() for case in work.cases.all(record.id))


def ended_shift(work: UnitOfWork) -> Tally | None:
    """Return what the last shift held when it was ended and nobody was called since; None while one runs."""
    mine = work.device.person
    ends = [e for e in work.events.of_kind(ShiftEnded.__name__) if e.by == mine]
    if not ends or not isinstance(last := ends[-1].fact, ShiftEnded):
        return None
    calls = [e for e in work.events.of_kind(AttemptOpened.__name__) if e.by == mine]
    if calls and calls[-1].order > ends[-1].order:
        return None
    return Tally(last.calls, last.interviews)


def close_shift(work: UnitOfWork) -> Tally:
    """Give back all leases and note the shift's end, in one transaction; CallGoingOn while a call is open.

    A shift ends once: ended again before another call, it gives back what came meanwhile and tells the same tally.
    """
    cases = held_cases(work)
    me = work.device.person
    if any(a.agent == me and a.closed_at is None for case in cases for a in case.attempts):
        raise CallGoingOn()
    ended = ended_shift(work)
    counted = ended or tally(work, cases)
    back: list[Fact] = [
        LeaseReturned(case.id, case.lease.id, "shift ended")
        for case in cases
        if case.lease is not None and case.lease.agent == me and case.lease.ended_at is None
    ]
    if ended is None:
        back.append(ShiftEnded(counted.calls, counted.interviews))
    if back:
        work.events.append(*back)
    return counted


def send_and_clear(store: Store, box: PostBox, clock: Clock, counted: Tally, progress: Progress) -> ShiftEnd:
    """Send everything, then remove packs once central confirmed it all; safe to call again after any failure.

    Nothing is removed while something waits, or when central's count does not agree with this laptop's. Raises
    ProgramTooOld when central takes nothing from this program and something waits.
    """
    first = exchange(store, box, clock, progress, retry=True)
    if first.waiting and first.verdict == READ_ONLY:
        raise ProgramTooOld()
    if first.waiting or not first.sane:
        return ShiftEnd(counted.calls, counted.interviews, first, 0, clean=False)
    purged = _purge(store)
    last = exchange(store, box, clock)
    clean = not _names_left(store)
    return ShiftEnd(counted.calls, counted.interviews, joined(first, last), purged, clean=clean)


def _purge(store: Store) -> int:
    with store.work() as work:
        cases = held_cases(work)
        leases = tuple(case.lease.id for case in cases if case.lease is not None)
        latest = work.clocks().latest
        keep: frozenset[Id] = frozenset(case.id for case in cases if case.lease and case.lease.live(latest))
        if leases:
            work.events.append(PurgeDone(leases))
    return store.log.purge(keep)


def clear_old(store: Store, own_stays: timedelta = _OWN_STAYS) -> int:
    """Remove what should be gone by now, at a start of the program; return how many cases lost their names.

    That is: packs a day after their lease ended, also where own events still wait, which stay; and on a laptop of an
    agent own events so long after a backup of central held them.
    """
    with store.work() as work:
        now = work.clocks().latest
        running = work.drafts.latest()
        over = now - _PACK_STAYS
        keep = frozenset(
            case.id
            for case in held_cases(work)
            if _under_way(case, running)
            or case.pack is None
            or (case.lease is not None and case.lease.expires_at > over)
        )
        agent = work.device.role is Role.AGENT
    if not agent:
        return 0
    purged = store.log.purge(keep, waiting=True)
    store.log.forget_own(now - own_stays)
    return purged


def _under_way(case: Case, draft: Draft | None) -> bool:
    """Tell whether a draft holds the answers of a call that no outcome ended: nobody has them but this laptop."""
    running = case.open_attempt
    return draft is not None and draft.case == case.id and running is not None and running.id == draft.attempt


def _names_left(store: Store) -> bool:
    with store.work() as work:
        return any(case.pack is not None for case in held_cases(work))


def waiting_calls(log: EventLog) -> int:
    """Return how many calls central has not confirmed yet; at least 1 while anything else waits.

    An agent thinks in calls, not in events.
    """
    unsent = log.unsent()
    calls = sum(parse(sent.wire)["kind"] == AttemptClosed.__name__ for sent in unsent)
    return calls or int(bool(unsent))
