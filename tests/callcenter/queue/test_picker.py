from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

from callcenter.domain.agent import Shift
from callcenter.domain.sample import Pack
from callcenter.queue.odds import MAY, SPEAK, WORK, Outlook, plain_odds, texts_of
from callcenter.queue.picker import Picker, picker_of
from callcenter.queue.reason import Reason
from tests.callcenter.queue.making import CALENDAR, NOON, SETTINGS, a_case, brussels


def _shift(day: str, start: str, end: str) -> Shift:
    return Shift(brussels(day, start), brussels(day, end))


_WORK = (_shift("06-23", "14:00", "16:00"), _shift("06-24", "17:30", "19:30"), _shift("06-25", "10:00", "12:00"))


def _picker(may: tuple[Shift, ...], speak: tuple[Shift, ...] = _WORK) -> Picker:
    outlook = Outlook(plain_odds(SETTINGS.slots), shifts={MAY: may, SPEAK: speak, WORK: _WORK})
    return Picker(CALENDAR, outlook, age=22, language="tr")


def _code(picker: Picker, at: datetime) -> str:
    found = picker.fault(at)
    return found.code if found else ""


def test_a_moment_at_which_somebody_works_who_may_call_is_fine() -> None:
    assert _code(_picker(_WORK), brussels("06-24", "18:00")) == ""


def test_it_says_which_of_hours_roster_language_and_recusal_fails() -> None:
    picker = _picker(_WORK[2:], _WORK[1:])
    assert _code(picker, brussels("06-24", "21:00")) == "outside_hours"
    assert _code(picker, brussels("06-24", "13:00")) == "nobody_rostered"
    assert _code(picker, brussels("06-23", "14:30")) == "language_not_rostered"
    assert _code(picker, brussels("06-24", "18:00")) == "only_known_rostered"
    assert picker.fault(brussels("06-24", "18:00")) == Reason.of(
        "only_known_rostered", until=brussels("06-25", "10:00")
    )


def test_without_a_later_shift_it_names_none() -> None:
    assert _code(_picker((), ()), brussels("06-24", "18:00")) == "language_not_rostered_any_more"
    assert _code(_picker(()), brussels("06-24", "18:00")) == "only_known_rostered_any_more"


def test_beyond_the_planned_shifts_nothing_is_known() -> None:
    assert _code(_picker(_WORK), brussels("06-26", "10:00")) == "roster_unknown"


def test_the_next_shifts_are_offered_from_whole_quarters() -> None:
    picker = _picker(_WORK)
    assert picker.offered(brussels("06-23", "14:07")) == (
        brussels("06-23", "14:15"),
        brussels("06-24", "17:30"),
        brussels("06-25", "10:00"),
    )
    # So near to its end a shift is not offered any more.
    assert picker.offered(brussels("06-23", "15:40"), 1) == (brussels("06-24", "17:30"),)


def test_every_offered_moment_is_fine_over_the_change_of_the_clock() -> None:
    year = dataclasses.replace(
        SETTINGS, period_start=NOON.date(), period_end=(NOON + timedelta(days=160)).date(), mop_up=None, holidays=()
    )
    spans = (_shift("10-24", "14:00", "18:30"), _shift("10-26", "08:00", "12:00"))
    outlook = Outlook(plain_odds(SETTINGS.slots), shifts={MAY: spans})
    picker = Picker(type(CALENDAR)(year), outlook, age=22)
    found = picker.offered(brussels("10-24", "08:00"))
    assert found == (brussels("10-24", "14:00"), brussels("10-26", "09:00"))
    assert [picker.fault(at) for at in found] == [None, None]


def test_a_lease_without_a_roster_brings_no_picker() -> None:
    case = a_case("a")
    assert picker_of(case, "subject", SETTINGS, NOON) is None
    pack = Pack("a", "Noor", "P", "Gent", "nl", case.numbers, 2000, rostered={MAY: texts_of(_WORK)})
    found = picker_of(dataclasses.replace(case, respondent=None, pack=pack), "subject", SETTINGS, NOON)
    assert found is not None
    assert _code(found, brussels("06-24", "18:00")) == ""
