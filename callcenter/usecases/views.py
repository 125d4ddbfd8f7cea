"""What the faces show: frozen values that use cases return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from callcenter.domain.appointment import Firmness
from callcenter.domain.outcome import NumberStatus, Outcome
from callcenter.errors import CallcenterError
from callcenter.forms.session import Page, Said
from callcenter.ids import Id


@dataclass(frozen=True)
class NumberLine:
    """One number of the card. `digits` is empty while it is masked; `dial` is empty where calling is switched off."""

    id: str
    label: str
    masked: str
    status: NumberStatus
    digits: str = ""
    dial: str = ""
    now: bool = False


@dataclass(frozen=True)
class AttemptLine:
    """One earlier attempt; `outcome` is None for the call that is going on."""

    at: datetime
    outcome: Outcome | None
    number: str = ""


@dataclass(frozen=True)
class AppointmentLine:
    """A promised call of the agent's own queue, or the case's own one."""

    case: Id
    name: str
    start: datetime
    firmness: Firmness


@dataclass(frozen=True)
class CaseCard:
    """The left card of the desk: only what may be seen now.

    `name` is first name and initial until `identified`. `identity` is what to compare in the identity check; it is
    empty before a call begins. `role` is whom to ask for: subject, or parent when only a parent may be called.
    `why` are sentences: why this person is next.
    """

    case: Id
    lease: Id
    name: str
    identified: bool
    role: str
    chips: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    language: str = "nl"
    best_time: str = ""
    numbers: tuple[NumberLine, ...] = ()
    history: tuple[AttemptLine, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict)
    appointment: AppointmentLine | None = None
    why: tuple[str, ...] = ()
    sibling: bool = False


@dataclass(frozen=True)
class EmptyQueue:
    """Nobody to call now: how many cases wait for which reason, in words, and when the first opens.

    `why` is a sentence for the whole queue, where no case waits.
    """

    reasons: tuple[tuple[str, int], ...]
    opens_at: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class QueueLine:
    """One leased case in the queue panel."""

    case: Id
    name: str
    attempts: int
    why: str
    appointment: AppointmentLine | None = None
    callable_now: bool = True


@dataclass(frozen=True)
class HelpCard:
    """A card for a hard moment; `text` is Markdown. A `confidential` one takes a note for the coordinator only."""

    title: str
    summary: str
    text: str
    confidential: bool = False


@dataclass(frozen=True)
class DeskStatus:
    """The frame of the desk: campaign, progress, next promise, safety of the work, who can help."""

    campaign: str
    subtitle: str
    agent: str
    initials: str
    done: int
    total: int
    interviews: int
    waiting: int
    last_sync: datetime | None
    lease_ends: datetime | None
    next_appointment: AppointmentLine | None = None
    supervisor: str = ""
    opening: str = ""
    voicemail: str = ""
    cards: tuple[HelpCard, ...] = ()
    practice: bool = False


@dataclass(frozen=True)
class InterviewView:
    """A call that is going on: card, question page, what was said, the note so far, what the form proposes."""

    card: CaseCard
    attempt: Id
    page: Page
    said: tuple[Said, ...]
    note: str
    began: datetime
    saved_at: datetime
    finished: bool
    proposed: Outcome | None
    resumed: bool = False


@dataclass(frozen=True)
class AppointmentWish:
    """What the appointment dialog asks for; `end` None takes the default length."""

    start: datetime
    firmness: Firmness
    end: datetime | None = None
    personal: bool = False


@dataclass(frozen=True)
class Changes:
    """What a writing use case changed."""

    cases: frozenset[Id] = frozenset()
    campaigns: frozenset[Id] = frozenset()

    @classmethod
    def none(cls) -> Changes:
        """Return no change."""
        return cls()

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.cases | other.cases, self.campaigns | other.campaigns)


@dataclass(frozen=True)
class SyncResult:
    """How a sync ended: what was sent, confirmed and fetched, and what waits.

    `sane` when central's count agrees. `skew_seconds` is how far central's clock is ahead. `verdict` is ok,
    upgrade_soon or read_only. `replayed` when central had lost events and was offered all of them again.
    """

    pushed: int = 0
    confirmed: int = 0
    pulled: int = 0
    set_aside: int = 0
    waiting: int = 0
    skew_seconds: float = 0.0
    cases: frozenset[Id] = frozenset()
    sane: bool = True
    verdict: str = "ok"
    replayed: bool = False

    def with_aside(self, count: int) -> SyncResult:
        """Return the same with another count of what was set aside."""
        return replace(self, set_aside=count)


@dataclass(frozen=True)
class LineState:
    """How the last try to reach central went.

    `trouble` is what spoke against it, when it is more than that nobody answers.
    """

    online: bool | None = None
    trouble: CallcenterError | None = None
    skew_seconds: float = 0.0
    sane: bool = True
    verdict: str = "ok"
    set_aside: int = 0

    @classmethod
    def after(cls, result: SyncResult) -> LineState:
        """Return the state after a sync that came to its end."""
        return cls(
            online=True,
            skew_seconds=result.skew_seconds,
            sane=result.sane,
            verdict=result.verdict,
            set_aside=result.set_aside,
        )


@dataclass(frozen=True)
class FileMade:
    """A sealed file for the office: where it lies, the code that opens it, and how much is in it."""

    path: Path
    code: str
    events: int
    calls: int


@dataclass(frozen=True)
class ShiftEnd:
    """What the end of a shift says: calls confirmed by central, and whether names and numbers are gone."""

    calls: int
    interviews: int
    sync: SyncResult
    purged: int
    clean: bool
