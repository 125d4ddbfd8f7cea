"""What makes one case come before another: promises, a household that answered, then the value of calling now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from callcenter.domain.appointment import Firmness
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.queue.availability import promise_window
from callcenter.queue.calling_hours import Calendar, local_day
from callcenter.queue.index import Index, after_refusal, index
from callcenter.queue.model import MILLION, NONE, Past, Tried, chances, past_of
from callcenter.queue.odds import Outlook, outlook_of, slots_later
from callcenter.queue.reason import Reason
from callcenter.queue.waiting import ended

FIRM, SOFT, PROMISED, SIBLING, ORDINARY = range(5)
_PROMISES = (Outcome.THIRD_PARTY, Outcome.PARTIAL, Outcome.APPOINTMENT)
_BEHIND = 1_100_000
"""From this fairness factor on the screen says that a group has answered less."""
_NO_SEED = 0
_A_DAY = timedelta(hours=25)
"""The longest day: the one on which the clock goes back."""


@dataclass(frozen=True, order=True)
class Worth:
    """A place in the order, smallest first: kind, moment of the promise, and the index turned round."""

    kind: int
    due: float
    cost: int


@dataclass(frozen=True)
class Judged:
    """The worth of a case at a moment, with the reasons that the screen shows, and the moment of the promise.

    `value` is the index in millionths of an interview per minute; it may be negative where a better moment comes.
    """

    worth: Worth
    why: tuple[Reason, ...]
    due: datetime | None = None
    value: int = 0


@dataclass(frozen=True)
class _Look:
    """One case at one moment, with what is known of its chances."""

    case: Case
    done: tuple[CallAttempt, ...]
    settings: CampaignSettings
    calendar: Calendar
    at: datetime
    outlook: Outlook
    slot: str
    stated: frozenset[str]
    past: Past

    @property
    def tries(self) -> int:
        return sum(a.counts for a in self.done)

    @property
    def refused(self) -> bool:
        return any(a.outcome is Outcome.SOFT_REFUSAL for a in self.done)


def judge(
    case: Case,
    settings: CampaignSettings,
    calendar: Calendar,
    at: datetime,
    neighbours: Sequence[Case] = (),
    outlook: Outlook | None = None,
) -> Judged:
    """Return what a case is worth at a moment at which it may be called.

    Without an outlook the one of its pack counts. `neighbours` are the others of its call unit.
    """
    look = _look(case, settings, calendar, at, outlook or outlook_of(case, settings))
    kind, due, first = _promise(look)
    if kind == ORDINARY and _spoken_at_home(neighbours, at):
        kind, first = SIBLING, Reason.of("sibling")
    found = _index(look)
    told = [*([first] if first else []), *_told(look, found, ordinary=kind == ORDINARY)]
    if kind == ORDINARY and any(not n.closed(settings.cutoffs, settings.max_attempts) for n in neighbours):
        told.append(Reason.of("sibling_next"))
    worth = Worth(kind, due.timestamp() if due else 0.0, -found.value)
    return Judged(worth, tuple(told), due, found.value)


def _look(case: Case, settings: CampaignSettings, calendar: Calendar, at: datetime, outlook: Outlook) -> _Look:
    done = case.closed_attempts
    past = dict(past_of((calendar.slot_of(a.opened_at), _reached(a), False) for a in done if a.counts))
    past.pop("", None)  # a call between two slots says nothing of either
    for slot, before in outlook.last_year.items():
        own = past.get(slot, NONE)
        past[slot] = Tried(own.dials + before.dials, own.contacts + before.contacts)
    stated = _stated(case) & {s.code for s in settings.slots}
    return _Look(case, done, settings, calendar, at, outlook, calendar.slot_of(at), stated, past)


def _reached(attempt: CallAttempt) -> bool:
    return attempt.outcome is not None and MEANING[attempt.outcome].contact


def _index(look: _Look) -> Index:
    odds = look.outlook.odds
    if look.refused and look.case.appointment is None:
        return after_refusal(_NO_SEED, look.case.id, look.slot, odds)
    day = local_day(look.at)
    near = (a for a in look.done if a.counts and look.at - a.opened_at < _A_DAY)
    today = sum(local_day(a.opened_at) == day for a in near)
    later = slots_later(look.outlook.spans(), look.settings.slots, look.calendar.slot_end(look.at))
    return index(chances(odds.contact, look.past, look.stated), odds, look.slot, later, look.tries, today)


def _told(look: _Look, found: Index, *, ordinary: bool) -> Iterator[Reason]:
    """Say in numbers why now."""
    yield Reason.of("tries", n=look.tries) if look.tries else Reason.of("first_call")
    if look.done:
        last = look.done[-1]
        yield Reason.of("last_dial", outcome=last.outcome.value if last.outcome else "", since=last.opened_at)
    yield from _of_slot(look)
    if not ordinary:
        return
    if look.refused:
        yield Reason.of("drawn_by_lot")
        return
    yield Reason.of("chance", n=found.chance * 100 // MILLION)
    if found.best and found.best != look.slot:
        yield Reason.of("better_later", n=found.best_chance * 100 // MILLION, slot=found.best)
    if look.outlook.odds.fair >= _BEHIND:
        yield Reason.of("group_behind")


def _of_slot(look: _Look) -> Iterator[Reason]:
    slot = look.slot
    if not slot:
        return
    here = [a for a in look.done if a.counts and look.calendar.slot_of(a.opened_at) == slot]
    if here:
        yield Reason.of("answered", n=sum(map(_reached, here)), of=len(here), slot=slot)
    elif look.tries:
        yield Reason.of("new_slot", slot=slot)
    before = look.outlook.last_year.get(slot, NONE)
    if before.dials:
        yield Reason.of("last_year", n=int(before.contacts * 2), of=int(before.dials * 2), slot=slot)
    if slot in look.stated:
        yield Reason.of("stated_slot", slot=slot)


def _stated(case: Case) -> frozenset[str]:
    """Return the slots in which a person likes to be called: as told in a call, or else as the list says."""
    listed = case.respondent.best_slots if case.respondent else case.pack.best_slots if case.pack else ()
    return frozenset(case.best_slots or listed)


def _promise(look: _Look) -> tuple[int, datetime | None, Reason | None]:
    booked = look.case.appointment
    if booked is not None:
        if look.at > promise_window(booked, look.settings)[1]:
            return PROMISED, booked.start, Reason.of("appointment_missed", start=booked.start)
        if booked.firmness is Firmness.FIRM:
            return FIRM, booked.start, Reason.of("appointment_firm", start=booked.start)
        return SOFT, booked.start, Reason.of("appointment_soft", start=booked.start)
    last = look.done[-1] if look.done else None
    if last is not None and last.outcome in _PROMISES:
        return PROMISED, ended(last), Reason.of("call_back", since=ended(last))
    return ORDINARY, None, None


def _spoken_at_home(neighbours: Sequence[Case], at: datetime) -> bool:
    """Tell whether somebody behind the same number answered today."""
    return any(_reached(a) and local_day(ended(a)) == local_day(at) for n in neighbours for a in n.closed_attempts)
