"""What the converter refuses or doubts, in the words of the one who mends it."""

from __future__ import annotations

import re

from callcenter.forms.checks import rules
from callcenter.forms.checks.finding import Finding, Rule, Spot
from callcenter.forms.checks.places import Line
from callcenter.forms.xlsform import FormRefused

# pyxform's sentences, the rule that says the same, and the column to look at.
_CONVERTER: tuple[tuple[str, Rule, str], ...] = (
    (r"Unknown question type '(?P<kind>.*?)'", rules.TYPE, "type"),
    (r"section has not been included", rules.INCLUDE, "type"),
    (r"Question with no type", rules.TYPE_MISSING, "type"),
    (r"Question or group with no name", rules.NAME_MISSING, "name"),
    (r"(?:must be|must|should be) unique (?:within|anywhere in the survey, at)", rules.NAME_TWICE, "name"),
    (r"'survey' sheet, the 'name' value.*Names must begin", rules.NAME_WRONG, "name"),
    (r"named '(?P<name>.*?)' has no label or hint", rules.LABEL_MISSING, "label"),
    (r"Missing calculation", rules.CALCULATION_MISSING, "calculation"),
    (r"Unmatched 'begin_.*for the name '(?P<name>.*?)'", rules.NO_END, "type"),
    (r"Unmatched 'end_", rules.NO_BEGIN, "type"),
    (r"There should be a choices sheet(?P<list>)", rules.LIST_MISSING, "type"),
    (r"List name not in (?:external )?choices sheet: ?(?P<list>.*)", rules.LIST_MISSING, "type"),
    (r"Choice names must be unique", rules.CHOICE_TWICE, "name"),
    (r"Choices must have a name", rules.CHOICE_UNNAMED, "name"),
    (r"Choices should have a label", rules.CHOICE_UNLABELLED, "label"),
    (r"Choice names with spaces.*See \[(?P<name>.*?)\]", rules.CHOICE_BLANK, "name"),
    (r"names for the same column were found: '(?P<one>.*?)', '(?P<other>.*?)'", rules.COLUMNS_SAME, ""),
    (r"required column headers were not found: (?P<missing>.*?)\. Learn", rules.COLUMN_MISSING, ""),
    (
        r"language declarations do not contain valid machine-readable codes: (?P<languages>.*?)\.(?: |$)",
        rules.LANGUAGE_UNCODED,
        "",
    ),
    (r"Reference variables must start with", rules.REFERENCE_UNCLEAR, ""),
    (r"Could not find the name '(?P<reference>.*?)'", rules.REFERENCE, ""),
    (r"The name '(?P<name>.*?)' appears more than once", rules.REFERENCE_TWICE, ""),
)


_OF_HEADERS = (rules.COLUMNS_SAME, rules.COLUMN_MISSING, rules.LANGUAGE_UNCODED)


def refused(error: FormRefused, lines: dict[str, tuple[Line, ...]]) -> Finding:
    """Return pyxform's refusal at its row; `lines` are the filled rows of the sheets."""
    sheet, reason = str(error.facts["sheet"]), str(error.facts["reason"])
    row = error.facts["row"]
    return converter_finding(sheet, row if isinstance(row, int) else 0, reason, lines, rules.CONVERTER)


def converter_finding(
    sheet: str, row: int, reason: str, lines: dict[str, tuple[Line, ...]], otherwise: Rule
) -> Finding:
    """Return one of pyxform's sentences as a finding; `otherwise` is the rule for those that are not known here."""
    said = re.search(r"the '([^']+)' value", reason)
    for pattern, rule, column in _CONVERTER:
        match = re.search(pattern, reason)
        if match is None:
            continue
        facts: dict[str, object] = dict(match.groupdict())
        # Some are about the header.
        row = 1 if rule in _OF_HEADERS else row
        line = next((one for one in lines.get(sheet, ()) if one.number == row), None)
        column = str(facts.get("one") or "") or column or (said[1] if said else "")
        if "{name}" in rule.what and "name" not in facts:
            facts["name"] = line.text("name") if line else ""
        if rule is rules.REFERENCE:
            facts["reference"] = "${" + str(facts["reference"]) + "}"
        if rule is rules.REFERENCE_UNCLEAR:
            facts["example"] = "${name}"
        if rule is rules.CHOICE_BLANK:
            sheet = "choices"
            row = next((one.number for one in lines.get(sheet, ()) if one.text("name") == facts["name"]), 0)
        cell = line.cells.get(column) if line else None
        return Finding(rule, Spot(sheet, row, cell.header if cell else column), facts)
    return Finding(
        otherwise, Spot(sheet, row, said[1] if said else ""), {"reason": reason.partition(" Learn more:")[0]}
    )
