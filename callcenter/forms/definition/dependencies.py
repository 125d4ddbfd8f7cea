"""Which places a formula reads, and how far the reading stays inside one repeat instance."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from callcenter.forms.definition.schema import Schema
from callcenter.forms.errors import FormTooLarge
from callcenter.forms.xpath.syntax import Binary, Call, Filtered, Path, Step, Syntax, Text, parts

MOST_READINGS = 100_000
"""Places read by all formulas together, so that `//*` in thousands of formulas is refused."""


class Read(NamedTuple):
    """A formula reads a place.

    `scope` is the innermost repeat within whose instance both stay; None means any instance. `soft` readings reach
    other instances of a repeat, so they order nothing. `size` readings ask only which nodes are there.
    """

    node: Schema
    scope: Schema | None
    soft: bool = False
    size: bool = False


class _Spot(NamedTuple):
    """A place reached on the way; `node` None is the document. `low` is the outermost place passed."""

    node: Schema | None
    low: Schema | None
    absolute: bool = False
    soft: bool = False
    cut: Schema | None = None
    """The first repeat that is not entered by its own instance."""


class Allowance:
    """How much the formulas of one form may still read; FormTooLarge past it."""

    def __init__(self) -> None:
        self._left = MOST_READINGS

    def spend(self, readings: int) -> None:
        """Take so many places off."""
        self._left -= max(readings, 0)
        if self._left < 0:
            raise FormTooLarge(what=f"formulas that read more than {MOST_READINGS} times")


class Reading:
    """Collects what one formula reads, seen from its node."""

    def __init__(self, here: Schema, root: Schema, primary: str = "", allowance: Allowance | None = None) -> None:
        self._here = here
        self._root = root
        self._primary = primary
        self._allowance = allowance or Allowance()
        self.reads: list[Read] = []
        self.lost: list[str] = []
        self.choice_names: list[str] = []
        """Questions whose choice labels the formula asks for, as it names them."""

    def of(self, tree: Syntax) -> Reading:
        """Read a formula; returns itself."""
        self._walk(tree, (_Spot(self._here, self._here),))
        return self

    def items(self, nodes: Syntax, value: Syntax) -> Reading:
        """Read a list of nodes and the value of each of them; returns itself."""
        spots = self._spots(nodes, (_Spot(self._here, self._here),))
        self._note(spots)
        if spots:
            self._walk(value, spots)
        return self

    def _walk(self, tree: Syntax, here: tuple[_Spot, ...]) -> None:
        if isinstance(tree, (Path, Filtered)) or (isinstance(tree, Call) and tree.name in ("current", "instance")):
            self._note(self._spots(tree, here))
        elif isinstance(tree, Call) and tree.name == "once":
            before = len(self.reads)
            self._inside(tree, here)
            # once() keeps its own value by design, so reading itself is no circle.
            self.reads[before:] = [read for read in self.reads[before:] if read.node is not self._here]
        elif isinstance(tree, Call) and tree.name == "indexed-repeat":
            self._indexed(tree, here)
        elif isinstance(tree, Call) and tree.name in ("jr:choice-name", "choice-name"):
            self.choice_names += [part.value.strip() for part in tree.arguments[1:] if isinstance(part, Text)]
            self._inside(tree, here)
        else:
            self._inside(tree, here)

    def _inside(self, tree: Syntax, here: tuple[_Spot, ...]) -> None:
        for part in parts(tree):
            self._walk(part, here)

    def _indexed(self, tree: Call, here: tuple[_Spot, ...]) -> None:
        for place, argument in enumerate(tree.arguments):
            before = len(self.reads)
            self._walk(argument, here)
            if place % 2 or place == 0:
                loose = [read._replace(scope=None, soft=True) for read in self.reads[before:]]
                self.reads[before:] = loose

    def _spots(self, tree: Syntax, here: tuple[_Spot, ...]) -> tuple[_Spot, ...]:
        if isinstance(tree, Filtered):
            spots = self._spots(tree.base, here)
            for predicate in tree.predicates:
                self._walk(predicate, spots)
            return spots
        if isinstance(tree, Path):
            return self._path(tree, here)
        if isinstance(tree, Call):
            return self._called(tree, here)
        if isinstance(tree, Binary) and tree.operator == "|":
            return self._spots(tree.left, here) + self._spots(tree.right, here)
        self._walk(tree, here)
        return ()

    def _called(self, tree: Call, here: tuple[_Spot, ...]) -> tuple[_Spot, ...]:
        """Return the places that a function of nodes gives."""
        if tree.name == "current":
            return (_Spot(self._here, self._here),)
        if tree.name == "randomize":
            for seed in tree.arguments[1:]:
                self._walk(seed, here)
            return self._spots(tree.arguments[0], here)
        if tree.name == "instance":
            named = tree.arguments[0]
            if isinstance(named, Text) and self._primary and named.value == self._primary:
                return (_Spot(None, None, absolute=True),)
            self._walk(named, here)
            return ()
        self._walk(tree, here)
        return ()

    def _path(self, path: Path, here: tuple[_Spot, ...]) -> tuple[_Spot, ...]:
        if path.absolute:
            spots: tuple[_Spot, ...] = (_Spot(None, None, absolute=True),)
        else:
            spots = here if path.start is None else self._spots(path.start, here)
        for step in path.steps:
            before = spots
            spots = self._stepped(spots, step)
            if before and not spots and step.axis == "child":
                self.lost.append("/".join(one.test for one in path.steps))
            for predicate in step.predicates:
                self._walk(predicate, spots)
        return spots

    def _stepped(self, spots: tuple[_Spot, ...], step: Step) -> tuple[_Spot, ...]:
        """Return where a step leads from all of some places, each once."""
        if len(spots) == 1:
            found = tuple(self._step(spots[0], step))
            self._allowance.spend(len(found) - 1)
            return found
        met: dict[_Spot, None] = {}
        for one in spots:
            reached = tuple(self._step(one, step))
            self._allowance.spend(len(reached))
            met.update(dict.fromkeys(reached))
        return tuple(met)

    def _step(self, spot: _Spot, step: Step) -> Iterable[_Spot]:
        if step.axis == "self":
            return (spot,)
        if step.axis in ("parent", "ancestor", "ancestor-or-self"):
            return self._up(spot, every=step.axis != "parent")
        if step.axis in ("following-sibling", "preceding-sibling"):
            parent = spot.node.parent if spot.node else None
            if parent is None:
                return ()
            out = _Spot(parent, parent, spot.absolute, soft=True, cut=spot.cut)
            return [
                self._enter(out, child, step) for child in parent.children if step.test in (child.name, "*", "node()")
            ]
        if step.axis == "attribute":
            return ()
        below = step.axis != "child"
        return [self._enter(spot, child, step) for child in self._down(spot.node, step.test, below=below)]

    def _up(self, spot: _Spot, *, every: bool) -> Iterable[_Spot]:
        found = []
        node = spot.node
        while node is not None and node.parent is not None:
            node = node.parent
            low = node if spot.low is None or len(node.path) < len(spot.low.path) else spot.low
            found.append(spot._replace(node=node, low=low))
            if not every:
                break
        return found

    def _down(self, node: Schema | None, test: str, *, below: bool) -> Iterable[Schema]:
        if not below and test not in ("*", "node()"):
            child = (self._root if test == self._root.name else None) if node is None else node.child(test)
            return [] if child is None else [child]
        found = []
        waiting = deque([self._root] if node is None else node.children)
        while waiting:
            one = waiting.popleft()
            if test in (one.name, "*", "node()"):
                found.append(one)
            if below:
                waiting.extend(one.children)
        return found

    def _enter(self, spot: _Spot, child: Schema, step: Step) -> _Spot:
        if child.repeat and step.predicates:
            return spot._replace(node=child, soft=True, cut=spot.cut or child)
        return _Spot(child, spot.low, spot.absolute, spot.soft, spot.cut)

    def _note(self, spots: tuple[_Spot, ...]) -> None:
        for spot in spots:
            if spot.node is not None:
                self._note_one(spot, spot.node)

    def _note_one(self, spot: _Spot, node: Schema) -> None:
        if spot.absolute:
            shared = _shared(self._here.repeats, node.repeats, spot.cut)
            if node.repeat and shared and shared[-1] is node:
                shared = shared[:-1]
        else:
            low = spot.low or node
            shared = low.repeats
        scope = shared[-1] if shared else None
        if not node.leaf:
            outer = [repeat for repeat in shared if repeat is not node]
            self.reads.append(Read(node, outer[-1] if outer else None, spot.soft, size=True))
        else:
            self.reads.append(Read(node, scope, spot.soft))
        for repeat in node.repeats:
            if repeat not in shared:
                self.reads.append(Read(repeat, scope, spot.soft, size=True))


def _shared(here: tuple[Schema, ...], there: tuple[Schema, ...], cut: Schema | None) -> tuple[Schema, ...]:
    found: list[Schema] = []
    for one, other in zip(here, there, strict=False):
        if one is not other or one is cut:
            break
        found.append(one)
    return tuple(found)
