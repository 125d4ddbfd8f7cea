from __future__ import annotations

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import KINDS, Route
from db.central.routing import RULES, least_rank, mailboxes, may_read, rank

_KNOWN = frozenset({"org", "site:Gent", "site:Brussel", "agent:yasmina", "agent:jef"})


def _to(kind: str, holder: str = "", *, by: str = "boss", role: str = "supervisor", site: str = "Gent", to: str = ""):
    return mailboxes({"kind": kind, "site": site, "to": to, "by": by, "role": role}, holder, _KNOWN)


def test_the_rule_of_each_kind_is_its_route() -> None:
    said = {kind: cls.ROUTE for kind, cls in KINDS.items()}
    assert set(RULES) == set(said)
    assert {kind for kind in said if RULES[kind] != said[kind]} == {"RosterChanged", "SubjectErased"}


@pytest.mark.parametrize("kind", [k for k, r in RULES.items() if r == Route.OFFICE])
def test_what_is_for_the_office_goes_to_the_site(kind: str) -> None:
    assert _to(kind, holder="yasmina") == {"site:Gent"}


@pytest.mark.parametrize("kind", [k for k, r in RULES.items() if r == Route.OFFICE_AND_HOLDER])
def test_what_concerns_a_case_also_goes_to_the_laptop_that_holds_it(kind: str) -> None:
    assert _to(kind, holder="yasmina") == {"site:Gent", "agent:yasmina"}
    assert _to(kind) == {"site:Gent"}
    assert _to(kind, holder="yasmina", by="yasmina", role="agent") == {"site:Gent"}
    assert _to(kind, holder="yasmina", by="yasmina", role="supervisor") == {"site:Gent", "agent:yasmina"}


@pytest.mark.parametrize("kind", ["SensitiveResponseRecorded", "ConfidentialNoteAdded"])
def test_what_is_sensitive_goes_to_the_organisation_only(kind: str) -> None:
    assert _to(kind, holder="yasmina", by="jef", role="agent") == {"org"}


@pytest.mark.parametrize("kind", ["CampaignChanged", "FormPublished"])
def test_a_campaign_goes_to_everybody(kind: str) -> None:
    assert _to(kind) == _KNOWN


def test_the_roster_goes_to_offices_only() -> None:
    assert _to("RosterChanged") == {"org", "site:Gent", "site:Brussel"}


def test_a_lease_goes_to_the_site_and_to_its_agent_even_before_the_agent_has_a_laptop() -> None:
    assert _to("LeaseGranted", holder="jef", to="yasmina") == {"site:Gent", "agent:yasmina"}
    assert _to("LeaseGranted", to="new") == {"site:Gent", "agent:new"}


def test_a_site_without_an_office_is_served_by_the_organisation() -> None:
    assert _to("NoteAdded", site="Aalst") == {"org"}
    assert _to("NoteAdded", site="") == {"org"}


def test_a_kind_of_the_future_goes_to_the_office() -> None:
    assert _to("VideoCallOpened", holder="yasmina") == {"site:Gent"}


def test_a_kind_may_be_said_by_its_role_and_those_above() -> None:
    assert least_rank("AttemptClosed") == rank(Role.AGENT) < least_rank("LeaseGranted") == rank(Role.SUPERVISOR)
    assert least_rank("SubjectErased") == rank(Role.COORDINATOR)
    assert least_rank("VideoCallOpened") == rank(Role.AGENT)


def test_only_a_coordinator_reads_offices_it_was_not_enrolled_for() -> None:
    assert may_read("supervisor", ["site:Gent"], "site:Gent")
    assert not may_read("supervisor", ["site:Gent"], "site:Brussel")
    assert may_read("coordinator", ["org"], "site:Brussel")
    assert not may_read("coordinator", ["org"], "agent:yasmina")
