"""Erasure on the embedded central: what is held of a case becomes tombstones, now and whatever comes late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from callcenter.domain.codec import canonical, parse
from callcenter.ids import Id
from db.central.record import note
from db.central.schema import delivery, erasure, event

# They say that a person was erased, and where nothing is left; they hold nothing of the person.
KEPT = ("SubjectErased", "PurgeDone")
_ENVELOPE = ("at", "by", "case", "device", "id", "logical", "role", "seq", "site", "to", "version")


def tombstone(wire: str, reason: str) -> str:
    """Return the text that stays of an erased event: its envelope without what it said."""
    told = parse(wire)
    kept = {name: told[name] for name in _ENVELOPE}
    return canonical({**kept, "kind": "Tombstone", "was": told["kind"], "body": {"reason": reason}})


def reasons(connection: Connection, org: Id) -> Mapping[Id, str]:
    """Return the erased cases of an organisation with the reason of each."""
    rows = connection.execute(select(erasure.c.case_id, erasure.c.reason).where(erasure.c.org_id == org))
    return {row.case_id: row.reason for row in rows}


def told_of(connection: Connection, org: Id, case: Id) -> frozenset[str]:
    """Return the mailboxes that were ever told of a case."""
    same = (event.c.agent_id == delivery.c.agent_id) & (event.c.event_id == delivery.c.event_id)
    of_case = (event.c.org_id == org) & (delivery.c.org_id == org) & (event.c.case_id == case)
    return frozenset(connection.execute(select(delivery.c.mailbox).where(same & of_case).distinct()).scalars())


def erase(connection: Connection, org: Id, told: Mapping[str, Any], now: datetime) -> None:
    """Replace what is held of a case by tombstones and remember it; `told` is the envelope of the SubjectErased."""
    case, reason = told["case"], str(told["body"].get("reason", ""))
    if case not in reasons(connection, org):
        row = {"org_id": org, "case_id": case, "reason": reason, "by": told["by"], "at": now}
        connection.execute(erasure.insert().values(row))
    erase_again(connection, org, {case: reason})
    note(connection, org, now, "erased", told["by"], case, reason)


def erase_again(connection: Connection, org: Id, cases: Mapping[Id, str]) -> None:
    """Replace what is held of cases by tombstones, wherever that has not been done."""
    for case, reason in cases.items():
        held = (event.c.org_id == org) & (event.c.case_id == case) & ~event.c.erased & event.c.kind.not_in(KEPT)
        rows = connection.execute(select(event.c.agent_id, event.c.event_id, event.c.wire).where(held)).all()
        for row in rows:
            mine = (event.c.org_id == org) & (event.c.agent_id == row.agent_id) & (event.c.event_id == row.event_id)
            said = {"erased": True, "wire": tombstone(row.wire, reason)}
            connection.execute(update(event).where(mine).values(said))
