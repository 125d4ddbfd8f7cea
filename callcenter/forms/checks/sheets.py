"""Rows of the sheets against each other: lists, translations, names, and how much there is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from callcenter.forms.checks import rules
from callcenter.forms.checks.filters import columns_of, filter_findings
from callcenter.forms.checks.finding import Finding, Spot
from callcenter.forms.checks.formulas import choice_findings, formula_findings, names_of
from callcenter.forms.checks.guessing import meant
from callcenter.forms.checks.headers import TEXTS, meaning
from callcenter.forms.checks.kinds import kind_findings
from callcenter.forms.checks.places import Line, lines_of
from callcenter.forms.definition.binds import MOST as MOST_QUESTIONS
from callcenter.forms.definition.source import DEEPEST
from callcenter.forms.definition.tables import MOST_ITEMS
from callcenter.forms.instance.engine import MOST_REPEATS
from callcenter.forms.xlsform import Workbook

_WITH_LIST = re.compile(
    r"(?:select one(?: from)?|select multiple(?: from)?|select1|select all that apply(?: from)?|rank"
    r"|add select (?:one|multiple) prompt using)(?: (?P<list>\S+))?"
)


def sheet_findings(workbook: Workbook) -> Iterator[Finding]:
    """Yield what the cells of a workbook tell by themselves, before it is converted."""
    survey, choices = lines_of(workbook, "survey"), lines_of(workbook, "choices")
    names = names_of(survey)
    lists = Counter(line.text("list_name") for line in choices)
    columns = columns_of(choices)
    for line in survey:
        yield from kind_findings(line)
        yield from _list(line, lists)
        yield from filter_findings(line, list_of(line), columns)
        yield from formula_findings(line, names)
        yield from _repeats(line)
    for line in choices:
        yield from choice_findings(line, names)
    yield from _nesting(survey)
    yield from _sizes(survey, choices, lists)
    both: tuple[tuple[str, Sequence[Line]], ...] = (("survey", survey), ("choices", choices))
    languages = _languages(both)
    for sheet, lines in both:
        if sheet in workbook.sheets:
            yield from _translations(sheet, workbook.sheets[sheet].header, lines, languages)


def _list(line: Line, lists: Mapping[str, int]) -> Iterator[Finding]:
    name = list_of(line)
    if name is None:
        return
    spot = Spot("survey", line.number, line.cells["type"].header, line.path)
    if not name:
        yield Finding(rules.LIST_UNNAMED, spot)
    elif name not in lists and not name.startswith("${"):
        close = meant(name, lists.keys() - {""})
        rule = rules.LIST_CLOSE if close else rules.LIST_MISSING
        yield Finding(rule, spot, {"list": name, **({"close": close} if close else {})})


def list_of(line: Line) -> str | None:
    """Return the name of a question's list, empty when it names none; None for one without choices of the sheet."""
    # The name of a list keeps its capitals and underscores; only the words before it are tidied.
    words = " ".join(line.text("type").split())
    match = _WITH_LIST.fullmatch(re.sub(r" or[ _]other$| or specify other$", "", _tidied(words)))
    return None if match is None else match["list"] or ""


def _tidied(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{first.lower().replace('_', ' ')} {rest}".strip()


def _repeats(line: Line) -> Iterator[Finding]:
    count = line.text("repeat_count")
    if count.isdigit() and int(count) > MOST_REPEATS:
        spot = Spot("survey", line.number, line.cells["repeat_count"].header, line.path)
        yield Finding(rules.REPEATS, spot, {"count": count, "most": MOST_REPEATS})


def _nesting(survey: Sequence[Line]) -> Iterator[Finding]:
    """Yield the groups and repeats that do not end where and as they should."""
    around: list[Line] = []
    for line in survey:
        word, _, what = line.kind.partition(" ")
        if what not in ("group", "repeat"):
            continue
        spot = Spot("survey", line.number, line.cells["type"].header, line.path)
        if word == "begin":
            around.append(line)
        elif word == "end" and not around:
            yield Finding(rules.NO_BEGIN, spot)
        elif word == "end" and (begun := around.pop()).kind != f"begin {what}":
            told = {"name": begun.text("name"), "row": begun.number, "begun": begun.text("type")}
            yield Finding(rules.ENDS_OTHERWISE, spot, {**told, "ended": line.text("type")})
    for line in around:
        spot = Spot("survey", line.number, line.cells["type"].header, line.path)
        yield Finding(rules.NO_END, spot, {"name": line.text("name")})


def _sizes(survey: Sequence[Line], choices: Sequence[Line], lists: Mapping[str, int]) -> Iterator[Finding]:
    if not survey:
        yield Finding(rules.NOTHING, Spot("survey", 2, "type"))
    if len(survey) > MOST_QUESTIONS:
        spot = Spot("survey", survey[MOST_QUESTIONS].number, "type")
        yield Finding(rules.ROWS, spot, {"count": len(survey), "most": MOST_QUESTIONS})
    deepest = max(survey, key=lambda line: line.depth, default=None)
    if deepest is not None and deepest.depth > DEEPEST:
        yield Finding(rules.DEEP, Spot("survey", deepest.number, "type", deepest.path), {"most": DEEPEST})
    for name, count in lists.items():
        if count > MOST_ITEMS:
            first = next(line for line in choices if line.text("list_name") == name)
            spot = Spot("choices", first.number, first.cells["list_name"].header if name else "")
            yield Finding(rules.CHOICES, spot, {"list": name, "count": count, "most": MOST_ITEMS})


def _languages(lines: Iterable[tuple[str, Sequence[Line]]]) -> tuple[str, ...]:
    """Return the languages in which some row has a text, in the order of their columns."""
    told = (
        meaning(header, sheet)
        for sheet, found in lines
        for header in dict.fromkeys(h for line in found for h in line.row)
    )
    return tuple(dict.fromkeys(language for column, language in told if column in TEXTS and language))


def _translations(
    sheet: str, header: Sequence[str], lines: Sequence[Line], languages: Sequence[str]
) -> Iterator[Finding]:
    """Yield each language that lacks texts which another one has, with the rows, once for a column."""
    for column in TEXTS:
        told = {meaning(name, sheet)[1]: name for name in header if meaning(name, sheet)[0] == column}
        for language in languages if told else ():
            lacking = [line for line in lines if _lacks(line, told, language)]
            if not lacking:
                continue
            first = lacking[0] if language in told else None
            spot = Spot(sheet, first.number if first else 1, told.get(language, f"{column}::{language}"))
            rows = spans([line.number for line in lacking])
            rule = rules.UNTRANSLATED if len(lacking) == 1 else rules.UNTRANSLATED_ROWS
            yield Finding(rule, spot, {"language": language, "rows": rows})


def spans(numbers: Sequence[int]) -> str:
    """Return rising numbers in short, `3–5, 8`."""
    ends: list[list[int]] = []
    for number in numbers:
        if ends and number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in ends)


def _lacks(line: Line, told: Mapping[str, str], language: str) -> bool:
    return not line.row.get(told.get(language, "")) and any(line.row.get(name) for name in told.values())
