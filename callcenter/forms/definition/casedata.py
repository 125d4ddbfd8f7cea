"""The list `case`: one row with what is known of the person who is called, given when an interview begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from callcenter.forms.definition.expression import Expression
from callcenter.forms.definition.schema import Action, Schema
from callcenter.forms.definition.words import Texts, Words
from callcenter.forms.xpath.syntax import Call, Path, Syntax, Text, every
from callcenter.forms.xpath.tree import Fixed

CASE = "case"
"""The identity of the list in a form."""
KEY = "key"
"""A column that every row has, so that `pulldata('case', 'school', 'key', 'case')` finds the one row."""


def case_row(columns: Mapping[str, str]) -> Fixed:
    """Return the list as `root/item`, with a column for each name."""
    holder = Fixed("instance")
    root = Fixed("root", holder)
    holder.children = [root]
    item = Fixed("item", root)
    item.children = [Fixed(name, item, value) for name, value in {**columns, KEY: CASE}.items()]
    root.children = [item]
    return root


def case_columns(places: Iterable[Schema], actions: Iterable[Action], texts: Texts) -> dict[str, str]:
    """Return each column of the list that formulas and texts name, with the path of the first place that does."""
    found: dict[str, str] = {}
    for where, formula in formulas_of(places, actions, texts):
        for part in every(formula.tree):
            for name in _named(part):
                found.setdefault(name, where)
    found.pop(KEY, None)
    return found


def _named(part: Syntax) -> Iterator[str]:
    if isinstance(part, Call) and part.name == "pulldata":
        texts = [one.value if isinstance(one, Text) else "" for one in part.arguments]
        if texts[0] == CASE:
            yield from (name for name in texts[1:3] if name)
    elif isinstance(part, Path) and isinstance(part.start, Call) and _of_case(part.start):
        steps = [step for step in part.steps if step.axis == "child"]
        yield from (step.test for step in steps[2:3] if step.test not in ("*", "node()", "text()"))
        for step in part.steps:
            for predicate in step.predicates:
                yield from _beside(predicate)


def _of_case(call: Call) -> bool:
    named = call.arguments[0] if call.name == "instance" and call.arguments else None
    return isinstance(named, Text) and named.value == CASE


def _beside(predicate: Syntax) -> Iterator[str]:
    """Yield the columns that a filter of the row compares."""
    for part in every(predicate):
        steps = part.steps if isinstance(part, Path) and not part.absolute and part.start is None else ()
        yield from (step.test for step in steps[:1] if step.axis == "child")


def formulas_of(
    places: Iterable[Schema], actions: Iterable[Action], texts: Texts
) -> Iterator[tuple[str, Expression]]:
    """Yield every formula of a form with the path of the place that has it, those in its texts too."""
    for place in places:
        for formula in _of_place(place, texts):
            yield place.path, formula
    for action in actions:
        if action.value is not None:
            yield action.target.path, action.value


def _of_place(place: Schema, texts: Texts) -> Iterator[Expression]:
    bind, control = place.bind, place.control
    rules = (bind.relevant, bind.calculate, bind.required, bind.readonly, bind.constraint, place.count)
    yield from (formula for formula in rules if formula is not None)
    said: list[Words | None] = [bind.required_message, bind.constraint_message]
    if place.group is not None:
        said += [place.group.label, place.group.hint]
    if control is not None:
        said += [control.label, control.hint, *(item.label for item in control.items)]
        if control.itemset is not None:
            yield from (control.itemset.nodes, control.itemset.value)
            said.append(control.itemset.label)
    for words in said:
        if words is not None and words.link is not None and not words.translated:
            yield words.link
        yield from (piece for piece in texts.all_pieces(words) if isinstance(piece, Expression))
