"""An invented campaign with a questionnaire and leased people, so that laptops can be tried without real ones."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from callcenter.domain.agent import Agent
from callcenter.domain.calling_rules import PupilHours, Retry, Window
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.event import CampaignChanged, CaseOpened, Fact, LeaseGranted, RespondentAdded, RosterChanged
from callcenter.domain.sample import Respondent
from callcenter.domain.template import Template, read_template
from callcenter.forms import xlsform
from callcenter.forms.session import load
from callcenter.ids import Id, new_id
from callcenter.ports import UnitOfWork
from callcenter.rehearsal.people import invent, write_list
from callcenter.text import LOCAL_ZONE
from callcenter.usecases import campaigning, importing
from callcenter.usecases.packs import PackRules, build_pack
from callcenter.usecases.samples import respondent_of

_TEMPLATE: Final = "tajo"
_NAMES: Final = {
    "nl": "Verzonnen mensen (oefening)",
    "en": "Invented people (rehearsal)",
    "fr": "Personnes inventées (exercice)",
}
_EVERY_DAY: Final = (1, 2, 3, 4, 5, 6, 7)
_ALWAYS: Final = (Window(time(0, 0), time(23, 59, 59), _EVERY_DAY),)
_YEAR: Final = timedelta(days=365)
# Nobody rehearses so often that a limit should stop it.
_ANY: Final = 1_000_000


def invented_campaign(work: UnitOfWork, site: str) -> Id:
    """Return the invented campaign of this store with a site in it, made and opened now when there is none."""
    for record in work.campaigns.all():
        told = CampaignSettings.from_json(record.settings)
        if told.invented and not record.closed:
            if site not in told.sites:
                settings = replace(told, sites=(*told.sites, site)).to_json()
                work.events.append(CampaignChanged(record.id, settings, record.state))
            return record.id
    template = read_template(_TEMPLATE)
    campaign = campaigning.create_from_template(work, template.name, _answers(work, template, site))
    converted = xlsform.convert(xlsform.read_markdown(template.questionnaire.read_text("utf-8")))
    campaigning.publish_questionnaire(work, campaign, converted, template.scripts)
    campaigning.open_campaign(work, campaign)
    return campaign


def _answers(work: UnitOfWork, template: Template, site: str) -> Mapping[str, Any]:
    """Return the template's settings changed so that a call is allowed at any hour, again and again."""
    today = work.now().astimezone(LOCAL_ZONE).date()
    return {
        "name": dict(_NAMES),
        "organisation": work.device.org,
        "sites": (site,),
        "period_start": today - timedelta(days=1),
        "period_end": today + _YEAR,
        "mop_up": None,
        "legal_basis_by": work.device.name,
        "legal_basis_on": today,
        "hours": {role: _ALWAYS for role in template.settings.hours},
        "quiet": (),
        "holidays": (),
        "school_holidays": (),
        "pupils": PupilHours(under=0),
        "parent_consent_under": 0,
        "min_age_direct": 0,
        "max_attempts": _ANY,
        "attempts_per_day": _ANY,
        "voicemails_in_a_row": _ANY,
        "retry": {letter: Retry(0) for letter in template.settings.retry},
        "invented": True,
    }


def lease_invented(
    work: UnitOfWork, campaign: Id, agents: Sequence[Agent], count: int, until: datetime
) -> tuple[Id, ...]:
    """Invent so many people for each agent and lease them until a moment; return the cases."""
    record, published = work.campaigns.get(campaign), work.campaigns.form(campaign)
    if published is None:
        raise ValueError("an invented campaign has its questionnaire")
    settings = CampaignSettings.from_json(record.settings)
    rules = PackRules(settings, frozenset(load(published.xml).wanted), work.now())
    people = _people(work, count * len(agents))
    made: list[Id] = []
    for agent in agents:
        for rank in range(count):
            made.append(new_id(work.now()))
            person = replace(next(people), site=agent.site)
            work.events.append(*_opened(made[-1], campaign, person, settings.wave))
            work.events.append(_lease(work, rules, agent, (made[-1], rank, until)))
    known = work.campaigns.roster()
    work.events.append(RosterChanged((*known, *agents)))
    return tuple(made)


def _opened(case: Id, campaign: Id, person: Respondent, wave: int) -> tuple[Fact, Fact]:
    return (
        CaseOpened(case, campaign, person.person, person.site, wave, person.reference),
        RespondentAdded(case, campaign, person),
    )


def _lease(work: UnitOfWork, rules: PackRules, agent: Agent, told: tuple[Id, int, datetime]) -> LeaseGranted:
    case, rank, until = work.cases.get(told[0]), told[1], told[2]
    return LeaseGranted(
        case=case.id,
        campaign=case.campaign,
        lease=new_id(work.now()),
        agent=agent.id,
        epoch=1,
        granted_at=work.now(),
        expires_at=until,
        pack=build_pack(case, agent, rules),
        rank=rank,
    )


def _people(work: UnitOfWork, count: int) -> Iterator[Respondent]:
    """Yield invented people, read from their list as those of an organisation would be."""
    already = sum(len(work.cases.all(record.id)) for record in work.campaigns.all())
    # Some rows of any list are refused or held back, so a few more are invented than are needed.
    people = [replace(p, do_not_call=False) for p in invent(already, count + count // 2 + 20)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "invented.csv"
        write_list(people, path)
        seen = importing.preview(path, work.now().astimezone(LOCAL_ZONE).date())
    for row in seen.accepted[:count]:
        told = respondent_of(row, new_id(work.now()), frozenset())
        yield replace(told, reference=f"{told.reference}-{already}", do_not_call=False)
