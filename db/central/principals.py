"""Who may use central: an enrolment, bound to the first device that says hello with it."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, select, update

from callcenter.ports import Device
from db.central.schema import principal
from db.errors import DeviceRefused


def bound(connection: Connection, device: Device) -> RowMapping:
    """Return the enrolment that is bound to a device; DeviceRefused without one, or when it was revoked."""
    mine = (principal.c.org_id == device.org) & (principal.c.device == device.device)
    own = mine & (principal.c.db_epoch == device.db_epoch) & principal.c.revoked_at.is_(None)
    found = connection.execute(select(principal).where(own)).mappings().first()
    if found is None:
        raise DeviceRefused()
    return found


def bind(connection: Connection, device: Device) -> RowMapping:
    """Return a device's enrolment, bound now if an unused one waits for this person in this role.

    The epoch of the store proves the device: it never stands in an event. DeviceRefused when another laptop used the
    enrolment before.
    """
    mine = (principal.c.org_id == device.org) & (principal.c.person == device.person)
    free = (
        mine & (principal.c.role == str(device.role)) & (principal.c.device == "") & principal.c.revoked_at.is_(None)
    )
    known = (principal.c.org_id == device.org) & (principal.c.device == device.device)
    if connection.execute(select(principal.c.enrolment).where(known)).first() is None:
        waiting = select(principal.c.enrolment).where(free).order_by(principal.c.enrolment).limit(1)
        enrolment = connection.execute(waiting).scalar()
        own = (principal.c.org_id == device.org) & (principal.c.enrolment == enrolment)
        said = {"device": device.device, "db_epoch": device.db_epoch}
        connection.execute(update(principal).where(own).values(**said))
    return bound(connection, device)
