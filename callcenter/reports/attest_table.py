"""The school's decisions at the end of the year, per site; small counts hidden so that no subtraction finds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcenter.domain.case import Case
from callcenter.indicators.suppression import Count, told
from callcenter.indicators.tracks import school_status
from callcenter.text import N_

ATTESTS: Mapping[str, str] = {
    "A": N_("A, passed"),
    "A-REM": N_("A, with compulsory remediation"),
    "A-UIT": N_("A, some directions excluded"),
    "B": N_("B, passed but not for all directions"),
    "C": N_("C, not passed"),
    "UITG": N_("Decision postponed"),
    "DIPL": N_("Diploma or certificate"),
}
_SECONDARY = frozenset({"1", "2", "3"})


@dataclass(frozen=True)
class AttestRow:
    """One attest: how many of each site have it, and of all."""

    attest: str
    by_site: tuple[Count, ...]
    total: Count


@dataclass(frozen=True)
class AttestTable:
    """Attests of the pupils who told theirs; the last row holds the totals. `unknown` are pupils who did not."""

    rows: tuple[AttestRow, ...] = ()
    unknown: int = 0


def attest_table(cases: Iterable[Case], sites: Sequence[str], threshold: int) -> AttestTable:
    """Return the attests of those who were in secondary school at the reference date; no rows where nobody told."""
    pupils = [c for c in cases if c.response is not None and school_status(c.response.facts) in _SECONDARY]
    found = Counter((c.response.facts.get("attest", ""), c.site) for c in pupils if c.response is not None)
    names = [attest for attest in ATTESTS if any(found[attest, site] for site in sites)]
    known = sum(found[attest, site] for attest in names for site in sites)
    if not names:
        return AttestTable(unknown=len(pupils))
    seen = told([[found[attest, site] for site in sites] for attest in names], threshold)
    rows = (AttestRow(name, line[:-1], line[-1]) for name, line in zip([*names, ""], seen, strict=True))
    return AttestTable(tuple(rows), len(pupils) - known)
