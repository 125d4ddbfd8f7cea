"""Figures of a campaign: values read in the store lane, drawn and written in the free lane."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.ids import Id
from callcenter.indicators.suppression import Shown
from callcenter.indicators.waterfall import Scale
from callcenter.ports import UnitOfWork
from callcenter.reports.charts import sankey_svg
from callcenter.reports.figures import CampaignFigures, campaign_figures
from callcenter.text import N_, Translator
from callcenter.usecases.supervising import me

SCALE_NAMES = {
    Scale.STREAM.value: N_("Stream (years 1 and 2)"),
    Scale.FORM.value: N_("Form of education (years 3 to 6)"),
    Scale.FINALITY.value: N_("Finality (years 3 to 6)"),
}


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
    cases = tuple(case for case in work.cases.all(campaign) if mine.may_see(case.site))
    settings = CampaignSettings.from_json(work.campaigns.get(campaign).settings)
    return Snapshot(campaign, settings, cases, work.now())


def figures(snapshot: Snapshot, language: str, *, internal: bool = False) -> CampaignFigures:
    """Return the figures of a snapshot; for the free lane. `internal` shows small cells too."""
    return campaign_figures(snapshot.cases, snapshot.settings, snapshot.at, language, internal=internal)


def answered(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot of those who answered: the others are not unknown, they were not asked yet."""
    return replace(snapshot, cases=tuple(case for case in snapshot.cases if case.response is not None))


def waterfall_chart(found: CampaignFigures, scale: str, say: Translator) -> Chart:
    """Return the flow chart of one scale (S, V or F) with its finding in a sentence."""
    chosen = next(s for s in found.scales if s.scale == scale)
    if not chosen.flows or not chosen.known:
        return Chart(b"", say("Nothing is known yet about both school years."))
    svg = sankey_svg(chosen, (found.previous_school_year, found.school_year), say)
    if chosen.share is None or chosen.shown is Shown.HIDDEN:
        return Chart(svg, say("Too few people to show a share."), chosen.known)
    if chosen.shown is Shown.ROUNDED:
        share = say.percent(round(chosen.share * 20) / 20, 0)
        return Chart(svg, say("About {share} moved to a lighter direction.", share=share), chosen.known)
    words = say(
        "{share} moved to a lighter direction ({down} of {known}).",
        share=say.percent(chosen.share),
        down=say.number(chosen.down),
        known=say.number(chosen.known),
    )
    return Chart(svg, words, chosen.known)
