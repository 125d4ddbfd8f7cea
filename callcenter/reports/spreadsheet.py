"""Workbooks: the figures of a campaign, and what the import found in a list.

Words go in as words: a spreadsheet program must never take a cell of ours for a formula or a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from callcenter.domain.outcome import MEANING, Outcome
from callcenter.indicators.suppression import Count, Hidden, Shown
from callcenter.reports import sentences
from callcenter.reports.attest_table import ATTESTS
from callcenter.reports.charts import NODES
from callcenter.reports.figures import CampaignFigures, ScaleFigures
from callcenter.reports.notes import notes
from callcenter.reports.rate_table import RateLine
from callcenter.reports.school_table import SchoolLine
from callcenter.reports.wording import INDICATORS, NONE, RATE_HEADS, RATES, SCALES, STEP_HEADS, TOGETHER, Wording
from callcenter.text import N_, Translator

Cell = str | float | None
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_HEADS = (N_("Sheet"), N_("Row"), N_("Column"), N_("Kind of finding"), N_("Was"), N_("Became"), N_("What it means"))
# Only words, never formulas, links or numbers made of words.
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class FindingLine:
    """One finding of the import: where it stands in the list, what stood there, what it became, what it means."""

    sheet: str
    row: int
    column: str
    code: str
    old: str
    new: str
    meaning: str


def harmless(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula: a leading quote where it begins like one."""
    return f"'{text}" if text.startswith(_RISKY) else text


