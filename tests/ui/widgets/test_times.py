"""Lengths of time as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ui import text
from ui.widgets import times

NOW = datetime(2026, 6, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _dutch() -> None:
    text.use("nl")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (90, "90 min"),
        (91, "1 uur"),
        (150, "2 uur"),
        (1439, "23 uur"),
        (1440, "1 dag"),
        (4000, "2 dagen"),
    ],
)
def test_a_length_is_told_in_minutes_then_hours_then_days(minutes: int, words: str) -> None:
    assert times.length(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(20, "over 20 min"), (180, "over 3 uur"), (3000, "over 2 dagen"), (-20, "20 min te laat"),
     (-180, "3 uur te laat"), (-1500, "1 dag te laat")],
)  # fmt: skip
def test_a_moment_is_told_by_how_far_off_or_how_late_it_is(minutes: int, words: str) -> None:
    assert times.away(NOW + timedelta(minutes=minutes), NOW) == words


def test_a_moment_of_another_day_has_its_day() -> None:
    assert times.moment(NOW, NOW) == "14:00"
    assert times.moment(NOW - timedelta(days=1), NOW).startswith("ma 22 jun")
