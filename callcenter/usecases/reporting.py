"""Figures of a campaign: values read in the store lane, drawn and written in the free lane."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.intake.alumni import SamplePreview
from callcenter.ports import UnitOfWork
from callcenter.reports.charts import sankey_svg
from callcenter.reports.figures import CampaignFigures, campaign_figures
from callcenter.reports.pdf import campaign_pdf
from callcenter.reports.sentences import moved
from callcenter.reports.spreadsheet import FindingLine, campaign_xlsx, findings_xlsx
from callcenter.reports.wording import Wording
from callcenter.text import LOCAL_ZONE, N_, Translator, translator
from callcenter.usecases.clocks import measured, put_right
from callcenter.usecases.supervising import me


class ReportUnwritable(CallcenterError):
    """A report, workbook or list could not be written where it was asked."""

    code = "REPORT-01"
    what = N_("The file {file} cannot be written.")
    advice = N_("Close it if it is open elsewhere, or choose another folder.")


@dataclass(frozen=True)
class Snapshot:
    """A campaign's cases as they stood at one moment: all that figures are made of."""

    campaign: Id
    settings: CampaignSettings
    cases: tuple[Case, ...]
    at: datetime


@dataclass(frozen=True)
class Chart:
    """A drawing with the sentence that says what it shows; an empty drawing when nothing is known yet."""

    svg: bytes
    description: str
    known: int = 0


def campaign_report(work: UnitOfWork, campaign: Id) -> Snapshot:
    """Return what a report is made of; for the store lane. A supervisor's holds the own site only."""
    mine = me(work)
    seen = (case for case in work.cases.all(campaign) if mine.may_see(case.site))
    cases = put_right(seen, measured(work))
    settings = CampaignSettings.from_json(work.campaigns.get(campaign).settings)
    return Snapshot(campaign, settings, cases, work.now())


def figures(snapshot: Snapshot, language: str, *, internal: bool = False) -> CampaignFigures:
    """Return the figures of a snapshot; for the free lane. `internal` shows small cells too."""
    return campaign_figures(snapshot.cases, snapshot.settings, snapshot.at, language, internal=internal)


def answered(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot of those who answered: the others are not unknown, they were not asked yet."""
    return replace(snapshot, cases=tuple(case for case in snapshot.cases if case.response is not None))


@dataclass(frozen=True)
class Exported:
    """The files of a report."""

    pdf: Path
    xlsx: Path


def export(snapshot: Snapshot, folder: Path, language: str, *, internal: bool = False) -> Exported:
    """Write the report as PDF and workbook; for the free lane. The folder is made when it is not there.

    Raises ReportUnwritable.
    """
    found, say = figures(snapshot, language, internal=internal), translator(language)
    day = snapshot.at.astimezone(LOCAL_ZONE).date()
    name = f"{_slug(found.title)}-{day.isoformat()}-{language}{'-intern' if internal else ''}"
    made = Exported(folder / f"{name}.pdf", folder / f"{name}.xlsx")
    with _written(made.pdf):
        folder.mkdir(parents=True, exist_ok=True)
        campaign_pdf(found, made.pdf, say)
    with _written(made.xlsx):
        campaign_xlsx(found, made.xlsx, say)
    return made


def export_findings(seen: SamplePreview, path: Path, language: str) -> Path:
    """Write what an import found as a workbook that the owner of the list can work through; ReportUnwritable."""
    say = translator(language)
    lines = [FindingLine(f.sheet, f.row, f.column, f.code, f.old, f.new, f.message(say)) for f in seen.findings]
    with _written(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        findings_xlsx(lines, path, say)
    return path


@contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReportUnwritable(file=path.name) from error


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def waterfall_chart(found: CampaignFigures, scale: str, say: Translator) -> Chart:
    """Return the flow chart of one scale (S, V or F) with its finding in a sentence."""
    words = Wording(found, say)
    drawn = words.drawn(scale)
    svg = sankey_svg(drawn, words.years, say) if drawn.known and drawn.flows else b""
    return Chart(svg, moved(words, drawn), drawn.known)
