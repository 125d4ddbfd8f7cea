"""Handing an enrolment of the stock to a person, on the embedded central; the rule is that of api_v1.hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, or_, select, update

from callcenter.domain.agent import Role
from callcenter.ids import Id
from db.central import routing
from db.central.deliveries import open_mailbox
from db.central.record import note
from db.central.schema import delivery, event, principal
from db.errors import DeviceRefused, EnrolmentExpired, EnrolmentUnknown, EnrolmentUsed


@dataclass(frozen=True)
class Handed:
    """Which enrolment goes to whom."""

    enrolment: Id
    person: Id
    name: str


def hand(connection: Connection, me: RowMapping, to: Handed, now: datetime) -> None:
    """Make an unused enrolment a person's; a supervisor hands out the agents' ones of the own site."""
    if me["role"] == Role.AGENT or not to.person:
        raise DeviceRefused()
    mine = (principal.c.org_id == me["org_id"]) & (principal.c.enrolment == to.enrolment)
    stock = connection.execute(select(principal).where(mine)).mappings().first()
    if stock is None or stock["revoked_at"] is not None or not _may(connection, me, stock, to.person):
        raise EnrolmentUnknown()
    if stock["device"]:
        raise EnrolmentUsed()
    if stock["expires_at"] is not None and stock["expires_at"] <= now:
        raise EnrolmentExpired()
    box = routing.agent_box(to.person)
    agent = stock["role"] == Role.AGENT
    boxes = [box] if agent else stock["mailboxes"]
    connection.execute(update(principal).where(mine).values(person=to.person, name=to.name, mailboxes=boxes))
    note(connection, me["org_id"], now, "handed", me["person"], to.enrolment, to.person)
    if agent:
        open_mailbox(connection, me["org_id"], box)


def _may(connection: Connection, me: RowMapping, stock: RowMapping, person: Id) -> bool:
    """Tell whether an office may hand this out to this person."""
    if me["role"] == Role.COORDINATOR:
        return True
    own_stock = (stock["site"], stock["role"]) == (me["site"], Role.AGENT)
    return own_stock and not _belongs_elsewhere(connection, me, person)


def _belongs_elsewhere(connection: Connection, me: RowMapping, person: Id) -> bool:
    """Tell whether a person is enrolled, or was leased cases, outside a supervisor's site."""
    other = or_(principal.c.site != me["site"], principal.c.role != str(Role.AGENT))
    enrolled = select(principal.c.enrolment).where(
        principal.c.org_id == me["org_id"], principal.c.person == person, other
    )
    same = (event.c.agent_id == delivery.c.agent_id) & (event.c.event_id == delivery.c.event_id)
    leased = select(delivery.c.n).where(
        delivery.c.org_id == me["org_id"],
        delivery.c.mailbox == routing.agent_box(person),
        same & (event.c.org_id == me["org_id"]),
        (event.c.kind == "LeaseGranted") & (event.c.site != me["site"]),
    )
    return any(connection.execute(query.limit(1)).first() is not None for query in (enrolled, leased))
