from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.queue.index import COVER, after_refusal, fairness, index, per_minute
from callcenter.queue.model import Odds, Team, Tried, chances, past_of

_RATES = {"vm": 160_000, "av": 260_000}
_ODDS = Odds(_RATES)
_SHARES = st.integers(10_000, 900_000)
_TRIED = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda t: Tried(float(max(t)), float(min(t))))


def test_without_calls_of_their_own_the_team_s_rate_holds() -> None:
    assert chances(_RATES, {}) == _RATES


def test_who_answered_is_likelier_and_who_did_not_is_less_likely() -> None:
    often = chances(_RATES, past_of([("av", True, False), ("av", True, False)]))
    never = chances(_RATES, past_of([("av", False, False)] * 3))
    assert often["av"] > often["vm"] * _RATES["av"] // _RATES["vm"] > _RATES["av"]
    assert never["av"] < never["vm"] * _RATES["av"] // _RATES["vm"] < _RATES["av"]


def test_last_year_counts_half() -> None:
    assert past_of([("av", True, True), ("av", False, True)]) == {"av": Tried(1.0, 0.5)}


def test_the_stated_moment_counts_half_more_and_the_others_a_fifth_less() -> None:
    assert chances(_RATES, {}, ("av",)) == {"vm": 128_000, "av": 390_000}


@given(st.dictionaries(st.sampled_from(("vm", "av")), _TRIED), _SHARES, _SHARES)
def test_a_chance_stays_within_what_the_limits_allow(past: dict[str, Tried], vm: int, av: int) -> None:
    found = chances({"vm": vm, "av": av}, past)
    for slot, rate in (("vm", vm), ("av", av)):
        assert rate * 0.25 * 0.5 - 1 <= found[slot] <= min(600_000, rate * 2.5 * 1.6)


def test_interviews_a_minute_grow_with_the_chance() -> None:
    assert per_minute(0, _ODDS) == 0
    assert per_minute(100_000, _ODDS) < per_minute(200_000, _ODDS)
    # p q / (t0 + p t1) with 0.2, 0.58, 1.1 minutes and 8 minutes
    assert per_minute(200_000, _ODDS) == pytest.approx(0.2 * 0.58 / (1.1 + 0.2 * 8) * 1_000_000, abs=1)


def test_a_better_moment_that_is_still_rostered_makes_this_one_wait() -> None:
    now = index(_RATES, _ODDS, "vm", ("vm",), 2)
    waits = index(_RATES, _ODDS, "vm", ("vm", "av"), 2)
    assert (now.best, waits.best, waits.best_chance) == ("", "av", 260_000)
    assert waits.value == now.value - (per_minute(260_000, _ODDS) - per_minute(160_000, _ODDS))


def test_everybody_twice_before_a_third_call_for_anyone() -> None:
    values = [index(_RATES, _ODDS, "av", (), tries).value for tries in range(4)]
    assert [values[0] - values[2], values[1] - values[2], values[3] - values[2]] == [*COVER, 0]


def test_a_second_call_on_one_day_is_worth_less() -> None:
    assert index(_RATES, _ODDS, "av", (), 2, today=1).chance == 130_000


@given(_SHARES, _SHARES)
def test_fairness_lifts_groups_behind_the_mean_within_its_limits(response: int, mean: int) -> None:
    factor = fairness(response, mean)
    assert 600_000 <= factor <= 1_800_000
    assert (factor >= 1_000_000) == (response <= mean)


def test_a_group_ahead_waits_more_where_a_better_moment_comes() -> None:
    behind, ahead = Odds(_RATES, fair=1_500_000), Odds(_RATES, fair=700_000)
    for slot in ("vm", "av"):
        values = [index(_RATES, odds, slot, ("av",), 2).value for odds in (behind, _ODDS, ahead)]
        assert values == sorted(values, reverse=True)


def test_after_a_refusal_nothing_is_computed_from_the_person() -> None:
    found = {after_refusal(0, "case", slot, _ODDS).value for slot in ("vm", "nm", "va", "av", "za")}
    assert len(found) == 5
    assert all(0 <= value <= 2 * per_minute(210_000, _ODDS) for value in found)


def test_a_team_s_rate_moves_from_what_is_usual_to_what_was_counted() -> None:
    team = Team(dict(_RATES))
    assert team.rates("a") == _RATES
    for n in range(400):
        team.count("a", "av", reached=n % 2 == 0)
    assert 450_000 < team.rates("a")["av"] < 500_000
    assert _RATES["av"] < team.rates("b")["av"] < team.rates("a")["av"] + 1
    assert team.rates("a")["vm"] == _RATES["vm"]


def test_odds_travel_as_one_table() -> None:
    assert Odds.read(Odds(_RATES, 500_000, 70, 400, 900_000).texts()) == Odds(_RATES, 500_000, 70, 400, 900_000)
    assert Odds.read({"slot.vm": 1}) == Odds({"vm": 1})
    broken = Odds.read({"slot.vm": 0, "dial": 0, "talk": -5, "fair": 0})
    assert per_minute(0, broken) == 0
