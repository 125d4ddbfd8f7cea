"""What the work needs from outside: a store with its units of work, an event log to sync, and a post box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from callcenter.domain.agent import Agent, Role
from callcenter.domain.case import Case
from callcenter.domain.envelope import Event
from callcenter.domain.event import Fact, FormPublished
from callcenter.domain.travelling import Acked as Acked
from callcenter.domain.travelling import Clocks as Clocks
from callcenter.domain.travelling import Delivery as Delivery
from callcenter.domain.travelling import Greeting as Greeting
from callcenter.domain.travelling import LogCounts as LogCounts
from callcenter.domain.travelling import Outgoing as Outgoing
from callcenter.domain.travelling import Sealed as Sealed
from callcenter.domain.travelling import SetAside as SetAside
from callcenter.domain.travelling import Verdict as Verdict
from callcenter.domain.travelling import Welcome as Welcome
from callcenter.ids import Id


@dataclass(frozen=True)
class Device:
    """Whose store this is: one person on one laptop is one device to central."""

    org: Id
    device: Id
    person: Id
    name: str
    role: Role
    site: str
    db_epoch: str
    mailboxes: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """An unfinished interview: the form session as text, and the note so far."""

    case: Id
    attempt: Id
    snapshot: str
    note: str
    saved_at: datetime


@dataclass(frozen=True)
class CampaignRecord:
    """A campaign as the last CampaignChanged event tells it; `settings` is the JSON form of CampaignSettings."""

    id: Id
    settings: Mapping[str, Any]
    state: str

    @property
    def closed(self) -> bool:
        """Tell whether the coordinator ended it: nobody is called any more, whatever lease still runs."""
        return self.state == "closed"


@dataclass(frozen=True)
class KeptFinding:
    """What the import refused, repaired or doubted: kept in the coordinator's store, never sent."""

    sheet: str
    row: int
    column: str
    code: str
    old: str
    new: str


@dataclass(frozen=True)
class StockEntry:
    """A laptop's enrolment as an office keeps it: its file, the code that opens it, and its recovery secret.

    It stays in the office's own store and is never sent. `person` is empty until the supervisor hands it out.
    """

    enrolment: Id
    label: str
    site: str
    role: Role
    code: str
    recovery: str
    file: str
    person: Id = ""
    handed_at: datetime | None = None


class Cases(Protocol):
    """The cases this store knows, folded from their events."""

    def get(self, case: Id) -> Case:
        """Return one case; CaseUnknown when this store does not hold it."""

    def holding(self, attempt: Id) -> Case:
        """Return the case of an attempt; CaseUnknown when this store does not hold it."""

    def all(self, campaign: Id) -> Sequence[Case]:
        """Return every case of a campaign, by id."""

    def leased_to(self, agent: Id) -> Sequence[Case]:
        """Return the cases whose newest lease is this agent's and was not ended, expired or not, by rank."""


class Events(Protocol):
    """The log: facts are only added."""

    def append(self, *facts: Fact) -> tuple[Event, ...]:
        """Stamp facts with id, time and sequence; write log, outbox and projection in this unit's transaction."""

    def of_case(self, case: Id) -> Sequence[Event]:
        """Return a case's events in their order."""

    def of_kind(self, kind: str) -> Sequence[Event]:
        """Return all events of a kind in their order."""


class Drafts(Protocol):
    """Interviews under way."""

    def save(self, draft: Draft) -> None:
        """Keep the draft of a case, instead of an earlier one."""

    def get(self, case: Id) -> Draft | None:
        """Return the draft of a case."""

    def latest(self) -> Draft | None:
        """Return the draft saved last, of any case."""

    def drop(self, case: Id) -> None:
        """Forget the draft of a case."""


class Campaigns(Protocol):
    """Campaigns, their published forms, the roster and what imports found."""

    def all(self) -> Sequence[CampaignRecord]:
        """Return every campaign, newest first."""

    def get(self, campaign: Id) -> CampaignRecord:
        """Return one campaign; CaseUnknown when this store does not hold it."""

    def form(self, campaign: Id, version: str | None = None) -> FormPublished | None:
        """Return the form published last, or one version of it."""

    def roster(self) -> Sequence[Agent]:
        """Return the people who work here, by the last RosterChanged; on an agent's laptop only the agent."""

    def keep_findings(self, campaign: Id, findings: Iterable[KeptFinding]) -> None:
        """Keep what an import found, after what earlier imports found."""

    def findings(self, campaign: Id) -> Sequence[KeptFinding]:
        """Return what imports found, in the order of the lists."""


class Stock(Protocol):
    """The enrolments an office can hand out, and the recovery secrets of those it did."""

    def keep(self, entries: Iterable[StockEntry]) -> None:
        """Keep entries; one that is known already stays as it is, so a stock may be opened twice."""

    def all(self) -> Sequence[StockEntry]:
        """Return every entry, by label."""

    def free(self, role: Role, site: str) -> Sequence[StockEntry]:
        """Return the entries of a role and site that nobody has yet, by label."""

    def hand(self, enrolment: Id, person: Id, at: datetime) -> StockEntry:
        """Note who has an entry from now on and return it; StockTaken when another person has it or it is unknown."""

    def recovery_for(self, person: Id) -> Sequence[StockEntry]:
        """Return the entries a person was handed, the last one first."""


