"""Small values of a store: whose it is, its clocks and counters, and the address of central."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from db.local.schema import meta

DEVICE = "device"
CENTRAL = "central"
LAST_SEQ = "last_seq"
LAST_SHA = "last_sha256"
LAST_LOGICAL = "last_logical"
ROW_VERSION = "row_version"
LAST_SYNC = "last_sync"
SKEW = "server_skew"
RESTORE_EPOCH = "restore_epoch"
LEFT_ASIDE = "left_aside"
SEAL = "seal"
ENROLMENT = "enrolment"
KINDS = "kinds"
MARKED = "marked"


def read(connection: Connection, name: str, default: Any = None) -> Any:
    """Return one value, plain JSON."""
    found = connection.execute(select(meta.c.value).where(meta.c.name == name)).first()
    return default if found is None else found.value


def write(connection: Connection, **values: Any) -> None:
    """Keep values instead of earlier ones."""
    add = insert(meta)
    keep = add.on_conflict_do_update(index_elements=["name"], set_={"value": add.excluded.value})
    connection.execute(keep, [{"name": name, "value": value} for name, value in values.items()])


def next_row_version(connection: Connection) -> int:
    """Return a number that no projected row of this store has had."""
    version = int(read(connection, ROW_VERSION, 0)) + 1
    write(connection, **{ROW_VERSION: version})
    return version
