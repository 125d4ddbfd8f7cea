from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from callcenter.domain.calling_rules import Span
from callcenter.queue.calling_hours import Calendar, belgian_days
from tests.callcenter.queue.making import CALENDAR, SETTINGS, brussels

_ALL_YEAR = Calendar(
    dataclasses.replace(SETTINGS, period_start=date(2026, 1, 1), period_end=date(2026, 12, 31), mop_up=None)
)


@pytest.mark.parametrize(
    ("day", "clock", "slot"),
    [
        ("06-23", "08:59", ""),
        ("06-23", "09:00", "vm"),
        ("06-23", "11:59", "vm"),
        ("06-23", "12:00", "nm"),
        ("06-23", "16:00", "va"),
        ("06-23", "18:00", "av"),
        ("06-23", "20:29", "av"),
        ("06-23", "20:30", ""),
        ("06-27", "10:00", "za"),
        ("06-27", "18:00", ""),
        ("06-28", "12:00", ""),
    ],
)
def test_a_slot_holds_its_start_and_not_its_end(day: str, clock: str, slot: str) -> None:
    assert CALENDAR.slot_of(brussels(day, clock)) == slot


def test_a_slot_ends_at_its_own_end_and_between_slots_at_once() -> None:
    assert CALENDAR.slot_end(brussels("06-23", "09:30")) == brussels("06-23", "12:00")
    assert CALENDAR.slot_end(brussels("06-23", "21:00")) == brussels("06-23", "21:00")


@pytest.mark.parametrize(
    ("day", "clock", "role", "age", "open_"),
    [
        ("07-01", "09:00", "subject", 20, True),
        ("07-01", "08:59", "subject", 20, False),
        ("07-01", "20:30", "subject", 20, False),
        ("07-04", "10:00", "subject", 20, True),  # Saturday
        ("07-04", "09:30", "subject", 20, False),
        ("07-05", "12:00", "subject", 20, False),  # Sunday
        ("07-11", "12:00", "subject", 20, False),  # Flemish community day, a Saturday
        ("06-19", "12:00", "subject", 20, False),  # before the campaign
        ("07-16", "12:00", "subject", 20, False),  # after it
        ("08-25", "12:00", "subject", 20, True),  # mop-up
        ("06-24", "12:00", "parent", 20, True),
        ("06-24", "08:30", "mentor", None, False),  # this campaign asks no mentors: its template gives them no hours
    ],
)
def test_calls_start_in_the_hours_of_the_role_only(day: str, clock: str, role: str, age: int, *, open_: bool) -> None:
    assert CALENDAR.open_at(brussels(day, clock), role, age) is open_


@pytest.mark.parametrize(
    ("day", "clock", "age", "open_"),
    [
        ("05-19", "15:59", 17, False),  # a Tuesday in term
        ("05-19", "16:00", 17, True),
        ("05-19", "20:29", 17, True),
        ("05-20", "12:29", 17, False),  # Wednesday
        ("05-20", "12:30", 17, True),
        ("05-19", "10:00", 18, True),
        ("05-19", "10:00", None, False),  # an unknown age is read as a pupil's
        ("05-23", "10:00", 17, True),  # Saturday in term
        ("05-15", "10:00", 17, True),  # the free Friday after Ascension
        ("05-14", "18:00", 17, False),  # Ascension itself
        ("06-09", "15:59", 17, False),  # exams: 16 to 20
        ("06-09", "16:00", 17, True),
        ("06-09", "20:00", 17, False),
        ("06-10", "13:00", 17, False),  # on Wednesday too
        ("06-13", "12:00", 17, False),  # and on Saturday
        ("06-13", "16:00", 17, True),
        ("06-29", "12:00", 17, False),  # after the exams, still term
        ("07-01", "09:00", 17, True),  # holidays
        ("04-07", "09:00", 17, True),  # Easter holidays
        ("04-06", "12:00", 17, False),  # Easter Monday
    ],
)
def test_pupils_are_not_called_during_school_or_exams(day: str, clock: str, age: int | None, *, open_: bool) -> None:
    assert _ALL_YEAR.open_at(brussels(day, clock), "subject", age) is open_


