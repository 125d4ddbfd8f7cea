"""What the owner of a central does: enrol and revoke devices, mark a restore, list what is held."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, or_, select, update

from callcenter.domain.event import Route
from callcenter.ids import Id
from db.central import routing
from db.central.deliveries import deliver, make_mailbox
from db.central.postgres import open_owner
from db.central.schema import delivery, event, organisation, principal
from db.central.sqlite_box import open_file
from db.errors import translated
from db.types import Enrolment


@dataclass(frozen=True)
class HeldEvent:
    """One event on central, without its content."""

    id: Id
    sha256: str
    device: Id
    seq: int


def enrol_mailbox(central: Mapping[str, Any], enrolment: Enrolment) -> None:
    """Make an enrolment known and its mailboxes ready; saying it twice changes nothing.

    A new mailbox begins with what its readers missed: campaigns and forms, for an office also the roster, and for a
    site all that happened there.
    """
    with _owner(central) as connection:
        org = enrolment.org
        # Pushes hold the same row for sharing, so none slips between the look back and the new mailbox.
        connection.execute(select(organisation.c.org_id).where(organisation.c.org_id == org).with_for_update())
        mine = (principal.c.org_id == org) & (principal.c.enrolment == enrolment.enrolment)
        if connection.execute(select(principal.c.person).where(mine)).first() is None:
            connection.execute(principal.insert().values(_principal(enrolment)))
        for name in enrolment.mailboxes:
            make_mailbox(connection, org, name)
        missed = {name: _missed(connection, org, name) for name in enrolment.mailboxes}
        deliver(connection, org, {name: keys for name, keys in missed.items() if keys})


def revoke(central: Mapping[str, Any], enrolment: Enrolment, at: datetime) -> None:
    """Refuse an enrolment's device from its next call on."""
    mine = (principal.c.org_id == enrolment.org) & (principal.c.enrolment == enrolment.enrolment)
    with _owner(central) as connection:
        connection.execute(update(principal).where(mine).values(revoked_at=at))


def mark_restored(central: Mapping[str, Any]) -> None:
    """Say that a backup was put back: every laptop will offer its events again."""
    with _owner(central) as connection:
        mine = update(organisation).where(organisation.c.org_id == central["org"])
        connection.execute(mine.values(restore_epoch=secrets.token_hex(16)))


def all_events(central: Mapping[str, Any]) -> tuple[HeldEvent, ...]:
    """Return what central holds, by device and sequence."""
    mine = event.c.org_id == central["org"]
    query = select(event.c.event_id, event.c.sha256, event.c.device, event.c.seq).where(mine)
    with _owner(central) as connection:
        rows = connection.execute(query.order_by(event.c.device, event.c.seq)).all()
    return tuple(HeldEvent(r.event_id, r.sha256, r.device, r.seq) for r in rows)


@contextmanager
def _owner(central: Mapping[str, Any]) -> Iterator[Connection]:
    engine = open_file(central) if central["kind"] == "sqlite" else open_owner(central)
    try:
        with translated("central"), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _principal(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "org_id": enrolment.org,
        "enrolment": enrolment.enrolment,
        "person": enrolment.person,
        "role": str(enrolment.role),
        "site": enrolment.site,
        "mailboxes": list(enrolment.mailboxes),
        "device": "",
        "db_epoch": "",
    }


def _missed(connection: Connection, org: str, name: str) -> list[tuple[str, str]]:
    """Return the events that belong in a mailbox and are not there, oldest first."""
    there = exists().where(
        delivery.c.org_id == event.c.org_id,
        delivery.c.mailbox == name,
        delivery.c.agent_id == event.c.agent_id,
        delivery.c.event_id == event.c.event_id,
    )
    query: Select[Any] = select(event.c.agent_id, event.c.event_id).where(event.c.org_id == org, ~there)
    query = query.where(_belongs(name)).order_by(event.c.recorded_at, event.c.device, event.c.seq)
    return [(row.agent_id, row.event_id) for row in connection.execute(query)]


def _belongs(name: str) -> Any:
    """Return the condition that an event is for everyone like the readers of a mailbox, or of its site."""
    wide = _kinds(Route.CAMPAIGN) if not routing.is_office(name) else _kinds(Route.CAMPAIGN, routing.OFFICES)
    everyone = event.c.kind.in_(wide)
    if not name.startswith(routing.site_box("")):
        return everyone
    elsewhere = _kinds(Route.CAMPAIGN, Route.ORGANISATION, routing.OFFICES)
    here = (routing.site_box("") + event.c.site == name) & event.c.kind.not_in(elsewhere)
    return or_(everyone, here)


def _kinds(*rules: str) -> list[str]:
    return [kind for kind, rule in routing.RULES.items() if rule in rules]
