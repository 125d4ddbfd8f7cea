"""The outcome table: how many cases ended how, per site; small counts hidden so that no subtraction finds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcenter.domain.disposition import Class, Disposition
from callcenter.indicators.disclosure import Cell, Disclosure
from callcenter.indicators.suppression import Count, Hidden, small, told
from callcenter.text import N_

LABELS: Mapping[str, str] = {
    "1.1": N_("Complete interview"),
    "1.2": N_("Partial interview"),
    "2.111": N_("Refusal by a parent or other"),
    "2.112": N_("Refusal by the person"),
    "2.12": N_("Break-off"),
    "2.20": N_("No contact"),
    "2.21": N_("Away during the campaign"),
    "2.221": N_("Voicemail, no message"),
    "2.222": N_("Voicemail, message left"),
    "2.31": N_("Deceased"),
    "2.32": N_("Unable, ill, away"),
    "2.332": N_("Language problem"),
    "2.333": N_("Nobody speaks the language"),
    "3.11": N_("Never called"),
    "3.20": N_("Not located: no usable number"),
    "4.10": N_("Not in the population"),
    "4.81": N_("Twice in the list"),
}


_ALL = "*"  # in the place of a code or a site: the total


@dataclass(frozen=True)
class OutcomeRow:
    """One line of the outcome table."""

    code: str
    label: str
    klass: str
    by_site: tuple[Count, ...]
    total: Count


@dataclass(frozen=True)
class Ended:
    """How many cases of a site ended with one code: a cell of the table."""

    cell: Cell
    klass: Class
    count: int


@dataclass(frozen=True)
class OutcomeTable:
    """Who ended how: lines by code, the total of each site and of all, and the cells that rates are made of.

    `left_out` are the few persons who do not belong to the population: they are in no line and no total, or the
    base of the rates would tell how many they are. A list of `too_few` has no lines, and each total is small: in a
    table of so few also a 0 tells about persons.
    """

    rows: tuple[OutcomeRow, ...]
    site_totals: tuple[Count, ...]
    size: int
    left_out: int
    sites: tuple[tuple[Ended, ...], ...]
    too_few: bool = False

    def disclosure(self) -> Disclosure:
        """Return what readers of the table know: which counts are hidden, and how all add up."""
        if self.too_few:
            cells = [end for site in self.sites for end in site]
            return Disclosure((end.cell for end in cells), (end.cell for end in cells if end.count))
        names = [site[0].cell[1] for site in self.sites if site]
        counts: dict[Cell, Count] = {}
        for row in self.rows:
            line = zip([*names, _ALL], [*row.by_site, row.total], strict=True)
            counts.update({(row.code, site): count for site, count in line})
        counts.update({(_ALL, site): count for site, count in zip(names, self.site_totals, strict=False)})
        known = Disclosure(
            (cell for cell, count in counts.items() if isinstance(count, Hidden)),
            (cell for cell, count in counts.items() if count is Hidden.SMALL),
        )
        codes = [row.code for row in self.rows]
        for code in [*codes, _ALL]:
            known.learn({(code, site): -1 if site == _ALL else 1 for site in [*names, _ALL]})
        for site in [*names, _ALL]:
            known.learn({(code, site): -1 if code == _ALL else 1 for code in [*codes, _ALL]})
        return known


def outcome_table(ends: Sequence[tuple[str, Disposition]], sites: Sequence[str], threshold: int) -> OutcomeTable:
    """Return the table of (site, disposition) of each case; every site of a case is one of `sites`."""
    left_out = sum(d.klass is Class.NOT_ELIGIBLE for _, d in ends)
    if not small(left_out, threshold):
        left_out = 0
    kept = [end for end in ends if not left_out or end[1].klass is not Class.NOT_ELIGIBLE]
    found = Counter((d.code, site) for site, d in kept)
    classes = {d.code: d.klass for _, d in kept}
    codes = sorted(classes)
    table = [[found[code, site] for site in sites] for code in codes]
    too_few = small(len(kept), threshold)
    shown = told(table, threshold) if table else ((*(0 for _ in sites), 0),)
    return OutcomeTable(
        rows=tuple(
            OutcomeRow(code, LABELS.get(code, code), classes[code].value, line[:-1], line[-1])
            for code, line in zip(codes, shown, strict=False)
            if not too_few
        ),
        site_totals=tuple(Hidden.SMALL for _ in sites) if too_few else shown[-1][:-1],
        size=len(kept),
        left_out=left_out,
        sites=tuple(tuple(Ended((code, site), classes[code], found[code, site]) for code in codes) for site in sites),
        too_few=too_few,
    )
