"""Takes pushed events into the embedded central: what is stored, what is refused, which lease lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from callcenter.domain.codec import parse
from callcenter.domain.envelope import sha256
from callcenter.domain.event import Route
from callcenter.ports import Device, Outgoing, Verdict
from db.central import routing
from db.central.deliveries import Key, deliver, known_mailboxes, make_mailbox
from db.central.schema import event, lease

# The greatest difference between two clocks that we reckon with.
SKEW: Final = timedelta(minutes=5)
LARGEST: Final = 2**62
# No event nests so deep; what does could not be read by the laptops it is delivered to.
DEEPEST: Final = 100

_FIELDS: Final = {
    **dict.fromkeys(("id", "kind", "case", "site", "to", "by", "role", "device", "at"), str),
    **dict.fromkeys(("version", "seq", "logical"), int),
    "body": dict,
}


# Built once: a push asks these for every event.
_HOLDER: Final = select(lease.c.agent_id).where(
    lease.c.org_id == bindparam("org"), lease.c.case_id == bindparam("case"), ~lease.c.ended
)
_CHUNK: Final = 500
_ABOUT_LEASES: Final = ("LeaseGranted", "LeaseEnded", "LeaseReturned")


class Taking:
    """One push: its device, the server's moment, what is stored and what each mailbox will get."""

    def __init__(self, connection: Connection, device: Device, now: datetime, batch: Sequence[Outgoing]) -> None:
        self._connection = connection
        self._device = device
        self._now = now
        self._known = set(known_mailboxes(connection, device.org))
        self._by_id: dict[str, str] = {}
        self._by_seq: dict[int, str] = {}
        self._rows: list[dict[str, Any]] = []
        self._sacks: dict[str, list[Key]] = {}
        self._recall(batch)

    def take(self, sent: Outgoing) -> Verdict:
        """Take one event and note where it goes; say what becomes of it."""
        told = _envelope(sent)
        me = self._device
        if told is None:
            return _refused(sent, "malformed")
        if (told["device"], told["by"], told["role"]) != (me.device, me.person, me.role):
            return _refused(sent, "not yours")
        there = self._by_id.get(sent.event_id) or self._by_seq.get(sent.seq)
        if there is not None:
            answer = "have" if self._by_id.get(sent.event_id) == sent.sha256 else "mismatch"
            return Verdict(sent.event_id, answer, there)
        holder = self._holder(told)
        if not self._lease(told):
            return _refused(sent, "leased")
        self._store(sent, told)
        self._address(sent, told, holder)
        return Verdict(sent.event_id, "have", sent.sha256)

    def finish(self) -> None:
        """Store what was taken and, as the last step, number the deliveries."""
        if self._rows:
            self._connection.execute(event.insert(), self._rows)
        deliver(self._connection, self._device.org, self._sacks)

    def _recall(self, batch: Sequence[Outgoing]) -> None:
        """Look up which ids and places in the sequence are taken already."""
        me = self._device
        mine = (event.c.org_id == me.org) & (event.c.agent_id == me.person)
        query = select(event.c.event_id, event.c.device, event.c.seq, event.c.sha256)
        for start in range(0, len(batch), _CHUNK):
            piece = batch[start : start + _CHUNK]
            by_id = event.c.event_id.in_([o.event_id for o in piece])
            by_seq = (event.c.device == me.device) & event.c.seq.in_([o.seq for o in piece])
            for row in self._connection.execute(query.where(mine & (by_id | by_seq))):
                self._by_id[row.event_id] = row.sha256
                if row.device == me.device:
                    self._by_seq[row.seq] = row.sha256

    def _holder(self, told: Mapping[str, Any]) -> str:
        if not told["case"] or routing.RULES.get(told["kind"]) != Route.OFFICE_AND_HOLDER:
            return ""
        asked = {"org": self._device.org, "case": told["case"]}
        return self._connection.execute(_HOLDER, asked).scalar() or ""

    def _lease(self, told: Mapping[str, Any]) -> bool:
        """Keep the book of leases; False when another one of the case lives."""
        if told["kind"] not in _ABOUT_LEASES:
            return True
        body = told["body"]
        mine = (lease.c.org_id == self._device.org) & (lease.c.case_id == told["case"])
        if told["kind"] != "LeaseGranted":
            over = mine & (lease.c.lease_id == body["lease"])
            self._connection.execute(update(lease).where(over).values(ended=True))
            return True
        # Nobody may dial under an expired lease, but clocks differ.
        expired = mine & ~lease.c.ended & (lease.c.expires_at <= self._now - SKEW)
        self._connection.execute(update(lease).where(expired).values(ended=True))
        row = {
            "org_id": self._device.org,
            "lease_id": body["lease"],
            "case_id": told["case"],
            "agent_id": told["to"],
            "expires_at": datetime.fromisoformat(body["expires_at"]),
            "ended": False,
        }
        # One live lease per case: the unique index decides, as it does on PostgreSQL.
        return self._connection.execute(insert(lease).values(row).on_conflict_do_nothing()).rowcount == 1

    def _store(self, sent: Outgoing, told: Mapping[str, Any]) -> None:
        at = datetime.fromisoformat(told["at"])
        self._by_id[sent.event_id] = self._by_seq[sent.seq] = sent.sha256
        self._rows.append(
            {
                "org_id": self._device.org,
                "agent_id": self._device.person,
                "event_id": sent.event_id,
                "device": self._device.device,
                "seq": sent.seq,
                "kind": told["kind"],
                "case_id": told["case"],
                "site": told["site"],
                "occurred_at": at,
                "recorded_at": self._now,
                "clock_suspect": at > self._now + SKEW,
                "sha256": sent.sha256,
                "wire": sent.wire,
            }
        )

    def _address(self, sent: Outgoing, told: Mapping[str, Any], holder: str) -> None:
        for name in routing.mailboxes(told, holder, self._known):
            if name not in self._known:
                # The addressee has no laptop yet: the mailbox waits for it.
                make_mailbox(self._connection, self._device.org, name)
                self._known.add(name)
            self._sacks.setdefault(name, []).append((self._device.person, sent.event_id))


def _envelope(sent: Outgoing) -> Mapping[str, Any] | None:
    """Return the envelope of a sent event, None when it is not what it says it is."""
    if sha256(sent.wire) != sent.sha256:
        return None
    try:
        told = parse(sent.wire)
        typed = all(isinstance(told[name], kind) for name, kind in _FIELDS.items())
        at = datetime.fromisoformat(told["at"])
    except (KeyError, RecursionError, TypeError, ValueError):
        return None
    if sent.wire.count("[") + sent.wire.count("{") > DEEPEST and _depth(told["body"]) > DEEPEST:
        return None
    fits = (told["id"], told["seq"]) == (sent.event_id, sent.seq) and at.tzinfo is not None
    sane = typed and 0 < told["seq"] < LARGEST and 0 <= told["logical"] < LARGEST
    return told if fits and sane and _lease_is_said(told) else None


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def _lease_is_said(told: Mapping[str, Any]) -> bool:
    body = told["body"]
    if told["kind"] not in _ABOUT_LEASES:
        return True
    if told["kind"] != "LeaseGranted":
        return isinstance(body.get("lease"), str)
    try:
        expires = datetime.fromisoformat(body["expires_at"])
    except (KeyError, TypeError, ValueError):
        return False
    return isinstance(body.get("lease"), str) and expires.tzinfo is not None and bool(told["case"] and told["to"])


def _refused(sent: Outgoing, reason: str) -> Verdict:
    return Verdict(sent.event_id, "refused", reason=reason)
