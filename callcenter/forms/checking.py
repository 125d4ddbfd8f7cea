"""Reads a questionnaire before it is published and lists all that its author should mend."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from callcenter.forms.checks import rules
from callcenter.forms.checks.finding import Finding, Severity, Spot
from callcenter.forms.checks.loading import form_findings, too_large, translation_findings
from callcenter.forms.checks.places import Line, Places, lines_of
from callcenter.forms.checks.refusals import converter_finding
from callcenter.forms.checks.repairs import refusals
from callcenter.forms.checks.sheets import sheet_findings
from callcenter.forms.definition.source import LARGEST
from callcenter.forms.errors import FormError
from callcenter.forms.workbooks import read_workbook
from callcenter.forms.xlsform import (
    MISSING,
    ColumnTwice,
    Converted,
    FormRefused,
    Workbook,
    WorkbookUnreadable,
    convert,
)
from callcenter.text import N_, Translator

_MOST = 500
"""Findings in the cells after which the rest is left for the next check."""
_TOO_MUCH = frozenset(rule.code for rule in (rules.ROWS, rules.CHOICES, rules.DEEP, rules.NOTHING))
_LISTED = 8
"""Mistakes that a message on the screen names; `form check` lists all."""


@dataclass(frozen=True)
class Checked:
    """A checked questionnaire; `converted` is there when pyxform took the workbook, mistakes or not."""

    findings: tuple[Finding, ...]
    converted: Converted | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What refuses the questionnaire."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What should be looked at."""
        return tuple(one for one in self.findings if one.severity is Severity.WARNING)


class FormHasMistakes(FormError):
    """A questionnaire that is not published before its mistakes are mended."""

    code = "FORM-23"
    what = N_("The questionnaire is not published: some things must be changed first.")
    advice = N_("Change them in the workbook, save it, and publish it again.")

    def __init__(self, errors: tuple[Finding, ...]) -> None:
        self.errors = errors
        super().__init__(n=len(errors))

    def explain(self, say: Translator) -> tuple[str, str]:
        """Return how many things are wrong with the first of them, one a line, and what to do."""
        count = say.plural(
            "The questionnaire is not published: {n} thing must be changed first.",
            "The questionnaire is not published: {n} things must be changed first.",
            len(self.errors),
        )
        listed = [f"• {one.line(say)}" for one in self.errors[:_LISTED]]
        return "\n".join((count, *listed, *(["…"] if len(self.errors) > _LISTED else []))), say(self.advice)


def check_file(path: Path) -> Checked:
    """Check a workbook (.xlsx, .xls, or .md as templates are written) or an XForm (.xml).

    Raises WorkbookUnreadable for a file that cannot be read at all.
    """
    if path.suffix.lower() == ".xml":
        xml = _bytes(path)
        return Checked((too_large(),)) if len(xml) > LARGEST else check_form(xml)
    try:
        return check_workbook(read_workbook(path))
    except ColumnTwice as error:
        sheet, column = str(error.facts["sheet"]), str(error.facts["column"])
        return Checked((Finding(rules.COLUMN_TWICE, Spot(sheet, 1, column), {"column": column}),))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise WorkbookUnreadable(file=path.name, reason=MISSING) from error


def check_form(xml: bytes) -> Checked:
    """Check an XForm; its findings name nodes."""
    found = list(form_findings(xml, Places()))
    if not any(one.severity is Severity.ERROR for one in found):
        found += translation_findings(xml)
    return Checked(tuple(_once(found)))


def check_workbook(workbook: Workbook, known: Collection[str] | None = None) -> Checked:
    """Check an XLSForm: its cells, its conversion, and the form that comes out; takes as long as a conversion.

    `known` are the names of what a campaign lets a form know of a person; without them any name is let through.
    """
    lines = {name: lines_of(workbook, name) for name in workbook.sheets}
    found = list(islice(sheet_findings(workbook), _MOST))
    if any(one.code in _TOO_MUCH for one in found):
        # Converting takes long then, and the form would be refused all the same.
        return Checked(_ordered(found, workbook))
    try:
        converted = convert(workbook)
    except FormRefused as error:
        return Checked(_ordered(_new(found, refusals(workbook, error)), workbook))
    places = Places(lines["survey"])
    found = _new(found, form_findings(converted.xml, places, known))
    doubts = (_doubt(warning, lines) for warning in converted.warnings)
    return Checked(_ordered(_new(found, doubts), workbook), converted)


def publish_ready(workbook: Workbook, say: Translator, known: Collection[str] | None = None) -> Converted:
    """Return the form of a workbook without mistakes, its warnings in words; FormHasMistakes lists the others."""
    checked = check_workbook(workbook, known)
    if checked.errors or checked.converted is None:
        raise FormHasMistakes(checked.errors)
    made = checked.converted
    warnings = tuple(one.line(say) for one in checked.warnings)
    return Converted(made.form_id, made.version, made.xml, made.sha256, warnings)


def _doubt(warning: str, lines: dict[str, tuple[Line, ...]]) -> Finding:
    row = re.match(r"\[row\s*:\s*(\d+)\]\s*", warning)
    sheet = re.search(r"'(survey|choices|settings|entities)' sheet", warning)
    told = warning[row.end() :] if row else warning
    return converter_finding(
        sheet[1] if sheet else "survey", int(row[1]) if row else 0, told, lines, rules.CONVERTER_WARNS
    )


def _new(found: list[Finding], more: Iterable[Finding]) -> list[Finding]:
    """Return the findings with those of `more` that tell of no row where a mistake is known already."""
    told = {(one.spot.sheet, one.spot.row) for one in found if one.spot.row}
    codes = {one.code for one in found}
    # Without a row, the same kind of mistake is the same one, told by somebody who knows less.
    return found + [
        one
        for one in more
        if (one.spot.sheet, one.spot.row) not in told and not (one.spot.row == 0 and one.code in codes)
    ]


def _once(found: Iterable[Finding]) -> Iterator[Finding]:
    seen = set[tuple[object, ...]]()
    for one in found:
        key = (one.code, one.spot, tuple(one.facts.values()))
        if key not in seen:
            seen.add(key)
            yield one


def _ordered(found: list[Finding], workbook: Workbook) -> tuple[Finding, ...]:
    """Return the findings as an author meets them: errors first, then sheet by sheet and row by row."""
    sheets = list(workbook.sheets)

    def place(one: Finding) -> tuple[bool, int, int]:
        known = one.spot.sheet in sheets
        return one.severity is Severity.WARNING, sheets.index(one.spot.sheet) if known else -1, one.spot.row

    return tuple(sorted(_once(found), key=place))
