"""All that the converter refuses: it stops at the first row, so that is mended in a copy and it is asked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from callcenter.forms.checks import rules
from callcenter.forms.checks.finding import Finding
from callcenter.forms.checks.places import Line, lines_of
from callcenter.forms.checks.refusals import refused
from callcenter.forms.xlsform import FormRefused, Sheet, Workbook, convert

_MOST = 40
"""Refusals of one workbook that are told in one run."""
_REPAIRS: Mapping[str, tuple[str, str]] = {
    rules.TYPE.code: ("type", "text"),
    rules.TYPE_MISSING.code: ("type", "text"),
    rules.NAME_MISSING.code: ("name", "row_{row}_"),
    rules.NAME_WRONG.code: ("name", "row_{row}_"),
    rules.NAME_TWICE.code: ("name", "row_{row}_"),
    rules.LABEL_MISSING.code: ("label", "…"),
    rules.CALCULATION_MISSING.code: ("calculation", "1"),
    rules.CHOICE_TWICE.code: ("name", "row_{row}_"),
    rules.CHOICE_UNNAMED.code: ("name", "row_{row}_"),
    rules.CHOICE_BLANK.code: ("name", "row_{row}_"),
}
"""What is written into which column, so that the converter goes on to the next mistake."""


def refusals(workbook: Workbook, error: FormRefused) -> Iterator[Finding]:
    """Yield what a workbook is refused for, the first refusal given, each row once.

    Other mistakes than those of single cells end it: after a repair they may come from the repair itself.
    """
    told = set[tuple[str, int]]()
    for _ in range(_MOST):
        lines = {name: lines_of(workbook, name) for name in workbook.sheets}
        finding = refused(error, lines)
        spot = finding.spot
        if told and (finding.code not in _REPAIRS or not spot.row):
            return
        yield finding
        mended = _mended(workbook, finding, lines) if (finding.code, spot.row) not in told else None
        told.add((finding.code, spot.row))
        if mended is None:
            return
        another = _refusal(mended)
        if another is None:
            return
        workbook, error = mended, another


def _refusal(workbook: Workbook) -> FormRefused | None:
    try:
        convert(workbook)
    except FormRefused as error:
        return error
    return None


def _mended(workbook: Workbook, finding: Finding, lines: Mapping[str, tuple[Line, ...]]) -> Workbook | None:
    """Return the workbook with the cell of a finding filled in anew; None where that is not plain."""
    spot = finding.spot
    line = next((one for one in lines.get(spot.sheet, ()) if one.number == spot.row), None)
    if finding.code not in _REPAIRS or line is None:
        return None
    column, text = _REPAIRS[finding.code]
    header = line.cells[column].header if column in line.cells else column
    sheet = workbook.sheets[spot.sheet]
    rows = list(sheet.rows)
    rows[spot.row - 2] = {**line.row, header: text.format(row=spot.row)}
    columns = sheet.header if header in sheet.header else (*sheet.header, header)
    return Workbook({**workbook.sheets, spot.sheet: Sheet(columns, tuple(rows))})
