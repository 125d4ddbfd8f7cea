"""What a choice_filter looks at, against the columns that its list has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from callcenter.forms.checks import rules
from callcenter.forms.checks.finding import Finding, Spot
from callcenter.forms.checks.formulas import with_paths
from callcenter.forms.checks.guessing import meant
from callcenter.forms.checks.places import Line
from callcenter.forms.xpath.lexer import NotReadable
from callcenter.forms.xpath.parser import parse
from callcenter.forms.xpath.syntax import Path, Syntax, parts

Columns = Mapping[str, Set[str]]
"""By list, the columns that at least one of its choices fills in."""
_ALWAYS = frozenset(("name", "label", "itextId"))
"""What the converter gives every choice."""


def columns_of(choices: Sequence[Line]) -> Columns:
    """Return the filled columns of each list."""
    found: dict[str, set[str]] = {}
    for line in choices:
        found.setdefault(line.text("list_name"), set()).update(line.row)
    return found


def filter_findings(line: Line, name: str | None, columns: Columns) -> Iterator[Finding]:
    """Yield each column that the filter of a question's list looks at and that no choice of the list has."""
    cell = line.cells.get("choice_filter")
    if cell is None or not name or name not in columns:
        return
    try:
        tree = parse(with_paths(cell.text))
    except NotReadable:
        # That is a finding of its own.
        return
    spot = Spot("survey", line.number, cell.header, line.path)
    known = columns[name]
    for column in dict.fromkeys(_columns(tree)):
        if column in known or column in _ALWAYS:
            continue
        told = {"column": column, "list": name}
        close = meant(column, known)
        rule = rules.COLUMN_OF_CHOICES_CLOSE if close else rules.COLUMN_OF_CHOICES
        yield Finding(rule, spot, {**told, **({"close": close} if close else {})})


def _columns(tree: Syntax) -> Iterator[str]:
    """Yield the names that a filter reads of the choice itself; what stands in other brackets is about others."""
    if isinstance(tree, Path):
        first = tree.steps[0] if tree.steps else None
        if not tree.absolute and tree.start is None and first is not None and first.axis == "child":
            yield from () if first.test in ("*", "node()", "text()") else (first.test,)
        return
    for part in parts(tree):
        yield from _columns(part)