class Outbox(Protocol):
    """What this device said itself and central has not confirmed."""

    def aside(self) -> Sequence[SetAside]:
        """Return the events that central would not have, in their sequence."""

    def again(self, events: Iterable[Id]) -> int:
        """Offer events that were set aside once more and let them count again; return how many.

        One that mismatched is said anew, the same fact of the same moment under a new id and number: central holds
        another event in its place.
        """

    def leave(self, events: Iterable[Id]) -> None:
        """Note that a person agreed that these events stay aside."""

    def unconfirmed(self, *, everything: bool = False) -> Sequence[Outgoing]:
        """Return own events that central has not confirmed, set aside or not; or all whose text is still here."""


class UnitOfWork(Protocol):
    """One transaction on the local store: all of it is kept, or nothing."""

    @property
    def device(self) -> Device:
        """Return whose store this is."""

    @property
    def cases(self) -> Cases:
        """Return the cases this store knows."""

    @property
    def events(self) -> Events:
        """Return the log."""

    @property
    def drafts(self) -> Drafts:
        """Return the interviews under way."""

    @property
    def campaigns(self) -> Campaigns:
        """Return campaigns, forms, roster and findings."""

    @property
    def stock(self) -> Stock:
        """Return the enrolments of this office."""

    @property
    def outbox(self) -> Outbox:
        """Return what this device said and central has not confirmed."""

    def clocks(self) -> Clocks:
        """Return how the clocks stand."""

    def now(self) -> datetime:
        """Return the moment of this unit, from the clock handed to the store."""


class Store(Protocol):
    """One person's encrypted store."""

    @property
    def device(self) -> Device:
        """Return whose store this is."""

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work: commits at the end, rolls back when an exception leaves it."""

    @property
    def log(self) -> EventLog:
        """Return the side that sync uses."""

    def close(self) -> None:
        """Close the file."""


# --- sync -------------------------------------------------------------------------------------------------------


class PostBox(Protocol):
    """Central: a post box, not a second brain."""

    def hello(self, greeting: Greeting) -> Welcome:
        """Meet; CentralUnreachable when nobody answers, DeviceRefused when this device may not."""

    def push(self, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Store what it may, one transaction, and return a verdict for each event of the batch in its order."""

    def pull(self, mailbox: str, after_n: int, limit: int = 5000) -> Sequence[Delivery]:
        """Return the deliveries after n, contiguous from n+1."""

    def ack(self, mailbox: str, n: int) -> Acked:
        """Note what the laptop holds."""

    def holds(self, after_seq: int, limit: int = 5000) -> Sequence[tuple[int, str]] | None:
        """Return (seq, sha256) of this device's events after a sequence number, in their sequence, tombstones too.

        At most 5,000 a call; None from a central that is older than this question.
        """

    def hand(self, enrolment: Id, person: Id, name: str) -> None:
        """Hand an enrolment of the stock to a person, whose mailbox is made and filled.

        For offices: a supervisor hands out the agents' enrolments of the own site, a coordinator all. EnrolmentUsed
        when a laptop uses it, EnrolmentExpired after its day, EnrolmentUnknown when this office has no such one.
        """

    def deposit(self, device: Id, db_epoch: str, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        """Hand in what another device recorded, from its sealed file; its events stay its own, by the rules of push.

        For a supervisor of its site or a coordinator, else DeviceRefused; the device may have been revoked.
        """

    def close(self) -> None:
        """Hang up."""


class EventLog(Protocol):
    """The side of a store that sync uses; each method is one transaction."""

    @property
    def device(self) -> Device:
        """Return whose store this is."""

    def unsent(self, limit: int = 1000, max_bytes: int = 1_000_000) -> Sequence[Outgoing]:
        """Return the next own events without acknowledgement and not set aside, in their sequence."""

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """Mark `have` with the same hash as acknowledged; set mismatch and refused aside in the quarantine."""

    def cursors(self) -> Mapping[str, int]:
        """Return the last n of each mailbox."""

    def receive(self, mailbox: str, deliveries: Sequence[Delivery]) -> frozenset[Id]:
        """Log and project deliveries and move the cursor in one transaction; return the cases that changed.

        A SubjectErased among them removes its case, draft and the bodies of its events in the same transaction; own
        events that wait keep theirs until central confirms them. MailboxGap when they are not contiguous;
        DeliveryDamaged when a hash does not fit its text.
        """

    def erasures(self) -> Sequence[Id]:
        """Return the erased cases of which nothing is left here and whose PurgeDone this store has still to say."""

    def counts(self) -> LogCounts:
        """Return the counts for the sanity check."""

    def offer_again(self) -> int:
        """Forget acknowledgements, after a restored server; return how many events will be offered again."""

    def reconcile(self, held: Iterable[tuple[int, str]]) -> int:
        """Settle what was acknowledged against all that central holds of this device; return how many events changed.

        What it lost is offered again; where the text went, after an erasure or a backup, it is given up: it neither
        waits nor counts. What was given up and is held after all counts again. Another hash stays a difference.
        """

    def note_sync(self, at: datetime, skew_seconds: float, restore_epoch: str) -> None:
        """Keep when the last sync ended, how far the clocks were apart, and the server's restore epoch."""

    def last_sync(self) -> tuple[datetime | None, str]:
        """Return when the last sync ended and the restore epoch seen then."""

    def note_durable(self, seq: int, at: datetime) -> None:
        """Keep that central's backup holds the own events up to a sequence number since a moment, at the latest."""

    def purge(self, keep: frozenset[Id], *, waiting: bool = False) -> int:
        """Remove packs, names and numbers of all cases but these; own events stay. Return the cases purged.

        Refused for cases whose own events are not all acknowledged: those are kept and not counted. With `waiting`
        these go too, and only their own events stay.
        """

    def forget_own(self, before: datetime) -> int:
        """Remove own events acknowledged and durable since before a moment; return how many.

        Their numbers and hashes stay, for the checks. An office keeps its events: its cases are folded from them.
        """
