"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable

from callcenter.forms.xpath.functions.table import MANY, Register
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.values import NAN, Value, text_number, to_number

function = Register()


@function("number", 0, 1)
def _number(at: Context, value: Value | None = None) -> float:
    return text_number(at.node.text, at.world.zone) if value is None else to_number(value, at.world.zone)


@function("int", 1)
def _int(at: Context, value: Value) -> float:
    number = to_number(value, at.world.zone)
    return float(math.trunc(number)) if math.isfinite(number) else number


_MOST_DIGITS = 308
"""Before or behind the point: no number has more."""


@function("round", 1, 2)
def _round(at: Context, value: Value, places: Value = 0.0) -> float:
    number, decimals = to_number(value, at.world.zone), to_number(places, at.world.zone)
    if not math.isfinite(number) or not math.isfinite(decimals):
        return number if math.isinf(number) else NAN
    if decimals < -_MOST_DIGITS:
        return math.copysign(0.0, number)
    scale = 10.0 ** min(decimals, _MOST_DIGITS)
    # Halves go away from zero, on the absolute value.
    shifted = abs(number) * scale + 0.5
    return math.copysign(math.floor(shifted) / scale, number) if math.isfinite(shifted) else number


def _whole(name: str, run: Callable[[float], int]) -> None:
    @function(name, 1)
    def _call(at: Context, value: Value) -> float:
        number = to_number(value, at.world.zone)
        return float(run(number)) if math.isfinite(number) else number


_whole("floor", math.floor)
_whole("ceiling", math.ceil)


def _safely(run: Callable[..., float], *numbers: float) -> float:
    try:
        return run(*numbers)
    except OverflowError:
        return math.inf
    except (ValueError, ZeroDivisionError):
        return NAN


def _log(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _log10(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _power(number: float, times: float) -> float:
    return math.inf if number == 0 and times < 0 else math.pow(number, times)


def _plain(name: str, run: Callable[..., float], count: int = 1) -> None:
    @function(name, count)
    def _call(at: Context, *values: Value) -> float:
        return _safely(run, *[to_number(value, at.world.zone) for value in values])


_SIMPLE: dict[str, Callable[..., float]] = {
    "abs": abs, "sqrt": math.sqrt, "exp": math.exp, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "asin": math.asin, "acos": math.acos, "atan": math.atan, "log": _log, "log10": _log10,
}  # fmt: skip
for _name, _run in _SIMPLE.items():
    _plain(_name, _run)
_plain("pow", _power, 2)
_plain("atan2", math.atan2, 2)
_plain("exp10", lambda number: math.pow(10.0, number))


@function("pi", 0)
def _pi(at: Context) -> float:
    return math.pi


@function("random", 0, volatile=True)
def _random(at: Context) -> float:
    return at.world.random()


def _each(at: Context, values: tuple[Value, ...]) -> list[float]:
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            # Nodes that are not relevant are left out, as JavaRosa does.
            found += [text_number(node.text, at.world.zone) for node in value if node.relevant]
        else:
            found.append(to_number(value, at.world.zone))
    return found


@function("sum", 1)
def _sum(at: Context, value: Value) -> float:
    found = _each(at, (value,))
    return math.fsum(found) if found else NAN


@function("min", 1, MANY)
def _min(at: Context, *values: Value) -> float:
    found = _each(at, values)
    return NAN if not found or any(math.isnan(number) for number in found) else min(found)


@function("max", 1, MANY)
def _max(at: Context, *values: Value) -> float:
    found = _each(at, values)
    return NAN if not found or any(math.isnan(number) for number in found) else max(found)
