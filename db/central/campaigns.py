"""Which campaigns a central holds: an operator must not mix invented people with real ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from callcenter.domain.codec import parse
from callcenter.domain.event import CampaignChanged
from db.central.enrol import owner_of
from db.central.schema import event


def holds_real_campaign(central: Mapping[str, Any]) -> bool:
    """Tell whether an organisation has a campaign whose people are not invented."""
    mine = (event.c.org_id == central["org"]) & (event.c.kind == CampaignChanged.__name__)
    with owner_of(central) as connection:
        wires = connection.execute(select(event.c.wire).where(mine)).scalars()
        return any(not parse(wire)["body"]["settings"].get("invented") for wire in wires)
