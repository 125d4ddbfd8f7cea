"""Who may use central: an enrolment, bound to the first device that says hello with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, select, update

from callcenter.domain.agent import Role
from callcenter.ids import Id
from callcenter.ports import Device
from db.central.deliveries import open_mailbox
from db.central.record import note
from db.central.schema import principal
from db.errors import DeviceRefused, DeviceRevoked, EnrolmentExpired, EnrolmentNotHanded, EnrolmentUsed


def bound(connection: Connection, device: Device, enrolment: Id) -> RowMapping:
    """Return the enrolment that is bound to a device.

    The epoch of the store proves the device: it never stands in an event. DeviceRefused without an enrolment,
    DeviceRevoked when it was revoked, EnrolmentUsed when it is bound to another device or another copy of its store.
    """
    found = _live(connection, device, enrolment)
    if not found["device"]:
        raise DeviceRefused()
    if (found["device"], found["db_epoch"]) != (device.device, device.db_epoch):
        raise EnrolmentUsed()
    return found


def bind(connection: Connection, device: Device, enrolment: Id, now: datetime) -> RowMapping:
    """Return a device's enrolment, bound now if it is unused.

    EnrolmentExpired when that is too late, EnrolmentNotHanded while it lies in an office's stock.
    """
    found = _live(connection, device, enrolment)
    if not found["device"]:
        if found["expires_at"] is not None and found["expires_at"] <= now:
            raise EnrolmentExpired()
        if not found["name"]:
            raise EnrolmentNotHanded()
        taken = (principal.c.org_id == device.org) & (principal.c.device == device.device)
        if connection.execute(select(principal.c.enrolment).where(taken)).first() is not None:
            raise EnrolmentUsed()
        own = (principal.c.org_id == device.org) & (principal.c.enrolment == found["enrolment"])
        said = {"device": device.device, "db_epoch": device.db_epoch, "bound_at": now}
        connection.execute(update(principal).where(own).values(**said))
        note(connection, device.org, now, "bound", found["person"], found["enrolment"], device.device)
        for name in found["mailboxes"]:
            open_mailbox(connection, device.org, name)
    return bound(connection, device, enrolment)


def depositor_of(connection: Connection, me: RowMapping, device: Id, db_epoch: str) -> RowMapping:
    """Return the enrolment of another device whose events an office hands in, also when it was revoked.

    DeviceRefused for agents, and for a supervisor when it is no agent's of the own site.
    """
    theirs = (principal.c.org_id == me["org_id"]) & (principal.c.device == device)
    found = _first(connection, theirs & (principal.c.db_epoch == db_epoch)) if device else None
    if found is None or me["role"] == Role.AGENT:
        raise DeviceRefused()
    if me["role"] == Role.SUPERVISOR and (found["site"], found["role"]) != (me["site"], Role.AGENT):
        raise DeviceRefused()
    return found


def _live(connection: Connection, device: Device, enrolment: Id) -> RowMapping:
    """Return the enrolment an address names; one from before addresses named it is found by device or person."""
    mine = principal.c.org_id == device.org
    if enrolment:
        found = _first(connection, mine & (principal.c.enrolment == enrolment))
    else:
        person = mine & (principal.c.person == device.person) & (principal.c.role == str(device.role))
        free = person & (principal.c.device == "") & principal.c.revoked_at.is_(None)
        found = (
            _first(connection, mine & (principal.c.device == device.device))
            or _first(connection, free)
            or _first(connection, person)
        )
    if found is None:
        raise DeviceRefused()
    if found["revoked_at"] is not None:
        raise DeviceRevoked()
    return found


def _first(connection: Connection, which: ColumnElement[bool]) -> RowMapping | None:
    query = select(principal).where(which).order_by(principal.c.enrolment).limit(1)
    return connection.execute(query).mappings().first()
