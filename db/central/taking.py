"""Takes pushed events into the embedded central: what is stored, what is refused, which lease lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select, update

from callcenter.domain.codec import parse
from callcenter.domain.envelope import sha256
from callcenter.ports import Device, Outgoing, Verdict
from db.central import routing
from db.central.deliveries import Key, known_mailboxes, make_mailbox
from db.central.schema import event, lease

# The greatest difference between two clocks that we reckon with.
SKEW: Final = timedelta(minutes=5)
LARGEST: Final = 2**62

_FIELDS: Final = {
    **dict.fromkeys(("id", "kind", "case", "site", "to", "by", "role", "device", "at"), str),
    **dict.fromkeys(("version", "seq", "logical"), int),
    "body": dict,
}


@dataclass
class Taking:
    """One push: its device, the server's moment, and what each mailbox will get."""

    connection: Connection
    device: Device
    now: datetime
    sacks: dict[str, list[Key]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known = set(known_mailboxes(self.connection, self.device.org))

    def take(self, sent: Outgoing) -> Verdict:
        """Store one event and note where it goes; say what became of it."""
        told = _envelope(sent)
        if told is None:
            return _refused(sent, "malformed")
        if (told["device"], told["by"], told["role"]) != (self.device.device, self.device.person, self.device.role):
            return _refused(sent, "not yours")
        there = self._there(sent)
        if there is not None:
            return there
        holder = self._holder(told["case"])
        if not self._lease(told):
            return _refused(sent, "leased")
        self._store(sent, told)
        self._address(sent, told, holder)
        return Verdict(sent.event_id, "have", sent.sha256)

    def _there(self, sent: Outgoing) -> Verdict | None:
        """Return the verdict on an event whose id or place in the sequence is taken already."""
        me = self.device
        mine = (event.c.org_id == me.org) & (event.c.agent_id == me.person)
        same = (event.c.event_id == sent.event_id) | ((event.c.device == me.device) & (event.c.seq == sent.seq))
        rows = self.connection.execute(select(event.c.event_id, event.c.sha256).where(mine & same)).all()
        if not rows:
            return None
        if any((r.event_id, r.sha256) == (sent.event_id, sent.sha256) for r in rows):
            return Verdict(sent.event_id, "have", sent.sha256)
        return Verdict(sent.event_id, "mismatch", rows[0].sha256)

    def _holder(self, case: str) -> str:
        live = (lease.c.org_id == self.device.org) & (lease.c.case_id == case) & ~lease.c.ended
        return self.connection.execute(select(lease.c.agent_id).where(live)).scalar() or "" if case else ""

    def _lease(self, told: Mapping[str, Any]) -> bool:
        """Keep the book of leases; False when another one of the case lives."""
        body = told["body"]
        mine = lease.c.org_id == self.device.org
        if told["kind"] in ("LeaseEnded", "LeaseReturned"):
            over = mine & (lease.c.lease_id == body["lease"]) & (lease.c.case_id == told["case"])
            self.connection.execute(update(lease).where(over).values(ended=True))
        if told["kind"] != "LeaseGranted":
            return True
        case = mine & (lease.c.case_id == told["case"]) & ~lease.c.ended
        # Nobody may dial under an expired lease, but clocks differ.
        expired = case & (lease.c.expires_at <= self.now - SKEW)
        self.connection.execute(update(lease).where(expired).values(ended=True))
        if self.connection.execute(select(lease.c.lease_id).where(case)).first() is not None:
            return False
        self.connection.execute(
            lease.insert().values(
                org_id=self.device.org,
                lease_id=body["lease"],
                case_id=told["case"],
                agent_id=told["to"],
                expires_at=datetime.fromisoformat(body["expires_at"]),
                ended=False,
            )
        )
        return True

    def _store(self, sent: Outgoing, told: Mapping[str, Any]) -> None:
        at = datetime.fromisoformat(told["at"])
        row = {
            "org_id": self.device.org,
            "agent_id": self.device.person,
            "event_id": sent.event_id,
            "device": self.device.device,
            "seq": sent.seq,
            "kind": told["kind"],
            "case_id": told["case"],
            "site": told["site"],
            "occurred_at": at,
            "recorded_at": self.now,
            "clock_suspect": at > self.now + SKEW,
            "sha256": sent.sha256,
            "wire": sent.wire,
        }
        self.connection.execute(event.insert(), [row])

    def _address(self, sent: Outgoing, told: Mapping[str, Any], holder: str) -> None:
        for name in routing.mailboxes(told, holder, self._known):
            if name not in self._known:
                # The addressee has no laptop yet: the mailbox waits for it.
                make_mailbox(self.connection, self.device.org, name)
                self._known.add(name)
            self.sacks.setdefault(name, []).append((self.device.person, sent.event_id))


def _envelope(sent: Outgoing) -> Mapping[str, Any] | None:
    """Return the envelope of a sent event, None when it is not what it says it is."""
    if sha256(sent.wire) != sent.sha256:
        return None
    try:
        told = parse(sent.wire)
        typed = all(isinstance(told[name], kind) for name, kind in _FIELDS.items())
        at = datetime.fromisoformat(told["at"])
    except (KeyError, TypeError, ValueError):
        return None
    fits = (told["id"], told["seq"]) == (sent.event_id, sent.seq) and at.tzinfo is not None
    sane = typed and 0 < told["seq"] < LARGEST and 0 <= told["logical"] < LARGEST
    return told if fits and sane and _lease_is_said(told) else None


def _lease_is_said(told: Mapping[str, Any]) -> bool:
    body = told["body"]
    if told["kind"] in ("LeaseEnded", "LeaseReturned"):
        return isinstance(body.get("lease"), str)
    if told["kind"] != "LeaseGranted":
        return True
    try:
        expires = datetime.fromisoformat(body["expires_at"])
    except (KeyError, TypeError, ValueError):
        return False
    return isinstance(body.get("lease"), str) and expires.tzinfo is not None and bool(told["case"] and told["to"])


def _refused(sent: Outgoing, reason: str) -> Verdict:
    return Verdict(sent.event_id, "refused", reason=reason)
