"""Keeps values, relevance and repeat sizes in step: a change spreads over ranks, without recursion."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from itertools import count

from callcenter.forms.definition.expression import Expression
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.graph import Facet, vertex
from callcenter.forms.definition.schema import Schema
from callcenter.forms.instance.codec import stored
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.tree import Tree, build, insert
from callcenter.forms.instance.world import Surroundings
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.tree import Element
from callcenter.forms.xpath.values import Value, to_boolean, to_number

MOST_REPEATS = 500
MOST_GROWN = 100
"""Instances of a repeat whose number hangs on itself, so that one that never rests is bounded."""
MOST_NODES = 20_000
"""Nodes inside repeat instances together."""
_ROUNDS = 200
"""How often one node may be worked out in one change before it is left as it is."""


class Engine:
    """The values of one interview and their order of computation."""

    def __init__(self, form: FormDefinition, tree: Tree, world: Surroundings) -> None:
        self.form = form
        self.tree = tree
        self.world = world
        self.revision = 0
        self.evaluations = 0
        self.population = 0
        self.stamps = [0] * (3 * len(form.places))
        self.keep_offered: Callable[[Node, str], str] = lambda node, value: value
        self.changed: list[Node] = []
        self.arrived: list[Node] = []
        self._heap: list[tuple[int, int, Schema, Node, Facet]] = []
        self._queued: set[tuple[int, int]] = set()
        self._ticket = count()
        self._front: int | None = None
        self.restoring = False
        """While saved values are put back: calculations and sizes are not worked out."""

    # --- evaluation ---

    def value_of(self, formula: Expression, node: Element) -> Value:
        """Return the value of a formula seen from a node."""
        self.evaluations += 1
        return formula.run(Context(node, self.world, node))

    def memo(self, node: Node, formula: Expression) -> Value:
        """Return the value of a formula; worked out again only after something it reads has changed."""
        return self.memo_at(node, formula)[1]

    def memo_at(self, node: Node, formula: Expression) -> tuple[int, Value]:
        """Return the value of a formula, and the revision at which it was worked out."""
        known = node.memo.get(formula)
        reads = self.form.graph.reads.get(id(formula))
        steady = reads is not None and not formula.volatile
        if known is not None and steady and all(self.stamps[one] <= known[0] for one in reads or ()):
            return known
        found = (self.revision, self.value_of(formula, node))
        node.memo[formula] = found
        return found

    def doubt_all(self) -> None:
        """Make every memo stale, after values were put in from outside."""
        self.revision += 1
        self.stamps = [self.revision] * len(self.stamps)

    # --- spreading ---

    def touch(self, node: Node, facet: Facet) -> None:
        """Note that a facet of a node changed, and queue all that reads it."""
        self.touch_at(node.schema, node, facet)

    def touch_at(self, schema: Schema, node: Node, facet: Facet, outside: Schema | None = None) -> None:
        """Note that a facet of a place changed, seen from `node`: the node, or the holder of a repeat.

        With `outside`, readers within one instance of that repeat are left alone: another instance came or went.
        """
        source = vertex(schema, facet)
        self.revision += 1
        self.stamps[source] = self.revision
        for edge in self.form.graph.readers.get(source, ()):
            rank = self.form.graph.rank[vertex(edge.node, edge.facet)]
            if self._front is not None and rank > self._front:
                continue
            if outside is not None and edge.scope is not None and outside in edge.scope.repeats:
                continue
            within = node.around(edge.scope) if edge.scope is not None else None
            self._push_all(edge.node, edge.facet, within)

    def _push_all(self, schema: Schema, facet: Facet, within: Node | None) -> None:
        """Queue a facet of all nodes of a place; the size of a repeat is worked out at the node that holds it."""
        where = schema.parent if facet is Facet.SIZE else schema
        if where is None:
            return
        if within is not None and within.schema not in (where, *where.repeats):
            within = None
        for target in self.tree.all_of(where, within):
            self.push(schema, target, facet)

    def push(self, schema: Schema, node: Node, facet: Facet) -> None:
        """Queue one facet of one node."""
        place = vertex(schema, facet)
        key = (id(node), place)
        if key not in self._queued:
            self._queued.add(key)
            heapq.heappush(self._heap, (self.form.graph.rank[place], next(self._ticket), schema, node, facet))

    def settle(self) -> None:
        """Work out all that is queued, in the order of ranks."""
        rounds: dict[tuple[int, int], int] = {}
        while self._heap:
            _, _, schema, node, facet = heapq.heappop(self._heap)
            key = (id(node), vertex(schema, facet))
            self._queued.discard(key)
            rounds[key] = rounds.get(key, 0) + 1
            if rounds[key] > _ROUNDS:
                self.world.warn(f"{schema.path} does not come to rest")
                continue
            self.work_out(schema, node, facet)

    def compute_all(self, *, values: bool = True) -> None:
        """Work out every formula once in the order of ranks; without `values` calculations and sizes stay."""
        self.restoring = not values
        for schema, facet in self.form.graph.order:
            if not self._has_formula(schema, facet) or (facet is Facet.SIZE and not values):
                continue
            self._front = self.form.graph.rank[vertex(schema, facet)]
            where = schema.parent if facet is Facet.SIZE else schema
            for node in list(self.tree.all_of(where)) if where else ():
                self.work_out(schema, node, facet)
        self._front = None
        self.settle()
        self.restoring = False

    def _has_formula(self, schema: Schema, facet: Facet) -> bool:
        if facet is Facet.RELEVANCE:
            return schema.bind.relevant is not None
        if facet is Facet.SIZE:
            return schema.count is not None
        return schema.bind.calculate is not None or self._filters(schema)

    @staticmethod
    def _filters(schema: Schema) -> bool:
        control = schema.control
        return control is not None and (control.itemset is not None or bool(control.items))

    def work_out(self, schema: Schema, node: Node, facet: Facet) -> None:
        """Work out one facet now."""
        if facet is Facet.RELEVANCE:
            self._relevance(node)
        elif facet is Facet.VALUE:
            self._value(node)
        else:
            self._size(schema, node)

    # --- the three facets ---

    def _relevance(self, node: Node) -> None:
        formula = node.schema.bind.relevant
        own = formula is None or to_boolean(self.value_of(formula, node))
        if own != node.own:
            node.own = own
            self.refresh(node)

    def refresh(self, node: Node) -> None:
        """Carry relevance down from a node, and touch what changed."""
        waiting = [node]
        while waiting:
            one = waiting.pop()
            above = one.parent
            relevant = one.own and (above is None or above.relevant)
            if relevant == one.relevant:
                continue
            one.relevant = relevant
            self.touch(one, Facet.RELEVANCE)
            if one.schema.leaf:
                if one.raw:
                    self.changed.append(one)
                self.touch(one, Facet.VALUE)
                if relevant and self._has_formula(one.schema, Facet.VALUE):
                    one.computed = None
                    self.push(one.schema, one, Facet.VALUE)
            waiting += [child for child in one.children if isinstance(child, Node)]

    def _value(self, node: Node) -> None:
        if not node.relevant:
            return
        value = node.raw
        formula = node.schema.bind.calculate
        if formula is not None and not self.restoring:
            computed = stored(self.value_of(formula, node), node.schema.bind.type, self.world.zone)
            if computed != node.computed:
                value = node.computed = computed
        self.put(node, value)

    def put(self, node: Node, value: str) -> None:
        """Store a raw value, and touch what reads it."""
        before = node.raw if node.sifted is None else node.sifted
        node.raw = value
        if self._filters(node.schema):
            # A choice that is no longer on offer reads as not chosen; it comes back with the filter.
            node.sifted = self.keep_offered(node, value) if value else ""
        if before != (value if node.sifted is None else node.sifted):
            if node.relevant:
                self.changed.append(node)
            self.touch(node, Facet.VALUE)

    def _size(self, repeat: Schema, holder: Node) -> None:
        if repeat.count is None or self.restoring:
            return
        # The formula is written as seen from the repeat itself, also when it has no instance.
        seen_from = Element(repeat.name, holder)
        number = to_number(self.value_of(repeat.count, seen_from), self.world.zone)
        if math.isnan(number):
            return
        most = MOST_GROWN if repeat.index in self.form.graph.growing else MOST_REPEATS
        wanted = math.floor(max(0.0, min(number, most)) + 0.5)
        if number > most:
            self.world.warn(f"{repeat.path} asks for {number:.0f} instances, {most} are kept")
        here = holder.named(repeat.name)
        for _ in range(len(here), wanted):
            self.add(repeat, holder)
        for node in reversed(here[wanted:]):
            if isinstance(node, Node):
                self.remove(node)

    # --- repeats ---

    def add(self, repeat: Schema, holder: Node) -> Node | None:
        """Append an instance of a repeat, and queue what is inside; None past the caps."""
        place = len(holder.named(repeat.name))
        if place >= MOST_REPEATS or self.population > MOST_NODES:
            self.world.warn(f"{repeat.path} takes no more instances")
            return None
        given = repeat.template
        if repeat.count is not None and place < len(repeat.defaults):
            given = repeat.defaults[place]
        node = build(repeat, given or Element(repeat.name), holder)
        insert(holder, node)
        for one in (node, *node.nodes()):
            self._arrive(one)
        self._resized(repeat, holder, node)
        return node

    def _arrive(self, one: Node) -> None:
        """Queue all that is worked out in a node that came with a new instance."""
        if one.schema.repeat:
            self.arrived.append(one)
        self.population += 1
        one.relevant = one.parent is None or one.parent.relevant
        for facet in (Facet.RELEVANCE, Facet.VALUE):
            if self._has_formula(one.schema, facet):
                self.push(one.schema, one, facet)
        for child in one.schema.children:
            if child.count is not None:
                self.push(child, one, Facet.SIZE)

    def remove(self, node: Node) -> None:
        """Take an instance of a repeat away; those after it move up."""
        holder = node.parent
        if not isinstance(holder, Node):
            return
        holder.children.remove(node)
        holder.regrouped()
        gone = {id(one) for one in (node, *node.below())}
        self.population -= len(gone)
        self._forget(gone)
        self._resized(node.schema, holder, node)

    def _forget(self, gone: set[int]) -> None:
        """Let nothing that is queued happen in nodes that were removed."""
        self.changed = [node for node in self.changed if id(node) not in gone]
        self.arrived = [node for node in self.arrived if id(node) not in gone]
        if any(id(entry[3]) in gone for entry in self._heap):
            self._heap = [entry for entry in self._heap if id(entry[3]) not in gone]
            heapq.heapify(self._heap)
            self._queued = {key for key in self._queued if key[0] not in gone}

    def _resized(self, repeat: Schema, holder: Node, node: Node) -> None:
        self.touch_at(repeat, holder, Facet.SIZE)
        for one in (node, *node.nodes()):
            self.touch_at(one.schema, holder, Facet.VALUE, outside=repeat)
