"""Column types and values with the same meaning in SQLite and PostgreSQL, on a laptop and on central."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from callcenter.domain.agent import Role
from callcenter.domain.codec import canonical
from callcenter.ids import Id


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: ISO text in UTC in SQLite, timestamptz in PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the dialect's own column type."""
        zoned = dialect.name == "postgresql"
        return dialect.type_descriptor(DateTime(timezone=True) if zoned else Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return the stored form; naive moments are a bug and raise ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must be aware")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the aware moment in UTC."""
        if value is None:
            return None
        moment: datetime = value if dialect.name == "postgresql" else datetime.fromisoformat(value)
        return moment.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """A plain JSON value, kept as its canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Return the canonical text."""
        return canonical(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the plain JSON value."""
        return None if value is None else json.loads(value)


@dataclass(frozen=True)
class Enrolment:
    """What makes a laptop one person's device; `central` is an address such as {"kind": "sqlite", "path", "key"}.

    `recovery` is the secret with which the office opens the store when the pass phrase is forgotten. A stock
    enrolment has a person of its own and no name until it is handed to somebody. After `expires_at` no device can be
    bound to it.
    """

    enrolment: Id
    org: Id
    person: Id
    name: str
    role: Role
    site: str
    mailboxes: tuple[str, ...]
    central: Mapping[str, Any]
    recovery: str
    expires_at: datetime | None = None


def rolling_hash(held: Iterable[tuple[int, str]]) -> str:
    """Return one hash over a device's (seq, sha256) pairs in the order of seq; laptop and central compare it."""
    running = hashlib.sha256()
    for seq, sha in held:
        running.update(f"{seq}:{sha};".encode())
    return running.hexdigest()
