"""Takes pushed events into the embedded central: what is stored, what is refused, which lease lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from callcenter.domain.agent import Role
from callcenter.domain.codec import parse
from callcenter.domain.envelope import sha256
from callcenter.ports import Outgoing, Verdict
from db.central import erasing, routing
from db.central.deliveries import Key, deliver, known_mailboxes, make_mailbox
from db.central.record import note
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
_LIVE: Final = select(lease.c.agent_id, lease.c.expires_at).where(
    lease.c.org_id == bindparam("org"), lease.c.case_id == bindparam("case"), ~lease.c.ended
)
_CHUNK: Final = 500
_ABOUT_LEASES: Final = ("LeaseGranted", "LeaseEnded", "LeaseReturned")


class Taking:
    """One push: its enrolment, the server's moment, what is stored and what each mailbox will get."""

    def __init__(self, connection: Connection, me: RowMapping, now: datetime, batch: Sequence[Outgoing]) -> None:
        self._connection = connection
        self._me = me
        self._org: str = me["org_id"]
        self._now = now
        self._known = set(known_mailboxes(connection, self._org))
        self._erased = dict(erasing.reasons(connection, self._org))
        self._erasures: list[Mapping[str, Any]] = []
        self._boxes_of: dict[str, set[str]] = {}
        self._by_id: dict[str, str] = {}
        self._by_seq: dict[int, str] = {}
        self._rows: list[dict[str, Any]] = []
        self._sacks: dict[str, list[Key]] = {}
        self._recall(batch)

    def take(self, sent: Outgoing) -> Verdict:
        """Take one event and note where it goes; say what becomes of it."""
        told = _envelope(sent)
        me = self._me
        if told is None:
            return _refused(sent, "malformed")
        if (told["device"], told["by"], told["role"]) != (me["device"], me["person"], me["role"]):
            return _refused(sent, "not yours")
        there = self._by_id.get(sent.event_id) or self._by_seq.get(sent.seq)
        if there is not None:
            answer = "have" if self._by_id.get(sent.event_id) == sent.sha256 else "mismatch"
            return Verdict(sent.event_id, answer, there)
        holder, until = self._live(told["case"])
        if why := self._lease(told):
            return _refused(sent, why)
        self._store(sent, told, late=self._is_late(told, holder, until))
        self._address(sent, told, holder)
        if told["kind"] == "SubjectErased":
            self._erasures.append(told)
            self._erased.setdefault(told["case"], str(told["body"].get("reason", "")))
        return Verdict(sent.event_id, "have", sent.sha256)

    def finish(self) -> None:
        """Store what was taken, erase what is to be erased and, as the last step, number the deliveries."""
        if self._rows:
            self._connection.execute(event.insert(), self._rows)
        for told in self._erasures:
            erasing.erase(self._connection, self._org, told, self._now)
        deliver(self._connection, self._org, self._sacks)

    def _recall(self, batch: Sequence[Outgoing]) -> None:
        """Look up which ids and places in the sequence are taken already."""
        me = self._me
        mine = (event.c.org_id == self._org) & (event.c.agent_id == me["person"])
        query = select(event.c.event_id, event.c.device, event.c.seq, event.c.sha256)
        for start in range(0, len(batch), _CHUNK):
            piece = batch[start : start + _CHUNK]
            by_id = event.c.event_id.in_([o.event_id for o in piece])
            by_seq = (event.c.device == me["device"]) & event.c.seq.in_([o.seq for o in piece])
            for row in self._connection.execute(query.where(mine & (by_id | by_seq))):
                self._by_id[row.event_id] = row.sha256
                if row.device == me["device"]:
                    self._by_seq[row.seq] = row.sha256

    def _live(self, case: str) -> tuple[str, datetime | None]:
        """Return who has the live lease of a case, and until when."""
        found = self._connection.execute(_LIVE, {"org": self._org, "case": case}).first() if case else None
        return (found.agent_id, found.expires_at) if found else ("", None)

    def _is_late(self, told: Mapping[str, Any], holder: str, until: datetime | None) -> bool:
        """Tell whether an agent said it without the lease of the case, or after its end."""
        if self._me["role"] != Role.AGENT or not told["case"]:
            return False
        over = until is not None and datetime.fromisoformat(told["at"]) > until + SKEW
        return bool(holder != self._me["person"] or over)

    def _lease(self, told: Mapping[str, Any]) -> str:
        """Keep the book of leases; return why it may not be, or an empty text."""
        if told["kind"] not in _ABOUT_LEASES:
            return ""
        body, case = told["body"], told["case"]
        mine = (lease.c.org_id == self._org) & (lease.c.case_id == case)
        if told["kind"] != "LeaseGranted":
            over = mine & (lease.c.lease_id == body["lease"]) & ~lease.c.ended
            if self._connection.execute(update(lease).where(over).values(ended=True)).rowcount:
                self._note("lease ended", case, body["lease"])
            return ""
        # Nobody may dial under an expired lease, but clocks differ.
        expired = mine & ~lease.c.ended & (lease.c.expires_at <= self._now - SKEW)
        self._connection.execute(update(lease).where(expired).values(ended=True))
        if self._live(case)[0]:
            return "leased"
        last = self._connection.execute(select(func.max(lease.c.epoch)).where(mine)).scalar()
        if last is not None and last >= body["epoch"]:
            return "epoch"
        row = {
            "org_id": self._org,
            "lease_id": body["lease"],
            "case_id": case,
            "agent_id": told["to"],
            "expires_at": datetime.fromisoformat(body["expires_at"]),
            "ended": False,
            "epoch": body["epoch"],
        }
        # One live lease per case: the unique index decides, as it does on PostgreSQL.
        if self._connection.execute(insert(lease).values(row).on_conflict_do_nothing()).rowcount != 1:
            return "leased"
        self._note("lease granted", case, f"{told['to']} {body['lease']}")
        return ""

    def _note(self, act: str, case: str, detail: str) -> None:
        note(self._connection, self._org, self._now, act, self._me["person"], case, detail)

    def _store(self, sent: Outgoing, told: Mapping[str, Any], *, late: bool) -> None:
        at = datetime.fromisoformat(told["at"])
        # What comes late of an erased case is counted and not kept.
        reason = self._erased.get(told["case"]) if told["case"] and told["kind"] not in erasing.KEPT else None
        self._by_id[sent.event_id] = self._by_seq[sent.seq] = sent.sha256
        self._rows.append(
            {
                "org_id": self._org,
                "agent_id": self._me["person"],
                "event_id": sent.event_id,
                "device": self._me["device"],
                "seq": sent.seq,
                "kind": told["kind"],
                "case_id": told["case"],
                "site": told["site"],
                "occurred_at": at,
                "recorded_at": self._now,
                "clock_suspect": at > self._now + SKEW,
                "sha256": sent.sha256,
                "wire": sent.wire if reason is None else erasing.tombstone(sent.wire, reason),
                "late": late,
                "erased": reason is not None,
            }
        )

    def _address(self, sent: Outgoing, told: Mapping[str, Any], holder: str) -> None:
        case = told["case"]
        for name in routing.mailboxes(told, holder, self._known, self._told_of(told)):
            if name not in self._known:
                # The addressee has no laptop yet: the mailbox waits for it.
                make_mailbox(self._connection, self._org, name)
                self._known.add(name)
            self._sacks.setdefault(name, []).append((self._me["person"], sent.event_id))
            self._boxes_of.setdefault(case, set()).add(name)

    def _told_of(self, told: Mapping[str, Any]) -> frozenset[str]:
        """Return the mailboxes an erasure goes to: all that were ever told of the case, also in this push."""
        if told["kind"] != "SubjectErased":
            return frozenset()
        case = told["case"]
        return erasing.told_of(self._connection, self._org, case) | self._boxes_of.get(case, frozenset())


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
        counted = isinstance(body["epoch"], int)
    except (KeyError, TypeError, ValueError):
        return False
    named = isinstance(body.get("lease"), str) and bool(told["case"] and told["to"])
    return named and counted and expires.tzinfo is not None


def _refused(sent: Outgoing, reason: str) -> Verdict:
    return Verdict(sent.event_id, "refused", reason=reason)
