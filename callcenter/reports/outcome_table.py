"""The outcome table: how many cases ended how, per site; small counts hidden so that no subtraction finds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcenter.domain.disposition import Class, Disposition
from callcenter.indicators.suppression import Count, Hidden, small, told
from callcenter.reports.rate_table import Ended
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


@dataclass(frozen=True)
class OutcomeRow:
    """One line of the outcome table."""

    code: str
    label: str
    klass: str
    by_site: tuple[Count, ...]
    total: Count


@dataclass(frozen=True)
class OutcomeTable:
    """Who ended how: lines by code, the total of each site and of all, and the same as what rates are made of.

    `left_out` are the few persons who do not belong to the population: they are in no line and no total, or the
    base of the rates would tell how many they are.
    """

    rows: tuple[OutcomeRow, ...]
    site_totals: tuple[Count, ...]
    size: int
    left_out: int
    sites: tuple[tuple[Ended, ...], ...]
    whole: tuple[Ended, ...]


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
    shown = told(table, threshold) if table else ((*(0 for _ in sites), 0),)
    lines = [[*row, sum(row)] for row in table]
    columns = [
        tuple(
            Ended(classes[code], line[place], isinstance(seen[place], Hidden))
            for code, line, seen in zip(codes, lines, shown, strict=False)
        )
        for place in range(len(sites) + 1)
    ]
    return OutcomeTable(
        rows=tuple(
            OutcomeRow(code, LABELS.get(code, code), classes[code].value, line[:-1], line[-1])
            for code, line in zip(codes, shown, strict=False)
        ),
        site_totals=shown[-1][:-1],
        size=len(kept),
        left_out=left_out,
        sites=tuple(columns[:-1]),
        whole=columns[-1],
    )
