"""The sample: respondents with their numbers, languages, consents and last known school."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from callcenter.domain.outcome import NumberStatus
from callcenter.ids import Id


@dataclass(frozen=True)
class Number:
    """One telephone number of a respondent: `id` (n1, n2...) names it in events, which never hold the digits."""

    id: str
    e164: str
    role: str = "subject"
    label: str = ""
    status: NumberStatus = NumberStatus.NEW
    shared: bool = False


@dataclass(frozen=True)
class Parent:
    """A parent as the list names them."""

    name: str
    relation: str = ""


@dataclass(frozen=True)
class ParentConsent:
    """Consent of a parent: who, relation, when, how, and by which agent it was heard."""

    at: datetime
    how: str
    by: Id
    given: bool = True


@dataclass(frozen=True)
class Respondent:
    """A person of the list; on an agent's laptop only what the pack holds is filled in.

    `best_time` is what the list says, `best_slots` the codes of the slots that it means.
    """

    person: Id
    first_name: str
    last_name: str
    site: str
    reference: str = ""
    birth_date: date | None = None
    language: str = "nl"
    home_language: str = ""
    numbers: tuple[Number, ...] = ()
    email: str = ""
    do_not_call: bool = False
    start_year: str = ""
    schooling: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    best_time: str = ""
    parents: tuple[Parent, ...] = ()
    street: str = ""
    postcode: str = ""
    town: str = ""
    remarks: str = ""
    source: str = ""
    best_slots: tuple[str, ...] = ()

    def age(self, on: date) -> int | None:
        """Return the age in whole years on a day; None when the birth date is unknown."""
        born = self.birth_date
        if born is None:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def short_name(self) -> str:
        """Return first name and initial: all that is shown before the identity check."""
        return f"{self.first_name} {self.last_name[:1]}." if self.last_name else self.first_name

    def with_status(self, statuses: Mapping[str, NumberStatus]) -> Respondent:
        """Return the respondent with what attempts have taught about each number."""
        numbers = tuple(
            dataclasses.replace(n, status=statuses[n.id]) if n.id in statuses else n for n in self.numbers
        )
        return dataclasses.replace(self, numbers=numbers)


@dataclass(frozen=True)
class PastAttempt:
    """An earlier attempt as a pack tells it: when, what and its sub-choice, without notes or names."""

    id: Id
    at: datetime
    outcome: str
    number: str = ""
    role: str = "subject"
    detail: str = ""
    share: float | None = None


@dataclass(frozen=True)
class Pack:
    """All that one lease brings to a laptop: declared columns only.

    `identity` is what the person must be able to say (birth day and month, street, school). `presets` are the
    fills and earlier answers that the form names. `why` are reason codes with numbers, worded on the screen.
    `odds` are the rates of the person's group in millionths, `last_year` the slots of last year's dials with + for an
    answer (`av+`), `rostered` when agents who may call this person work: all without names.
    """

    person: Id
    first_name: str
    initial: str
    site: str
    language: str
    numbers: tuple[Number, ...]
    birth_year: int | None = None
    needs_parent: bool = False
    chips: tuple[str, ...] = ()
    best_time: str = ""
    identity: Mapping[str, str] = field(default_factory=dict)
    presets: Mapping[str, str] = field(default_factory=dict)
    history: tuple[PastAttempt, ...] = ()
    appointment: Mapping[str, str] = field(default_factory=dict)
    siblings: tuple[Id, ...] = ()
    why: tuple[str, ...] = ()
    best_slots: tuple[str, ...] = ()
    odds: Mapping[str, int] = field(default_factory=dict)
    last_year: tuple[str, ...] = ()
    rostered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
