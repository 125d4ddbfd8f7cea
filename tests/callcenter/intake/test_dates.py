from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.intake.dates import BirthDate, read_birth_date
from callcenter.intake.table import Special

_AS_OF = date(2026, 6, 15)
_BORN = date(2009, 7, 3)


def _read(text: str, special: Special | None = None, *, in_workbook: bool = False) -> BirthDate:
    return read_birth_date(text, special, _AS_OF, in_workbook=in_workbook)


@pytest.mark.parametrize(
    "text",
    [
        "3/7/2009",
        "03-07-2009",
        "03.07.2009",
        "2009-07-03",
        "3 juli 2009",
        "03 jul 2009",
        "3 JULI 2009",
        " 3/7/2009\u00a0",
    ],
)
def test_day_comes_first_in_every_way_of_writing(text: str) -> None:
    assert _read(text) == BirthDate(_BORN)
    assert _read(text, in_workbook=True) == BirthDate(_BORN, "date_text")


def test_a_date_cell_is_a_date_whatever_its_text() -> None:
    assert _read("2009-07-03", Special(day=_BORN), in_workbook=True) == BirthDate(_BORN)


@pytest.mark.parametrize(("text", "day"), [("3/7/09", _BORN), ("3/7/26", None), ("03-07-99", date(1999, 7, 3))])
def test_two_digits_are_this_century_up_to_this_year(text: str, day: date | None) -> None:
    expected = BirthDate(bad=True) if day is None else BirthDate(day, "date_two_digit_year")
    assert _read(text) == expected
    assert _read(text, in_workbook=True) == expected


def test_a_day_number_of_a_spreadsheet_is_read() -> None:
    number = str((_BORN - date(1899, 12, 30)).days)
    assert _read(number) == BirthDate(_BORN, "date_serial")
    assert _read(number, in_workbook=True) == BirthDate(_BORN, "date_serial")
    assert _read(f"{number}.75", Special(number=True), in_workbook=True) == BirthDate(_BORN, "date_serial")


@pytest.mark.parametrize(
    "text",
    [
        "07/13/2009",
        "31/02/2009",
        "3/7-2009",
        "2009",
        "3 quintember 2009",
        "gisteren",
        "=TODAY()",
        "99999",
        "9999",
        "0/1/2009",
        "1" * 5000,
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert _read(text) == BirthDate(bad=True)


def test_a_number_that_is_no_day_number_is_bad() -> None:
    for text in ("20090703", "-5", "1e+300", "60001"):
        assert _read(text, Special(number=True), in_workbook=True).bad


def test_only_people_between_ten_and_forty_are_believed() -> None:
    assert _read("15/06/2016") == BirthDate(date(2016, 6, 15))
    assert _read("16/06/2016").bad
    assert _read("16/06/1985") == BirthDate(date(1985, 6, 16))
    assert _read("15/06/1985").bad


@given(st.dates(_AS_OF - timedelta(days=40 * 365), _AS_OF - timedelta(days=11 * 365)))
def test_every_way_of_writing_a_day_gives_that_day(day: date) -> None:
    for text in (
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        day.isoformat(),
        str((day - date(1899, 12, 30)).days),
    ):
        assert _read(text).day == day


@given(st.text("0123456789/-. julimaart", max_size=12))
def test_any_text_is_a_day_or_bad(text: str) -> None:
    born = _read(text)
    assert born.bad == (born.day is None)
