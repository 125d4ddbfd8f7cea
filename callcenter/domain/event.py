"""The event kinds: immutable facts written by devices. Kinds and fields are only ever added, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from callcenter.domain.agent import Agent
from callcenter.domain.appointment import Firmness
from callcenter.domain.fact import Fact as Fact
from callcenter.domain.fact import Route as Route
from callcenter.domain.lease import Tier
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Pack, Respondent
from callcenter.ids import Id

# --- coordinator


@dataclass(frozen=True)
class CampaignChanged(Fact):
    """The campaign's settings as a whole, from now on; `state` is draft, open or closed."""

    ROUTE = Route.CAMPAIGN
    campaign: Id
    settings: Mapping[str, Any]
    state: str = "open"


@dataclass(frozen=True)
class FormPublished(Fact):
    """A converted questionnaire; a new version applies to cases not yet started."""

    ROUTE = Route.CAMPAIGN
    campaign: Id
    form_id: str
    version: str
    sha256: str
    xml: str
    scripts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RespondentAdded(Fact):
    """A person of the list, as imported."""

    case: Id
    campaign: Id
    respondent: Respondent


@dataclass(frozen=True)
class RespondentMerged(Fact):
    """A later list brought this person again: the row's values replace the respondent, attempts stay."""

    case: Id
    campaign: Id
    respondent: Respondent


@dataclass(frozen=True)
class CaseOpened(Fact):
    """One person is to be asked in one campaign and wave."""

    case: Id
    campaign: Id
    person: Id
    site: str
    wave: int = 1
    reference: str = ""


@dataclass(frozen=True)
class SubjectErased(Fact):
    """A person was erased; only this fact and counts remain. `told` are the agents whose laptops had the case."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    reason: str
    told: tuple[Id, ...] = ()


# --- supervisor


@dataclass(frozen=True)
class LeaseGranted(Fact):
    """The exclusive right of one agent to call a case until a moment, with the pack the call needs."""

    ROUTE = Route.ADDRESSEE
    case: Id
    campaign: Id
    lease: Id
    agent: Id
    epoch: int
    granted_at: datetime
    expires_at: datetime
    pack: Pack
    tier: Tier = Tier.PRIMARY
    rank: int = 0


@dataclass(frozen=True)
class LeaseEnded(Fact):
    """A lease was ended before its time, with the reason."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    lease: Id
    why: str


@dataclass(frozen=True)
class OutcomeCorrected(Fact):
    """A supervisor corrected the outcome of one attempt; the first one stays in the history."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    attempt: Id
    old: Outcome
    new: Outcome
    reason: str
    detail: str = ""


@dataclass(frozen=True)
class RosterChanged(Fact):
    """The people who work here, as a whole: names, sites, languages, shifts."""

    agents: tuple[Agent, ...]


@dataclass(frozen=True)
class ContactCorrectionDecided(Fact):
    """A coordinator accepted or refused a proposed correction of a contact point.

    `settled` when it decides between two decisions that did not know of each other.
    """

    case: Id
    proposal: Id
    accepted: bool
    settled: bool = False


# --- agent


@dataclass(frozen=True)
class AttemptOpened(Fact):
    """A call began: the number by its id in the case, and the role that is asked for."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    attempt: Id
    number: str
    role: str
    lease: Id = ""
    agent: Id = ""


