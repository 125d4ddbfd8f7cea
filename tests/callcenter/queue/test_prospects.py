from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from callcenter.domain.agent import Agent, Shift
from callcenter.domain.attempt import CallAttempt
from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.queue.odds import MAY, SPEAK, WORK, Outlook, plain_odds, prior, slots_later, spans_of, texts_of
from callcenter.queue.prospects import Prospects, prospects
from callcenter.text import LOCAL_ZONE
from tests.callcenter.queue.making import NOON, SETTINGS, a_case, an_agent, brussels, called

_EVENING = brussels("06-22", "18:30")


def _found(*cases: Case, earlier: tuple[Case, ...] = (), agents: tuple[Agent, ...] = ()) -> Prospects:
    return prospects(cases, earlier, agents, SETTINGS, NOON)


def test_before_any_call_evenings_are_likelier_than_mornings() -> None:
    rates = prior(SETTINGS.slots)
    assert rates["vm"] < rates["nm"] < rates["va"] < rates["av"]


def test_what_was_reached_raises_the_rate_of_the_group_and_the_slot() -> None:
    spoken = [a_case(f"c{n}", called(Outcome.COMPLETE, _EVENING)) for n in range(20)]
    pupil = a_case("pupil", person={"birth_date": date(2011, 3, 1)})
    found = _found(*spoken, pupil)
    usual = plain_odds(SETTINGS.slots)
    adults, pupils = found.odds(spoken[0]), found.odds(pupil)
    assert adults.contact["av"] > pupils.contact["av"] > usual.contact["av"]
    assert adults.contact["vm"] == usual.contact["vm"]
    assert adults.interview > usual.interview
    assert adults.fair < 1_000_000 < pupils.fair


def test_an_attempt_without_an_end_counts_as_a_dial_but_has_no_length() -> None:
    whole = called(Outcome.NO_ANSWER, _EVENING)
    broken = dataclasses.replace(whole, closed_at=None)
    backward = dataclasses.replace(whole, closed_at=whole.opened_at - timedelta(hours=1))
    for attempt in (broken, backward):
        odds = _found(*(a_case(f"c{n}", attempt) for n in range(50))).odds(a_case("new"))
        assert odds.contact["av"] < plain_odds(SETTINGS.slots).contact["av"]
        assert (odds.dial, odds.talk) == (66, 480)


def test_an_earlier_campaign_tells_the_same_person_s_moments() -> None:
    last_year = brussels("06-24", "19:00").replace(year=2025)
    before = a_case("old", called(Outcome.COMPLETE, last_year), person={"reference": "A-7"})
    now, other = a_case("new", person={"reference": "A-7"}), a_case("other", person={"reference": "A-8"})
    found = _found(now, other, earlier=(before,))
    assert (found.last_year(now), found.last_year(other)) == (("av+",), ())
    assert found.outlook(now).last_year["av"].contacts == 0.5


def test_the_roster_travels_without_names_and_tells_who_may_who_speaks_and_who_works() -> None:
    dutch = an_agent("amina", NOON, 4)
    turkish = an_agent("divine", NOON + timedelta(days=1), 4, languages=("nl", "tr"))
    friend = an_agent("els", NOON + timedelta(days=2), 4, languages=("tr",))
    case = a_case("a", person={"language": "tr"}, known_by=frozenset({"els"}))
    told = _found(case, agents=(dutch, turkish, friend)).rostered(case)
    assert {kind: len(texts) for kind, texts in told.items()} == {MAY: 1, SPEAK: 2, WORK: 3}
    assert not any(name in repr(told) for name in ("amina", "divine", "els"))
    plain = a_case("b")
    assert set(_found(plain, agents=(dutch,)).rostered(plain)) == {MAY}


def test_spans_that_touch_become_one() -> None:
    shifts = [Shift(NOON + timedelta(hours=h), NOON + timedelta(hours=h + 2)) for h in (0, 1, 2, 9)]
    texts = texts_of(shifts)
    assert len(texts) == 2
    assert [s.end - s.start for s in spans_of(texts)] == [timedelta(hours=4), timedelta(hours=2)]


def test_a_slot_is_still_to_come_where_a_shift_reaches_it() -> None:
    evening = (Shift(brussels("06-24", "17:30"), brussels("06-24", "20:00")),)
    assert slots_later(evening, SETTINGS.slots, NOON) == {"va", "av"}
    assert slots_later(evening, SETTINGS.slots, brussels("06-24", "18:00")) == {"av"}
    assert slots_later(evening, SETTINGS.slots, brussels("06-25", "9:00".rjust(5, "0"))) == frozenset()
    assert len(slots_later(None, SETTINGS.slots, NOON)) == 5


def test_a_shift_over_the_change_of_the_clock_reaches_its_slots() -> None:
    saturday = brussels("10-24", "16:00")
    monday = brussels("10-26", "09:30")
    assert (monday - saturday) == timedelta(hours=42, minutes=30)
    spans = spans_of(
        texts_of([Shift(saturday, saturday + timedelta(hours=2)), Shift(monday, monday + timedelta(hours=2))])
    )
    assert [s.start.astimezone(LOCAL_ZONE).hour for s in spans] == [16, 9]
    assert slots_later(spans, SETTINGS.slots, saturday) == {"za", "vm"}
    assert slots_later(spans, SETTINGS.slots, saturday + timedelta(hours=3)) == {"vm"}


def test_without_a_roster_every_moment_counts_as_worked() -> None:
    assert Outlook(plain_odds(SETTINGS.slots)).spans() is None
    broken = CallAttempt("x", "amina", NOON)
    assert _found(a_case("a", broken)).odds(a_case("a")).dial == 66
