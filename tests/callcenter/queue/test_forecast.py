from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.queue.forecast import Aim, Assumed, Pool, ShiftBlock, Tally, forecast

START = datetime(2026, 6, 22, 11, tzinfo=UTC)


def _blocks(days: int, agents: int = 4) -> list[ShiftBlock]:
    """Return an afternoon and an evening a day, weekends left out."""
    found = []
    for day in range(days):
        begin = START + timedelta(days=day)
        if begin.isoweekday() < 6:
            for hours in (0, 4):
                at = begin + timedelta(hours=hours)
                found.append(ShiftBlock(at, at + timedelta(hours=3), agents, agents * 180))
    return found


KNOWN = Assumed({n: Tally(4000, 4000 * 0.2, 4000 * 0.05) for n in range(8)}, minutes=13_000, dials=5_000)


def test_more_shifts_never_reach_fewer_people() -> None:
    short, long = (forecast(Pool((900,), 0, 900), Assumed(), _blocks(n), Aim(), 7) for n in (4, 12))
    assert short.end is not None
    assert long.end is not None
    assert short.end.middle < long.end.middle


def test_known_rates_make_a_narrow_interval_around_what_they_give() -> None:
    # With 20 % a try and 5 % lost a try, eight tries interview 0.2/0.25 x (1 - 0.75^8) = 72 % of the people.
    found = forecast(Pool((1000,), 0, 1000), KNOWN, _blocks(30, 8), Aim(0.7), 1)
    assert found.end is not None
    assert found.end.middle == pytest.approx(0.72, abs=0.02)
    assert found.end.high - found.end.low < 0.10
    assert found.shifts[1] is not None
    assert found.days[1] is not None


def test_unknown_rates_make_a_wide_interval() -> None:
    found = forecast(Pool((1000,), 0, 1000), Assumed(), _blocks(30, 8), Aim(0.7), 1)
    assert found.end is not None
    assert found.end.high - found.end.low > 0.15


def test_the_interval_holds_what_comes_in_four_of_five_campaigns() -> None:
    """Campaigns are played case by case by other code than the forecast's, with rates that it has seen."""
    held = 0
    for seed in range(60):
        draw = random.Random(seed)  # noqa: S311 - a simulation, not a secret
        seen = Assumed({n: Tally(600, 600 * 0.15, 600 * 0.05) for n in range(8)}, minutes=2600, dials=1000)
        found = forecast(Pool((400,), 0, 400), seen, _blocks(6, 3), Aim(), seed)
        assert found.end is not None
        reached = _played(400, 0.15, 0.05, _blocks(6, 3), draw) / 400
        held += found.end.low <= reached <= found.end.high
    assert held >= 42  # 48 are expected; fewer than 42 happen once in forty


def _played(people: int, yes: float, no: float, blocks: list[ShiftBlock], draw: random.Random) -> int:
    tries = dict.fromkeys(range(people), 0)
    done = 0
    for block in blocks:
        for person in sorted(tries, key=lambda p: tries[p])[: int(block.minutes / 2.6)]:
            told = draw.random()
            tries[person] += 1
            if told < yes:
                done += 1
                del tries[person]
            elif told < yes + no or tries[person] >= 8:
                del tries[person]
    return done


def test_a_list_that_is_worked_out_early_says_so_and_what_can_be_dropped() -> None:
    found = forecast(Pool((120,), 0, 120), KNOWN, _blocks(20, 6), Aim(), 3)
    assert found.worked_out is not None
    assert found.worked_out < (START + timedelta(days=19)).date()
    assert 0 < found.spare < found.total


def test_a_goal_that_needs_more_than_the_roster_counts_the_missing_shifts() -> None:
    found = forecast(Pool((2000,), 0, 2000), KNOWN, _blocks(5, 4), Aim(0.5), 3)
    assert found.days[1] is None
    assert found.shifts[1] is not None
    assert found.shifts[1] > found.total


def test_a_goal_out_of_reach_is_called_so() -> None:
    found = forecast(Pool((2000,), 0, 4000, 2000), KNOWN, _blocks(10, 4), Aim(0.9), 3)
    assert found.shifts == (None, None, None)


def test_a_goal_that_is_reached_needs_no_more_shifts() -> None:
    assert forecast(Pool((10,), 90, 100), Assumed(), _blocks(3), Aim(0.7), 3).shifts == (0, 0, 0)


def test_without_shifts_nothing_is_promised() -> None:
    found = forecast(Pool((10,), 0, 10), Assumed(), [], Aim(), 3)
    assert (found.end, found.total, found.spare, found.shifts) == (None, 0, 0, (None, None, None))


@settings(max_examples=25, deadline=None)
@given(
    waiting=st.lists(st.integers(0, 300), min_size=1, max_size=8),
    done=st.integers(0, 200),
    days=st.integers(1, 8),
    seed=st.integers(0, 9),
)
def test_shares_lie_between_nothing_and_everybody_and_never_fall(
    waiting: list[int], done: int, days: int, seed: int
) -> None:
    pool = Pool(tuple(waiting), done, sum(waiting) + done)
    found = forecast(pool, Assumed(), _blocks(days), Aim(), seed)
    assert found == forecast(pool, Assumed(), _blocks(days), Aim(), seed)
    for one in found.reach:
        assert 0 <= one.low <= one.middle <= one.high <= 1
    middles = [one.middle for one in found.reach]
    assert middles == sorted(middles)
