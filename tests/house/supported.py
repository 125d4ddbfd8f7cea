"""What questionnaires may hold, told from the engine's tables: python -m tests.house.supported writes the pages."""

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
from callcenter.text import LANGUAGES, Translator, translator
from resources import folder
from tests.house.supported_words import KINDS, WORDS

NAME = "supported.md"
PAGE: Path = folder("help") / NAME
"""The English page once more, where an author without the program finds it."""
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


def pages() -> Iterator[tuple[Path, str]]:
    """Yield each file with the page as it should stand among the help."""
    yield PAGE, page("en")
    for language in LANGUAGES:
        yield folder("help") / language / NAME, page(language)


def page(language: str) -> str:
    """Return the page in a language."""
    words, say = WORDS[language], translator(language)
    parts = (_try_out(words), _questions(words, language), _refused(words, say), _known(words), _functions(words))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _try_out(words: dict[str, str]) -> Iterator[str]:
    yield f"# {words['title']}"
    yield ""
    yield f"## {words['try']}"
    yield ""
    yield f"1. {words['check']}"
    yield f"2. {words['preview']}"
    yield f"3. {words['publish']}"


def _table(*heads: str) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|---" * len(heads) + "|"


def _questions(words: dict[str, str], language: str) -> Iterator[str]:
    yield f"## {words['asked']}"
    yield ""
    yield from _table(words["kind"], words["type"], words["stored"])
    for kind in Kind:
        yield f"| {KINDS[language][kind]} | {_WRITTEN[kind]} | {_stored(kind, words)} |"
    yield ""
    yield words["groups"]


def _stored(kind: Kind, words: dict[str, str]) -> str:
    controls = [name for name, one in BY_CONTROL.items() if one is kind]
    types = [name for name, one in BY_TYPE.items() if one is kind]
    if kind is Kind.NOTE:
        return words["note"]
    return ", ".join(controls or [f"input ({name})" for name in types] or [words["other"]])


def _refused(words: dict[str, str], say: Translator) -> Iterator[str]:
    yield f"## {words['refused']}"
    yield ""
    yield from _table(words["type"], words["why"], words["instead"])
    for kind in _REFUSED:
        rule = why_not(kind)
        assert rule is not None, kind
        yield f"| {kind} | {_reason(rule, say)} | {say(rule.advice)} |"
    yield f"| {words['programs']} | {words['program']} | {say(rules.OTHER_PROGRAM.advice)} |"


def _reason(rule: Rule, say: Translator) -> str:
    """Return what a rule says without the question's name."""
    told = say(rule.what, name="", kind="").partition(": ")[2]
    return told[0].upper() + told[1:]


def _known(words: dict[str, str]) -> Iterator[str]:
    yield f"## {words['case']}"
    yield ""
    yield words["known"]


def _functions(words: dict[str, str]) -> Iterator[str]:
    yield f"## {words['functions']}"
    yield ""
    yield words["brackets"]
    for module in _GROUPS:
        yield ""
        name = module.__name__.rpartition(".")[2]
        yield f"**{words[name]}**: {', '.join(_named(module, words))}."


def _named(module: ModuleType, words: dict[str, str]) -> Iterator[str]:
    group: dict[str, Function] = module.function.group
    for name in sorted(group):
        known_as = f" {words['or']} `{ALIASES[name]}`" if name in ALIASES else ""
        yield f"`{name}`{known_as} ({_arguments(group[name], words)})"


def _arguments(function: Function, words: dict[str, str]) -> str:
    if function.most >= MANY:
        return f"{function.least} {words['more']}"
    return str(function.least) if function.least == function.most else f"{function.least}-{function.most}"


if __name__ == "__main__":
    for file, told in pages():
        file.write_text(told, "utf-8")
