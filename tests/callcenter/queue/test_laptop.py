from __future__ import annotations

import dataclasses
import random
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.queue.calling_hours import Calendar
from callcenter.queue.laptop import Laptop
from callcenter.queue.priority import Queued, Rules, next_up
from callcenter.queue.reason import Reason
from tests.callcenter.queue.making import CALENDAR, NOON, SETTINGS, a_case, called, leased, promised
from tests.callcenter.queue.worlds import packs, rules

_EVENING = NOON + timedelta(hours=8)
_OUTCOMES = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL, Outcome.COMPLETE, Outcome.SOFT_REFUSAL)


def _laptop() -> Laptop:
    return Laptop(Rules(SETTINGS, CALENDAR, 0))


def _mine(case: Case) -> Case:
    return leased(case, _EVENING)


def _first(laptop: Laptop, cases: list[Case], at: datetime) -> str:
    found = laptop.first(cases, at)
    return found.case if isinstance(found, Queued) else ""


def _after(case: Case, outcome: Outcome, at: datetime) -> Case:
    return dataclasses.replace(case, attempts=(*case.attempts, called(outcome, at)))


def test_after_no_answer_comes_the_next_and_the_household_rests() -> None:
    cases = [_mine(a_case(name, e164=line)) for name, line in (("a", "+321"), ("b", "+321"), ("c", "+322"))]
    cases[0] = dataclasses.replace(cases[0], best_slots=("nm",))
    laptop = _laptop()
    assert _first(laptop, cases, NOON) == "a"
    cases[0] = _after(cases[0], Outcome.NO_ANSWER, NOON + timedelta(minutes=1))
    assert _first(laptop, cases, NOON + timedelta(minutes=1)) == "c"


def test_after_a_contact_the_sister_is_next() -> None:
    cases = [_mine(a_case(name, e164=line)) for name, line in (("a", "+321"), ("b", "+321"), ("c", "+322"))]
    cases[0] = dataclasses.replace(cases[0], best_slots=("nm",))
    cases[2] = dataclasses.replace(cases[2], best_slots=("nm",))
    laptop = _laptop()
    laptop.first(cases, NOON)
    cases[0] = _after(cases[0], Outcome.COMPLETE, NOON + timedelta(minutes=12))
    found = laptop.first(cases, NOON + timedelta(minutes=12))
    assert isinstance(found, Queued)
    assert (found.case, found.why[0]) == ("b", Reason.of("sibling"))


def test_a_busy_line_comes_back_after_fifteen_minutes() -> None:
    cases = [_mine(a_case("a"))]
    laptop = _laptop()
    laptop.first(cases, NOON)
    cases[0] = _after(cases[0], Outcome.BUSY, NOON)
    assert _first(laptop, cases, NOON + timedelta(minutes=14)) == ""
    assert _first(laptop, cases, NOON + timedelta(minutes=15)) == "a"


def test_call_me_at_is_pinned_to_its_minute_before_anything_else() -> None:
    cases = [_mine(a_case("a")), _mine(a_case("b", best_slots=("nm",)))]
    laptop = _laptop()
    assert _first(laptop, cases, NOON) == "b"
    cases[0] = dataclasses.replace(cases[0], appointment=promised(NOON + timedelta(minutes=30)))
    steps = (21, 22, 50, 51)
    assert [_first(laptop, cases, NOON + timedelta(minutes=m)) for m in steps] == ["b", "a", "a", "a"]
    missed = laptop.first(cases, NOON + timedelta(minutes=51))
    assert isinstance(missed, Queued)
    assert missed.why[0].code == "appointment_missed"


def test_who_is_known_stopped_or_given_back_is_out_at_once() -> None:
    cases = [_mine(a_case("a"))]
    laptop = _laptop()
    assert _first(laptop, cases, NOON) == "a"
    assert _first(laptop, [], NOON) == ""
    assert _first(laptop, cases, NOON) == "a"
    cases[0] = dataclasses.replace(cases[0], do_not_call=True)
    assert _first(laptop, cases, NOON) == ""


_RULES = rules(3)


@settings(max_examples=60, deadline=None)
@given(packs, st.randoms(use_true_random=False))
def test_the_kept_order_gives_what_a_new_one_would(cases: list[Case], chance: random.Random) -> None:
    laptop, calendar = Laptop(Rules(_RULES, Calendar(_RULES), 1)), Calendar(_RULES)
    at = NOON
    for _ in range(12):
        found = laptop.first(cases, at)
        assert found == next_up(cases, _RULES, calendar, at, 1)
        at += timedelta(minutes=chance.choice((1, 1, 5, 20, 90, 600)))
        for place in range(len(cases)):
            mine = isinstance(found, Queued) and cases[place].id == found.case
            if mine or chance.random() < 0.03:
                cases[place] = _after(cases[place], chance.choice(_OUTCOMES), at)
        if cases and chance.random() < 0.1:
            cases.pop(chance.randrange(len(cases)))
