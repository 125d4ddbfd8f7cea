"""Identities made without asking anyone: UUID version 7, ordered by time (RFC 9562, section 5.7)."""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, datetime

Id = str
"""A UUIDv7 in its canonical text form."""


def new_id(at: datetime) -> Id:
    """Return a new UUIDv7 for an aware moment: 48 bits of milliseconds, then 74 random bits."""
    milliseconds = int(at.timestamp() * 1000) & (2**48 - 1)
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return str(uuid.UUID(int=value))


def moment_of(made: Id) -> datetime:
    """Return the moment for which an id was made, to the millisecond."""
    return datetime.fromtimestamp((uuid.UUID(made).int >> 80) / 1000, UTC)
