"""The calling rules of a campaign: judged while they are typed, kept in versions, one of which can come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from callcenter.domain.calling_rules import Span
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.codec import to_json
from callcenter.domain.event import CampaignChanged
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.queue.calling_hours import belgian_days
from callcenter.queue.contradictions import Contradiction, contradictions
from callcenter.text import N_, Translator
from callcenter.usecases.campaigning import change_settings
from callcenter.usecases.views import Changes


class RulesContradict(CallcenterError):
    """Rules that cannot all hold are not kept."""

    code = "CAMPAIGN-08"
    what = N_("These calling rules do not fit each other: {reason}")
    advice = N_("Change what the sentence names, then save again.")


@dataclass(frozen=True)
class RulesVersion:
    """The settings as they stood from a moment on; `changed` names what differs from the version before."""

    number: int
    at: datetime
    by: str
    changed: tuple[str, ...]
    settings: CampaignSettings


def judge_rules(settings: CampaignSettings, changes: Mapping[str, Any]) -> tuple[Contradiction, ...]:
    """Return what would not fit if these settings were changed; SettingWrong for a value that makes no sense."""
    told = {**settings.to_json(), **{key: to_json(value) for key, value in changes.items()}}
    return contradictions(CampaignSettings.from_json(told))


def change_rules(work: UnitOfWork, campaign: Id, changes: Mapping[str, Any], say: Translator) -> Changes:
    """Keep changed rules as a new version; RulesContradict or SettingWrong when calling would be impossible."""
    settings = CampaignSettings.from_json(work.campaigns.get(campaign).settings)
    for found in judge_rules(settings, changes):
        if found.blocking:
            raise RulesContradict(reason=say(found.what, **dict(found.facts)))
    return change_settings(work, campaign, changes)


def rules_versions(work: UnitOfWork, campaign: Id) -> tuple[RulesVersion, ...]:
    """Return every version of a campaign's settings, the newest first."""
    names = {agent.id: agent.name for agent in work.campaigns.roster()}
    names[work.device.person] = work.device.name
    found: list[RulesVersion] = []
    for event in work.events.of_kind(CampaignChanged.__name__):
        fact = event.fact
        if not isinstance(fact, CampaignChanged) or fact.campaign != campaign:
            continue
        settings = CampaignSettings.from_json(fact.settings)
        changed = _differences(found[-1].settings, settings) if found else ()
        if changed or not found:
            found.append(RulesVersion(len(found) + 1, event.at, names.get(event.by, ""), changed, settings))
    return tuple(reversed(found))


def _differences(old: CampaignSettings, new: CampaignSettings) -> tuple[str, ...]:
    return tuple(f.name for f in fields(CampaignSettings) if getattr(old, f.name) != getattr(new, f.name))


def calendar_of(first: int, last: int, community: str) -> tuple[tuple[date, ...], tuple[Span, ...]]:
    """Return the public holidays and school holidays of some years, for a community: Flemish, French or German."""
    years = [belgian_days(year, community) for year in range(first, last + 1)]
    holidays = tuple(day for year in years for day in year.holidays)
    return holidays, tuple(dict.fromkeys(span for year in years for span in year.school_holidays))
