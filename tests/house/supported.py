"""What questionnaires may hold, told from the engine's tables: python -m tests.house.supported writes the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from callcenter.forms.checks import rules
from callcenter.forms.checks.finding import Rule
from callcenter.forms.checks.kinds import why_not
from callcenter.forms.definition.kind import BY_CONTROL, BY_TYPE, Kind
from callcenter.forms.xpath.functions import choices, dates, logic, nodes, numbers, text
from callcenter.forms.xpath.functions.table import MANY, Function
from callcenter.forms.xpath.library import ALIASES
from resources import folder

PAGE: Path = folder("help") / "supported.md"
# As authors write it in the column `type`; a select may also take its list from a file.
_WRITTEN = {
    Kind.TEXT: "text",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.DATETIME: "dateTime",
    Kind.ONE: "select_one, select_one_from_file, select_one_external",
    Kind.MANY: "select_multiple, select_multiple_from_file",
    Kind.RANK: "rank",
    Kind.RANGE: "range",
    Kind.NOTE: "note",
    Kind.ACKNOWLEDGE: "acknowledge",
}
_REFUSED = (
    "image",
    "audio",
    "video",
    "file",
    "background-audio",
    "geopoint",
    "geotrace",
    "geoshape",
    "osm",
    "barcode",
)
_GROUPS: tuple[ModuleType, ...] = (text, logic, numbers, nodes, dates, choices)


def page() -> str:
    """Return the page as it should stand among the help."""
    return "\n".join((*_questions(), "", *_refused(), "", *_functions(), ""))


def _questions() -> Iterator[str]:
    yield "# What a questionnaire may hold"
    yield ""
    yield "Made from the tables of the engine. `callcenter form check FILE` says what to change in a questionnaire."
    yield ""
    yield "## Questions that can be asked"
    yield ""
    yield "| kind | in the column `type` | control and types of its answer |"
    yield "|---|---|---|"
    for kind in Kind:
        yield f"| {kind} | {_WRITTEN[kind]} | {_stored(kind)} |"


def _stored(kind: Kind) -> str:
    controls = [name for name, one in BY_CONTROL.items() if one is kind]
    types = [name for name, one in BY_TYPE.items() if one is kind]
    if kind is Kind.NOTE:
        return "input, always read-only and not calculated"
    return ", ".join(controls or [f"input of {name}" for name in types] or ["input of any other type"])


def _refused() -> Iterator[str]:
    yield "## Questions that cannot be asked by telephone"
    yield ""
    yield "| `type` | why | instead |"
    yield "|---|---|---|"
    for kind in _REFUSED:
        rule = why_not(kind)
        assert rule is not None, kind
        yield f"| {kind} | {_reason(rule)} | {rule.advice} |"
    other = rules.OTHER_PROGRAM
    yield f"| any with an `intent` or an appearance `ex:` | {_reason(other)} | {other.advice} |"


def _reason(rule: Rule) -> str:
    """Return what a rule says without the question's name."""
    told = rule.what.partition(": ")[2] or rule.what.replace("'{name}' is", "it is").replace(" ({kind})", "")
    return told[0].upper() + told[1:]


def _functions() -> Iterator[str]:
    yield "## Functions"
    yield ""
    yield "In brackets how many arguments a function takes."
    for module in _GROUPS:
        yield ""
        yield f"**{(module.__doc__ or '').strip().rstrip('.')}**: {', '.join(_named(module))}."


def _named(module: ModuleType) -> Iterator[str]:
    group: dict[str, Function] = module.function.group
    for name in sorted(group):
        known_as = f" or `{ALIASES[name]}`" if name in ALIASES else ""
        yield f"`{name}`{known_as} ({_arguments(group[name])})"


def _arguments(function: Function) -> str:
    if function.most >= MANY:
        return f"{function.least} or more"
    return str(function.least) if function.least == function.most else f"{function.least} to {function.most}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
