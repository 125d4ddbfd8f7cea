"""Which mailboxes a device reads, and names that become files."""

from __future__ import annotations

import re
import unicodedata

from callcenter.domain.agent import Role
from callcenter.ids import Id


def mailboxes_of(role: Role, person: Id, site: str) -> tuple[str, ...]:
    """Return what a person's device reads: its own mailbox, the office of its site, or the organisation's."""
    match role:
        case Role.AGENT:
            return (f"agent:{person}",)
        case Role.SUPERVISOR:
            return (f"site:{site}",)
    return ("org",)


def slug(name: str) -> str:
    """Return a name as a file may be called."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "person"
