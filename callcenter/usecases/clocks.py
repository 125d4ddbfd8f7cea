"""Times of calls put right where a laptop's clock was wrong, by what its syncs measured; facts stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from callcenter.domain.attempt import CallAttempt
from callcenter.domain.case import Case
from callcenter.domain.event import ClockMeasured
from callcenter.ids import Id
from callcenter.ports import UnitOfWork

# A sync measures the clock of the calls it sends: those of one shift, not of the weeks before.
_ONE_SHIFT: Final = timedelta(hours=12)

Measures = dict[Id, list[tuple[datetime, timedelta]]]


def measured(work: UnitOfWork) -> Measures:
    """Return for each agent when a clock was measured, by that clock, and how far it was behind; in their order."""
    found: Measures = {}
    for event in work.events.of_kind(ClockMeasured.__name__):
        if isinstance(event.fact, ClockMeasured):
            found.setdefault(event.by, []).append((event.at, timedelta(seconds=event.fact.seconds)))
    return {agent: sorted(measures) for agent, measures in found.items()}


def put_right(cases: Iterable[Case], measures: Measures) -> tuple[Case, ...]:
    """Return the cases with the times of calls as a right clock would have told them."""
    if not measures:
        return tuple(cases)
    return tuple(_case(case, measures) for case in cases)


def _case(case: Case, measures: Measures) -> Case:
    attempts = tuple(_attempt(attempt, measures.get(attempt.agent, ())) for attempt in case.attempts)
    if attempts == case.attempts:
        return case
    return replace(case, attempts=tuple(sorted(attempts, key=lambda a: (a.opened_at, a.id))))


def _attempt(attempt: CallAttempt, measures: Sequence[tuple[datetime, timedelta]]) -> CallAttempt:
    behind = _behind(attempt.opened_at, measures)
    if not behind:
        return attempt
    closed = None if attempt.closed_at is None else attempt.closed_at + behind
    return replace(attempt, opened_at=attempt.opened_at + behind, closed_at=closed)


def _behind(at: datetime, measures: Sequence[tuple[datetime, timedelta]]) -> timedelta:
    """Return what the sync after a moment measured, or the last one before it."""
    later = next((each for each in measures if each[0] >= at), None)
    if later is not None:
        return later[1] if later[0] - at <= _ONE_SHIFT else timedelta()
    return measures[-1][1] if measures else timedelta()
