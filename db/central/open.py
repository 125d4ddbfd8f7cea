"""Opens a line to whichever central an address names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callcenter.clock import Clock, now
from callcenter.ports import Device, PostBox
from db.central.enrol import all_events, enrol_laptop, enrol_mailbox, mark_restored, revoke
from db.central.postgres import init_postgres, upgrade_postgres
from db.central.postgres_box import PostgresBox
from db.central.sqlite_box import SqliteBox, create_central_sqlite, open_file

__all__ = [
    "all_events",
    "create_central_sqlite",
    "enrol_laptop",
    "enrol_mailbox",
    "init_postgres",
    "mark_restored",
    "open_central",
    "revoke",
    "upgrade_postgres",
]


def open_central(address: Mapping[str, Any], device: Device, clock: Clock = now) -> PostBox:
    """Return a post box for a device; CentralUnreachable when it is not there.

    The address is that of an enrolment. The clock is the embedded central's own; PostgreSQL has one.
    """
    if address["kind"] == "sqlite":
        return SqliteBox(open_file(address), device, clock, address.get("enrolment", ""))
    return PostgresBox(address, device)
