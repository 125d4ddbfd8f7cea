"""Opens a line to whichever central an address names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callcenter.clock import Clock, now
from callcenter.ports import Device, PostBox
from db.central.doctor import Finding, doctor
from db.central.enrol import enrol_laptop, enrol_mailbox, revoke
from db.central.keeping import all_events, erase, erasures, mark_durable, mark_restored, set_durability
from db.central.postgres import init_postgres, upgrade_postgres
from db.central.postgres_box import PostgresBox
from db.central.sqlite_box import SqliteBox, create_central_sqlite, open_file
from db.central.status import CentralStatus, record, status
from db.central.watching import end_long_calls

__all__ = [
    "CentralStatus",
    "Finding",
    "doctor",
    "record",
    "status",
    "all_events",
    "create_central_sqlite",
    "enrol_laptop",
    "enrol_mailbox",
    "end_long_calls",
    "erase",
    "erasures",
    "init_postgres",
    "mark_durable",
    "mark_restored",
    "open_central",
    "revoke",
    "set_durability",
    "upgrade_postgres",
]


def open_central(address: Mapping[str, Any], device: Device, clock: Clock = now) -> PostBox:
    """Return a post box for a device; CentralUnreachable when it is not there.

    The address is that of an enrolment. The clock is the embedded central's own; PostgreSQL has one.
    """
    if address["kind"] == "sqlite":
        return SqliteBox(open_file(address), device, clock, address.get("enrolment", ""))
    return PostgresBox(address, device)
