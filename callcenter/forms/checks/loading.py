"""What shows only when the form is loaded: circles, paths that lead nowhere, caps, and what cannot be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from callcenter.forms.checks import rules
from callcenter.forms.checks.finding import Finding, Rule, Spot
from callcenter.forms.checks.formulas import expression_findings, lost_reference
from callcenter.forms.checks.kinds import why_not
from callcenter.forms.checks.places import Places
from callcenter.forms.checks.reaching import Reach
from callcenter.forms.definition.casedata import CASE, formulas_of
from callcenter.forms.definition.form import FormDefinition, controls, kind_of
from callcenter.forms.definition.loader import load_form, publishable
from callcenter.forms.definition.source import children, parts, read
from callcenter.forms.errors import (
    BadExpression,
    FormCycle,
    FormError,
    FormNotXml,
    FormTooLarge,
    UnknownFunction,
    UnknownReference,
)
from callcenter.forms.instance.engine import MOST_GROWN, MOST_REPEATS
from callcenter.forms.xpath.syntax import Call, Number, Syntax, Text, every
from callcenter.text import N_

_FORMULAS = {
    "relevant": "relevant",
    "calculate": "calculation",
    "constraint": "constraint",
    "required": "required",
    "readonly": "readonly",
}
"""Attributes of a bind, and the columns in which they are written."""
_TOO_LARGE = (
    ("bytes", N_("its file is larger than 5 MB")),
    ("within each other", N_("its elements stand too deep within each other")),
    ("binds", N_("it has more than 5,000 questions")),
    ("formulas", N_("its formulas read too many answers")),
    ("", N_("one of its lists is longer than 20,000 choices")),
)
_OF_THE_PROGRAM = (f"{CASE}.csv",)
"""Lists that the desk fills in itself."""
_NOT_A_FORM = (
    ("model", N_("it has no model, the part with the formulas")),
    ("instance", N_("it has no instance, the part with the answers")),
)


def form_findings(xml: str | bytes, places: Places, known: Collection[str] | None = None) -> Iterator[Finding]:
    """Yield what is wrong with an XForm, at the cells or nodes that `places` knows.

    `known` are the names that a campaign declares of a person; without them any name is let through.
    """
    try:
        formulas = list(_formulas(xml, places))
        yield from formulas
        if formulas:
            return
        form = load_form(xml)
    except FormError as error:
        yield from _loader(error, places)
        return
    found = [*_lost(form, places), *_unlisted(form, places), *_unasked(form, places), *_counts(form, places)]
    found += _undeclared(form, places, known) if known is not None else ()
    yield from found
    yield from _strict(form, places, found)
    yield from Reach(form, places).findings()


def translation_findings(xml: str | bytes) -> Iterator[Finding]:
    """Yield each text of a loaded form that some languages have and another one has not."""
    texts = load_form(xml).texts
    known = dict.fromkeys(identity for table in texts.by_language.values() for identity in table)
    for identity in known:
        for language in texts.languages:
            if not texts.find(language, identity):
                yield Finding(rules.UNTRANSLATED, Spot(node=identity), {"language": language})


def _formulas(xml: str | bytes, places: Places) -> Iterator[Finding]:
    """Yield all formulas of the binds that cannot be read: loading stops at the first one."""
    for bind in children(parts(read(xml))[0], "bind"):
        path = str(bind.get("nodeset") or bind.get("ref") or "").strip()
        for attribute, column in _FORMULAS.items():
            formula = str(bind.get(attribute) or "").strip()
            if formula:
                yield from expression_findings(formula, places.spot(path, column))


def _loader(error: FormError, places: Places) -> Iterator[Finding]:
    where = str(error.facts.get("where", ""))
    if isinstance(error, BadExpression):
        yield from expression_findings(str(error.facts["expression"]), _formula_spot(places, where))
    elif isinstance(error, UnknownFunction):
        yield Finding(rules.FUNCTION, _formula_spot(places, where), {"function": error.facts["function"]})
    elif isinstance(error, FormCycle):
        yield _circle(str(error.facts["nodes"]).split(", "), places)
    elif isinstance(error, FormTooLarge):
        yield _of_the_file(rules.TOO_LARGE, _reason(str(error.facts["what"]), _TOO_LARGE))
    elif isinstance(error, FormNotXml):
        yield _no_form(str(error.facts["reason"]))
    else:
        yield Finding(Rule(error.code, error.what, error.advice), places.spot(where), error.facts)


def _formula_spot(places: Places, where: str) -> Spot:
    return places.spot(where, *_FORMULAS.values(), "choice_filter", "repeat_count", "label")


def _reason(told: str, reasons: tuple[tuple[str, str], ...]) -> str:
    return next((sentence for word, sentence in reasons if word in told), told)


def _of_the_file(rule: Rule, reason: str) -> Finding:
    return Finding(rule, Spot(), {"reason": reason}, frozenset({"reason"}))


def too_large() -> Finding:
    """Return that a file is too large to be looked into."""
    return _of_the_file(rules.TOO_LARGE, _TOO_LARGE[0][1])


def _no_form(reason: str) -> Finding:
    if "document type" in reason:
        return Finding(rules.DOCUMENT_TYPE, Spot())
    sentence = _reason(reason, _NOT_A_FORM)
    if sentence == reason:
        return Finding(rules.NOT_XML, Spot(), {"reason": reason})
    return _of_the_file(rules.NOT_A_FORM, sentence)


def _circle(nodes: list[str], places: Places) -> Finding:
    spot = places.spot(nodes[0], "calculation", "relevant", "repeat_count", "choice_filter")
    lines = [line for line in map(places.line, nodes) if line is not None]
    known = len(lines) == len(nodes)
    names = ", ".join(line.text("name") for line in lines) if known else ", ".join(nodes)
    if not known or len(nodes) == 1:
        return Finding(rules.CIRCLE if len(nodes) > 1 else rules.CIRCLE_SELF, spot, {"nodes": names})
    return Finding(rules.CIRCLE_ROWS, spot, {"nodes": names, "rows": ", ".join(str(line.number) for line in lines)})


def _lost(form: FormDefinition, places: Places) -> Iterator[Finding]:
    names = {place.name for place in form.places}
    for where, reference in dict.fromkeys(form.lost):
        # Entities write to attributes, which are kept as the form has them.
        if "/@" not in reference:
            spot = _mentioning(places, where, reference)
            # The name of a question without the signs around it is read as a path below this one.
            meant = [f"${{{reference}}}"] if spot.sheet and reference in names else []
            yield lost_reference(reference, spot, meant)
    for warning in form.warnings:
        yield Finding(rules.BIND_LOST, Spot(node=(path := warning.partition(": ")[2])), {"reference": path})


def _unlisted(form: FormDefinition, places: Places) -> Iterator[Finding]:
    """Yield the lists that formulas name and that the form does not have, and those in files of their own."""
    told = set[str]()
    for where, formula in formulas_of(form.places, form.actions, form.texts):
        for part in every(formula.tree):
            name = _list_named(part)
            if name is not None and name not in (*form.tables, *told, form.primary):
                told.add(name)
                yield Finding(
                    rules.REFERENCE_LIST, _mentioning(places, where, name), {"reference": f"instance('{name}')"}
                )
    for name in form.attached:
        if name not in _OF_THE_PROGRAM:
            yield Finding(rules.OTHER_FILE, places.mention(name), {"file": name})


def _list_named(part: Syntax) -> str | None:
    named = part.arguments[0] if isinstance(part, Call) and part.name == "instance" and part.arguments else None
    return named.value if isinstance(named, Text) else None


def _undeclared(form: FormDefinition, places: Places, known: Collection[str]) -> Iterator[Finding]:
    told = {"known": ", ".join(sorted(known)) or "–"}
    for name in form.presets:
        if name not in known:
            spot = places.spot(f"{form.places[0].path}/{name}", "name")
            yield Finding(rules.CASE_COLUMN, spot, {"name": name, **told})
    for name, where in form.case_columns.items():
        if name not in known:
            yield Finding(rules.CASE_COLUMN, _mentioning(places, where, name), {"name": name, **told})


def _mentioning(places: Places, where: str, reference: str) -> Spot:
    """Return the cell of a node's row in which the end of a reference is written."""
    line, last = places.line(where), reference.rpartition("/")[2]
    written = [name for name, cell in line.cells.items() if last in cell.text and name != "name"] if line else []
    return places.spot(where, *written)


