"""The eighteen rates as formulas over class counts.

Source: AAPOR Standard Definitions, 9th edition (2016), as coded in ropensci/outcomerate and leeper/responserates.
LOC1 and LOC2 are not AAPOR rates; they come from ropensci/outcomerate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from math import fsum

from callcenter.domain.disposition import Class


@dataclass(frozen=True)
class Counts:
    """Cases (or sums of weights) per class."""

    I: float = 0  # noqa: E741 - AAPOR's own letters
    P: float = 0
    R: float = 0
    NC: float = 0
    O: float = 0  # noqa: E741 - AAPOR's own letters
    UH: float = 0
    UO: float = 0
    NE: float = 0

    @classmethod
    def of(cls, classes: Iterable[Class]) -> Counts:
        """Count classes."""
        found = {c.value: 0 for c in Class}
        for klass in classes:
            found[klass.value] += 1
        return cls(**found)

    @property
    def known(self) -> float:
        """Return K, the known eligible."""
        return self.I + self.P + self.R + self.NC + self.O

    @property
    def unknown(self) -> float:
        """Return U, the cases of unknown eligibility."""
        return self.UH + self.UO

    @property
    def contacted(self) -> float:
        """Return C, the contacted."""
        return self.I + self.P + self.R + self.O

    def as_dict(self) -> dict[str, float]:
        """Return the counts by class letter, always all eight."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


Rates = Mapping[str, "float | None"]
_Base = Callable[[Counts, "float | None"], "float | None"]


def _all(c: Counts, _: float | None) -> float | None:
    return c.known + c.unknown


def _estimated(c: Counts, e: float | None) -> float | None:
    if c.unknown == 0:
        return c.known  # without unknown cases e does not matter, even when it is undefined
    return None if e is None else c.known + e * c.unknown


def _known(c: Counts, _: float | None) -> float | None:
    return c.known


def _contacted(c: Counts, _: float | None) -> float | None:
    return c.contacted


def _asked(c: Counts, _: float | None) -> float | None:
    return c.I + c.P + c.R


_FORMULAS: dict[str, tuple[Callable[[Counts], float], _Base]] = {
    "RR1": (lambda c: c.I, _all),
    "RR2": (lambda c: c.I + c.P, _all),
    "RR3": (lambda c: c.I, _estimated),
    "RR4": (lambda c: c.I + c.P, _estimated),
    "RR5": (lambda c: c.I, _known),
    "RR6": (lambda c: c.I + c.P, _known),
    "COOP1": (lambda c: c.I, _contacted),
    "COOP2": (lambda c: c.I + c.P, _contacted),
    "COOP3": (lambda c: c.I, _asked),
    "COOP4": (lambda c: c.I + c.P, _asked),
    "REF1": (lambda c: c.R, _all),
    "REF2": (lambda c: c.R, _estimated),
    "REF3": (lambda c: c.R, _known),
    "CON1": (lambda c: c.contacted, _all),
    "CON2": (lambda c: c.contacted, _estimated),
    "CON3": (lambda c: c.contacted, _known),
    "LOC1": (lambda c: c.known, _all),
    "LOC2": (lambda c: c.known, _estimated),
}
NAMES = tuple(_FORMULAS)


def eligible_share(counts: Counts) -> float | None:
    """Return e = K / (K + NE), the estimated share of unknown cases that is eligible; None when undefined."""
    base = counts.known + counts.NE
    return counts.known / base if base else None


def fraction(name: str, counts: Counts, e: float | None) -> tuple[float, float | None]:
    """Return numerator and denominator of a rate; the denominator is None when e is needed and undefined."""
    top, bottom = _FORMULAS[name]
    return top(counts), bottom(counts, e)


def rates_of(counts: Counts, e: float | None) -> dict[str, float | None]:
    """Return all eighteen rates; a quotient with denominator 0, or that needs an undefined e, is None."""
    found: dict[str, float | None] = {}
    for name in NAMES:
        top, bottom = fraction(name, counts, e)
        found[name] = top / bottom if bottom else None
    return found


def effective_size(weights: Iterable[float]) -> float:
    """Return the size of an unweighted sample that tells as much: (sum w)^2 / sum w^2; 0 without weight."""
    known = tuple(weights)
    squares = fsum(w * w for w in known)
    return fsum(known) ** 2 / squares if squares else 0.0
