"""Functions on dates and times."""

from __future__ import annotations

import re
from collections.abc import Callable

from callcenter.forms.xpath.functions.table import Register
from callcenter.forms.xpath.moments import Moment, day_fraction, from_days, from_instant, from_text, midnight
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.values import NAN, Value, to_text
from callcenter.text import translator

function = Register()
_UNPADDED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?\Z")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@function("today", 0, volatile=True)
def _today(at: Context) -> Moment:
    return midnight(at.world.now(), at.world.zone)


@function("now", 0, volatile=True)
def _now(at: Context) -> Moment:
    return from_instant(at.world.now(), at.world.zone)


def _moment(at: Context, value: Value) -> Moment | None:
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return from_days(value, at.world.zone) if value == value else None
    return from_text(to_text(value), at.world.zone)


@function("date", 1)
def _date(at: Context, value: Value) -> Value:
    text = to_text(value) if isinstance(value, (str, list)) else None
    if text == "" or isinstance(value, bool):
        return ""
    if text is not None and (parts := _UNPADDED.match(text)):
        year, month, day, rest = parts.groups()
        value = f"{year}-{month:0>2}-{day:0>2}{rest or ''}"
    moment = _moment(at, value)
    return NAN if moment is None else moment


@function("date-time", 1)
def _date_time(at: Context, value: Value) -> Value:
    return _date(at, value)


@function("decimal-date-time", 1)
def _decimal_date_time(at: Context, value: Value) -> float:
    moment = _moment(at, value)
    return NAN if moment is None else moment.days


@function("decimal-time", 1)
def _decimal_time(at: Context, value: Value) -> float:
    fraction = day_fraction(to_text(value), at.world.zone)
    return NAN if fraction is None else fraction


_Part = Callable[[Moment, str], str]


def _language(name: str) -> str:
    """Return the code in a language's name, `nl` for `Nederlands (nl)`."""
    match = re.search(r"\(([A-Za-z]{2})[^)]*\)\s*\Z", name)
    return (match[1] if match else name[:2]).lower()


def _month_name(moment: Moment, language: str) -> str:
    if _language(language) in ("nl", "fr"):
        return translator(_language(language)).date(moment.local.date(), "LLL")
    return _MONTHS[moment.local.month - 1]


def _day_name(moment: Moment, language: str) -> str:
    if _language(language) in ("nl", "fr"):
        return translator(_language(language)).date(moment.local.date(), "ccc")
    return _DAYS[moment.local.weekday()]


_PARTS: dict[str, _Part] = {
    "%Y": lambda moment, _: f"{moment.local.year:04}",
    "%y": lambda moment, _: f"{moment.local.year % 100:02}",
    "%m": lambda moment, _: f"{moment.local.month:02}",
    "%n": lambda moment, _: str(moment.local.month),
    "%b": _month_name,
    "%d": lambda moment, _: f"{moment.local.day:02}",
    "%e": lambda moment, _: str(moment.local.day),
    "%a": _day_name,
    "%H": lambda moment, _: f"{moment.local.hour:02}",
    "%h": lambda moment, _: str(moment.local.hour),
    "%M": lambda moment, _: f"{moment.local.minute:02}",
    "%S": lambda moment, _: f"{moment.local.second:02}",
    "%3": lambda moment, _: f"{moment.local.microsecond // 1000:03}",
}


@function("format-date", 2)
@function("format-date-time", 2)
def _formatted(at: Context, value: Value, pattern: Value) -> str:
    moment = _moment(at, value)
    if moment is None:
        return ""
    language = at.world.language
    return re.sub(
        "%.", lambda part: _PARTS[part[0]](moment, language) if part[0] in _PARTS else part[0], to_text(pattern)
    )
