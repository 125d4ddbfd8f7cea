"""Formulas and references as they are written in the cells of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from callcenter.forms.checks import rules
from callcenter.forms.checks.finding import Finding, Spot
from callcenter.forms.checks.guessing import meant
from callcenter.forms.checks.headers import FORMULAS, TEXTS, meaning
from callcenter.forms.checks.places import Line
from callcenter.forms.xpath.functions.table import MANY
from callcenter.forms.xpath.functions.text import pattern_readable
from callcenter.forms.xpath.lexer import NotReadable
from callcenter.forms.xpath.library import FUNCTIONS
from callcenter.forms.xpath.parser import parse
from callcenter.forms.xpath.syntax import Call, Text, every

_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^${}]*?)\s*\}")
_SWITCHES = {"yes", "no", "true", "false", "true()", "false()"}
"""What `required` and `readonly` may say without being a formula."""
_CURLY = str.maketrans("‘’“”", "''\"\"")
"""The converter straightens the quotes that a word processor bends."""
_SOME_PATH = "/ref/x"
_SHOWN = 120
_FUNCTIONS_OF_PLACES = ("area", "distance", "geofence", "enclosed-area")


def names_of(survey: Iterable[Line]) -> frozenset[str]:
    """Return what a reference may name: the rows, and what the converter adds to them."""
    found = set[str]()
    for line in survey:
        name = line.text("name")
        found.add(name)
        if line.kind.startswith("begin"):
            found.add(f"{name}_count")
        elif "or other" in line.kind or "specify other" in line.kind:
            found.add(f"{name}_other")
    return frozenset(found - {""})


def formula_findings(line: Line, names: frozenset[str]) -> Iterator[Finding]:
    """Yield what is wrong in the formulas of a survey row, and its references to names that are not there."""
    for column, cell in line.cells.items():
        spot = Spot("survey", line.number, cell.header, line.path)
        if column in FORMULAS and cell.text.strip().lower() not in _SWITCHES:
            plain = cell.text.translate(_CURLY)
            yield from expression_findings(with_paths(plain), spot, shown=cell.text)
    for header, text in line.row.items():
        column = meaning(header, "survey")[0]
        if column in (*FORMULAS, *TEXTS, "default", "trigger"):
            yield from _lost(text, Spot("survey", line.number, header, line.path), names)


def with_paths(formula: str) -> str:
    """Return a formula of a cell as a formula of XPath: each `${name}` as some path."""
    return _REFERENCE.sub(_SOME_PATH, formula)


def choice_findings(line: Line, names: frozenset[str]) -> Iterator[Finding]:
    """Yield the references in the texts of a choice to names that are not there."""
    for header, text in line.row.items():
        if meaning(header, "choices")[0] in TEXTS:
            yield from _lost(text, Spot("choices", line.number, header), names)


def expression_findings(formula: str, spot: Spot, shown: str = "") -> Iterator[Finding]:
    """Yield what is wrong with one formula; `shown` is how its author wrote it."""
    shown = _short(shown or formula)
    try:
        tree = parse(formula)
    except NotReadable as error:
        yield _unreadable(formula, shown, str(error), spot)
        return
    seen = set[str]()
    for node in every(tree):
        if isinstance(node, Call) and node.name not in seen:
            seen.add(node.name)
            yield from _called(node, spot)
        if isinstance(node, Call) and node.name == "regex":
            yield from _pattern(node, spot)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _unreadable(formula: str, shown: str, reason: str, spot: Spot) -> Finding:
    if reason.startswith(("more than", "longer than")):
        return Finding(rules.TOO_DEEP, spot, {"formula": shown})
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", formula)
    if "'" in bare or '"' in bare:
        return Finding(rules.QUOTES, spot, {"formula": shown})
    opened, closed = (sum(bare.count(one) for one in marks) for marks in ("([", ")]"))
    if opened != closed:
        return Finding(rules.BRACKETS, spot, {"formula": shown, "opened": opened, "closed": closed})
    near = reason.rpartition("expected at ")[2].replace(_SOME_PATH, "${…}")
    # The end has no words of its own: show what stands last.
    tail = bare.split()[-1] if bare.split() else ""
    return Finding(rules.SYNTAX, spot, {"formula": shown, "near": tail if near == "the end" else _short(near)})


def _called(call: Call, spot: Spot) -> Iterator[Finding]:
    function = FUNCTIONS.get(call.name)
    if function is None:
        close = None if call.name in _FUNCTIONS_OF_PLACES else meant(call.name, FUNCTIONS)
        if close:
            yield Finding(rules.FUNCTION_CLOSE, spot, {"function": call.name, "close": close})
        else:
            yield Finding(rules.FUNCTION, spot, {"function": call.name})
    elif not function.least <= len(call.arguments) <= function.most:
        rule = rules.ARGUMENTS
        if function.least == function.most:
            rule = rules.ARGUMENTS_EXACT
        elif function.most >= MANY:
            rule = rules.ARGUMENTS_LEAST
        told = {"function": call.name, "given": len(call.arguments), "least": function.least}
        yield Finding(rule, spot, {**told, "most": function.most})


def _pattern(call: Call, spot: Spot) -> Iterator[Finding]:
    for pattern in call.arguments[1:2]:
        if isinstance(pattern, Text) and not pattern_readable(pattern.value):
            yield Finding(rules.PATTERN, spot, {"pattern": _short(pattern.value)})


def _lost(text: str, spot: Spot, names: frozenset[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(_REFERENCE.findall(text)):
        if name not in names:
            close = meant(name, names)
            yield lost_reference("${" + name + "}", spot, [f"${{{close}}}"] if close else [])
    if "${" in _REFERENCE.sub("", text):
        yield Finding(rules.REFERENCE_UNCLEAR, spot, {"example": "${name}"})


def lost_reference(reference: str, spot: Spot, close: Iterable[str] = ()) -> Finding:
    """Return that a reference leads nowhere, with the name that was perhaps meant."""
    for one in close:
        return Finding(rules.REFERENCE_CLOSE, spot, {"reference": reference, "close": one})
    return Finding(rules.REFERENCE if spot.sheet else rules.REFERENCE_NODE, spot, {"reference": reference})
