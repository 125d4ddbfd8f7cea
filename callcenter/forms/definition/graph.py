"""The dependency graph: what must be worked out again after what, ranked once when a form is loaded."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from callcenter.forms.definition.binds import resolve
from callcenter.forms.definition.dependencies import Allowance, Read, Reading
from callcenter.forms.definition.expression import Expression
from callcenter.forms.definition.schema import Control, Itemset, Schema
from callcenter.forms.definition.words import Texts
from callcenter.forms.errors import FormCycle


class Facet(IntEnum):
    """What of a place changes."""

    RELEVANCE = 0
    SIZE = 1
    VALUE = 2


Vertex = int
"""place index * 3 + facet."""


def vertex(node: Schema, facet: Facet) -> Vertex:
    """Return the vertex of a place's facet."""
    return node.index * 3 + facet


class Edge(NamedTuple):
    """When a vertex changes, `target` of `node` is worked out again, within the scope's instance."""

    node: Schema
    facet: Facet
    scope: Schema | None


@dataclass(slots=True)
class Graph:
    """Readers of each vertex, ranks, and the order of a full computation."""

    readers: dict[Vertex, dict[Edge, None]] = field(default_factory=dict)
    rank: dict[Vertex, int] = field(default_factory=dict)
    order: list[tuple[Schema, Facet]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    reads: dict[int, tuple[Vertex, ...]] = field(default_factory=dict)
    """Vertices that an expression reads, by its identity; for memos."""
    growing: set[int] = field(default_factory=set)
    """Indices of the repeats whose number of instances hangs on itself: it is worked out again until it rests."""


class _Builder:
    def __init__(self, places: list[Schema], primary: str, texts: Texts) -> None:
        self._places = places
        self._by_path = {place.path: place for place in places}
        self._primary = primary
        self._texts = texts
        self._allowance = Allowance()
        self._labels: dict[str, list[Read]] = {}
        self._after: dict[Vertex, set[Vertex]] = {}
        self._counted: set[tuple[Vertex, Vertex]] = set()
        """What is read to know how many instances there are, and their repeat."""
        self.graph = Graph()

    def build(self) -> Graph:
        for node in self._places:
            self._frame(node)
            self._formulas(node)
        self._rank()
        return self.graph

    def _frame(self, node: Schema) -> None:
        """Order what every node has: its parent's relevance, its own, then size and value."""
        if node.parent is not None:
            self._before(vertex(node.parent, Facet.RELEVANCE), vertex(node, Facet.RELEVANCE))
        if node.repeat:
            self._before(vertex(node, Facet.SIZE), vertex(node, Facet.RELEVANCE))
        self._before(vertex(node, Facet.RELEVANCE), vertex(node, Facet.VALUE))

    def _formulas(self, node: Schema) -> None:
        bind = node.bind
        if bind.relevant is not None:
            self._computed(node, Facet.RELEVANCE, bind.relevant)
        if bind.calculate is not None:
            self._computed(node, Facet.VALUE, bind.calculate)
        if node.count is not None:
            self._computed(node, Facet.SIZE, node.count)
        if node.control is not None and node.control.itemset is not None:
            self._offered(node, node.control.itemset)
        for memo in (bind.required, bind.readonly, bind.constraint):
            if memo is not None:
                self._remember(memo, self._reads(node, memo))

    def _reads(self, node: Schema, formula: Expression) -> list[Read]:
        return self._told(node, self._reading(node).of(formula.tree))

    def _reading(self, node: Schema) -> Reading:
        return Reading(node, self._places[0], self._primary, self._allowance)

    def _told(self, node: Schema, reading: Reading) -> list[Read]:
        self.graph.lost += [(node.path, ref) for ref in reading.lost]
        self._allowance.spend(len(reading.reads))
        return reading.reads + [read for ref in reading.choice_names for read in self._label_reads(node, ref)]

    def _label_reads(self, node: Schema, ref: str) -> list[Read]:
        """Return what the outputs in the choice labels of another question read."""
        asked = self._by_path.get(resolve(ref, node, self._places[0]))
        if asked is None or asked.control is None:
            return []
        if asked.path not in self._labels:
            self._labels[asked.path] = self._said_by(asked, asked.control)
        return self._labels[asked.path]

    def _said_by(self, asked: Schema, control: Control) -> list[Read]:
        pieces = [piece for item in control.items for piece in self._texts.all_pieces(item.label)]
        found = self._outputs(asked, pieces)
        label = control.itemset.label if control.itemset else None
        if label is not None and label.translated:
            # Which text a row of the list names is seen only when it is shown: it may be any, so these order nothing.
            found += [read._replace(soft=True) for read in self._outputs(asked, self._texts.every_piece())]
        return found

    def _outputs(self, asked: Schema, pieces: Iterable[str | Expression]) -> list[Read]:
        formulas = [piece for piece in pieces if isinstance(piece, Expression)]
        return [read for formula in formulas for read in self._reading(asked).of(formula.tree).reads]

    def _remember(self, formula: Expression, reads: list[Read]) -> None:
        found: set[Vertex] = set()
        for read in reads:
            found |= {vertex(read.node, facet) for facet in _facets(read)}
        self.graph.reads[id(formula)] = tuple(found)

    def _offered(self, node: Schema, itemset: Itemset) -> None:
        """What a filter lets through depends on what the list and the values of its items read."""
        reads = self._told(node, self._reading(node).items(itemset.nodes.tree, itemset.value.tree))
        self._remember(itemset.nodes, reads)
        self._order(node, Facet.VALUE, [read for read in reads if read.node is not node])

    def _computed(self, node: Schema, facet: Facet, formula: Expression) -> None:
        reads = self._reads(node, formula)
        self._remember(formula, reads)
        self._order(node, facet, reads)

    def _order(self, node: Schema, facet: Facet, reads: list[Read]) -> None:
        target = vertex(node, facet)
        for read in reads:
            # The place of a node among its like, or of one around it, is no circle.
            around = read.size and f"{node.path}/".startswith(f"{read.node.path}/")
            for source in (vertex(read.node, one) for one in ((Facet.SIZE,) if around else _facets(read))):
                self.graph.readers.setdefault(source, {})[Edge(node, facet, read.scope)] = None
                if not read.soft and not around:
                    self._before(source, target)
                    if facet is Facet.SIZE:
                        self._counted.add((source, target))

    def _before(self, source: Vertex, target: Vertex) -> None:
        self._after.setdefault(source, set()).add(target)

    def _rank(self) -> None:
        left = self._ranked()
        # A count may ask for what the instances say: it follows after the others, again and again.
        counted = [(source, target) for source, target in self._counted if source in left and target in left]
        if left and counted:
            self.graph.growing = {target // 3 for _, target in counted}
            for source, target in counted:
                self._after[source].discard(target)
            left = self._ranked()
        if left:
            raise FormCycle(nodes=", ".join(self._circle(left)))

    def _ranked(self) -> set[Vertex]:
        """Rank all vertices that wait for no circle; returns the others."""
        self.graph.rank, self.graph.order = {}, []
        waiting = dict.fromkeys(range(len(self._places) * 3), 0)
        for targets in self._after.values():
            for target in targets:
                waiting[target] += 1
        ready = [one for one, count in waiting.items() if count == 0]
        heapq.heapify(ready)
        while ready:
            one = heapq.heappop(ready)
            self.graph.rank[one] = len(self.graph.rank)
            self.graph.order.append((self._places[one // 3], Facet(one % 3)))
            for target in self._after.get(one, ()):
                waiting[target] -= 1
                if waiting[target] == 0:
                    heapq.heappush(ready, target)
        return {one for one in waiting if one not in self.graph.rank}

    def _circle(self, left: set[Vertex]) -> list[str]:
        """Return the paths on one circle among the vertices that could not be ranked."""
        before: dict[Vertex, list[Vertex]] = {one: [] for one in left}
        for source in left:
            for target in self._after.get(source, set()) & left:
                before[target].append(source)
        trail: dict[Vertex, None] = {}
        one = min(left)
        while one not in trail:
            trail[one] = None
            one = min(before[one])
        passed = list(trail)
        circle = passed[passed.index(one) :]
        return sorted({self._places[found // 3].path for found in circle})


def _facets(read: Read) -> tuple[Facet, ...]:
    return (Facet.RELEVANCE, Facet.SIZE) if read.size else (Facet.VALUE,)


def build_graph(places: list[Schema], primary: str, texts: Texts) -> Graph:
    """Return the graph of a form; FormCycle names the places that wait for each other."""
    return _Builder(places, primary, texts).build()
