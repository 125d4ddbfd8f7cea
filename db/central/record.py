"""What was done to enrolments, leases and history, kept beside them; only ever added to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from callcenter.ids import Id, new_id
from db.central.schema import audit


def note(connection: Connection, org: Id, at: datetime, act: str, by: str, subject: str, detail: str = "") -> None:  # noqa: PLR0913 - one row of the record
    """Note an act: who did it, to which enrolment, case or lease, with what belongs to it."""
    row = {
        "org_id": org,
        "audit_id": new_id(at),
        "at": at,
        "act": act,
        "by": by,
        "subject": subject,
        "detail": detail,
    }
    connection.execute(audit.insert().values(row))
