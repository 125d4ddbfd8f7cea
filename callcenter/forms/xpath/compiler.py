"""Turns a syntax tree into one closure; done once when a form is loaded."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from callcenter.forms.xpath.library import FUNCTIONS
from callcenter.forms.xpath.paths import filtered, steps_of
from callcenter.forms.xpath.scope import Closure, Context
from callcenter.forms.xpath.syntax import Binary, Call, Filtered, Negate, Number, Path, Syntax, Text
from callcenter.forms.xpath.tree import Element
from callcenter.forms.xpath.values import NAN, Value, equal, ordered, to_boolean, to_number, unequal


class NoSuchFunction(Exception):
    """The expression calls a function that is not in the library, or with a wrong number of arguments."""


def compiled(tree: Syntax) -> Closure:
    """Return the closure of a syntax tree; NoSuchFunction for a call that cannot work."""
    if isinstance(tree, (Number, Text)):
        value: Value = tree.value
        return lambda at: value
    if isinstance(tree, Path):
        return _path(tree)
    if isinstance(tree, Call):
        return _call(tree)
    if isinstance(tree, Negate):
        operand = compiled(tree.operand)
        return lambda at: -to_number(operand(at), at.world.zone)
    if isinstance(tree, Filtered):
        return _filtered(tree)
    return _binary(tree)


def _call(tree: Call) -> Closure:
    function = FUNCTIONS.get(tree.name)
    if function is None or not function.least <= len(tree.arguments) <= function.most:
        raise NoSuchFunction(tree.name)
    return function.bind(tuple(compiled(argument) for argument in tree.arguments))


def _filtered(tree: Filtered) -> Closure:
    base = compiled(tree.base)
    predicates = [compiled(predicate) for predicate in tree.predicates]

    def run(at: Context) -> Value:
        value = base(at)
        nodes = value if isinstance(value, list) else []
        for predicate in predicates:
            nodes = filtered(nodes, predicate, at)
        return nodes

    return run


def _path(tree: Path) -> Closure:
    if tree.start is not None:
        start, walk = compiled(tree.start), steps_of(tree, compiled)

        def from_start(at: Context) -> Value:
            value = start(at)
            return walk(value, at) if isinstance(value, list) else []

        return from_start
    if tree.absolute:
        return _absolute(tree)
    if len(tree.steps) == 1 and tree.steps[0].axis == "self" and not tree.steps[0].predicates:
        return lambda at: [at.node]
    walk = steps_of(tree, compiled)
    return lambda at: walk([at.node], at)


def _absolute(tree: Path) -> Closure:
    walk = steps_of(tree, compiled)

    def slowly(at: Context) -> Value:
        top: Element = at.world.root
        return walk([top.parent or top], at)

    if not all(step.axis == "child" and not step.predicates and step.test != "*" for step in tree.steps):
        return slowly
    path = "".join(f"/{step.test}" for step in tree.steps)

    def quickly(at: Context) -> Value:
        single = at.world.singles.get(path)
        if single is None:
            return slowly(at)
        return [single]

    return quickly


def _modulo(left: float, right: float) -> float:
    if right == 0 or math.isinf(left):
        return NAN
    return math.fmod(left, right)


def _divided(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or left != left:
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divided,
    "mod": _modulo,
}


def _binary(tree: Binary) -> Closure:
    left, right, sign = compiled(tree.left), compiled(tree.right), tree.operator
    if sign in _ARITHMETIC:
        run = _ARITHMETIC[sign]
        return lambda at: run(to_number(left(at), at.world.zone), to_number(right(at), at.world.zone))
    simple: dict[str, Closure] = {
        "or": lambda at: to_boolean(left(at)) or to_boolean(right(at)),
        "and": lambda at: to_boolean(left(at)) and to_boolean(right(at)),
        "=": lambda at: equal(left(at), right(at), at.world.zone),
        "!=": lambda at: unequal(left(at), right(at), at.world.zone),
        "|": lambda at: _union(left(at), right(at)),
    }
    return simple.get(sign) or (lambda at: ordered(sign, left(at), right(at), at.world.zone))


def _union(left: Value, right: Value) -> Value:
    nodes = {id(node): node for side in (left, right) if isinstance(side, list) for node in side}
    return list(nodes.values())
