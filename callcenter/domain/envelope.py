"""The envelope of a fact: who said it, on which device, when; and its one text on the wire."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from callcenter.domain.codec import canonical, from_json, to_json
from callcenter.domain.event import KINDS, Fact
from callcenter.ids import Id


@dataclass(frozen=True)
class UnknownFact(Fact):
    """A fact of a kind this program does not know: a newer program wrote it; it is kept as it came."""

    name: str
    case: Id
    body: Mapping[str, Any]
    newer_version: int = 1
    to: Id = ""

    @property
    def kind(self) -> str:
        """Return the kind the newer program gave it."""
        return self.name

    @property
    def addressee(self) -> Id:
        """Return the person to whose laptop the newer program sent it."""
        return self.to


@dataclass(frozen=True)
class Event:
    """A fact with its envelope: who said it, on which device, when, and where it belongs.

    `at` is the device's claim in UTC, `logical` a hybrid logical clock in milliseconds that orders events of a case
    however their clocks stand. `seq` is the device's own gapless counter from 1.
    """

    id: Id
    fact: Fact
    by: Id
    role: str
    device: Id
    seq: int
    at: datetime
    logical: int
    site: str = ""

    @property
    def order(self) -> tuple[int, Id]:
        """Return the place of this event among others of its case."""
        return self.logical, self.id

    def wire(self) -> str:
        """Return the canonical JSON text that travels, is stored and is hashed."""
        fact = self.fact
        envelope = {
            "id": self.id,
            "kind": fact.kind,
            "version": fact.newer_version if isinstance(fact, UnknownFact) else fact.VERSION,
            "case": fact.about,
            "site": self.site,
            "to": fact.addressee,
            "by": self.by,
            "role": self.role,
            "device": self.device,
            "seq": self.seq,
            "at": self.at,
            "logical": self.logical,
            "body": fact.body if isinstance(fact, UnknownFact) else to_json(fact),
        }
        return canonical(envelope)


def sha256(wire: str) -> str:
    """Return the hex SHA-256 of an event's wire text."""
    return hashlib.sha256(wire.encode()).hexdigest()


def read_event(envelope: Mapping[str, Any]) -> Event:
    """Return the event of a wire envelope (the parsed JSON object)."""
    kind = KINDS.get(envelope["kind"])
    fact: Fact
    if kind is None or envelope["version"] > kind.VERSION:
        fact = UnknownFact(
            envelope["kind"], envelope["case"], envelope["body"], envelope["version"], envelope.get("to", "")
        )
    else:
        fact = from_json(kind, envelope["body"])
    return Event(
        id=envelope["id"],
        fact=fact,
        by=envelope["by"],
        role=envelope["role"],
        device=envelope["device"],
        seq=envelope["seq"],
        at=datetime.fromisoformat(envelope["at"]),
        logical=envelope["logical"],
        site=envelope["site"],
    )
