"""What a value looks like when it is stored in a node of a type."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from zoneinfo import ZoneInfo

from callcenter.forms.xpath.moments import Moment, day_fraction, from_text
from callcenter.forms.xpath.values import Value, text_number, to_text

LONGEST = 20_000
"""Characters that one value keeps, so that formulas cannot double a text without end."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""
_INT = 2**31
_DATED = re.compile(r"\s*-?\d+-\d")
_OFFSET = re.compile(r"(Z|[+-]\d{2}(:?\d{2})?)\Z")


def stored(value: Value, type_name: str, zone: ZoneInfo) -> str:
    """Return the text to store; what is no value of the type is empty."""
    if isinstance(value, float) and math.isnan(value):
        return ""
    if isinstance(value, Moment) and type_name == "dateTime":
        return value.stamp
    text = _FORBIDDEN.sub("", to_text(value)[:LONGEST])
    if not text:
        return ""
    encode = _ENCODERS.get(type_name)
    return unicodedata.normalize("NFC", text) if encode is None else encode(text, zone)


def given(text: str, type_name: str, zone: ZoneInfo) -> str:
    """Return what to store of a text that a person or the form wrote: a date with an offset is none."""
    return "" if type_name == "date" and "T" in text and _OFFSET.search(text) else stored(text, type_name, zone)


def _number(text: str, zone: ZoneInfo) -> float:
    """Read a number; the text of a date is none here, though formulas count with its days."""
    return math.nan if _DATED.match(text) else text_number(text, zone)


def _int(text: str, zone: ZoneInfo) -> str:
    number = _number(text, zone)
    if not math.isfinite(number) or not -_INT <= math.trunc(number) < _INT:
        return ""
    return str(math.trunc(number))


def _decimal(text: str, zone: ZoneInfo) -> str:
    number = _number(text, zone)
    if not math.isfinite(number):
        return ""
    written = format(Decimal(repr(number)), "f")
    return written if "." in written else f"{written}.0"


def _date(text: str, zone: ZoneInfo) -> str:
    moment = from_text(text, zone)
    return "" if moment is None else moment.local.date().isoformat()


def _date_time(text: str, zone: ZoneInfo) -> str:
    moment = from_text(text, zone)
    if moment is None:
        return ""
    return text if "T" in text and _OFFSET.search(text) else moment.stamp


def _time(text: str, zone: ZoneInfo) -> str:
    return "" if day_fraction(text, zone) is None else text


def _geopoint(text: str, zone: ZoneInfo) -> str:
    numbers = [_decimal(part, zone) for part in text.split()]
    return " ".join(numbers) if 2 <= len(numbers) <= 4 and all(numbers) else ""


def _geotrace(text: str, zone: ZoneInfo) -> str:
    points = [_geopoint(point, zone) for point in text.rstrip("; ").split(";")]
    return ";".join(points) if all(points) else ""


_ENCODERS = {
    "int": _int,
    "integer": _int,
    "decimal": _decimal,
    "date": _date,
    "dateTime": _date_time,
    "time": _time,
    "geopoint": _geopoint,
    "geotrace": _geotrace,
    "geoshape": _geotrace,
}


def encoded(type_name: str) -> bool:
    """Whether values of a type are rewritten when stored."""
    return type_name in _ENCODERS