@dataclass(frozen=True)
class AttemptClosed(Fact):
    """A call ended with an outcome; `share` is the answered share of relevant key items so far."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    attempt: Id
    outcome: Outcome
    detail: str = ""
    share: float | None = None
    seconds: int = 0


@dataclass(frozen=True)
class ResponseRecorded(Fact):
    """The answers of an interview, complete or partial."""

    case: Id
    attempt: Id
    role: str
    form_id: str
    form_version: str
    form_sha256: str
    values: Mapping[str, str]
    facts: Mapping[str, str]
    key_relevant: int
    key_answered: int


@dataclass(frozen=True)
class SensitiveResponseRecorded(Fact):
    """Answers of sections marked sensitive: they go to the organisation only."""

    ROUTE = Route.ORGANISATION
    case: Id
    attempt: Id
    values: Mapping[str, str]


@dataclass(frozen=True)
class NoteAdded(Fact):
    """A note of the agent; a confidential one is for the coordinator only."""

    case: Id
    attempt: Id
    text: str
    confidential: bool = False


@dataclass(frozen=True)
class ConfidentialNoteAdded(Fact):
    """A note about somebody in trouble: it goes to the organisation only."""

    ROUTE = Route.ORGANISATION
    case: Id
    attempt: Id
    text: str


@dataclass(frozen=True)
class AppointmentBooked(Fact):
    """A promised call; it replaces the case's earlier appointment."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    appointment: Id
    start: datetime
    end: datetime
    firmness: Firmness
    personal: bool = False
    number: str = ""


@dataclass(frozen=True)
class DoNotCallSet(Fact):
    """Nobody may call: this campaign, this purpose, or everything; `on=False` lifts it (coordinator only)."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    scope: str = "purpose"
    on: bool = True
    reason: str = ""


@dataclass(frozen=True)
class ContactCorrectionProposed(Fact):
    """A new number, e-mail or town heard in a call; it goes to the review queue."""

    case: Id
    proposal: Id
    part: str
    value: str


@dataclass(frozen=True)
class ParentConsentGiven(Fact):
    """A parent said yes or no in a call."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    attempt: Id
    given: bool
    how: str = "oral"


@dataclass(frozen=True)
class PersonKnown(Fact):
    """Recusal: this agent knows this person; the pair is kept, nothing else."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    agent: Id


@dataclass(frozen=True)
class BestTimeStated(Fact):
    """When the person likes to be called: slot codes."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    slots: tuple[str, ...]


@dataclass(frozen=True)
class ReferralRaised(Fact):
    """A help request that may be passed on."""

    case: Id
    attempt: Id
    topics: tuple[str, ...]
    text: str
    share: bool


@dataclass(frozen=True)
class HelpAsked(Fact):
    """The agent asks a supervisor for help, with the number of the question."""

    case: Id
    question: str
    text: str = ""


@dataclass(frozen=True)
class NumberShown(Fact):
    """A masked number was shown in full."""

    case: Id
    number: str


@dataclass(frozen=True)
class EventVoided(Fact):
    """An earlier event does not count."""

    ROUTE = Route.OFFICE_AND_HOLDER
    case: Id
    event: Id
    reason: str


@dataclass(frozen=True)
class LeaseAccepted(Fact):
    """The laptop holds the pack of this lease."""

    case: Id
    lease: Id


@dataclass(frozen=True)
class LeaseReturned(Fact):
    """The laptop gave a case back; a skipped case says why."""

    case: Id
    lease: Id
    why: str = ""


@dataclass(frozen=True)
class ShiftEnded(Fact):
    """An agent closed the shift: how many calls and interviews it held."""

    calls: int
    interviews: int


@dataclass(frozen=True)
class PurgeDone(Fact):
    """The laptop holds no names or numbers of these leases any more, or nothing at all of an erased case."""

    leases: tuple[Id, ...] = ()
    case: Id = ""


@dataclass(frozen=True)
class EventSetAside(Fact):
    """Central would not have an event of this laptop: which one, of what kind and case, and why; no content of it.

    `why` is the reason of the refusal, mismatch, or `left` once a person agreed that it stays aside.
    """

    event: Id
    said: str
    of_case: Id
    said_at: datetime
    why: str


@dataclass(frozen=True)
class ClockMeasured(Fact):
    """How many seconds central's clock was ahead of this laptop's; 0 once they agree again."""

    seconds: int


KINDS: dict[str, type[Fact]] = {cls.__name__: cls for cls in Fact.__subclasses__()}
