from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from callcenter.domain.appointment import Firmness
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.case import Case
from callcenter.domain.outcome import NumberStatus, Outcome
from callcenter.domain.sample import Number
from callcenter.queue.availability import Turn, blocked, numbers_to_dial, opens, turn
from callcenter.queue.reason import Reason
from tests.callcenter.queue.making import CALENDAR, NOON, PUPIL, SETTINGS, a_case, brussels, called, promised

_TWO = {"numbers": (Number("n1", "+32470000001"), Number("n2", "+3292224466"))}


def _at(day: str, clock: str, case: Case, *neighbours: Case) -> Reason | None:
    return blocked(case, SETTINGS, CALENDAR, brussels(day, clock), neighbours)


def _code(case: Case, at: datetime = NOON) -> str | None:
    reason = blocked(case, SETTINGS, CALENDAR, at)
    return reason.code if reason else None


def test_a_new_case_may_be_called_on_its_number() -> None:
    assert turn(a_case(), SETTINGS, CALENDAR, NOON) == Turn("subject", "n1")


# Outcome at a wall time, then the last blocked and the first free moment.
_DELAYS = [
    (Outcome.NO_ANSWER, "06-23", "10:00", ("06-23", "12:59"), ("06-23", "13:00")),
    (Outcome.NO_ANSWER, "06-23", "09:00", ("06-23", "11:59"), ("06-23", "12:00")),
    (Outcome.NO_ANSWER, "06-23", "12:05", ("06-23", "15:59"), ("06-23", "16:00")),  # 15:05 is still the same slot
    (Outcome.NO_ANSWER, "06-23", "18:30", ("06-24", "08:59"), ("06-24", "09:00")),
    (Outcome.NO_ANSWER, "06-27", "10:05", ("06-29", "08:59"), ("06-29", "09:00")),  # Saturday is one slot
    (Outcome.VOICEMAIL, "06-23", "10:00", ("06-23", "12:59"), ("06-23", "13:00")),
    (Outcome.BUSY, "06-23", "10:00", ("06-23", "10:14"), ("06-23", "10:15")),
    (Outcome.VOICEMAIL_LEFT, "06-23", "10:00", ("06-24", "08:59"), ("06-24", "09:00")),
    (Outcome.VOICEMAIL_LEFT, "06-27", "11:00", ("06-29", "08:59"), ("06-29", "09:00")),
    (Outcome.THIRD_PARTY, "06-23", "14:00", ("06-24", "13:59"), ("06-24", "14:00")),
    (Outcome.SOFT_REFUSAL, "06-23", "14:00", ("06-30", "13:59"), ("06-30", "14:00")),
    (Outcome.NOT_IN_SERVICE, "06-23", "14:00", ("06-30", "13:59"), ("06-30", "14:00")),
]


