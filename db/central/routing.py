"""Who gets an event, from its envelope alone: the one rule, for both kinds of central."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from callcenter.domain.agent import Role
from callcenter.domain.event import KINDS, Route

ORG: Final = "org"
OFFICES: Final = "offices"
"""All offices, no agents: the roster names people and their telephone numbers."""
ERASED: Final = "erased"
"""Every mailbox that was ever told of the case, and its office."""

RULES: Final[Mapping[str, str]] = {
    **{kind: str(cls.ROUTE) for kind, cls in KINDS.items()},
    "RosterChanged": OFFICES,
    "SubjectErased": ERASED,
}
# What a program of the future says, the office can at least keep.
UNKNOWN: Final = str(Route.OFFICE)

_RANKS: Final = {Role.AGENT: 0, Role.SUPERVISOR: 1, Role.COORDINATOR: 2}
_LEAST: Final[Mapping[str, Role]] = {
    **dict.fromkeys(("RespondentAdded", "RespondentMerged", "CaseOpened", "FormPublished"), Role.COORDINATOR),
    **dict.fromkeys(("CampaignChanged", "SubjectErased"), Role.COORDINATOR),
    **dict.fromkeys(("LeaseGranted", "LeaseEnded", "OutcomeCorrected", "RosterChanged"), Role.SUPERVISOR),
    "ContactCorrectionDecided": Role.SUPERVISOR,
}


LEAST_PROTOCOL: Final = 1
NEWEST_PROTOCOL: Final = 1
"""What a program must speak to write, and what it should: the calls of `api_v1`."""


def verdict(protocol: int) -> str:
    """Return what a program may do that speaks a version of the protocol."""
    if protocol < LEAST_PROTOCOL:
        return "read_only"
    return "ok" if protocol >= NEWEST_PROTOCOL else "upgrade_soon"


def rank(role: str) -> int:
    """Return how far a role reaches: agent 0, supervisor 1, coordinator 2."""
    return _RANKS[Role(role)]


def least_rank(kind: str) -> int:
    """Return the rank from which a kind may be said; only central with roles asks for it."""
    return _RANKS[_LEAST.get(kind, Role.AGENT)]


def agent_box(person: str) -> str:
    """Return the mailbox of a person's laptop."""
    return f"agent:{person}"


def site_box(site: str) -> str:
    """Return the mailbox of a site's office."""
    return f"site:{site}"


def is_office(mailbox: str) -> bool:
    """Tell whether supervisors or coordinators read a mailbox."""
    return not mailbox.startswith("agent:")


def may_read(role: str, enrolled: Collection[str], mailbox: str) -> bool:
    """Tell whether a mailbox is this device's own; a coordinator reads all offices, also those that came later."""
    return mailbox in enrolled or (role == Role.COORDINATOR and is_office(mailbox))


def mailboxes(
    envelope: Mapping[str, Any], holder: str, known: Collection[str], told: Collection[str] = ()
) -> frozenset[str]:
    """Return where an event goes; `holder` has the live lease of its case, `known` are the mailboxes there are.

    What belongs to a site without an office goes to the organisation. `told` are the mailboxes that were ever told of
    the case; only an erasure goes there.
    """
    rule = RULES.get(envelope["kind"], UNKNOWN)
    if rule == Route.ORGANISATION:
        return frozenset({ORG})
    if rule == Route.CAMPAIGN:
        return frozenset(known) | {ORG}
    if rule == OFFICES:
        return frozenset(filter(is_office, known)) | {ORG}
    office = site_box(envelope["site"])
    found = {office if office in known else ORG}
    if rule == ERASED:
        return frozenset(found) | frozenset(told)
    if rule == Route.ADDRESSEE and envelope["to"]:
        found.add(agent_box(envelope["to"]))
    if rule == Route.OFFICE_AND_HOLDER and holder and not _sent_by(envelope, holder):
        found.add(agent_box(holder))
    return frozenset(found)


def _sent_by(envelope: Mapping[str, Any], holder: str) -> bool:
    """Tell whether the holder's own laptop said it; the same person may also have an office store."""
    return bool(envelope["by"] == holder and envelope["role"] == Role.AGENT)
