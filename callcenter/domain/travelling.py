"""What travels between a laptop and central, as values: events on their way, what central says, how clocks stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callcenter.ids import Id


@dataclass(frozen=True)
class Outgoing:
    """An event on its way: its place in the device's own sequence, wire text and hash."""

    seq: int
    event_id: Id
    wire: str
    sha256: str


@dataclass(frozen=True)
class SetAside:
    """An own event that central would not have.

    `why` is mismatch or the reason of the refusal; `left` tells that a person agreed that it stays aside.
    """

    sent: Outgoing
    why: str
    left: bool = False


@dataclass(frozen=True)
class Clocks:
    """The clocks of a unit of work: this laptop's moment, how far central's clock is ahead of it, its last own word.

    `skew` is what the last sync measured, zero before one; `last_said` the moment of the last own event.
    """

    now: datetime
    skew: timedelta = timedelta()
    last_said: datetime | None = None

    @property
    def latest(self) -> datetime:
        """Return the later of this laptop's time and central's, as far as known: leases end by it."""
        return self.now + max(self.skew, timedelta())

    @property
    def behind(self) -> bool:
        """Tell whether this laptop's clock stands before the last thing it recorded."""
        return self.last_said is not None and self.now < self.last_said


@dataclass(frozen=True)
class Sealed:
    """What a laptop wrote into a file for the office: whose device it is, and events that central did not confirm."""

    org: Id
    device: Id
    db_epoch: str
    person: Id
    name: str
    site: str
    made_at: datetime
    events: tuple[Outgoing, ...]

    def holding(self, events: tuple[Outgoing, ...]) -> Sealed:
        """Return the same with these events."""
        return replace(self, events=events)


@dataclass(frozen=True)
class Verdict:
    """Central's word on one pushed event: have (stored, same content), mismatch, or refused with a reason."""

    event_id: Id
    answer: str
    sha256: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Delivery:
    """The n-th delivery of a mailbox; n is gapless.

    `erased`: its subject was erased, the wire is a tombstone and `sha256` the hash of what it was.
    """

    n: int
    wire: str
    sha256: str
    erased: bool = False


@dataclass(frozen=True)
class Greeting:
    """What a laptop says first."""

    app: str
    protocol: int
    schema: int
    device: Id
    db_epoch: str
    last_n: Mapping[str, int]


@dataclass(frozen=True)
class Welcome:
    """What central answers: verdict ok, upgrade_soon or read_only; its time; what it holds of this device.

    `person` and `name` are those the enrolment was handed to; the name of a stock enrolment is empty until then.
    """

    verdict: str
    server_time: datetime
    restore_epoch: str
    mailboxes: Mapping[str, int]
    count: int
    rolling: str
    person: Id = ""
    name: str = ""


@dataclass(frozen=True)
class Acked:
    """After ack: how far central's backup holds this device's events, and the sanity counts."""

    durable_seq: int
    count: int
    rolling: str


@dataclass(frozen=True)
class LogCounts:
    """The device's own events: all, acknowledged, waiting, set aside; `rolling` covers the acknowledged ones.

    What was given up, because central lost it and its text went here, is in `total` only.
    """

    total: int
    acknowledged: int
    waiting: int
    quarantined: int
    rolling: str
