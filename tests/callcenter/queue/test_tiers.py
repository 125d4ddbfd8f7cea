from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from callcenter.queue.market import slots
from callcenter.queue.reason import Reason
from callcenter.queue.tiers import fair_shares, ladder_of, uneven


def test_shares_follow_minutes_and_what_one_has_no_room_for_goes_to_the_others() -> None:
    assert fair_shares(30, [120, 240], [60, 60]) == [10, 20]
    assert fair_shares(100, [60, 60, 60], [10, 60, 60]) == [10, 45, 45]
    assert fair_shares(100, [60, 60], [10, 20]) == [10, 20]
    assert fair_shares(0, [60], [10]) == [0]


@given(st.integers(0, 500), st.lists(st.tuples(st.integers(1, 480), st.integers(0, 120)), min_size=1, max_size=8))
def test_shares_add_up_to_what_there_is_or_to_all_room(dials: int, agents: list[tuple[int, int]]) -> None:
    minutes, rooms = [m for m, _ in agents], [r for _, r in agents]
    shares = fair_shares(dials, minutes, rooms)
    assert sum(shares) == min(dials, sum(rooms))
    assert all(share <= room for share, room in zip(shares, rooms, strict=True))


@given(st.fractions(0, 200), st.integers(0, 120), st.integers(0, 40))
def test_each_dial_costs_at_least_what_the_one_before_it_costs(fair: Fraction, room: int, begun: int) -> None:
    costs = slots(ladder_of(fair, room, begun))
    assert costs == sorted(costs)
    assert len(costs) == max(0, room - begun)


def test_a_small_share_may_be_rounded_up_to_a_whole_dial() -> None:
    assert [upto for upto, cost in ladder_of(Fraction(5, 2), 60) if cost <= 140][-1] == 3


def test_uneven_loads_say_what_keeps_them_apart() -> None:
    may = {"a": Counter({"nl": 30, "tr": 12}), "b": Counter({"nl": 30}), "c": Counter({"nl": 3})}
    found = uneven({"a": 12, "b": 10, "c": 3}, {"a": 10, "b": 10, "c": 10}, may, {})
    assert found == (
        Reason.of("load_language", agent="a", agents=1, cases=12, language="tr", n=120),
        Reason.of("load_low", agent="c", cases=3, of=42, n=30),
    )
    assert uneven({"b": 15}, {"b": 10}, may, {}) == (Reason.of("load_high", agent="b", n=150),)
    assert uneven({"b": 15}, {"b": 10}, may, {"b": 15}) == (Reason.of("load_held", agent="b", n=150),)
