"""What the owner of a central does with what it holds: list it, say what is durable or restored, erase a subject."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, select, text, update

from callcenter.clock import now
from callcenter.domain.codec import parse
from callcenter.domain.envelope import Event, sha256
from callcenter.domain.event import SubjectErased
from callcenter.ids import Id, new_id
from db.central import erasing, routing
from db.central.deliveries import deliver, known_mailboxes, make_mailbox
from db.central.enrol import owner_of
from db.central.record import note
from db.central.schema import delivery, event, organisation

OPERATOR: Final = "operator"
# A push that began before a backup may commit after it: its one statement takes 20 s at most, its pause 30 s.
UNDER_WAY: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class HeldEvent:
    """One event on central, without its content; `numbers` are its places in the mailboxes."""

    id: Id
    sha256: str
    device: Id
    seq: int
    numbers: tuple[tuple[str, int], ...] = ()


def all_events(central: Mapping[str, Any]) -> tuple[HeldEvent, ...]:
    """Return what central holds, by device and sequence."""
    org = central["org"]
    query = select(event.c.agent_id, event.c.event_id, event.c.sha256, event.c.device, event.c.seq)
    places = select(delivery.c.agent_id, delivery.c.event_id, delivery.c.mailbox, delivery.c.n)
    numbers: dict[tuple[str, Id], list[tuple[str, int]]] = defaultdict(list)
    with owner_of(central) as connection:
        for row in connection.execute(places.where(delivery.c.org_id == org).order_by(delivery.c.mailbox)):
            numbers[row.agent_id, row.event_id].append((row.mailbox, row.n))
        rows = connection.execute(query.where(event.c.org_id == org).order_by(event.c.device, event.c.seq)).all()
    return tuple(
        HeldEvent(r.event_id, r.sha256, r.device, r.seq, tuple(numbers[r.agent_id, r.event_id])) for r in rows
    )


def mark_durable(central: Mapping[str, Any], at: datetime) -> None:
    """Say that a backup or replica holds all that was recorded until a moment: laptops may forget it later.

    `at` is when the backup began. What was recorded in the minute before does not count: its transaction may have
    ended after that.
    """
    safe = at - UNDER_WAY
    later = (organisation.c.durable_at.is_(None)) | (organisation.c.durable_at < safe)
    with owner_of(central) as connection:
        mine = update(organisation).where(organisation.c.org_id == central["org"], later)
        connection.execute(mine.values(durable_at=safe))
        note(connection, central["org"], at, "durable", OPERATOR, "", safe.isoformat())


def set_durability(central: Mapping[str, Any], by: str, at: datetime) -> None:
    """Choose what makes an event durable: "backup" (what `mark_durable` was told) or "commit"."""
    if by not in ("backup", "commit"):
        raise ValueError(by)
    with owner_of(central) as connection:
        mine = update(organisation).where(organisation.c.org_id == central["org"])
        connection.execute(mine.values(durability=by))
        note(connection, central["org"], at, "durability", OPERATOR, "", by)


def mark_restored(central: Mapping[str, Any], erased: Mapping[Id, str] | None = None) -> None:
    """Say that a backup was put back: laptops will offer their events again, and what was erased is erased again.

    `erased` is the log of erasures as it was kept beside the backups (see `erasures`): an old backup does not know of
    later ones.
    """
    org = central["org"]
    with owner_of(central) as connection:
        mine = update(organisation).where(organisation.c.org_id == org)
        connection.execute(mine.values(restore_epoch=secrets.token_hex(16)))
        for case, reason in {**erasing.reasons(connection, org), **(erased or {})}.items():
            _erase_held(connection, org, SubjectErased(case, reason), now())


def _erase_held(connection: Connection, org: Id, fact: SubjectErased, at: datetime) -> None:
    """Make tombstones of what is held of a case."""
    if connection.dialect.name == "postgresql":
        asked = {"org": org, "case": fact.case, "reason": fact.reason, "by": OPERATOR}
        connection.execute(text("SELECT priv.erase(:org, :case, :reason, :by)"), asked)
    else:
        erasing.erase(connection, org, {"case": fact.case, "by": OPERATOR, "body": {"reason": fact.reason}}, at)


def erase(central: Mapping[str, Any], case: Id, reason: str, at: datetime) -> None:
    """Erase a subject as the operator: tombstones here, and an erasure to every laptop that was told of the case."""
    org = central["org"]
    with owner_of(central) as connection:
        # Pushes hold the same row for sharing: none tells of the case in between.
        connection.execute(select(organisation.c.org_id).where(organisation.c.org_id == org).with_for_update())
        had = erasing.told_of(connection, org, case)
        agents = sorted(name.removeprefix("agent:") for name in had if not routing.is_office(name))
        said = _said(connection, org, SubjectErased(case, reason, tuple(agents)), at)
        boxes = routing.mailboxes(parse(said.wire()), "", known_mailboxes(connection, org), had)
        _store(connection, org, said, at)
        _erase_held(connection, org, SubjectErased(case, reason), at)
        for name in boxes:
            make_mailbox(connection, org, name)
        deliver(connection, org, {name: [(OPERATOR, said.id)] for name in boxes})


def erasures(central: Mapping[str, Any]) -> Mapping[Id, str]:
    """Return the log of erasures: the cases with the reason of each. It is kept apart from the backups too."""
    with owner_of(central) as connection:
        return erasing.reasons(connection, central["org"])


def _said(connection: Connection, org: Id, fact: SubjectErased, at: datetime) -> Event:
    """Return a fact as an event of the operator, who is a device of its own."""
    own = (event.c.org_id == org) & (event.c.device == OPERATOR)
    seq = connection.execute(select(func.max(event.c.seq)).where(own)).scalar() or 0
    of_case = (event.c.org_id == org) & (event.c.case_id == fact.case) & (event.c.kind == "CaseOpened")
    site = connection.execute(select(event.c.site).where(of_case).limit(1)).scalar() or ""
    return Event(
        id=new_id(at),
        fact=fact,
        by=OPERATOR,
        role="coordinator",
        device=OPERATOR,
        seq=seq + 1,
        at=at,
        logical=int(at.timestamp() * 1000),
        site=site,
    )


def _store(connection: Connection, org: Id, said: Event, at: datetime) -> None:
    wire = said.wire()
    row = {
        "org_id": org,
        "agent_id": OPERATOR,
        "event_id": said.id,
        "device": OPERATOR,
        "seq": said.seq,
        "kind": said.fact.kind,
        "case_id": said.fact.about,
        "site": said.site,
        "occurred_at": at,
        "recorded_at": at,
        "clock_suspect": False,
        "sha256": sha256(wire),
        "wire": wire,
        "late": False,
        "erased": False,
    }
    connection.execute(event.insert().values(row))
