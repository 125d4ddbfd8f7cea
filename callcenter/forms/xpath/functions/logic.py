"""Functions that decide."""

from __future__ import annotations

import math

from callcenter.forms.xpath.functions.table import MANY, Register
from callcenter.forms.xpath.scope import Closure, Context
from callcenter.forms.xpath.values import Value, to_boolean, to_number, to_text

function = Register()


@function("true", 0)
def _true(at: Context) -> bool:
    return True


@function("false", 0)
def _false(at: Context) -> bool:
    return False


@function("not", 1)
def _not(at: Context, value: Value) -> bool:
    return not to_boolean(value)


@function("boolean", 1)
def _boolean(at: Context, value: Value) -> bool:
    return to_boolean(value)


@function("boolean-from-string", 1)
def _from_string(at: Context, value: Value) -> bool:
    return to_text(value) in ("1", "true")


@function("if", 3, lazy=True)
def _if(at: Context, condition: Closure, then: Closure, otherwise: Closure) -> Value:
    return then(at) if to_boolean(condition(at)) else otherwise(at)


@function("coalesce", 2, lazy=True)
def _coalesce(at: Context, first: Closure, second: Closure) -> str:
    return to_text(first(at)) or to_text(second(at))


@function("once", 1, lazy=True)
def _once(at: Context, value: Closure) -> str:
    # It reads the node itself, also while the node is not relevant: an answer once drawn stays.
    return at.current.raw or to_text(value(at))


def _truths(value: Value) -> list[bool]:
    if isinstance(value, list):
        # A node counts as true when it says something, as its text would.
        return [bool(node.text) for node in value]
    return [to_boolean(value)]


@function("checklist", 2, MANY)
def _checklist(at: Context, least: Value, most: Value, *values: Value) -> bool:
    found = sum(sum(_truths(value)) for value in values)
    return _within(float(found), to_number(least, at.world.zone), to_number(most, at.world.zone))


@function("weighted-checklist", 2, MANY)
def _weighted(at: Context, least: Value, most: Value, *pairs: Value) -> bool:
    found = 0.0
    for place in range(0, len(pairs) - 1, 2):
        truths, weights = _truths(pairs[place]), _weights(at, pairs[place + 1])
        found += sum(weight for truth, weight in zip(truths, weights, strict=False) if truth)
    return _within(found, to_number(least, at.world.zone), to_number(most, at.world.zone))


def _weights(at: Context, value: Value) -> list[float]:
    if isinstance(value, list):
        return [to_number(node.text, at.world.zone) for node in value]
    return [to_number(value, at.world.zone)]


def _within(found: float, least: float, most: float) -> bool:
    return found >= least and found <= (math.inf if most == -1 else most)
