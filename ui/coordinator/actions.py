"""What the coordinator's pages may ask for; the composition root hands it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from callcenter.domain.agent import Agent
from callcenter.domain.calling_rules import Span
from callcenter.forms.xlsform import Converted
from callcenter.ids import Id
from callcenter.intake.alumni import SamplePreview
from callcenter.reports.figures import CampaignFigures
from callcenter.usecases.campaigning import CampaignView
from callcenter.usecases.concerns import Concern
from callcenter.usecases.erasing import Erasable, Reason, Unanswered
from callcenter.usecases.importing import Imported
from callcenter.usecases.reporting import Chart, Exported, Snapshot
from callcenter.usecases.roster import RosterRow
from callcenter.usecases.ruling import RulesVersion
from callcenter.usecases.supervising import ProposalEntry
from callcenter.usecases.views import Changes
from ui.office import OfficeActions

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class CampaignActions:
    """The newest campaign; run in the store lane, `convert` and `save_workbook` in the free one.

    `convert` takes a workbook's path, or None for the template's own
    questionnaire; `publish` adds the template's call scripts. `save_workbook` writes the template's questionnaire.
    """

    templates: Callable[[], tuple[str, ...]]
    read: Callable[[], CampaignView | None]
    create: Callable[[str, Mapping[str, Any]], object]
    change: Callable[[Mapping[str, Any]], Changes]
    convert: Callable[[Path | None], Converted]
    publish: Callable[[Converted], Changes]
    save_workbook: Callable[[Path], object]
    open: Callable[[], Changes]
    close: Callable[[], Changes]


@dataclass(frozen=True)
class RulesActions:
    """The calling rules of the newest campaign; run in the store lane, `calendar` in the free one.

    `calendar` takes the first and last year and a community, and returns days without calls and school holidays.
    """

    versions: Callable[[], tuple[RulesVersion, ...]]
    change: Callable[[Mapping[str, Any]], Changes]
    calendar: Callable[[int, int, str], tuple[Sequence[date], Sequence[Span]]]


@dataclass(frozen=True)
class SampleActions:
    """The list; `preview` and `save_findings` run in the free lane, the others in the store lane.

    `preview` is told how to report (rows done, rows in all) and may be stopped by an exception of the report.
    """

    preview: Callable[[Path, date, Progress], SamplePreview]
    bring_in: Callable[[SamplePreview], Imported]
    save_findings: Callable[[SamplePreview, Path], object]
    proposals: Callable[[], tuple[ProposalEntry, ...]]
    decide: Callable[[Id, Id, bool], Changes]
    concerns: Callable[[], tuple[Concern, ...]] = tuple


@dataclass(frozen=True)
class PeopleActions:
    """Who works here; run in the store lane, `read` and `prepare` in the free one.

    `prepare` makes a laptop's enrolment file and returns where it lies and the code to read out.
    """

    roster: Callable[[], tuple[Agent, ...]]
    read: Callable[[Path], tuple[RosterRow, ...]]
    change: Callable[[Sequence[RosterRow]], object]
    add: Callable[[RosterRow], object]
    prepare: Callable[[Agent], tuple[Path, str]]


@dataclass(frozen=True)
class ReportActions:
    """Figures and reports; `snapshot` runs in the store lane, the others in the free one, `show` on the main thread.

    `export` takes the snapshot, the folder, the language, and whether small cells are shown (an internal report).
    """

    folder: Path
    snapshot: Callable[[], Snapshot | None]
    figures: Callable[[Snapshot], CampaignFigures]
    waterfall: Callable[[Snapshot, str], Chart]
    export: Callable[[Snapshot, Path, str, bool], Exported]
    show: Callable[[Path], object]


@dataclass(frozen=True)
class ErasureActions:
    """Erasing a person; run in the store lane. `unanswered` are erasures that not every laptop confirmed."""

    find: Callable[[str], tuple[Erasable, ...]]
    erase: Callable[[Erasable, Reason, str], Changes]
    unanswered: Callable[[], tuple[Unanswered, ...]]


@dataclass(frozen=True)
class CoordinatorActions(OfficeActions):
    """All that the coordinator's face needs from outside."""

    campaign: CampaignActions
    rules: RulesActions
    sample: SampleActions
    people: PeopleActions
    reports: ReportActions
    erasure: ErasureActions
