"""A campaign is made: from a template to its settings, its questionnaire and its start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.codec import to_json
from callcenter.domain.event import CampaignChanged, FormPublished
from callcenter.domain.template import parse_script, read_template
from callcenter.errors import CallcenterError
from callcenter.forms.session import load
from callcenter.forms.xlsform import Converted
from callcenter.ids import Id, new_id
from callcenter.ports import CampaignRecord, UnitOfWork
from callcenter.text import N_
from callcenter.usecases.views import Changes

DRAFT, OPEN, CLOSED = "draft", "open", "closed"


class CampaignNotReady(CallcenterError):
    """Calling may not start without a decided legal basis and a questionnaire."""

    code = "CAMPAIGN-05"
    what = N_("Calling cannot start yet. Still missing: {missing}.")
    advice = N_("Fill in who decided the legal basis and when, and publish the questionnaire.")


class VersionTaken(CallcenterError):
    """Two different questionnaires must not carry one version: answers name the version they were given on."""

    code = "CAMPAIGN-06"
    what = N_("Version {version} of this questionnaire was published already, with other questions.")
    advice = N_("Give the sheet 'settings' a new version, then publish again.")


class PresetUndeclared(CallcenterError):
    """The form asks for something about a person that the campaign does not let travel."""

    code = "CAMPAIGN-07"
    what = N_("The questionnaire asks for {names}, and the campaign does not declare where that comes from.")
    advice = N_("Take these hidden questions out, or use a template that declares them.")


@dataclass(frozen=True)
class CampaignView:
    """A campaign as the office shows it."""

    id: Id
    settings: CampaignSettings
    state: str
    form_version: str = ""
    cases: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is missing before calling may start, as names of settings and `form`."""
        form = () if self.form_version else ("form",)
        return (*self.settings.missing_to_start(), *form)


def create_from_template(work: UnitOfWork, name: str, answers: Mapping[str, Any]) -> Id:
    """Make a campaign from a template, with the coordinator's answers over its defaults; it begins as a draft.

    `answers` are settings by name, as values or in their JSON form. Raises TemplateUnknown, SettingWrong.
    """
    told = {**read_template(name).settings.to_json(), **{key: to_json(value) for key, value in answers.items()}}
    settings = CampaignSettings.from_json(told)
    campaign = new_id(work.now())
    work.events.append(CampaignChanged(campaign, settings.to_json(), DRAFT))
    return campaign


def change_settings(work: UnitOfWork, campaign: Id, changes: Mapping[str, Any]) -> Changes:
    """Change settings of a campaign by name; laptops get them with their next sync. Raises SettingWrong."""
    record = work.campaigns.get(campaign)
    told = {**record.settings, **{key: to_json(value) for key, value in changes.items()}}
    settings = CampaignSettings.from_json(told).to_json()
    if settings == CampaignSettings.from_json(record.settings).to_json():
        return Changes.none()
    work.events.append(CampaignChanged(campaign, settings, record.state))
    return Changes(campaigns=frozenset({campaign}))


def open_campaign(work: UnitOfWork, campaign: Id) -> Changes:
    """Let the calling begin; CampaignNotReady while the legal basis is undecided or there is no questionnaire."""
    view = campaign_view(work, campaign)
    if view.state == OPEN:
        return Changes.none()
    if view.missing:
        raise CampaignNotReady(missing=", ".join(view.missing))
    return _enter(work, campaign, OPEN)


def close_campaign(work: UnitOfWork, campaign: Id) -> Changes:
    """End a campaign: nothing is dealt any more; results that still come in are kept."""
    return _enter(work, campaign, CLOSED)


def _enter(work: UnitOfWork, campaign: Id, state: str) -> Changes:
    record = work.campaigns.get(campaign)
    work.events.append(CampaignChanged(campaign, record.settings, state))
    return Changes(campaigns=frozenset({campaign}))


def publish_questionnaire(
    work: UnitOfWork, campaign: Id, converted: Converted, scripts: Mapping[str, str]
) -> Changes:
    """Publish a converted questionnaire with its call scripts; it applies to cases that are not yet started.

    Raises a FormError when the form cannot be used by telephone, ScriptIncomplete, PresetUndeclared or VersionTaken.
    """
    settings = CampaignSettings.from_json(work.campaigns.get(campaign).settings)
    undeclared = sorted(set(load(converted.xml).wanted) - settings.presets.keys())
    if undeclared:
        raise PresetUndeclared(names=", ".join(undeclared))
    for text in scripts.values():
        parse_script(text)
    known = work.campaigns.form(campaign, converted.version)
    if known is not None and known.sha256 != converted.sha256:
        raise VersionTaken(version=converted.version)
    last = work.campaigns.form(campaign)
    if last is not None and last.sha256 == converted.sha256 and dict(last.scripts) == dict(scripts):
        return Changes.none()
    told = (converted.form_id, converted.version, converted.sha256, converted.xml)
    work.events.append(FormPublished(campaign, *told, scripts=dict(scripts)))
    return Changes(campaigns=frozenset({campaign}))


def campaigns(work: UnitOfWork) -> tuple[CampaignView, ...]:
    """Return every campaign, newest first."""
    return tuple(_view(work, record) for record in work.campaigns.all())


def campaign_view(work: UnitOfWork, campaign: Id) -> CampaignView:
    """Return one campaign as the office shows it."""
    return _view(work, work.campaigns.get(campaign))


def _view(work: UnitOfWork, record: CampaignRecord) -> CampaignView:
    form = work.campaigns.form(record.id)
    return CampaignView(
        id=record.id,
        settings=CampaignSettings.from_json(record.settings),
        state=record.state,
        form_version=form.version if form else "",
        cases=len(work.cases.all(record.id)),
    )
