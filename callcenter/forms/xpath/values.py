"""The values of expressions and how one kind becomes another (XPath 1.0 with the ODK dates)."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

from callcenter.forms.xpath.moments import Moment, from_text
from callcenter.forms.xpath.tree import Element

Value = str | float | bool | Moment | list[Element]

_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*\Z", re.ASCII)
NAN = math.nan
_LARGE = 1e21


def number_text(value: float) -> str:
    """Write a number without a needless fraction and never with an exponent; what is no number is nothing."""
    if value != value:
        return ""
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < _LARGE:
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def text_number(text: str, zone: ZoneInfo) -> float:
    """Read a number, or the days of an ISO date; NaN for any other text."""
    if not text:
        return NAN
    if _NUMBER.match(text):
        return float(text)
    moment = from_text(text, zone)
    return NAN if moment is None else moment.days


def to_text(value: Value) -> str:
    """Return the value as text; of nodes the first counts."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].text if value else ""
    if isinstance(value, Moment):
        return value.text
    return number_text(value)


def to_number(value: Value, zone: ZoneInfo) -> float:
    """Return the value as a number; NaN where it is none."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    if isinstance(value, Moment):
        return value.days
    return text_number(to_text(value), zone)


def to_boolean(value: Value) -> bool:
    """Return the value as a truth: a text that is not empty, a number that is not zero, nodes that exist."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value == value and value != 0
    if isinstance(value, Moment):
        return True
    return bool(value)


def _kind(value: Value) -> int:
    if isinstance(value, bool):
        return 0
    return 1 if isinstance(value, (float, Moment)) else 2


def _texts(value: Value) -> list[str]:
    if isinstance(value, list):
        return [node.text for node in value]
    return [to_text(value)]


def equal(left: Value, right: Value, zone: ZoneInfo) -> bool:
    """Return whether any text of one side equals any of the other."""
    kind = min(_kind(left), _kind(right))
    if kind == 0:
        return to_boolean(left) == to_boolean(right)
    if kind == 1:
        return any(a == b for a in _numbers(left, zone) for b in _numbers(right, zone))
    if isinstance(left, list) or isinstance(right, list):
        return any(a == b for a in _texts(left) for b in _texts(right))
    return left == right


def unequal(left: Value, right: Value, zone: ZoneInfo) -> bool:
    """Return whether any text of one side differs from any of the other."""
    kind = min(_kind(left), _kind(right))
    if kind == 0:
        return to_boolean(left) != to_boolean(right)
    if kind == 1:
        return any(a != b for a in _numbers(left, zone) for b in _numbers(right, zone))
    return any(a != b for a in _texts(left) for b in _texts(right))


def _numbers(value: Value, zone: ZoneInfo) -> list[float]:
    if isinstance(value, list):
        return [text_number(node.text, zone) for node in value]
    return [to_number(value, zone)]


def ordered(operator: str, left: Value, right: Value, zone: ZoneInfo) -> bool:
    """Return whether any number of the left stands before (or after) any of the right."""
    pairs = ((a, b) for a in _numbers(left, zone) for b in _numbers(right, zone))
    if operator == "<":
        return any(a < b for a, b in pairs)
    if operator == "<=":
        return any(a <= b for a, b in pairs)
    if operator == ">":
        return any(a > b for a, b in pairs)
    return any(a >= b for a, b in pairs)