@dataclass(frozen=True)
class _Book:
    book: Workbook
    head: Format
    percent: Format

    def sheet(self, name: str, heads: Sequence[str], widths: Sequence[float]) -> Worksheet:
        """Add a sheet with a fixed head; widths in characters."""
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, words in enumerate(heads):
            sheet.write_string(0, column, harmless(words), self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def fill(self, sheet: Worksheet, rows: Iterable[Sequence[Cell]], shares: Sequence[int] = ()) -> None:
        """Write rows below the head; `shares` are the columns that hold shares of 1."""
        for place, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(place, column, harmless(cell))
                elif cell is not None:
                    sheet.write_number(place, column, cell, self.percent if column in shares else None)


def _open(path: Path) -> _Book:
    book = xlsxwriter.Workbook(str(path), {**_PLAIN, "in_memory": True})
    return _Book(book, book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.0%"}))


def campaign_xlsx(figures: CampaignFigures, path: Path, say: Translator) -> None:
    """Write the figures of a campaign: outcomes, rates, waterval and flows, attempts, notes.

    Raises:
        OSError: the file cannot be written.
    """
    words = Wording(figures, say)
    made = _open(path)
    if figures.internal:
        warning = say("Do not distribute: this report shows small counts.")
        made.sheet(say("Do not distribute"), [warning], (80,)).set_tab_color("#B3261E")
    if figures.too_few:
        made.sheet(say("Outcomes"), [sentences.too_few(words)], (120,))
    else:
        _tables(made, words)
    sheet = made.sheet(say("Notes"), [say("Subject"), say("Explanation")], (28, 120))
    made.fill(sheet, [*_about(words), *notes(words)])
    made.book.close()


def _tables(made: _Book, words: Wording) -> None:
    say, figures = words.say, words.figures
    _outcomes(made, words)
    sheet = made.sheet(say("Rates"), [say(head) for head in _rate_heads()], (42, 12, 10, 12, 12, 10, 10))
    made.fill(sheet, [_rate(words, line) for line in figures.all_rates], shares=(4, 5, 6))
    heads = [say(RATE_HEADS[1]), say(RATE_HEADS[0]), *figures.sites, say("Together")]
    sheet = made.sheet(say("Rates per site"), heads, (12, 42, *(12 for _ in heads[2:])))
    made.fill(sheet, _by_site(words), shares=range(2, len(heads)))
    ends = (N_("95 % from"), N_("95 % to"), N_("Bounds from"), N_("Bounds to"))
    heads = [*STEP_HEADS[:6], *ends]
    sheet = made.sheet(say("Waterval"), [say(head) for head in heads], (34, *(12 for _ in heads[1:])))
    made.fill(sheet, [_steps(words, scale) for scale in figures.scales], shares=(5, 6, 7, 8, 9))
    heads = [N_("Indicator"), N_("Counted"), *STEP_HEADS[3:6], *ends]
    sheet = made.sheet(say("School"), [say(head) for head in heads], (44, *(12 for _ in heads[1:])))
    made.fill(sheet, [_school(words, line) for line in figures.school], shares=(4, 5, 6, 7, 8))
    _attests(made, words)
    heads = [N_("Scale"), N_("From place"), N_("To place"), N_("Persons")]
    sheet = made.sheet(say("Flows"), [say(head) for head in heads], (34, 30, 30, 10))
    made.fill(sheet, _flows(words))
    sheet = made.sheet(say("Attempts"), [say("Outcome of the attempt"), say("Attempts")], (40, 12))
    made.fill(
        sheet, [(say(MEANING[Outcome(letter)].label), _count(words, count)) for letter, count in figures.attempts]
    )


def findings_xlsx(rows: Iterable[FindingLine], path: Path, say: Translator) -> None:
    """Write what the import found, one line a finding, for whoever mends the list.

    Raises:
        OSError: the file cannot be written.
    """
    made = _open(path)
    sheet = made.sheet(say("Findings"), [say(head) for head in _HEADS], (16, 7, 20, 22, 30, 30, 80))
    made.fill(sheet, ((r.sheet, r.row, r.column, r.code, r.old, r.new, r.meaning) for r in rows))
    made.book.close()


def _count(words: Wording, count: Count) -> Cell:
    return words.count(count) if isinstance(count, Hidden) or words.hidden(count) else count


def _outcomes(made: _Book, words: Wording) -> None:
    say, found = words.say, words.figures
    heads = [say("Code"), say("Outcome"), say("Class"), *found.sites, say("Together")]
    sheet = made.sheet(say("Outcomes"), heads, (8, 34, 8, *(12 for _ in found.sites), 12))
    rows: list[list[Cell]] = [
        [row.code, say(row.label), row.klass, *(_count(words, n) for n in (*row.by_site, row.total))]
        for row in found.outcomes
    ]
    totals = [_count(words, n) for n in (*found.site_totals, found.list_size)]
    made.fill(sheet, [*rows, ["", say("Together"), "", *totals]])


def _attests(made: _Book, words: Wording) -> None:
    say, found = words.say, words.figures
    heads = [say("Attest"), say("What it means"), *found.sites, say("Together")]
    sheet = made.sheet(say("Attests"), heads, (10, 36, *(12 for _ in found.sites), 12))
    rows = [
        [row.attest, say(ATTESTS.get(row.attest, TOGETHER)), *(_count(words, n) for n in (*row.by_site, row.total))]
        for row in found.attests.rows
    ]
    made.fill(sheet, rows)


def _rate_heads() -> list[str]:
    return [*RATE_HEADS[:2], N_("Numerator"), N_("Denominator"), RATE_HEADS[3], N_("95 % from"), N_("95 % to")]


def _rate(words: Wording, line: RateLine) -> list[Cell]:
    name = [words.say(RATES.get(line.name, "")), line.name]
    if line.shown is not Shown.FULL:
        return [*name, None, None, words.share(line.share, line.shown)]
    return [*name, line.numerator, line.denominator, line.share, line.low, line.high]


def _by_site(words: Wording) -> list[list[Cell]]:
    found = words.figures
    return [
        [whole.name, words.say(RATES[whole.name]), *(_share(words, line) for line in (*sites, whole))]
        for whole, sites in zip(found.rates, found.site_rates, strict=True)
    ]


def _share(words: Wording, line: RateLine) -> Cell:
    return line.share if line.shown is Shown.FULL else words.share(line.share, line.shown)


def _steps(words: Wording, scale: ScaleFigures) -> list[Cell]:
    """Return one scale; what may not be shown in full is written as the report prints it."""
    down, up = _number(words.down(scale), scale.down, words), _number(words.up(scale), scale.up, words)
    return [words.say(SCALES[scale.scale]), down, up, *_measured(words, scale)]


def _school(words: Wording, line: SchoolLine) -> list[Cell]:
    counted = _number(words.part(line.count, line.known), line.count, words)
    return [words.say(INDICATORS[line.name]), counted, *_measured(words, line)]


def _measured(words: Wording, line: ScaleFigures | SchoolLine) -> list[Cell]:
    full = line.shown is Shown.FULL
    bounds = line.bounds if words.bounds(line) != NONE else None
    return [
        _count(words, line.known),
        _count(words, line.missing),
        line.share if full else words.share(line.share, line.shown),
        line.low if full else None,
        line.high if full else None,
        *(bounds or (None, None)),
    ]


def _number(written: str, count: int, words: Wording) -> Cell:
    return count if written == words.say.number(count) else written


def _flows(words: Wording) -> list[list[Cell]]:
    say = words.say
    return [
        [say(SCALES[scale.scale]), say(NODES[flow.source]), say(NODES[flow.target]), flow.count]
        for scale in words.figures.scales
        for flow in scale.flows
    ]


def _about(words: Wording) -> list[tuple[str, str]]:
    say, found = words.say, words.figures
    return [
        (say("Campaign"), found.title),
        (say("Organisation"), found.organisation),
        (say("Period"), f"{say.date(found.period[0])} – {say.date(found.period[1])}"),
        (say("School year"), found.school_year),
        (say("State of the data"), say.moment(found.at, "d MMMM y, HH:mm")),
        (say("On the list"), words.count(found.list_size)),
    ]