@pytest.mark.parametrize(("outcome", "day", "clock", "before", "after"), _DELAYS)
def test_after_an_outcome_the_person_is_left_in_peace(
    outcome: Outcome, day: str, clock: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    case = a_case("case", called(outcome, brussels(day, clock)))
    early = _at(*before, case)
    assert early is not None
    assert early.until == brussels(*after)
    assert _at(*after, case) is None


def test_a_busy_line_comes_back_after_fifteen_minutes_but_the_third_time_as_after_no_answer() -> None:
    busy = [called(Outcome.BUSY, brussels("06-23", f"10:{n}0")) for n in (0, 2, 4)]
    assert _at("06-23", "10:35", a_case("case", *busy[:2])) is None
    case = a_case("case", *busy)
    assert _at("06-23", "13:39", case) == Reason.of("wait", outcome="B", until=brussels("06-23", "13:40"))
    assert _at("06-23", "13:40", case) is None


def test_somebody_away_is_called_the_day_after_the_date() -> None:
    case = a_case("case", called(Outcome.UNABLE, brussels("06-23", "10:00"), detail="away:2026-07-03"))
    assert _at("07-03", "19:00", case) == Reason.of("wait", outcome="I", until=brussels("07-04", "10:00"))
    assert _at("07-04", "10:00", case) is None
    without_a_day = a_case("case", called(Outcome.UNABLE, brussels("06-23", "10:00"), detail="away"))
    assert _at("06-24", "10:00", without_a_day) is None


def test_after_no_answer_another_number_may_follow_at_once() -> None:
    case = a_case("case", called(Outcome.NO_ANSWER, brussels("06-23", "10:00")), person=_TWO)
    assert turn(case, SETTINGS, CALENDAR, brussels("06-23", "10:01")) == Turn("subject", "n2")


def test_after_a_word_with_somebody_no_number_follows_that_day() -> None:
    case = a_case("case", called(Outcome.THIRD_PARTY, brussels("06-23", "10:00")), person=_TWO)
    assert _at("06-23", "20:00", case) is not None


def test_who_was_spoken_to_today_is_called_again_tomorrow() -> None:
    case = a_case("case", called(Outcome.LANGUAGE, brussels("06-23", "10:00"), detail="tr"))
    assert _at("06-23", "20:00", case) == Reason.of("spoken_today", until=brussels("06-24", "09:00"))
    assert _at("06-24", "09:00", case) is None


def test_a_person_is_tried_twice_a_day_at_most() -> None:
    tries = [called(Outcome.NO_ANSWER, brussels("06-23", clock)) for clock in ("09:30", "13:00")]
    case = a_case("case", *tries)
    assert _at("06-23", "18:30", case) == Reason.of("day_limit", n=2, until=brussels("06-24", "09:00"))
    assert _at("06-24", "09:00", case) is None


def test_a_dropped_line_is_dialled_again_at_once_and_twice_at_most() -> None:
    first = called(Outcome.NO_ANSWER, brussels("06-23", "10:00"), detail="dropped")
    again = [called(Outcome.NO_ANSWER, brussels("06-23", f"10:0{n}"), detail="redial") for n in (1, 2)]
    assert _at("06-23", "10:00", a_case("case", first)) is None
    assert _at("06-23", "10:02", a_case("case", first, again[0])) is None
    assert _at("06-23", "10:03", a_case("case", first, *again)) == Reason.of(
        "wait", outcome="G", until=brussels("06-23", "13:02")
    )


def test_somebody_whose_line_was_lost_is_called_again_soon() -> None:
    lost = a_case("case", called(Outcome.THIRD_PARTY, brussels("06-23", "10:00"), detail="dropped"))
    assert _at("06-23", "10:14", lost) == Reason.of("wait", outcome="T", until=brussels("06-23", "10:15"))
    assert _at("06-23", "10:15", lost) is None


def test_who_is_reached_again_after_a_dropped_line_is_not_dialled_once_more() -> None:
    first = called(Outcome.NO_ANSWER, brussels("06-23", "10:00"), detail="dropped")
    again = called(Outcome.THIRD_PARTY, brussels("06-23", "10:01"), detail="redial")
    assert _code(a_case("case", first, again), brussels("06-23", "10:02")) == "wait"


def test_eight_attempts_are_the_limit_and_calls_that_do_not_count_are_not_counted() -> None:
    tries = [called(Outcome.NO_ANSWER, brussels("06-22", "10:00") + timedelta(minutes=n)) for n in range(8)]
    assert _code(a_case("case", *tries), brussels("07-01", "10:00")) == "attempts_used"
    tries[0] = dataclasses.replace(tries[0], detail="cancelled")
    tries[1] = dataclasses.replace(tries[1], outcome=Outcome.KNOWN_PERSON)
    assert _code(a_case("case", *tries), brussels("07-01", "10:00")) is None


@pytest.mark.parametrize(
    ("attempts", "code"),
    [
        ([(Outcome.COMPLETE, "")], "closed"),
        ([(Outcome.REFUSAL, "")], "closed"),
        ([(Outcome.OTHER_REFUSES, "parent_of_minor")], "closed"),
        ([(Outcome.OTHER_REFUSES, "")], "supervisor_decides"),
        ([(Outcome.NOT_IN_LIST, "")], "coordinator_decides"),
        ([(Outcome.NOT_IN_LIST, "confirmed")], "closed"),
        ([(Outcome.UNABLE, "")], "unable"),
        ([(Outcome.LANGUAGE, "nobody_speaks")], "nobody_speaks"),
        ([(Outcome.LANGUAGE, "tr")], None),
        ([(Outcome.SOFT_REFUSAL, ""), (Outcome.SOFT_REFUSAL, "")], "refused_again"),
        ([(Outcome.WRONG_NUMBER, "")], "no_number"),
        ([(Outcome.NOT_IN_SERVICE, ""), (Outcome.NOT_IN_SERVICE, "")], "no_number"),
        ([(Outcome.DECEASED, "")], "closed"),
    ],
)
def test_what_was_heard_may_stop_the_calls(attempts: list[tuple[Outcome, str]], code: str | None) -> None:
    done = [
        called(outcome, brussels("06-22", "10:00") + timedelta(minutes=n), detail=detail)
        for n, (outcome, detail) in enumerate(attempts)
    ]
    assert _code(a_case("case", *done), brussels("07-06", "18:30")) == code


def test_do_not_call_stops_everything_even_a_promise() -> None:
    assert _code(a_case(do_not_call=True, appointment=promised(NOON))) == "do_not_call"


def test_a_call_that_goes_on_is_not_offered_again_until_the_next_day() -> None:
    running = CallAttempt("now", "amina", NOON - timedelta(minutes=5), "n1")
    assert _code(a_case("case", running)) == "in_call"
    assert _code(a_case("case", running), NOON + timedelta(days=1)) is None


def test_a_minor_is_called_through_the_parent_in_the_parents_hours() -> None:
    numbers = (Number("n1", "+32470000001"), Number("n2", "+32470000002", role="parent"))
    case = a_case(person={"birth_date": PUPIL, "numbers": numbers})
    assert turn(case, SETTINGS, CALENDAR, brussels("06-23", "10:00")) == Turn("parent", "n2")
    agreed = dataclasses.replace(case, parent_consent=True)
    assert _at("06-23", "10:00", agreed) == Reason.of("outside_hours", until=brussels("06-23", "16:00"))
    assert turn(agreed, SETTINGS, CALENDAR, brussels("06-23", "16:00")) == Turn("subject", "n1")


def test_a_number_that_its_owner_closed_is_never_dialled() -> None:
    closed = (Number("n1", "+32470000001", status=NumberStatus.DO_NOT_USE),)
    assert _code(a_case(person={"numbers": closed})) == "no_number"


def test_outside_hours_it_says_when_it_opens_and_after_the_campaign_that_it_is_over() -> None:
    assert _at("06-23", "20:30", a_case()) == Reason.of("outside_hours", until=brussels("06-24", "09:00"))
    assert _code(a_case(), brussels("09-01", "10:00")) == "campaign_over"


def test_three_voicemails_in_a_row_put_a_number_behind_the_next() -> None:
    heard = [called(Outcome.VOICEMAIL, brussels("06-22", "10:00") + timedelta(minutes=n)) for n in range(3)]
    assert [n.id for n in numbers_to_dial(a_case("case", *heard[:2], person=_TWO), "subject", SETTINGS)] == [
        "n1",
        "n2",
    ]
    assert [n.id for n in numbers_to_dial(a_case("case", *heard, person=_TWO), "subject", SETTINGS)] == ["n2", "n1"]


def test_a_number_out_of_service_is_tried_once_more_behind_the_others() -> None:
    dead = called(Outcome.NOT_IN_SERVICE, brussels("06-22", "10:00"))
    case = a_case("case", dead, person=_TWO)
    assert [n.id for n in numbers_to_dial(case, "subject", SETTINGS)] == ["n2", "n1"]
    listed_dead = a_case(person={"numbers": (Number("n1", "+321", status=NumberStatus.DEAD),)})
    assert numbers_to_dial(listed_dead, "subject", SETTINGS) == ()


# --- promises


@pytest.mark.parametrize(
    ("firmness", "clock", "code"),
    [
        (Firmness.FIRM, "14:51", "appointment_later"),
        (Firmness.FIRM, "14:52", None),
        (Firmness.FIRM, "15:20", None),
        (Firmness.FIRM, "15:21", None),  # missed: called at once, as the first thing
        (Firmness.SOFT, "14:51", "appointment_later"),
        (Firmness.SOFT, "15:59", None),
    ],
)
def test_a_promise_is_kept_from_eight_minutes_before(firmness: Firmness, clock: str, code: str | None) -> None:
    case = a_case(appointment=promised(brussels("06-23", "15:00"), firmness))
    assert _code(case, brussels("06-23", clock)) == code


def test_a_promise_goes_before_waits_and_daily_limits() -> None:
    tries = [
        called(Outcome.NO_ANSWER, brussels("06-23", "09:30")),
        called(Outcome.APPOINTMENT, brussels("06-23", "13:00")),
    ]
    case = a_case("case", *tries, appointment=promised(brussels("06-23", "15:00")))
    assert _at("06-23", "14:55", case) is None


def test_a_promise_may_lie_an_hour_outside_the_hours_and_no_more() -> None:
    late = a_case(appointment=promised(brussels("06-23", "21:20")))
    assert _at("06-23", "21:20", late) is None
    later = a_case(appointment=promised(brussels("06-23", "21:45")))
    assert _at("06-23", "21:45", later) == Reason.of("outside_hours", until=brussels("06-24", "09:00"))
    sunday = a_case(appointment=promised(brussels("06-28", "15:00")))
    assert _at("06-28", "15:00", sunday) == Reason.of("outside_hours", until=brussels("06-29", "09:00"))


def test_a_promise_is_kept_on_the_number_that_was_named() -> None:
    case = a_case(person=_TWO, appointment=promised(NOON, number="n2"))
    assert turn(case, SETTINGS, CALENDAR, NOON) == Turn("subject", "n2")


def test_a_promise_after_a_refusal_by_somebody_else_keeps_the_case_open() -> None:
    refused = called(Outcome.OTHER_REFUSES, brussels("06-22", "10:00"))
    assert _code(a_case("case", refused, appointment=promised(NOON))) is None


# --- call units


def test_after_no_answer_the_line_rests_for_brothers_and_sisters_too() -> None:
    tried = a_case("lars", called(Outcome.NO_ANSWER, brussels("06-23", "10:00")), e164="+321")
    sister = a_case("noor", e164="+321")
    assert _at("06-23", "10:05", sister, tried) == Reason.of("wait", outcome="G", until=brussels("06-23", "13:00"))
    assert _at("06-23", "13:00", sister, tried) is None


def test_after_a_word_with_the_household_the_sister_may_follow_at_once() -> None:
    spoken = a_case("lars", called(Outcome.COMPLETE, brussels("06-23", "10:00")), e164="+321")
    assert _at("06-23", "10:05", a_case("noor", e164="+321"), spoken) is None


# --- when it opens


def test_waiting_reasons_follow_each_other_to_the_first_possible_moment() -> None:
    tries = [called(Outcome.NO_ANSWER, brussels("06-26", clock)) for clock in ("10:00", "18:30")]
    young = a_case("case", *tries, person={"birth_date": date(2009, 1, 1)})
    assert opens(young, SETTINGS, CALENDAR, brussels("06-26", "19:00")) == brussels("06-27", "10:00")


@pytest.mark.parametrize("facts", [{"do_not_call": True}, {"person": {"numbers": ()}}])
def test_what_waiting_does_not_mend_never_opens(facts: dict[str, Any]) -> None:
    assert opens(a_case(**facts), SETTINGS, CALENDAR, NOON) is None