def _unasked(form: FormDefinition, places: Places) -> Iterator[Finding]:
    for control in controls(form.body):
        if kind_of(control) is None:
            kind = control.media or control.node.bind.type
            told = {"name": control.node.name, "kind": kind}
            yield Finding(why_not(kind) or rules.MEDIA, places.spot(control.node.path, "type"), told)


def _counts(form: FormDefinition, places: Places) -> Iterator[Finding]:
    for place in form.places:
        count = place.count.tree if place.count is not None else None
        if isinstance(count, Number) and count.value > MOST_REPEATS:
            told = {"count": f"{count.value:.0f}", "most": MOST_REPEATS}
            yield Finding(rules.REPEATS, places.spot(place.path, "repeat_count"), told)
        if place.index in form.graph.growing:
            told = {"name": place.name, "most": MOST_GROWN}
            yield Finding(rules.REPEATS_GROW, places.spot(place.path, "repeat_count"), told)


def _strict(form: FormDefinition, places: Places, found: list[Finding]) -> Iterator[Finding]:
    """Yield what publishing would still refuse."""
    try:
        publishable(form)
    except UnknownReference as error:
        if not any(finding.code == rules.REFERENCE.code for finding in found):
            yield lost_reference(str(error.facts["reference"]), places.spot(str(error.facts["where"]), "cc:shuffle"))
    except FormError as error:
        if not found:
            yield from _loader(error, places)
