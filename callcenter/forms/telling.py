"""Puts an interview into words and figures: questions, answers given, key items, facts, the submission."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callcenter.forms.definition.form import kind_of
from callcenter.forms.definition.kind import Kind
from callcenter.forms.definition.schema import Schema
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.serialise import submission_xml
from callcenter.forms.shown import Choice, KeyItems, Question, Said, Submission
from callcenter.forms.xpath.moments import valid_date
from callcenter.text import N_, Translator, translator

_LISTED = (Kind.ONE, Kind.MANY, Kind.RANK)
UNREADABLE = N_("This is not an answer that fits here.")
_REFUSED = N_("This answer is not possible here.")
_MISSING = N_("This question needs an answer.")


def speaker(instance: Instance) -> Translator:
    """Return the program's own words in the language of the form."""
    language = instance.world.language
    match = re.search(r"\(([A-Za-z]{2})[^)]*\)\s*\Z", language)
    return translator((match[1] if match else language[:2]).lower())


def question(instance: Instance, node: Node, *, checked: bool = False, unreadable: bool = False) -> Question:
    """Return a question as it stands; `checked` also tells what is missing."""
    control = node.schema.control
    kind = (kind_of(control) if control else None) or Kind.TEXT
    wording, hint = instance.wording, control.hint if control else None
    return Question(
        ref=node.ref,
        name=node.name,
        kind=kind,
        label=wording.runs(control.label if control else None, node),
        hint=_filled(wording.text(hint, node)),
        guidance=_filled(wording.text(hint, node, "guidance")),
        choices=tuple(
            Choice(offer.value, instance.choices.label(node, offer)) for offer in instance.choices.offers(node)
        ),
        value=node.text,
        required=instance.judge.required(node),
        readonly=kind is Kind.NOTE or instance.judge.readonly(node),
        appearance=control.appearance if control else frozenset(),
        message=_message(instance, node, checked=checked, unreadable=unreadable),
    )


def _filled(text: str) -> str:
    """Return a text, empty for the dash with which pyxform fills a missing translation."""
    return "" if text == "-" else text


def _message(instance: Instance, node: Node, *, checked: bool, unreadable: bool) -> str:
    say = speaker(instance)
    if unreadable:
        return say(UNREADABLE)
    if instance.judge.refused(node):
        return _filled(instance.judge.message(node) or "") or say(_REFUSED)
    if checked and instance.judge.missing(node):
        return _filled(instance.judge.message(node) or "") or say(_MISSING)
    return ""


def said(instance: Instance, node: Node) -> Said:
    """Return the answer of a node in words."""
    control = node.schema.control
    label = instance.wording.text(control.label if control else None, node)
    return Said(node.ref, node.name, label, _in_words(instance, node))


def _in_words(instance: Instance, node: Node) -> str:
    control = node.schema.control
    kind = kind_of(control) if control else None
    if kind in _LISTED:
        chosen = node.text.split() if kind is not Kind.ONE else [node.text]
        offers = (offer for offer in instance.choices.offers(node) if offer.value in chosen)
        labels = {offer.value: instance.choices.label(node, offer) for offer in offers}
        return ", ".join(labels.get(value) or value for value in chosen)
    day = valid_date(node.text) if kind is Kind.DATE else None
    return speaker(instance).date(day) if day else node.text


def members(instance: Instance) -> Iterator[Node]:
    """Yield the nodes that can hold a value, relevant or not, without the form's own meta block."""
    for node in instance.tree.root.nodes():
        if node.schema.leaf and not _meta(node.schema):
            yield node


def leaves(instance: Instance) -> Iterator[Node]:
    """Yield the relevant ones among the members."""
    return (node for node in members(instance) if node.relevant)


def _meta(schema: Schema) -> bool:
    return schema.path.split("/")[2].rpartition(":")[2] == "meta"


def key_items(instance: Instance) -> KeyItems:
    """Count the key items; a group or a shared name such as `aims` counts once."""
    items: dict[str, list[Node]] = {}
    for schema in instance.form.places:
        mark = schema.bind.foreign.get("key", "")
        if not mark or mark == "no":
            continue
        for node in instance.tree.all_of(schema):
            members = [node] if schema.leaf else [one for one in node.nodes() if one.schema.control is not None]
            asked = [one for one in members if one.relevant and kind_of_node(one) is not Kind.NOTE]
            items.setdefault(node.ref if mark == "yes" else mark, []).extend(asked)
    relevant = [members for members in items.values() if members]
    return KeyItems(len(relevant), sum(all(node.text for node in members) for members in relevant))


def kind_of_node(node: Node) -> Kind | None:
    """Return the kind of question a node is asked by, None for hidden ones."""
    return kind_of(node.schema.control) if node.schema.control is not None else None


def facts(instance: Instance, hidden: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return what the form marks as a fact: the mark -> the value, non-empty only, without the hidden names."""
    return {
        node.schema.bind.foreign["fact"]: node.text
        for node in leaves(instance)
        if "fact" in node.schema.bind.foreign and node.text and node.name not in hidden
    }


def sensitive(instance: Instance) -> frozenset[str]:
    """Return the names marked as sensitive, with all below a marked group."""
    marked: set[str] = set()
    names: set[str] = set()
    for schema in instance.form.places:
        above = schema.parent is not None and schema.parent.path in marked
        if above or schema.bind.foreign.get("sensitive") == "yes":
            marked.add(schema.path)
            names |= {schema.name} if schema.leaf else set()
    return frozenset(names)


def values(instance: Instance) -> dict[str, str]:
    """Return the values of relevant nodes by name, by reference where a name is not unique."""
    times: dict[str, int] = {}
    found = list(leaves(instance))
    for node in found:
        times[node.name] = times.get(node.name, 0) + 1
    return {(node.name if times[node.name] == 1 else node.ref): node.text for node in found}


def value(instance: Instance, name: str) -> str:
    """Return the effective value of the first node of a name, empty when there is none."""
    for schema in instance.form.places:
        if schema.name == name and schema.leaf:
            return next((node.text for node in instance.tree.all_of(schema)), "")
    return ""


def submission(instance: Instance) -> Submission:
    """Return the answers as they are now; a sensitive answer is no fact, since facts travel with the rest."""
    hidden = sensitive(instance)
    return Submission(
        form_id=instance.form.form_id,
        version=instance.form.version,
        xml=submission_xml(instance),
        values=values(instance),
        facts=facts(instance, hidden),
        sensitive=hidden,
        keys=key_items(instance),
        outcome=value(instance, "outcome"),
    )
