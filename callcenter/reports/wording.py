"""The words of a report that PDF and workbook share: counts, shares and rates as they may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from callcenter.indicators.suppression import Count, Hidden, Shown, small
from callcenter.reports.figures import CampaignFigures, ScaleFigures
from callcenter.reports.rate_table import RateLine
from callcenter.reports.school_table import SchoolLine
from callcenter.text import N_, Translator

NONE, GUARD, ROUNDED = "–", "•", "≈"

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
TOGETHER = N_("Together")
INDICATORS: Mapping[str, str] = {
    "VSV": N_("VSV, left without qualification (18–25)"),
    "ELET": N_("ELET, low level and not learning (18–24)"),
    "NEET": N_("NEET, no work and not learning (15–29)"),
    "REPEAT": N_("Repeated the year, secondary school"),
}
STEP_HEADS = (
    N_("Scale"),
    N_("Steps down"),
    N_("Steps up"),
    N_("Known"),
    N_("Missing"),
    N_("Share"),
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

    def hidden(self, count: Count) -> bool:
        """Tell whether a count may not be written."""
        return isinstance(count, Hidden) or small(count, self._threshold)

    def count(self, count: Count) -> str:
        """Write a count of persons; `<5` for a small one, a dot for one that would tell a small one."""
        if count is Hidden.GUARD:
            return GUARD
        if isinstance(count, Hidden) or self.hidden(count):
            return f"<{self.figures.threshold}"
        return self.say.number(count)

    def share(self, share: float | None, shown: Shown, decimals: int = 1) -> str:
        """Write a share in full, as `≈ 10 %` in steps of 5 %, or a dash."""
        if share is None or shown is Shown.HIDDEN:
            return NONE
        if shown is Shown.ROUNDED:
            return f"{ROUNDED} {self.say.percent(round(share * 20) / 20, 0)}"
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

    def drawn(self, key: str) -> ScaleFigures:
        """Return the waterval on one scale as it is drawn: only the flows of those of whom this year is known."""
        scale = self.scale(key)
        return replace(scale, flows=scale.answered)

    @property
    def years(self) -> tuple[str, str]:
        """Write last school year and this one, `2025–2026`."""
        found = self.figures
        return found.previous_school_year.replace("-", "–"), found.school_year.replace("-", "–")

    def base(self, scale: ScaleFigures) -> str:
        """Write how many people a flow chart shows."""
        shown = sum(flow.count for flow in scale.flows)
        return self.say.plural("base: {n} young person", "base: {n} young people", shown)

    def down(self, scale: ScaleFigures) -> str:
        """Write how many went down, as far as it may be told."""
        return self.part(scale.down, scale.known)

    def part(self, count: int, known: int) -> str:
        """Write how many of the known counted; a dot where the few others could be found by subtraction."""
        return GUARD if self.hidden(known - count) and not self.hidden(count) else self.count(count)

    def up(self, scale: ScaleFigures) -> str:
        """Write how many went up; a dot where the few others, or the few who stayed, could be found."""
        small_rest = self.hidden(scale.known - scale.up) or self.hidden(scale.known - scale.down - scale.up)
        return GUARD if small_rest and not self.hidden(scale.up) else self.count(scale.up)

    def bounds(self, line: ScaleFigures | SchoolLine) -> str:
        """Write the bounds; a dash where they would tell how few are missing."""
        return NONE if self.hidden(line.missing) else self.span(line.bounds, line.shown)
