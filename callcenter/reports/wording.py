"""The words of a report that PDF and workbook share: counts, shares and rates as they may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from callcenter.indicators.suppression import Shown, rate_shown, small
from callcenter.indicators.waterfall import UNKNOWN
from callcenter.reports.figures import CampaignFigures, RateLine, ScaleFigures
from callcenter.text import N_, Translator

NONE = "–"

SCALES: Mapping[str, str] = {
    "S": N_("Stream (years 1 and 2)"),
    "V": N_("Form of education (years 3 to 6)"),
    "F": N_("Finality (years 3 to 6)"),
}
RATES: Mapping[str, str] = {
    "LOC1": N_("Could be located"),
    "RR1": N_("Response, complete interviews"),
    "RR2": N_("Response, complete and partial interviews"),
    "COOP1": N_("Cooperation of those contacted"),
    "REF1": N_("Refusals"),
    "CON1": N_("Contacted"),
}
STEP_HEADS = (
    N_("Scale"),
    N_("Steps down"),
    N_("Steps up"),
    N_("Known"),
    N_("Missing"),
    N_("Rate"),
    N_("95 % interval"),
    N_("Bounds"),
)
RATE_HEADS = (N_("Rate"), N_("AAPOR name"), N_("Counted"), N_("Percentage"), N_("95 % interval"))


class Wording:
    """One report's figures in one language; a small count is never written unless the report is internal."""

    def __init__(self, figures: CampaignFigures, say: Translator) -> None:
        self.figures = figures
        self.say = say
        self._threshold = 1 if figures.internal else figures.threshold

    def hidden(self, count: int | None) -> bool:
        """Tell whether a count may not be written."""
        return count is None or small(count, self._threshold)

    def count(self, count: int | None) -> str:
        """Write a count of persons, or `<5`."""
        return f"<{self.figures.threshold}" if count is None or self.hidden(count) else self.say.number(count)

    def share(self, share: float | None, shown: Shown, decimals: int = 1) -> str:
        """Write a share in full, rounded to whole 5 %, or a dash."""
        if share is None or shown is Shown.HIDDEN:
            return NONE
        if shown is Shown.ROUNDED:
            return self.say("about {share}", share=self.say.percent(round(share * 20) / 20, 0))
        return self.say.percent(share, decimals)

    def span(self, ends: tuple[float | None, float | None] | None, shown: Shown) -> str:
        """Write an interval or bounds `74,0–84,2 %`; only where the share is shown in full."""
        low, high = ends or (None, None)
        if low is None or high is None or shown is not Shown.FULL:
            return NONE
        return f"{self.say.number(low * 100, 1)}–{self.say.percent(high)}"

    def rate(self, name: str) -> RateLine:
        """Return one of the printed rates."""
        return next(line for line in self.figures.rates if line.name == name)

    def fraction(self, line: RateLine) -> str:
        """Write numerator and denominator, `186 / 240`, where they may be shown."""
        if line.shown is not Shown.FULL or line.denominator is None:
            return NONE
        return f"{self.say.number(line.numerator)} / {self.say.number(line.denominator)}"

    def scale(self, key: str) -> ScaleFigures:
        """Return the waterval on one scale."""
        return next(scale for scale in self.figures.scales if scale.scale == key)

    def answered(self, key: str) -> ScaleFigures:
        """Return a scale without the flows of those of whom nothing is known this year: they did not change."""
        scale = self.scale(key)
        return replace(scale, flows=tuple(flow for flow in scale.flows if flow.target != UNKNOWN))

    def base(self, scale: ScaleFigures) -> str:
        """Write how many people a flow chart shows."""
        shown = sum(flow.count for flow in scale.flows)
        return self.say.plural("base: {n} young person", "base: {n} young people", shown)

    def down(self, scale: ScaleFigures) -> str:
        """Write how many went down; a dash where the few others could be found by subtraction."""
        small_rest = self.hidden(scale.known - scale.down)
        return NONE if small_rest and not self.hidden(scale.down) else self.count(scale.down)

    def up(self, scale: ScaleFigures) -> str:
        """Write how many went up; a dash where the few others, or the few who stayed, could be found."""
        small_rest = self.hidden(scale.known - scale.up) or self.hidden(scale.known - scale.down - scale.up)
        return NONE if small_rest and not self.hidden(scale.up) else self.count(scale.up)

    def bounds(self, scale: ScaleFigures) -> str:
        """Write the bounds; a dash where they would tell how few are missing."""
        return NONE if self.hidden(scale.missing) else self.span(scale.bounds, scale.shown)

    def finding(self) -> str:
        """Return the report's title: what was found, with a number; the campaign's name where nothing is known."""
        found = self.figures
        known, studying = found.status_known, found.studying
        shown = rate_shown(studying, known, self._threshold)
        if not known or shown is Shown.HIDDEN:
            return self.say("{campaign}: report", campaign=found.title)
        share = studying / known
        whole = self.share(share, shown, 0 if share == 1 or 0.01 <= share <= 0.99 else 1)
        sentence = self.say("{share} of the young people reached are still in education", share=whole)
        return sentence[:1].upper() + sentence[1:]

    def steps(self) -> str:
        """Return the heading of the waterval: how many went down on the scale of finality."""
        scale = self.scale("F")
        if not scale.known:
            return self.say("Waterval: nothing is known yet about both school years")
        if self.hidden(scale.down) or scale.shown is not Shown.FULL:
            return self.say("Waterval: steps to a lighter or heavier direction")
        return self.say.plural(
            "Waterval: {n} young person moved down in finality",
            "Waterval: {n} young people moved down in finality",
            scale.down,
        )
