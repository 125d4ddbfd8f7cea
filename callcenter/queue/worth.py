"""What makes one case come before another: promises, then fewest tries in slots that were not tried yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.domain.appointment import Firmness
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.queue.availability import promise_window
from callcenter.queue.calling_hours import Calendar, local_day
from callcenter.queue.reason import Reason
from callcenter.queue.waiting import ended

FIRM, SOFT, PROMISED, SIBLING, ORDINARY = range(5)
_PROMISES = (Outcome.THIRD_PARTY, Outcome.PARTIAL, Outcome.APPOINTMENT)


@dataclass(frozen=True, order=True)
class Worth:
    """A place in the order, smallest first: kind, moment of the promise, tries, slots."""

    kind: int
    due: float
    tries: int
    slot_tried: bool
    other_slot_stated: bool


@dataclass(frozen=True)
class Judged:
    """The worth of a case at a moment, with the reasons that the screen shows, and the moment of the promise."""

    worth: Worth
    why: tuple[Reason, ...]
    due: datetime | None = None


def judge(
    case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime, neighbours: Sequence[Case] = ()
) -> Judged:
    """Return what a case is worth at a moment at which it may be called."""
    kind, due, first = _promise(case, settings, at)
    if kind == ORDINARY and _spoken_at_home(neighbours, at):
        kind, first = SIBLING, Reason.of("sibling")
    tries = sum(a.counts for a in case.closed_attempts)
    slot = calendar.slot_of(at)
    tried = slot != "" and any(calendar.slot_of(a.opened_at) == slot for a in case.closed_attempts)
    stated = _stated(case) & {s.code for s in settings.slots}
    worth = Worth(kind, due.timestamp() if due else 0.0, tries, tried, bool(stated) and slot not in stated)
    told = [first] if first else []
    told.append(Reason.of("tries", n=tries) if tries else Reason.of("first_call"))
    if tries and slot and not tried:
        told.append(Reason.of("new_slot", slot=slot))
    if slot and slot in stated:
        told.append(Reason.of("stated_slot", slot=slot))
    return Judged(worth, tuple(told), due)


def _stated(case: Case) -> frozenset[str]:
    """Return the slots in which a person likes to be called: as told in a call, or else as the list says."""
    listed = case.respondent.best_slots if case.respondent else case.pack.best_slots if case.pack else ()
    return frozenset(case.best_slots or listed)


def _promise(case: Case, settings: CampaignSettings, at: datetime) -> tuple[int, datetime | None, Reason | None]:
    booked = case.appointment
    if booked is not None:
        if at > promise_window(booked, settings)[1]:
            return PROMISED, booked.start, Reason.of("appointment_missed", start=booked.start)
        if booked.firmness is Firmness.FIRM:
            return FIRM, booked.start, Reason.of("appointment_firm", start=booked.start)
        return SOFT, booked.start, Reason.of("appointment_soft", start=booked.start)
    last = case.closed_attempts[-1] if case.closed_attempts else None
    if last is not None and last.outcome in _PROMISES:
        return PROMISED, ended(last), Reason.of("call_back", since=ended(last))
    return ORDINARY, None, None


def _spoken_at_home(neighbours: Sequence[Case], at: datetime) -> bool:
    """Tell whether somebody behind the same number answered today."""
    return any(
        a.outcome is not None and MEANING[a.outcome].contact and local_day(ended(a)) == local_day(at)
        for n in neighbours
        for a in n.closed_attempts
    )
