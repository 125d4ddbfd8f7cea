"""Invented people for a rehearsal, leased to laptops by an office that exists for this moment only."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from callcenter.clock import now
from callcenter.domain.agent import Agent, Role
from callcenter.errors import CallcenterError
from callcenter.ids import new_id
from callcenter.ports import Device
from callcenter.rehearsal.invented import invented_campaign, lease_invented
from callcenter.text import N_
from callcenter.usecases.exchange import exchange
from db.central.campaigns import holds_real_campaign
from db.central.open import enrol_laptop, open_central, revoke
from db.central.operating import server_of
from db.errors import CentralUnproven, CentralUnreachable, CentralUnverifiable, DeviceRefused
from db.local.store import memory_store
from db.types import Enrolment

_OTHER_DOOR: Final = (CentralUnreachable, CentralUnproven, CentralUnverifiable, DeviceRefused)


class RealCampaignThere(CallcenterError):
    """Invented people must never stand among real ones."""

    code = "OPERATOR-06"
    what = N_("{organisation} has a real campaign, so no invented people are added.")
    advice = N_("Rehearse in a database of its own, or in another organisation (--org).")


class NotAllTaken(CallcenterError):
    """Central did not take the invented people."""

    code = "OPERATOR-07"
    what = N_("Central took only a part of the invented people: {count} events wait.")
    advice = N_("Run callcenter central doctor, then make the files once more.")


def check_invented(owner: Mapping[str, Any]) -> None:
    """Raise RealCampaignThere where invented people may not come."""
    if holds_real_campaign(owner):
        raise RealCampaignThere(organisation=owner["org"])


def lease_invented_to(owner: Mapping[str, Any], laptops: Sequence[Enrolment], count: int, until: datetime) -> None:
    """Lease so many invented people to each laptop until a moment, by events that central takes like any other."""
    at = now()
    office = Enrolment(
        enrolment=new_id(at),
        org=owner["org"],
        person=new_id(at),
        name="Oefenkantoor",
        role=Role.COORDINATOR,
        site="",
        mailboxes=("org",),
        central={},
        recovery="",
    )
    office = enrol_laptop(owner, office, *server_of(owner))
    try:
        _lease_by_any_door(office, laptops, count, until)
    finally:
        revoke(owner, office.enrolment, now())


def _lease_by_any_door(office: Enrolment, laptops: Sequence[Enrolment], count: int, until: datetime) -> None:
    """Reach the server by this machine's own doors first: at that of the laptops something may stand in between."""
    theirs = {name: laptops[0].central[name] for name in ("host", "port", "ca")}
    own = {"host": office.central["host"], "port": office.central["port"], "ca": ""}
    doors = [own, {**own, "host": "localhost"}, {**own, "ca": theirs["ca"]}, theirs]
    for left, door in zip(reversed(range(len(doors))), doors, strict=True):
        try:
            _lease(replace(office, central={**office.central, **door}), laptops, count, until)
        except _OTHER_DOOR:
            if not left:
                raise
        else:
            return


def _lease(office: Enrolment, laptops: Sequence[Enrolment], count: int, until: datetime) -> None:
    device = Device(
        office.org,
        new_id(now()),
        office.person,
        office.name,
        office.role,
        office.site,
        secrets.token_hex(16),
        office.mailboxes,
    )
    store = memory_store(device, now)
    box = open_central(office.central, device)
    try:
        # An earlier rehearsal may have left its campaign.
        exchange(store, box, now)
        agents = [Agent(each.person, each.name, each.role, each.site) for each in laptops]
        with store.work() as work:
            campaign = invented_campaign(work, laptops[0].site)
            lease_invented(work, campaign, agents, count, until)
        result = exchange(store, box, now, pull=False)
    finally:
        box.close()
        store.close()
    if result.waiting or result.set_aside:
        raise NotAllTaken(count=result.waiting + result.set_aside)
