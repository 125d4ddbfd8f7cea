"""What is known of one person's chances: the team's odds, last year's dials, and when somebody who may call works."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache

from callcenter.domain.agent import Shift
from callcenter.domain.calling_rules import Slot
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.queue.model import Odds, Past, past_of

MAY, SPEAK, WORK = "may", "speak", "work"
"""Shifts of agents who may call this person; of those who speak the language; of anybody."""
_SATURDAY_RATE = 230_000
# Before a campaign has calls of its own: weekday evenings and weekends answer more (Weeks, Kulka, Pierson 1987).
_WEEKDAY_RATES = ((time(18), 260_000), (time(16), 240_000), (time(12), 200_000))
_MORNING_RATE = 160_000
_FRIDAY = 5
_STEP = timedelta(minutes=30)
Spans = tuple[Shift, ...]


@dataclass(frozen=True)
class Outlook:
    """The odds of a person's group, last year's dials per slot, and the shifts to come.

    `shifts` has the spans under MAY; SPEAK and WORK are left out where they say the same. Without MAY nothing is
    known of the roster, and every slot counts as one in which somebody works.
    """

    odds: Odds
    last_year: Past = field(default_factory=dict)
    shifts: Mapping[str, Spans] = field(default_factory=dict)

    def spans(self, kind: str = MAY) -> Spans | None:
        """Return the shifts of a kind; None when the roster is not known."""
        if kind == WORK and WORK not in self.shifts:
            return self.spans(SPEAK)
        return self.shifts.get(kind, self.shifts.get(MAY))


def prior(slots: Iterable[Slot]) -> dict[str, int]:
    """Return the contact rate of each slot before anybody was called, in millionths."""
    return {slot.code: _rate(slot) for slot in slots}


def _rate(slot: Slot) -> int:
    if min(slot.days) > _FRIDAY:
        return _SATURDAY_RATE
    return next((rate for start, rate in _WEEKDAY_RATES if slot.start >= start), _MORNING_RATE)


@lru_cache(maxsize=8)
def plain_odds(slots: tuple[Slot, ...]) -> Odds:
    """Return the odds where nobody counted any calls yet."""
    return Odds(prior(slots))


def outlook_of(case: Case, settings: CampaignSettings) -> Outlook:
    """Return what a lease brought to a laptop; without it what holds for everybody."""
    pack = case.pack
    if pack is None:
        return Outlook(plain_odds(settings.slots))
    odds = Odds.read(pack.odds) if pack.odds else plain_odds(settings.slots)
    return Outlook(odds, _last_year(pack.last_year), {k: spans_of(v) for k, v in pack.rostered.items()})


@lru_cache(maxsize=1024)
def _last_year(told: tuple[str, ...]) -> Past:
    return past_of((text[:-1], text.endswith("+"), True) for text in told)


@lru_cache(maxsize=256)
def spans_of(told: tuple[str, ...]) -> Spans:
    """Return the spans that `texts_of` wrote."""
    pairs = (text.partition("/") for text in told)
    return tuple(Shift(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, _, end in pairs)


def texts_of(spans: Iterable[Shift]) -> tuple[str, ...]:
    """Return spans as short texts, joined where they touch, the earliest first: no names and no number of agents."""
    joined: list[Shift] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Shift(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(f"{s.start.isoformat(timespec='minutes')}/{s.end.isoformat(timespec='minutes')}" for s in joined)


@lru_cache(maxsize=4096)
def slots_later(spans: Spans | None, slots: tuple[Slot, ...], after: datetime) -> frozenset[str]:
    """Return the slots that some span still reaches after a moment; all slots where the roster is not known."""
    if spans is None:
        return frozenset(slot.code for slot in slots)
    return frozenset(slot.code for slot in slots if _reached(slot, spans, after))


def _reached(slot: Slot, spans: Sequence[Shift], after: datetime) -> bool:
    for span in spans:
        at = max(span.start, after)
        while at < span.end:
            if slot.holds(at):
                return True
            at += _STEP
    return False
