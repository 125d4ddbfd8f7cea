"""Which places may show something else after a change, for those who show every node at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from callcenter.forms.definition.dependencies import Reading
from callcenter.forms.definition.expression import Expression
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.graph import Facet, Vertex, vertex
from callcenter.forms.definition.schema import Itemset, Schema
from callcenter.forms.definition.words import Words
from callcenter.forms.xpath.syntax import Call, Path, Syntax, Text


class Watch:
    """What everything that is shown of a place reads: judgements, choices, labels, hints and messages.

    A place of which that is not known beforehand is restless: it is doubted after any change and none.
    """

    def __init__(self, form: FormDefinition) -> None:
        self._form = form
        self._shown_by: dict[Vertex, set[int]] = {}
        self._restless: set[int] = set()
        self._in_lists = tuple(self._outputs_in_lists())
        for place in form.places:
            self._place(place)

    def doubtful(self, stamps: Sequence[int], since: int) -> set[int]:
        """Return the indices of the places that may look different since a revision, by the stamps of vertices."""
        found = set(self._restless)
        for source, stamp in enumerate(stamps):
            if stamp > since:
                found |= self._shown_by.get(source, set())
        return found

    def _place(self, place: Schema) -> None:
        self._reads(place, (vertex(place, facet) for facet in Facet))
        bind, control = place.bind, place.control
        above: Schema | None = place
        while above is not None:
            self._judged(place, above.bind.readonly)
            above = above.parent
        self._judged(place, bind.required)
        self._judged(place, bind.constraint)
        for words in (bind.required_message, bind.constraint_message):
            self._said(place, words)
        shown = control or place.group
        if shown is not None:
            self._said(place, shown.label)
            self._said(place, shown.hint)
        for item in control.items if control is not None else ():
            self._said(place, item.label)
        if control is not None and control.itemset is not None:
            self._offered(place, control.itemset)

    def _reads(self, place: Schema, sources: Iterator[Vertex]) -> None:
        for source in sources:
            self._shown_by.setdefault(source, set()).add(place.index)

    def _judged(self, place: Schema, formula: Expression | None) -> None:
        if formula is None:
            return
        reads = self._form.graph.reads.get(id(formula))
        if reads is None or formula.volatile:
            self._restless.add(place.index)
        else:
            self._reads(place, iter(reads))

    def _said(self, place: Schema, words: Words | None) -> None:
        if words is None:
            return
        if words.link is not None:
            self._formula(place, words.link)
            if words.translated and not isinstance(words.link.tree, Text):
                self._restless.add(place.index)
        for piece in self._form.texts.all_pieces(words):
            if isinstance(piece, Expression):
                self._formula(place, piece)

    def _formula(self, place: Schema, formula: Expression) -> None:
        self._known(place, formula, self._reading(place).of(formula.tree))

    def _reading(self, place: Schema) -> Reading:
        return Reading(place, self._form.places[0], self._form.primary)

    def _known(self, place: Schema, formula: Expression, reading: Reading) -> None:
        # A group is read with all that is in it, and the label of a choice with what that says.
        joined = any(not read.node.leaf and not read.node.repeat for read in reading.reads)
        if formula.volatile or reading.choice_names or joined:
            self._restless.add(place.index)
            return
        for read in reading.reads:
            facets = (Facet.RELEVANCE, Facet.SIZE) if read.size else (Facet.VALUE,)
            self._reads(place, (vertex(read.node, facet) for facet in facets))

    def _offered(self, place: Schema, itemset: Itemset) -> None:
        self._judged(place, itemset.nodes)
        label = itemset.label
        if label is None:
            return
        if label.link is None:
            self._said(place, label)
            return
        self._known(place, label.link, self._reading(place).items(itemset.nodes.tree, label.link.tree))
        if label.translated and not (_of_list(itemset.nodes.tree) and isinstance(label.link.tree, Path)):
            self._restless.add(place.index)
        elif label.translated:
            for formula in self._in_lists:
                self._formula(place, formula)

    def _outputs_in_lists(self) -> Iterator[Expression]:
        """Yield the outputs of all texts that a row of a list names."""
        named = {leaf.raw for table in self._form.tables.values() for leaf in table.below()}
        for texts in self._form.texts.by_language.values():
            for identity in named & texts.keys():
                for pieces in texts[identity].values():
                    yield from (piece for piece in pieces if isinstance(piece, Expression))


def _of_list(tree: Syntax) -> bool:
    """Whether nodes are rows of a list that never changes, as far as is seen."""
    if isinstance(tree, Call) and tree.name == "randomize":
        tree = tree.arguments[0]
    return isinstance(tree, Path) and isinstance(tree.start, Call) and tree.start.name == "instance"