def test_a_parent_of_a_pupil_may_be_called_in_the_morning() -> None:
    assert _ALL_YEAR.open_at(brussels("05-19", "10:00"), "parent", 15)


@pytest.mark.parametrize(
    ("utc", "open_"),
    [
        ("2026-03-27T07:59", False),  # Friday in winter time: 8:59
        ("2026-03-27T08:00", True),
        ("2026-03-30T06:59", False),  # Monday in summer time: 8:59
        ("2026-03-30T07:00", True),
        ("2026-03-30T18:29", True),
        ("2026-03-30T18:30", False),
        ("2026-10-23T06:59", False),  # Friday in summer time
        ("2026-10-23T07:00", True),
        ("2026-10-26T07:59", False),  # Monday in winter time
        ("2026-10-26T08:00", True),
        ("2026-10-26T19:29", True),
        ("2026-10-26T19:30", False),
    ],
)
def test_hours_are_wall_hours_on_both_sides_of_a_clock_change(utc: str, *, open_: bool) -> None:
    assert _ALL_YEAR.open_at(datetime.fromisoformat(utc).replace(tzinfo=UTC), "parent") is open_


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ("2026-03-28T17:30+00:00", "2026-03-30T07:00+00:00"),  # from Saturday evening over the change in March
        ("2026-10-24T16:30+00:00", "2026-10-26T08:00+00:00"),  # and in October
    ],
)
def test_the_next_opening_lies_at_nine_after_a_clock_change(asked: str, opened: str) -> None:
    assert _ALL_YEAR.opens_next(datetime.fromisoformat(asked), "parent") == datetime.fromisoformat(opened)


def test_the_next_opening_skips_sunday_and_a_holiday() -> None:
    assert CALENDAR.opens_next(brussels("07-10", "20:30"), "subject", 20) == brussels("07-13", "09:00")
    assert CALENDAR.opens_next(brussels("06-23", "10:00"), "subject", 16) == brussels("06-23", "16:00")
    assert CALENDAR.opens_next(brussels("06-24", "10:15"), "subject", 20) == brussels("06-24", "10:15")


def test_before_the_campaign_the_next_opening_is_its_first_day_and_after_it_there_is_none() -> None:
    assert CALENDAR.opens_next(brussels("01-05", "10:00"), "parent") == brussels("06-22", "09:00")
    assert CALENDAR.opens_next(brussels("07-15", "20:30"), "parent") == brussels("08-24", "09:00")
    assert CALENDAR.opens_next(brussels("08-29", "18:00"), "parent") is None


def test_near_the_hours_is_within_so_many_minutes_of_the_same_day() -> None:
    assert CALENDAR.open_near(brussels("06-24", "08:00"), 60, "parent")
    assert not CALENDAR.open_near(brussels("06-24", "07:59"), 60, "parent")
    assert CALENDAR.open_near(brussels("06-24", "21:29"), 60, "parent")
    assert not CALENDAR.open_near(brussels("06-28", "12:00"), 60, "parent")


def test_belgian_days_of_2026_are_those_of_the_calendar() -> None:
    days = belgian_days(2026)
    assert days.holidays == tuple(sorted(d for d in SETTINGS.holidays if d.year == 2026))
    assert Span(date(2026, 2, 16), date(2026, 2, 22), "Krokusvakantie") in days.school_holidays
    assert Span(date(2026, 7, 1), date(2026, 8, 31), "Zomervakantie") in days.school_holidays


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_every_school_holiday_of_the_template_is_in_the_package_too(year: int) -> None:
    found = belgian_days(year).school_holidays
    told = [s for s in SETTINGS.school_holidays if s.start.year == s.end.year == year]
    assert {(s.start, s.end) for s in told} <= {(s.start, s.end) for s in found}


def test_the_french_community_has_other_holidays_and_no_eleventh_of_july() -> None:
    french = belgian_days(2026, "French")
    assert date(2026, 7, 11) not in french.holidays
    assert french.school_holidays != belgian_days(2026).school_holidays


def test_an_opening_is_open_and_no_moment_between_is() -> None:
    asked = brussels("06-26", "19:00")
    opened = CALENDAR.opens_next(asked + timedelta(hours=2), "subject", 17)
    assert opened == brussels("06-27", "10:00")
