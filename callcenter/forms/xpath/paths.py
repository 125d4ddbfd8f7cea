"""Compiles the steps of a path into closures over node lists."""

from __future__ import annotations

from collections.abc import Callable

from callcenter.forms.xpath.scope import Closure, Context
from callcenter.forms.xpath.syntax import Binary, Call, Path, Step, Syntax, every
from callcenter.forms.xpath.tree import Element, Fixed
from callcenter.forms.xpath.values import to_text

Compile = Callable[[Syntax], Closure]
Walk = Callable[[list[Element], Context], list[Element]]


def steps_of(path: Path, compiled: Compile) -> Walk:
    """Return the walk through all steps of a path."""
    walks = [_step(step, compiled) for step in path.steps]
    # A step of an absolute path by name alone means the instance around the current node.
    own = [path.absolute and step.axis == "child" and not step.predicates for step in path.steps[:-1]]

    def walk(nodes: list[Element], at: Context) -> list[Element]:
        for one, anchored in zip(walks, [*own, False], strict=True):
            nodes = one(nodes, at)
            if anchored and len(nodes) > 1:
                nodes = _own(nodes, at.current)
        return nodes

    return walk


def _own(nodes: list[Element], current: Element) -> list[Element]:
    """Keep only the repeat instance around the current node, if it is one of these."""
    above: Element | None = current
    while above is not None:
        if above in nodes:
            return [above]
        above = above.parent
    return nodes


def _step(step: Step, compiled: Compile) -> Walk:
    looked_up = _look_up(step, compiled)
    if looked_up is not None:
        return looked_up
    reach = _axis(step)
    predicates = [compiled(predicate) for predicate in step.predicates]
    if not predicates:
        return lambda nodes, at: reach(nodes[0]) if len(nodes) == 1 else _joined(nodes, reach)

    def walk(nodes: list[Element], at: Context) -> list[Element]:
        found: list[Element] = []
        for node in nodes:
            kept = reach(node)
            for predicate in predicates:
                kept = filtered(kept, predicate, at)
            found += kept
        return found

    return walk


def _joined(nodes: list[Element], reach: Callable[[Element], list[Element]]) -> list[Element]:
    found: dict[int, Element] = {}
    for node in nodes:
        for one in reach(node):
            found.setdefault(id(one), one)
    return list(found.values())


def filtered(nodes: list[Element], predicate: Closure, at: Context) -> list[Element]:
    """Keep the nodes for which a predicate is true, or whose place it names."""
    kept: list[Element] = []
    inner = Context(at.node, at.world, at.current, 1, len(nodes))
    for place, node in enumerate(nodes, 1):
        inner.node, inner.position = node, place
        value = predicate(inner)
        # An empty list is false; a number is a place.
        truth = value == place if isinstance(value, float) else bool(value)
        if truth:
            kept.append(node)
    return kept


def _look_up(step: Step, compiled: Compile) -> Walk | None:
    """Return a hashed walk for `item[key = value]`, where the value does not depend on the item."""
    if step.axis != "child" or len(step.predicates) != 1 or step.test == "*":
        return None
    predicate = step.predicates[0]
    if not isinstance(predicate, Binary) or predicate.operator != "=":
        return None
    for key, value in ((predicate.left, predicate.right), (predicate.right, predicate.left)):
        name = _own_child(key)
        if name and _steady(value):
            return _hashed(step, name, compiled(value), compiled(predicate))
    return None


def _own_child(key: Syntax) -> str:
    if isinstance(key, Path) and not key.absolute and key.start is None and len(key.steps) == 1:
        step = key.steps[0]
        if step.axis == "child" and not step.predicates and step.test != "*" and "(" not in step.test:
            return step.test
    return ""


def _steady(value: Syntax) -> bool:
    """Return whether a value is the same for every item of a list."""
    for node in every(value):
        if isinstance(node, Path) and not node.absolute and node.start is None:
            return False
        if isinstance(node, Call) and node.name in ("position", "last", "string", "number", "name", "local-name"):
            return False
    return True


def _hashed(step: Step, key: str, value: Closure, predicate: Closure) -> Walk:
    name = step.test

    def walk(nodes: list[Element], at: Context) -> list[Element]:
        wanted = value(at)
        found: list[Element] = []
        for node in nodes:
            # Answers change and numbers compare by value; only texts of fixed lists can be hashed.
            textual = isinstance(wanted, str) or (isinstance(wanted, list) and len(wanted) < 2)
            if textual and isinstance(node, Fixed):
                found += node.where(name, key, to_text(wanted))
            else:
                found += filtered(node.named(name), predicate, at)
        return found

    return walk


def _axis(step: Step) -> Callable[[Element], list[Element]]:
    test = step.test
    if step.axis == "child" and test not in ("*", "node()"):
        return (lambda node: []) if test.endswith("()") else (lambda node: node.named(test))
    reach = _AXES[step.axis]
    if test in ("*", "node()"):
        return reach
    if step.axis == "attribute":
        return lambda node: [one for one in reach(node) if one.name == test]
    return lambda node: [one for one in reach(node) if one.name == test]


def _above(node: Element) -> list[Element]:
    found: list[Element] = []
    # The document above the root has no name and is no element.
    while node.parent is not None and node.parent.name:
        node = node.parent
        found.append(node)
    return found


def _siblings(node: Element) -> tuple[list[Element], list[Element]]:
    if node.parent is None:
        return [], []
    place = node.parent.children.index(node)
    return list(reversed(node.parent.children[:place])), node.parent.children[place + 1 :]


def _attributes(node: Element) -> list[Element]:
    return [Element(name, node, text) for name, text in (node.attributes or {}).items()]


_AXES: dict[str, Callable[[Element], list[Element]]] = {
    "child": lambda node: node.children,
    "self": lambda node: [node],
    "parent": lambda node: [] if node.parent is None else [node.parent],
    "descendant": lambda node: list(node.below()),
    "descendant-or-self": lambda node: [node, *node.below()],
    "ancestor": _above,
    "ancestor-or-self": lambda node: [node, *_above(node)],
    "following-sibling": lambda node: _siblings(node)[1],
    "preceding-sibling": lambda node: _siblings(node)[0],
    "attribute": _attributes,
}
