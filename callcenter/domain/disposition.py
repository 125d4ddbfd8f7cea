"""The case's AAPOR class and code, derived from all attempts in any order of arrival; never typed.

Source: AAPOR Standard Definitions, 9th edition (2016), telephone; precedence as the organisation's disposition rules:
the highest rank that ever occurred wins, the code is that of the latest attempt within it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcenter.domain.attempt import (
    AWAY,
    BEFORE_REFERENCE,
    CANCELLED,
    CONFIRMED,
    DUPLICATE_CONFIRMED,
    NOBODY_SPEAKS,
    PARENT_OF_MINOR,
    CallAttempt,
)
from callcenter.domain.outcome import MEANING, Outcome

EDITION = "AAPOR Standard Definitions, 9th edition (2016)"


class Class(StrEnum):
    """The eight classes of a case."""

    COMPLETE = "I"
    PARTIAL = "P"
    REFUSAL = "R"
    NON_CONTACT = "NC"
    OTHER = "O"
    UNKNOWN = "UH"
    UNLOCATED = "UO"
    NOT_ELIGIBLE = "NE"


@dataclass(frozen=True)
class Cutoffs:
    """The campaign's rules that a disposition depends on."""

    complete_share: float = 0.80
    partial_share: float = 0.50
    unlocated_class: Class = Class.UNLOCATED


@dataclass(frozen=True)
class Disposition:
    """The derived state of a respondent in a case; `rank` 1 is the strongest evidence, 10 is no attempt."""

    code: str
    klass: Class
    rank: int
    attempt: str = ""

    @property
    def closes(self) -> bool:
        """Tell whether this evidence alone closes the case (ranks 1 to 4)."""
        return self.rank <= 4


@dataclass(frozen=True)
class _Evidence:
    rank: int
    klass: Class
    code: str
    attempt: CallAttempt

    @property
    def order(self) -> tuple[int, float, str]:
        # The smallest rank wins; within it the latest attempt, ties by attempt id.
        return -self.rank, (self.attempt.closed_at or self.attempt.opened_at).timestamp(), self.attempt.id


_FIXED: dict[Outcome, tuple[int, Class]] = {
    Outcome.COMPLETE: (2, Class.COMPLETE),
    Outcome.REFUSAL: (4, Class.REFUSAL),
    Outcome.SOFT_REFUSAL: (5, Class.REFUSAL),
    Outcome.APPOINTMENT: (7, Class.NON_CONTACT),
    Outcome.THIRD_PARTY: (7, Class.NON_CONTACT),
    Outcome.VOICEMAIL: (7, Class.NON_CONTACT),
    Outcome.VOICEMAIL_LEFT: (7, Class.NON_CONTACT),
    Outcome.NO_ANSWER: (8, Class.NON_CONTACT),
    Outcome.BUSY: (8, Class.NON_CONTACT),
}


def _partial(attempt: CallAttempt, rules: Cutoffs) -> tuple[int, Class, str]:
    share = attempt.share or 0.0
    if share >= rules.complete_share:
        return 2, Class.COMPLETE, "1.1"
    if share >= rules.partial_share:
        return 3, Class.PARTIAL, "1.2"
    return 4, Class.REFUSAL, "2.12"


def _special(attempt: CallAttempt, rules: Cutoffs) -> tuple[int, Class, str] | None:
    """Judge the outcomes whose class depends on the sub-choice or on the answered share."""
    detail = attempt.detail
    match attempt.outcome:
        case Outcome.PARTIAL:
            return _partial(attempt, rules)
        case Outcome.OTHER_REFUSES:
            return (4 if detail == PARENT_OF_MINOR else 5), Class.REFUSAL, "2.111"
        case Outcome.NOT_IN_LIST:
            code = "4.81" if detail == DUPLICATE_CONFIRMED else "4.10"
            return (1, Class.NOT_ELIGIBLE, code) if detail in (CONFIRMED, DUPLICATE_CONFIRMED) else None
        case Outcome.DECEASED:
            early = detail == BEFORE_REFERENCE
            return (1, Class.NOT_ELIGIBLE, "4.10") if early else (6, Class.OTHER, "2.31")
        case Outcome.UNABLE:
            return (7, Class.NON_CONTACT, "2.21") if detail.startswith(AWAY) else (6, Class.OTHER, "2.32")
        case Outcome.LANGUAGE:
            nobody = detail == NOBODY_SPEAKS
            return (6, Class.OTHER, "2.333") if nobody else (6, Class.OTHER, "2.332")
    return None


def _tried(attempt: CallAttempt) -> bool:
    """Tell whether somebody was called: not by "I know this person", nor by a call cancelled before it rang."""
    return attempt.outcome not in (None, Outcome.KNOWN_PERSON) and attempt.detail != CANCELLED


def _evidence(attempt: CallAttempt, rules: Cutoffs) -> _Evidence | None:
    outcome = attempt.outcome
    if outcome is None or not _tried(attempt):
        return None
    if outcome in _FIXED:
        rank, klass = _FIXED[outcome]
        code = "2.20" if outcome in (Outcome.NO_ANSWER, Outcome.BUSY) else MEANING[outcome].code
        return _Evidence(rank, klass, code, attempt)
    special = _special(attempt, rules)
    return _Evidence(*special, attempt) if special else None


def derive(attempts: Sequence[CallAttempt], usable_numbers: int, rules: Cutoffs) -> Disposition:
    """Return the disposition of one respondent in a case.

    A dead or wrong number says nothing about the person (known list rule): with other numbers left the case is a
    non-contact, with none left it is unlocated.
    """
    found = [e for a in attempts if (e := _evidence(a, rules))]
    best = max(found, key=lambda e: e.order, default=None)
    if best is not None and (best.rank < 8 or usable_numbers):
        return Disposition(best.code, best.klass, best.rank, best.attempt.id)
    if any(_tried(a) for a in attempts):
        if usable_numbers:
            return Disposition("2.20", Class.NON_CONTACT, 8)
        code = "3.20" if rules.unlocated_class is Class.UNLOCATED else "2.20"
        return Disposition(code, rules.unlocated_class, 9)
    return Disposition("3.11", Class.UNKNOWN, 10)
