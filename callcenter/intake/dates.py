"""Birth dates as people type them; day first, always, and never a guess."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from callcenter.intake.table import Special
from callcenter.phone import plain_characters

_YOUNGEST, _OLDEST = 10, 40
_SERIAL = range(10_000, 60_001)
_BASE = date(1899, 12, 30)
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_FIVE_DIGITS = re.compile(r"\d{5}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{4}|\d{2})")
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "jan feb mrt apr mei jun jul aug sep okt nov dec".split(),
)
_MONTH_OF = {word: number for words in _MONTHS for number, word in enumerate(words, 1)}


class BirthDate(NamedTuple):
    """A birth date read: None with `bad` for one that cannot be, None without for none given."""

    day: date | None = None
    repair: str = ""
    bad: bool = False


def read_birth_date(text: str, special: Special | None, as_of: date, *, in_workbook: bool) -> BirthDate:
    """Return the birth date of a cell whose text is no empty word; `as_of` decides ages and two-digit years."""
    if special is not None and special.day is not None:
        return _in_range(special.day, "", as_of)
    plain = plain_characters(text).strip().lower()
    serial = _serial(plain, special)
    if serial is not None:
        return _in_range(serial, "date_serial", as_of)
    read = _typed(plain, as_of)
    if read is None:
        return BirthDate(bad=True)
    day, two_digits = read
    typed = "date_text" if in_workbook else ""
    return _in_range(day, "date_two_digit_year" if two_digits else typed, as_of)


def _serial(text: str, special: Special | None) -> date | None:
    is_number = special is not None and special.number
    if not (is_number or _FIVE_DIGITS.fullmatch(text)):
        return None
    number = int(float(text))
    return _BASE + timedelta(days=number) if number in _SERIAL else None


def _typed(text: str, as_of: date) -> tuple[date, bool] | None:
    if match := _DAY_FIRST.fullmatch(text):
        day, _, month, year = match.groups()
        return _make(year, int(month), day, as_of)
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return _make(year, int(month), day, as_of)
    if (match := _WORDS.fullmatch(text)) and match.group(2) in _MONTH_OF:
        day, word, year = match.groups()
        return _make(year, _MONTH_OF[word], day, as_of)
    return None


def _make(year: str, month: int, day: str, as_of: date) -> tuple[date, bool] | None:
    short = len(year) == 2
    number = int(year)
    if short:
        number += 2000 if number <= as_of.year % 100 else 1900
    try:
        return date(number, month, int(day)), short
    except ValueError:
        return None


def _in_range(day: date, repair: str, as_of: date) -> BirthDate:
    age = as_of.year - day.year - ((as_of.month, as_of.day) < (day.month, day.day))
    return BirthDate(day, repair) if _YOUNGEST <= age <= _OLDEST else BirthDate(bad=True)
