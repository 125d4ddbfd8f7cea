"""Builders for tests of the stores: people, their enrolments and facts about cases."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from callcenter.clock import Clock, RehearsedClock
from callcenter.domain.agent import Agent, Role
from callcenter.domain.event import CampaignChanged, CaseOpened, FormPublished, LeaseGranted, RespondentAdded
from callcenter.domain.sample import Number, Pack, Respondent
from callcenter.ids import new_id
from callcenter.ports import Device, Greeting
from db.local.store import LocalStore, memory_store
from db.types import Enrolment

MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ORG = "org-1"


def a_clock(at: datetime = MONDAY) -> RehearsedClock:
    return RehearsedClock(at)


def mailboxes(person: str, role: Role, site: str) -> tuple[str, ...]:
    return {
        Role.AGENT: (f"agent:{person}",),
        Role.SUPERVISOR: (f"site:{site}",),
        Role.COORDINATOR: ("org", "site:Gent", "site:Brussel"),
    }[role]


def an_enrolment(
    person: str, role: Role = Role.AGENT, site: str = "Gent", central: Mapping[str, Any] | None = None, org: str = ORG
) -> Enrolment:
    return Enrolment(
        enrolment=new_id(MONDAY),
        org=org,
        person=person,
        name=f"{person.title()} B",
        role=role,
        site=site,
        mailboxes=mailboxes(person, role, site),
        central=central or {},
        recovery=secrets.token_hex(16),
    )


def a_device(person: str, role: Role = Role.AGENT, site: str = "Gent", org: str = ORG) -> Device:
    boxes = mailboxes(person, role, site)
    return Device(org, new_id(MONDAY), person, f"{person.title()} B", role, site, secrets.token_hex(8), boxes)


def a_store(person: str, role: Role = Role.AGENT, site: str = "Gent", clock: Clock | None = None) -> LocalStore:
    return memory_store(a_device(person, role, site), clock or a_clock())


def a_greeting(device: Device) -> Greeting:
    return Greeting("callcenter test", 1, 1, device.device, device.db_epoch, {})


def a_respondent(case: str, last_name: str = "Peeters", site: str = "Gent") -> Respondent:
    numbers = (Number("n1", "+32470112233"), Number("n2", "+32470445566", role="parent"))
    return Respondent(f"person-{case}", "Noor", last_name, site, numbers=numbers)


def opened(case: str, campaign: str = "k1", site: str = "Gent") -> tuple[CaseOpened, RespondentAdded]:
    return (
        CaseOpened(case, campaign, f"person-{case}", site, reference=case.upper()),
        RespondentAdded(case, campaign, a_respondent(case, site=site)),
    )


def a_pack(case: str, first_name: str = "Noor", site: str = "Gent") -> Pack:
    return Pack(f"person-{case}", first_name, "P", site, "nl", (Number("n1", "+32470112233"),))


def granted(case: str, agent: str, epoch: int = 1, at: datetime = MONDAY, pack: Pack | None = None) -> LeaseGranted:
    return LeaseGranted(
        case=case,
        campaign="k1",
        lease=f"lease-{case}-{epoch}-{agent}",
        agent=agent,
        epoch=epoch,
        granted_at=at,
        expires_at=at + timedelta(hours=6),
        pack=pack or a_pack(case),
        rank=epoch,
    )


def a_campaign(campaign: str = "k1", state: str = "open") -> CampaignChanged:
    return CampaignChanged(campaign, {"name": {"nl": "Alumni"}}, state)


def a_form(version: str = "1", campaign: str = "k1") -> FormPublished:
    return FormPublished(campaign, "alumni", version, "00", "<h:html/>", {"nl": "Dag"})


def an_agent(person: str) -> Agent:
    return Agent(person, f"{person.title()} B", Role.AGENT, "Gent")
