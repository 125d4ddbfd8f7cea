"""The outcome table: how many cases ended how, per site; small counts hidden so that no subtraction finds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcenter.domain.disposition import Disposition
from callcenter.indicators.suppression import suppress
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
    """One line of the outcome table; a hidden count is None."""

    code: str
    label: str
    klass: str
    by_site: tuple[int | None, ...]
    total: int | None


def outcome_rows(
    ends: Sequence[tuple[str, Disposition]], sites: Sequence[str], threshold: int
) -> tuple[tuple[OutcomeRow, ...], tuple[int | None, ...]]:
    """Return the table's lines and the total of each site, from (site, disposition) of each case.

    The size of the list is printed too, so the totals are cells like all others when small counts are hidden.
    """
    found = Counter((d.code, site) for site, d in ends)
    classes = {d.code: d.klass for _, d in ends}
    codes = sorted(classes, key=_by_number)
    table = [[found[code, site] for site in sites] for code in codes]
    table.append([sum(row[c] for row in table) for c in range(len(sites))])
    whole = [[*row, sum(row)] for row in table]
    hidden = suppress(whole, threshold).cells
    shown = [
        [None if gone else count for count, gone in zip(*line, strict=True)]
        for line in zip(whole, hidden, strict=True)
    ]
    rows = tuple(
        OutcomeRow(code, LABELS.get(code, code), classes[code].value, tuple(line[:-1]), line[-1])
        for code, line in zip(codes, shown, strict=False)
    )
    return rows, tuple(shown[-1][:-1])


def _by_number(code: str) -> tuple[int, ...]:
    return tuple(int(part) for part in code.split("."))
