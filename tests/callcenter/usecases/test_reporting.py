from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from callcenter.domain.agent import Role
from callcenter.text import translator
from callcenter.usecases import reporting
from callcenter.usecases.reporting import ReportUnwritable, Snapshot
from tests.office import AYA, Office, a_person, a_staffed_office
from tests.ui.offices import a_busy_office


@pytest.fixture(scope="module")
def day() -> Office:
    """One working day with answers, read only."""
    return a_busy_office(Role.COORDINATOR, "")


def _snapshot(office: Office) -> Snapshot:
    with office.store.work() as work:
        return reporting.campaign_report(work, office.campaign)


def test_a_snapshot_holds_the_cases_and_the_moment(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    told = _snapshot(office)
    assert (len(told.cases), told.at, told.settings.organisation) == (6, office.clock(), "TAJO")


def test_a_supervisor_s_report_holds_the_own_site_only(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, role=Role.SUPERVISOR, site="Kortrijk")
    assert _snapshot(office).cases == ()


def test_report_and_workbook_lie_in_the_folder_under_the_campaign_s_name_day_and_language(
    day: Office, tmp_path: Path
) -> None:
    made = reporting.export(_snapshot(day), tmp_path / "new" / "folder", "fr")
    assert made.pdf.name == "mise-a-jour-annuelle-2026-2026-06-22-fr.pdf"
    assert len(PdfReader(made.pdf).pages) >= 1
    assert openpyxl.load_workbook(made.xlsx).sheetnames


def test_an_internal_report_says_so_in_its_name(day: Office, tmp_path: Path) -> None:
    made = reporting.export(_snapshot(day), tmp_path, "nl", internal=True)
    assert made.pdf.stem.endswith("-intern")


def test_a_folder_that_is_a_file_is_refused(day: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ReportUnwritable):
        reporting.export(_snapshot(day), tmp_path / "file", "nl")


def test_findings_become_a_workbook_that_names_each_cell(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    seen = office.preview(tmp_path, [dict(AYA), a_person(2, Geboortedatum="31/02/2009")])
    path = reporting.export_findings(seen, tmp_path / "out" / "bevindingen.xlsx", "nl")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert [cell for cell in rows[1] if cell == "31/02/2009"]


def test_nobody_answered_yet_is_said_instead_of_an_empty_chart(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    told = reporting.answered(_snapshot(office))
    chart = reporting.waterfall_chart(reporting.figures(told, "nl"), "F", translator("nl"))
    assert (chart.svg, chart.description) == (b"", "Over beide schooljaren is nog niets bekend.")


def test_the_chart_tells_its_finding_in_a_sentence(day: Office) -> None:
    told = reporting.answered(_snapshot(day))
    chart = reporting.waterfall_chart(reporting.figures(told, "nl", internal=True), "F", translator("nl"))
    assert chart.svg.startswith(b"<?xml")
    assert "ging naar een lichtere richting" in chart.description


def test_only_those_who_answered_stand_in_the_chart_of_the_board(day: Office) -> None:
    assert 0 < len(reporting.answered(_snapshot(day)).cases) < len(_snapshot(day).cases)
