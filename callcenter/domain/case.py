"""A case: what is known of one person in one campaign; `folding` makes it from events."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from callcenter.domain.appointment import Appointment
from callcenter.domain.attempt import CANCELLED, CallAttempt
from callcenter.domain.disposition import Cutoffs, Disposition, derive
from callcenter.domain.lease import Lease
from callcenter.domain.outcome import MEANING, NumberStatus, Outcome
from callcenter.domain.response import Response
from callcenter.domain.sample import Number, Pack, Respondent
from callcenter.ids import Id


@dataclass(frozen=True)
class Note:
    """What an agent wrote down."""

    at: datetime
    by: Id
    text: str


@dataclass(frozen=True)
class Proposal:
    """A correction of a contact point that waits for a coordinator, or was decided."""

    id: Id
    at: datetime
    by: Id
    part: str
    value: str
    accepted: bool | None = None


@dataclass(frozen=True)
class Referral:
    """A help request."""

    at: datetime
    by: Id
    topics: tuple[str, ...]
    text: str
    share: bool


@dataclass(frozen=True)
class Case:
    """One subject in one campaign and wave, as far as this store's events tell."""

    id: Id
    campaign: Id = ""
    person: Id = ""
    site: str = ""
    wave: int = 1
    reference: str = ""
    respondent: Respondent | None = None
    pack: Pack | None = None
    attempts: tuple[CallAttempt, ...] = ()
    responses: tuple[Response, ...] = ()
    appointment: Appointment | None = None
    lease: Lease | None = None
    known_by: frozenset[Id] = frozenset()
    do_not_call: bool = False
    parent_consent: bool | None = None
    best_slots: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    referrals: tuple[Referral, ...] = ()
    erased: bool = False
    last_event: datetime | None = field(default=None)

    def attempt(self, attempt: Id) -> CallAttempt:
        """Return one attempt; KeyError when the case has none of that id."""
        for found in self.attempts:
            if found.id == attempt:
                return found
        raise KeyError(attempt)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return the respondent's numbers with what attempts taught about them."""
        source = self.respondent.numbers if self.respondent else self.pack.numbers if self.pack else ()
        return tuple(dataclasses.replace(n, status=_learned(n, self.attempts)) for n in source)

    @property
    def usable_numbers(self) -> tuple[Number, ...]:
        """Return the numbers that may still be dialled."""
        return tuple(n for n in self.numbers if n.status.usable)

    @property
    def open_attempt(self) -> CallAttempt | None:
        """Return the attempt that has no outcome yet."""
        return next((a for a in reversed(self.attempts) if a.closed_at is None), None)

    @property
    def closed_attempts(self) -> tuple[CallAttempt, ...]:
        """Return the attempts with an outcome, oldest first."""
        return tuple(a for a in self.attempts if a.outcome is not None)

    def disposition(self, rules: Cutoffs) -> Disposition:
        """Return the derived disposition under a campaign's cut-offs."""
        return derive(self.attempts, len(self.usable_numbers), rules)

    def closed(self, rules: Cutoffs, max_attempts: int) -> bool:
        """Tell whether no further attempt is due.

        Closed by do-not-call, erasure, a death, a person who does not belong, evidence of rank 2 to 4, or attempts
        used up. The last two wait for an appointment: an unfinished interview goes on, a promise is kept.
        """
        found = self.disposition(rules)
        if self.do_not_call or self.erased or found.rank == 1 or self._deceased:
            return True
        if self.appointment is not None:
            return False
        return found.closes or sum(a.counts for a in self.attempts) >= max_attempts

    @property
    def _deceased(self) -> bool:
        return any(a.outcome is Outcome.DECEASED for a in self.attempts)

    @property
    def response(self) -> Response | None:
        """Return the subject's interview that counts: the first complete one by time, else the latest."""
        own = sorted((r for r in self.responses if r.role == "subject"), key=lambda r: (r.at, r.attempt))
        done = {a.id for a in self.attempts if a.outcome is Outcome.COMPLETE}
        complete = [r for r in own if r.attempt in done]
        return complete[0] if complete else own[-1] if own else None


def _learned(number: Number, attempts: Iterable[CallAttempt]) -> NumberStatus:
    """Return a number's status after these attempts, oldest first."""
    status = number.status
    for attempt in attempts:
        if attempt.number != number.id or attempt.outcome is None or attempt.detail == CANCELLED:
            continue
        told = MEANING[attempt.outcome].number
        # Its owner's word stays; an unanswered call teaches nothing about a number of which something is known.
        known = status is not NumberStatus.NEW
        if told is None or status is NumberStatus.DO_NOT_USE or (told is NumberStatus.NO_ANSWER_YET and known):
            continue
        status = told
    return status
