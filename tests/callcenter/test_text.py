from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from callcenter.text import translator


@pytest.mark.parametrize(
    ("language", "written"), [("nl", "1.234.567,5"), ("fr", "1 234 567,5"), ("en", "1,234,567.5")]
)
def test_numbers_are_written_as_readers_of_the_language_write_them(language: str, written: str) -> None:
    plain = translator(language).number(1234567.5, 1)
    assert plain.replace("\u202f", " ").replace("\xa0", " ") == written


def test_an_undefined_share_is_a_dash_and_never_zero() -> None:
    assert translator("nl").percent(None) == "–"
    assert translator("nl").percent(0.0) == "0,0 %"


def test_moments_are_told_in_brussels_time() -> None:
    at = datetime(2026, 6, 30, 14, 30, tzinfo=UTC)
    assert translator("nl").time(at) == "16:30"
    assert translator("nl").moment(at) == "di 30 jun, 16:30"


def test_dates_are_told_in_words() -> None:
    assert translator("fr").date(date(2026, 6, 30)) == "30 juin 2026"


def test_an_unknown_language_speaks_dutch() -> None:
    assert translator("xx").language == "nl"


def test_a_sentence_is_translated_whole_with_its_facts() -> None:
    assert translator("nl")("No answer") == "Geen antwoord"
    assert translator("en")("{n} of {m}", n=3, m=4) == "3 of 4"
