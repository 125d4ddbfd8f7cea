"""What the supervisor reads about agents and about what waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from callcenter.usecases.board import AgentRow, Attention, Need, State
from ui import text
from ui.supervisor.wording import heard, title_of

NOW = datetime(2026, 6, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _dutch() -> None:
    text.use("nl")


def row(last_seen: datetime | None, shift: tuple[datetime, datetime] | None = None) -> AgentRow:
    return AgentRow("a", "Yasmina", "Gent", State.SILENT, 0, 0, 0, 0, last_seen, shift)


@pytest.mark.parametrize(
    ("ago", "words"),
    [(timedelta(seconds=30), "nu"), (timedelta(minutes=45), "45 min"), (timedelta(hours=3), "3 uur"),
     (timedelta(days=2), "2 dagen")],
)  # fmt: skip
def test_how_long_an_agent_was_not_heard_from_is_told_in_hours_and_days(ago: timedelta, words: str) -> None:
    assert heard(row(NOW - ago), NOW) == words


def test_who_did_not_begin_is_told_by_the_shift_that_comes_or_not_at_all() -> None:
    later = NOW + timedelta(hours=2)
    assert heard(row(None, (later, later)), NOW) == "vanaf 16:00"
    assert heard(row(None, (NOW, NOW)), NOW) == "–"
    assert heard(row(None), NOW) == "–"


def test_an_appointment_of_yesterday_is_told_with_its_day() -> None:
    late = Attention(Need.LATE_PROMISE, "c", "", "Noor P.", "", NOW - timedelta(days=1))
    assert "ma 22 jun" in title_of(late, NOW)
