from __future__ import annotations

import dataclasses
import random
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.domain.appointment import Firmness
from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.queue.calling_hours import Calendar, moment
from callcenter.queue.laptop import Laptop
from callcenter.queue.priority import Empty, Queued, Rules, next_up, order
from callcenter.queue.reason import Reason
from tests.bench.queue_order import reordered
from tests.callcenter.queue.making import CALENDAR, NOON, SETTINGS, a_case, brussels, called, leased, promised
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


def test_an_outcome_costs_what_it_touches_not_the_whole_order() -> None:
    times, whole = reordered(200, 60, 1)
    assert sorted(times)[len(times) // 2] < whole / 10


@settings(max_examples=60, deadline=None)
@given(packs, st.integers(-8, 20))
def test_a_firm_promise_in_its_window_is_served_first_or_says_why_not(cases: list[Case], minute: int) -> None:
    kept = [dataclasses.replace(c, appointment=promised(NOON)) if n % 3 == 0 else c for n, c in enumerate(cases)]
    at = NOON + timedelta(minutes=minute)
    calendar = Calendar(_RULES)
    found = order(kept, _RULES, calendar, at, 1)
    firm = {c.id for c in kept if c.appointment and c.appointment.firmness is Firmness.FIRM and c.appointment.due(at)}
    waiting = dict(found.waiting)
    ready = [queued.case for queued in found.ready]
    served = [case for case in ready if case in firm]
    missed = {q.case for q in found.ready if any(r.code == "appointment_missed" for r in q.why)}
    assert set(served) | (firm & waiting.keys()) == firm
    assert ready[: len(set(served) - missed)] == [case for case in served if case not in missed]


@settings(max_examples=40, deadline=None)
@given(packs)
def test_do_not_call_leaves_the_kept_order_at_once(cases: list[Case]) -> None:
    laptop = Laptop(Rules(_RULES, Calendar(_RULES), 1))
    found = laptop.first(cases, NOON)
    if isinstance(found, Queued):
        stopped = [dataclasses.replace(c, do_not_call=True) if c.id == found.case else c for c in cases]
        after = laptop.first(stopped, NOON)
        assert not (isinstance(after, Queued) and after.case == found.case)


def test_both_changes_of_the_clock_keep_waiting_times_and_slots() -> None:
    # In the night to 25 October 2026 the clock goes back, in that to 28 March 2027 forward.
    year = dataclasses.replace(
        SETTINGS, period_start=date(2026, 9, 1), period_end=date(2027, 6, 30), holidays=(), mop_up=None
    )
    calendar = Calendar(year)
    for saturday, monday in ((date(2026, 10, 24), date(2026, 10, 26)), (date(2027, 3, 27), date(2027, 3, 29))):
        before = moment(saturday, time(17, 30))
        case = leased(a_case("a", called(Outcome.NO_ANSWER, before)), moment(monday, time(22)))
        laptop = Laptop(Rules(year, calendar, 0))
        found = laptop.first([case], before + timedelta(minutes=1))
        assert isinstance(found, Empty)
        assert found.opens_at == moment(monday, time(9))
        assert isinstance(laptop.first([case], moment(monday, time(8, 59))), Empty)
        now = laptop.first([case], moment(monday, time(9)))
        assert isinstance(now, Queued)
        assert Reason.of("new_slot", slot="vm") in now.why


def test_an_attempt_whose_end_is_missing_waits_from_its_begin_and_never_breaks_the_order() -> None:
    broken = dataclasses.replace(called(Outcome.NO_ANSWER, NOON), closed_at=None)
    found = _laptop().first([_mine(a_case("a", broken))], NOON)
    assert isinstance(found, Empty)
    assert [reason.code for reason, _ in found.reasons] == ["in_call"]
    night = dataclasses.replace(broken, opened_at=brussels("06-22", "03:10"))
    told = _laptop().first([_mine(a_case("b", night))], NOON)
    assert isinstance(told, Queued)
    assert "answered" not in {reason.code for reason in told.why}


def test_after_a_wrong_language_the_case_is_out_for_this_agent_with_the_language() -> None:
    heard = called(Outcome.LANGUAGE, brussels("06-22", "12:30"), detail="tr")
    found = _laptop().first([_mine(a_case("a", heard))], NOON)
    assert isinstance(found, Empty)
    assert found.reasons == ((Reason.of("language_heard", language="tr"), 1),)
    by_another = dataclasses.replace(heard, agent="els")
    assert isinstance(_laptop().first([_mine(a_case("a", by_another))], NOON), Queued)
