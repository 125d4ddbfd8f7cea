"""A loaded form: what every interview on it shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from callcenter.forms.definition.casedata import CASE, case_columns
from callcenter.forms.definition.expression import Expression
from callcenter.forms.definition.graph import Graph
from callcenter.forms.definition.kind import BY_CONTROL, BY_TYPE, Kind
from callcenter.forms.definition.schema import Action, Control, Group, Schema
from callcenter.forms.definition.words import Pieces, Texts, Words
from callcenter.forms.xpath.syntax import Call, Path, Text
from callcenter.forms.xpath.tree import Element, Fixed


class Described(NamedTuple):
    """A question for code books: labels and choice labels by language."""

    name: str
    kind: Kind
    labels: Mapping[str, str]
    choices: tuple[tuple[str, Mapping[str, str]], ...]


@dataclass(slots=True, eq=False)
class FormDefinition:
    """A form as loaded; immutable by habit and shared by all its interviews."""

    form_id: str
    version: str
    title: str
    texts: Texts
    given: Element
    identity: Schema
    """Where the identity of a submission stands."""
    before: Schema
    """Where an edited submission names the identity that it had."""
    spare: bool
    """Whether only edited submissions have that place."""
    places: list[Schema]
    by_path: dict[str, Schema]
    body: Group
    actions: list[Action]
    tables: dict[str, Fixed]
    graph: Graph
    primary: str = ""
    namespaces: dict[str, str] = field(default_factory=dict)
    default_namespace: str = ""
    warnings: list[str] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    attached: tuple[str, ...] = ()
    """Names of the files that lists come from."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the default one first; empty when the form has only one without a name."""
        return tuple(sorted(self.texts.languages, key=lambda language: language != self.texts.default))

    @property
    def default_language(self) -> str:
        """The language an interview opens in, empty without languages."""
        return self.texts.default

    @property
    def presets(self) -> tuple[str, ...]:
        """Names of what a case may fill in: top-level hidden nodes without a calculation."""
        return tuple(
            place.name
            for place in self.places[0].children
            if place.leaf and place.control is None and place.bind.calculate is None and not place.bind.preload
        )

    @property
    def case_columns(self) -> Mapping[str, str]:
        """Columns of the list `case` that the form reads, with the path of the first place that does."""
        return case_columns(self.places, self.actions, self.texts) if CASE in self.tables else {}

    @property
    def wanted(self) -> tuple[str, ...]:
        """All that the form asks of a case: what fills hidden nodes, then what it reads in the list `case`."""
        return tuple(dict.fromkeys((*self.presets, *self.case_columns)))

    def attributes(self, name: str) -> Mapping[str, str]:
        """Return the foreign bind attributes of a node by local name, such as `key` or `fact`."""
        return next((place.bind.foreign for place in self.places if place.name == name), {})

    def questions(self) -> Iterator[Described]:
        """Yield all questions in the order of the form, notes left out."""
        for control in controls(self.body):
            kind = kind_of(control)
            if kind is not None and kind is not Kind.NOTE:
                labels = {language: self.plain(control.label, language) for language in self.languages or ("",)}
                yield Described(control.node.name, kind, labels, self._choices(control))

    def plain(self, words: Words | None, language: str, item: Element | None = None) -> str:
        """Return a text in a language with `{name}` where an answer is filled in."""
        if words is None:
            return ""
        pieces = words.pieces
        if words.link is not None:
            pieces = self._linked(words, language, item)
        return "".join(piece if isinstance(piece, str) else _placeholder(piece) for piece in pieces).strip()

    def _linked(self, words: Words, language: str, item: Element | None) -> Pieces:
        argument = words.link.tree if words.link else None
        if isinstance(argument, Text):
            identity = argument.value
        elif isinstance(argument, Path) and item is not None:
            leaves = item.named(argument.steps[-1].test)
            identity = leaves[0].text if leaves else ""
        else:
            return ()
        if not words.translated:
            return (identity,)
        return self.texts.find(language, identity) or self.texts.find(self.default_language, identity) or ()

    def _choices(self, control: Control) -> tuple[tuple[str, Mapping[str, str]], ...]:
        languages = self.languages or ("",)
        if control.itemset is None:
            return tuple(
                (item.value, {language: self.plain(item.label, language) for language in languages})
                for item in control.items
            )
        value, label = control.itemset.value.source.strip(), control.itemset.label
        found = []
        for item in self._listed(control.itemset.nodes):
            leaves = item.named(value)
            labels = {language: self.plain(label, language, item) for language in languages}
            found.append((leaves[0].text if leaves else "", labels))
        return tuple(found)

    def choice_values(self, control: Control) -> tuple[str, ...]:
        """Return the values of all choices of a question before any filter; none for a list that is not attached."""
        if control.itemset is None:
            return tuple(item.value for item in control.items)
        value = control.itemset.value.source.strip()
        found = (item.named(value) for item in self._listed(control.itemset.nodes))
        return tuple(leaves[0].text for leaves in found if leaves)

    def _listed(self, nodes: Expression) -> list[Element]:
        """Return the items of a list before any filter."""
        tree = nodes.tree
        if isinstance(tree, Call) and tree.name == "randomize":
            tree = tree.arguments[0]
        if not isinstance(tree, Path) or not isinstance(tree.start, Call) or not tree.steps:
            return []
        named = tree.start.arguments[0] if tree.start.arguments else None
        table = self.tables.get(named.value) if isinstance(named, Text) else None
        return [] if table is None else table.named(tree.steps[-1].test)


def _placeholder(piece: Expression) -> str:
    return "{" + piece.source.rpartition("/")[2].strip() + "}"


def controls(group: Group) -> Iterator[Control]:
    """Yield the questions of a group in body order."""
    for member in group.members:
        if isinstance(member, Group):
            yield from controls(member)
        else:
            yield member


def kind_of(control: Control) -> Kind | None:
    """Return the kind of a question, None for one that cannot be asked by telephone."""
    if control.name in BY_CONTROL:
        return BY_CONTROL[control.name]
    if control.name == "upload" or control.node.bind.type in (
        "geopoint",
        "geotrace",
        "geoshape",
        "barcode",
        "binary",
    ):
        return None
    readonly = control.node.bind.readonly
    if readonly is not None and readonly.source == "true()" and control.node.bind.calculate is None:
        return Kind.NOTE
    return BY_TYPE.get(control.node.bind.type, Kind.TEXT)
