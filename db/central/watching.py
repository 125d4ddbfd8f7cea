"""Ends calls of laptops that take too long: no right and no setting keeps a laptop's own SQL from burning time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import text

from db.central.enrol import owner_of

LONGEST: Final = timedelta(seconds=30)
_END: Final = text(
    "SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity a JOIN priv.login l ON l.login = a.usename "
    "WHERE a.datname = current_database() AND a.xact_start < clock_timestamp() - :longest"
)


def end_long_calls(owner: Mapping[str, Any], longest: timedelta = LONGEST) -> int:
    """End the sessions of laptops whose transaction is open for too long, and return how many there were.

    The operator lets it run every half minute. A laptop that is cut off so tries again later and loses nothing.
    """
    with owner_of(owner) as connection:
        return int(connection.execute(_END, {"longest": longest}).scalar_one())
