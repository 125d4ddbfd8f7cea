"""The coordinator's window, wired to the use cases of one open store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from callcenter.app.installation import Installation, Opened
from callcenter.app.office import Office, keep_fresh, waterfall
from callcenter.app.syncer import Syncer
from callcenter.domain.template import Template, read_template, templates
from callcenter.forms import xlsform
from callcenter.forms.checking import publish_ready
from callcenter.forms.workbooks import read_workbook
from callcenter.forms.xlsform import Converted
from callcenter.ids import Id
from callcenter.intake.alumni import SamplePreview
from callcenter.text import LOCAL_ZONE
from callcenter.usecases import campaigning, erasing, importing, reporting, roster, ruling, supervising
from callcenter.usecases.campaigning import CampaignView
from callcenter.usecases.concerns import concerns_of
from callcenter.usecases.views import Changes
from ui.background import Lanes
from ui.coordinator.actions import (
    CampaignActions,
    CoordinatorActions,
    ErasureActions,
    PeopleActions,
    ReportActions,
    RulesActions,
    SampleActions,
)
from ui.coordinator.presenter import CoordinatorPresenter
from ui.coordinator.window import CoordinatorWindow
from ui.text import current


class _Campaigns:
    """What the campaign page does on one open store."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read(self) -> CampaignView | None:
        return self._office.on_campaign(campaigning.campaign_view)

    def change(self, changes: Mapping[str, Any]) -> Changes:
        done = self._office.on_campaign(lambda work, campaign: campaigning.change_settings(work, campaign, changes))
        return done or Changes.none()

    def publish(self, converted: Converted) -> Changes:
        scripts = self._template().scripts
        done = self._office.on_campaign(
            lambda work, campaign: campaigning.publish_questionnaire(work, campaign, converted, scripts)
        )
        return done or Changes.none()

    def open(self) -> Changes:
        return self._office.on_campaign(campaigning.open_campaign) or Changes.none()

    def close(self) -> Changes:
        return self._office.on_campaign(campaigning.close_campaign) or Changes.none()

    def convert(self, workbook: Path | None) -> Converted:
        """Check and convert a workbook, or the template's own questionnaire; in the free lane."""
        view = self.read()
        known = view.settings.presets if view else None
        return publish_ready(read_workbook(workbook) if workbook else self._own_workbook(), current(), known)

    def save_workbook(self, path: Path) -> None:
        """Write the template's questionnaire as a workbook; in the free lane."""
        xlsform.write_xlsx(self._own_workbook(), path)

    def _own_workbook(self) -> xlsform.Workbook:
        return xlsform.read_markdown(self._template().questionnaire.read_text("utf-8"))

    def _template(self) -> Template:
        view = self.read()
        return read_template(view.settings.template if view and view.settings.template else templates()[0])

    def actions(self) -> CampaignActions:
        return CampaignActions(
            templates=templates,
            read=self.read,
            create=lambda name, answers: self._office.work(
                lambda work: campaigning.create_from_template(work, name, answers)
            ),
            change=self.change,
            convert=self.convert,
            publish=self.publish,
            save_workbook=self.save_workbook,
            open=self.open,
            close=self.close,
        )


def _rules(office: Office) -> RulesActions:
    def change(values: Mapping[str, Any]) -> Changes:
        done = office.on_campaign(lambda work, campaign: ruling.change_rules(work, campaign, values, current()))
        return done or Changes.none()

    return RulesActions(
        versions=lambda: office.on_campaign(ruling.rules_versions) or (), change=change, calendar=ruling.calendar_of
    )


def _sample(office: Office) -> SampleActions:
    def bring_in(seen: SamplePreview) -> importing.Imported:
        done = office.on_campaign(lambda work, campaign: importing.import_sample(work, campaign, seen))
        return done or importing.Imported()

    def decide(case: Id, proposal: Id, accepted: bool) -> Changes:  # noqa: FBT001 - a button of the page says it
        return office.work(
            lambda work: supervising.decide_contact_correction(work, case, proposal, accepted=accepted)
        )

    return SampleActions(
        preview=importing.preview,
        bring_in=bring_in,
        save_findings=lambda seen, path: reporting.export_findings(seen, path, current().language),
        proposals=lambda: office.on_campaign(supervising.proposals_of) or (),
        concerns=lambda: (
            office.on_campaign(lambda work, campaign: concerns_of(work, campaign, current().language)) or ()
        ),
        decide=decide,
    )


def _people(office: Office) -> PeopleActions:
    return PeopleActions(
        roster=lambda: office.work(lambda work: tuple(work.campaigns.roster())),
        read=roster.read_roster,
        change=lambda rows: office.work(lambda work: roster.change_roster(work, rows)),
        add=lambda row: office.work(lambda work: roster.add_person(work, row)),
        prepare=office.laptops.prepare,
    )


def _reports(office: Office) -> ReportActions:
    return ReportActions(
        folder=office.installation.where.reports,
        snapshot=office.snapshot,
        figures=lambda snapshot: reporting.figures(snapshot, current().language),
        waterfall=waterfall,
        export=lambda snapshot, folder, language, internal: reporting.export(
            snapshot, folder, language, internal=internal
        ),
        show=lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
    )


def _erasure(office: Office) -> ErasureActions:
    return ErasureActions(
        find=lambda text: office.work(lambda work: erasing.find_people(work, text, current().language)),
        erase=lambda person, reason, typed: office.work(
            lambda work: erasing.erase_person(work, person, reason, typed)
        ),
        unanswered=lambda: office.work(erasing.unanswered),
    )


def coordinator_face(installation: Installation, opened: Opened, lanes: Lanes) -> CoordinatorWindow:
    """Return the window of a coordinator, fresh and kept fresh."""
    office = Office(installation, opened)
    today = installation.clock().astimezone(LOCAL_ZONE).date()
    window = CoordinatorWindow(opened.name, templates(), installation.where.reports, today)
    syncer = Syncer(office.line, lanes, window)
    actions = CoordinatorActions(
        name=opened.name,
        now=installation.clock,
        safety=office.safety,
        sync=syncer.now,
        inbox=office.inbox(),
        laptops=office.laptop_actions(),
        campaign=_Campaigns(office).actions(),
        rules=_rules(office),
        sample=_sample(office),
        people=_people(office),
        reports=_reports(office),
        erasure=_erasure(office),
    )
    keep_fresh(CoordinatorPresenter(window, actions, lanes), syncer, lanes)
    return window
