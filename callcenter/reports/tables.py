"""The tables of a report, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Table

from callcenter.reports import look
from callcenter.reports.attest_table import ATTESTS
from callcenter.reports.figures import ScaleFigures
from callcenter.reports.school_table import SchoolLine
from callcenter.reports.wording import INDICATORS, RATE_HEADS, RATES, SCALES, TOGETHER, Wording
from callcenter.text import N_

Line = ScaleFigures | SchoolLine

_STEPS = (N_("Scale"), N_("Steps down"), N_("Steps up"), N_("Known"), N_("Missing"))
_SCHOOL = (N_("Indicator"), N_("Counted"), N_("Known"), N_("Missing"))
_SHARE, _INTERVAL, _BOUNDS = N_("Share"), N_("95 % interval"), N_("Bounds")


def outcomes(words: Wording) -> Table:
    """Return who ended how, per site and together."""
    say, found = words.say, words.figures
    rows = [[say("Outcome"), *found.sites, say("Together")]]
    rows += [
        [f"{row.code}  {say(row.label)}", *map(words.count, row.by_site), words.count(row.total)]
        for row in found.outcomes
    ]
    rows.append([say("Together"), *map(words.count, found.site_totals), words.count(found.list_size)])
    return look.table(rows, [46, *(14 for _ in found.sites), 14], total=True)


def attests(words: Wording) -> Table:
    """Return the attests of the year, per site and together."""
    say, found = words.say, words.figures
    rows = [[say("Attest"), *found.sites, say("Together")]]
    rows += [
        [say(ATTESTS.get(row.attest, TOGETHER)), *map(words.count, row.by_site), words.count(row.total)]
        for row in found.attests.rows
    ]
    return look.table(rows, [46, *(14 for _ in found.sites), 14], total=True)


def rates(words: Wording) -> Table:
    """Return the rates over the whole list, with base and interval."""
    say = words.say
    rows = [[say(head) for head in RATE_HEADS]]
    rows += [
        [
            say(RATES[line.name]),
            line.name,
            words.fraction(line),
            words.share(line.share, line.shown),
            words.span((line.low, line.high), line.shown),
        ]
        for line in words.figures.rates
    ]
    return look.table(rows, [40, 14, 16, 14, 18])


def rates_by_site(words: Wording) -> Table:
    """Return the rates per site; each stands over the persons of that site."""
    say, found = words.say, words.figures
    rows = [[say(RATE_HEADS[0]), *found.sites, say("Together")]]
    rows += [
        [
            f"{line.name}  {say(RATES[line.name])}",
            *(words.share(site.share, site.shown) for site in sites),
            words.share(line.share, line.shown),
        ]
        for line, sites in zip(found.rates, found.site_rates, strict=True)
    ]
    return look.table(rows, [46, *(14 for _ in found.sites), 14])


def steps(words: Wording) -> Table:
    """Return the waterval per scale."""
    say = words.say
    counts = [
        [
            say(SCALES[scale.scale]),
            words.down(scale),
            words.up(scale),
            words.count(scale.known),
            words.count(scale.missing),
        ]
        for scale in words.figures.scales
    ]
    return _measured(words, _STEPS, counts, words.figures.scales)


def school(words: Wording) -> Table:
    """Return early leaving and repeating."""
    say = words.say
    counts = [
        [
            say(INDICATORS[line.name]),
            words.part(line.count, line.known),
            words.count(line.known),
            words.count(line.missing),
        ]
        for line in words.figures.school
    ]
    return _measured(words, _SCHOOL, counts, words.figures.school)


def _measured(words: Wording, heads: Sequence[str], counts: Sequence[list[str]], lines: Sequence[Line]) -> Table:
    """Put share, interval and bounds behind the counts.

    Where more are missing than known the share is grey, and the bounds come first.
    """
    bounds_first = any(line.doubtful for line in lines)
    measures = (_BOUNDS, _SHARE, _INTERVAL) if bounds_first else (_SHARE, _INTERVAL, _BOUNDS)
    rows = [[words.say(head) for head in (*heads, *measures)]]
    for count, line in zip(counts, lines, strict=True):
        share = [words.share(line.share, line.shown), words.span((line.low, line.high), line.shown)]
        bounds = words.bounds(line)
        rows.append([*count, bounds, *share] if bounds_first else [*count, *share, bounds])
    first = len(heads) + bounds_first
    faint = [(row, column) for row, line in enumerate(lines, 1) if line.doubtful for column in (first, first + 1)]
    widths = [15, 12, 17] if bounds_first else [12, 17, 15]
    left = 37 if len(heads) == len(_STEPS) else 47
    return look.table(rows, [left, *(10 for _ in heads[2:]), 13, *widths], faint=faint)
