from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from callcenter.domain.campaign import CampaignSettings, SettingWrong
from callcenter.domain.event import CampaignChanged
from callcenter.domain.template import ScriptIncomplete, read_template
from callcenter.forms.xlsform import Converted
from callcenter.usecases import campaigning
from callcenter.usecases.campaigning import CampaignNotReady, PresetUndeclared, VersionTaken
from tests.office import an_office, the_form

SCRIPTS = read_template("tajo").scripts


def test_a_campaign_begins_as_a_draft_with_the_template_s_settings_and_the_answers() -> None:
    office = an_office()
    with office.store.work() as work:
        made = campaigning.create_from_template(work, "tajo", {"sites": ["Gent"], "period_end": date(2026, 7, 10)})
        view = campaigning.campaign_view(work, made)
    assert (view.state, view.settings.sites, view.settings.period_end) == ("draft", ("Gent",), date(2026, 7, 10))
    assert view.settings.template == "tajo"
    assert view.missing == ("legal_basis_by", "legal_basis_on", "form")


def test_calling_does_not_start_before_the_legal_basis_is_decided_and_a_questionnaire_is_there() -> None:
    office = an_office()
    with office.store.work() as work:
        made = campaigning.create_from_template(work, "tajo", {})
        with pytest.raises(CampaignNotReady) as refused:
            campaigning.open_campaign(work, made)
    assert "form" in str(refused.value)


def test_a_changed_setting_travels_and_an_unchanged_one_writes_nothing() -> None:
    office = an_office()
    with office.store.work() as work:
        before = len(work.events.of_kind(CampaignChanged.__name__))
        changed = campaigning.change_settings(work, office.campaign, {"max_attempts": 6})
        again = campaigning.change_settings(work, office.campaign, {"max_attempts": 6})
        assert CampaignSettings.from_json(work.campaigns.get(office.campaign).settings).max_attempts == 6
        assert len(work.events.of_kind(CampaignChanged.__name__)) == before + 1
    assert (changed.campaigns, again.campaigns) == (frozenset({office.campaign}), frozenset())


def test_a_setting_that_makes_no_sense_is_refused_by_name() -> None:
    office = an_office()
    with office.store.work() as work, pytest.raises(SettingWrong) as refused:
        campaigning.change_settings(work, office.campaign, {"period_end": date(2026, 1, 1)})
    assert "period_end" in str(refused.value)


def test_the_same_questionnaire_is_published_once() -> None:
    office = an_office()
    with office.store.work() as work:
        changes = campaigning.publish_questionnaire(work, office.campaign, the_form(), SCRIPTS)
        assert len(work.events.of_kind("FormPublished")) == 1
    assert changes.campaigns == frozenset()


def test_other_questions_need_another_version() -> None:
    office = an_office()
    other = replace(the_form(), sha256="0" * 64)
    with office.store.work() as work, pytest.raises(VersionTaken):
        campaigning.publish_questionnaire(work, office.campaign, other, SCRIPTS)


def test_a_questionnaire_may_not_ask_for_what_the_campaign_does_not_declare() -> None:
    office = an_office()
    with office.store.work() as work:
        declared = dict(CampaignSettings.from_json(work.campaigns.get(office.campaign).settings).presets)
        del declared["prev_program"]
        campaigning.change_settings(work, office.campaign, {"presets": declared})
        with pytest.raises(PresetUndeclared) as refused:
            campaigning.publish_questionnaire(work, office.campaign, the_form(), SCRIPTS)
    assert "prev_program" in str(refused.value)


def test_a_questionnaire_reads_no_column_of_a_case_that_the_campaign_does_not_declare() -> None:
    office, form = an_office(), the_form()
    case = '<instance id="case" src="jr://file-csv/case.csv"/><bind nodeset="/data/year_start" constraint="'

    def reading(column: str, version: str) -> Converted:
        read = f"{case}instance('case')/root/item/{column} != ''\""
        xml = form.xml.replace('<bind nodeset="/data/year_start"', read, 1)
        return replace(form, xml=xml, version=version, sha256=version)

    with office.store.work() as work:
        assert campaigning.publish_questionnaire(work, office.campaign, reading("prev_grade", "2"), SCRIPTS).campaigns
        with pytest.raises(PresetUndeclared) as refused:
            campaigning.publish_questionnaire(work, office.campaign, reading("street", "3"), SCRIPTS)
    assert "street" in str(refused.value)


def test_a_preset_with_an_unknown_source_is_no_setting() -> None:
    office = an_office()
    with office.store.work() as work, pytest.raises(SettingWrong):
        campaigning.change_settings(work, office.campaign, {"presets": {"voornaam": "respondent.remarks"}})


def test_a_script_without_a_part_is_not_published() -> None:
    office = an_office()
    with office.store.work() as work, pytest.raises(ScriptIncomplete):
        campaigning.publish_questionnaire(work, office.campaign, the_form(), {"nl": "## opening\nDag"})


def test_a_closed_campaign_keeps_its_settings() -> None:
    office = an_office()
    with office.store.work() as work:
        campaigning.close_campaign(work, office.campaign)
        view = campaigning.campaign_view(work, office.campaign)
    assert (view.state, view.form_version != "") == ("closed", True)
