from __future__ import annotations

import builtins
import dataclasses
import itertools
import random
from array import array
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.queue import fast
from callcenter.queue.auction import Sale, sell
from callcenter.queue.fast import Fast, best, quickest
from callcenter.queue.hall import OUT, PARTS
from callcenter.queue.market import Ladder, Market, largest, slots
from callcenter.queue.plain import Plain
from tests.callcenter.queue.flow import optimum

_LAW = settings(max_examples=60, deadline=None)


def _market(units: int, agents: int, seed: int, sizes: tuple[int, ...] = (1,)) -> Market:
    """Return an invented market: some units nobody may call, some agents nobody needs, loads that overflow."""
    chance = random.Random(seed)  # noqa: S311 - invented markets, no secrets
    top = chance.choice((3, 50, 1000))
    ladders: list[Ladder] = []
    for _ in range(agents):
        fair = chance.randrange(0, 2 * units // agents + 2)
        ladders.append(((fair, 0), (fair + 2, top // 4), (fair + 3, top // 3)))
    rows = []
    for _ in range(units):
        callers = [agent for agent in range(agents) if chance.random() < 0.6]
        rows.append([(agent, chance.randrange(0, top)) for agent in callers])
    return Market.of(rows, ladders, [chance.choice(sizes) for _ in range(units)])


_MARKETS = st.builds(_market, st.integers(1, 60), st.integers(1, 8), st.integers(0, 2**32))
_FAMILIES = st.builds(_market, st.integers(1, 40), st.integers(1, 6), st.integers(0, 2**32), st.just((1, 1, 2, 3)))


def _loads(market: Market, sale: Sale) -> Counter[int]:
    loads: Counter[int] = Counter()
    for unit, agent in enumerate(sale.where):
        if agent != OUT:
            loads[agent] += market.sizes[unit]
    return loads


def _value(market: Market, sale: Sale) -> int:
    gained = sum(market.weight(unit, agent) for unit, agent in enumerate(sale.where) if agent != OUT)
    return gained - sum(sum(slots(market.ladders[agent])[:load]) for agent, load in _loads(market, sale).items())


@_LAW
@given(_MARKETS)
def test_the_auction_is_within_its_step_of_the_exact_optimum(market: Market) -> None:
    sale = sell(market)
    exact = optimum(market) * PARTS
    assert sale.certificate.value <= exact <= sale.certificate.bound
    assert exact - sale.certificate.value <= len(market) * sale.eps
    assert sale.certificate.millionths <= 10 or sale.eps == 1


@_LAW
@given(_FAMILIES)
def test_a_certificate_tells_the_value_and_never_less_than_the_true_gap(market: Market) -> None:
    sale = sell(market)
    assert sale.certificate.value == _value(market, sale) * PARTS
    assert sale.certificate.gap >= 0


@_LAW
@given(st.builds(_market, st.integers(1, 6), st.integers(1, 3), st.integers(0, 2**32), st.just((1, 2, 3))))
def test_no_assignment_of_households_is_better_than_the_bound(market: Market) -> None:
    sale = sell(market)
    assert sale.certificate.value <= _exhaustive(market) * PARTS <= sale.certificate.bound


def _exhaustive(market: Market) -> int:
    places = [[OUT, *(agent for agent, _ in market.row(unit))] for unit in range(len(market))]
    rooms = [len(slots(ladder)) for ladder in market.ladders]
    found = 0
    for where in itertools.product(*places):
        loads: Counter[int] = Counter()
        for unit, agent in enumerate(where):
            if agent != OUT:
                loads[agent] += market.sizes[unit]
        if all(load <= rooms[agent] for agent, load in loads.items()):
            gained = sum(market.weight(unit, agent) for unit, agent in enumerate(where) if agent != OUT)
            paid = sum(sum(slots(market.ladders[agent])[:load]) for agent, load in loads.items())
            found = max(found, gained - paid)
    return found


@_LAW
@given(_FAMILIES)
def test_every_unit_has_an_agent_who_may_call_it_or_none_and_no_load_is_over(market: Market) -> None:
    sale = sell(market)
    for unit, agent in enumerate(sale.where):
        assert agent == OUT or agent in dict(market.row(unit))
    assert all(load <= len(slots(market.ladders[agent])) for agent, load in _loads(market, sale).items())


@_LAW
@given(st.one_of(_MARKETS, _FAMILIES))
def test_numpy_gives_the_same_plan_and_prices(market: Market) -> None:
    assert sell(market, Fast(market)) == sell(market, Plain())


@pytest.mark.parametrize("seed", range(3))
def test_numpy_gives_the_same_plan_on_a_list_of_thousands(seed: int) -> None:
    market = _market(3000, 12, seed, (1, 1, 1, 2))
    assert quickest(market).__class__ is (Fast if len(market.agents) >= 20_000 else Plain)
    assert sell(market, Fast(market)) == sell(market, Plain())


def test_without_numpy_the_plain_rounds_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def blocked(name: str, *more: Any, **named: Any) -> Any:
        if name == "numpy" or name.startswith("numpy."):
            raise ModuleNotFoundError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", blocked)
    monkeypatch.setattr(fast.importlib.util, "find_spec", lambda name: None)
    market = _market(9000, 6, 1)
    assert len(market.agents) > 20_000
    assert isinstance(quickest(market), Plain)
    assert sell(market, quickest(market)).certificate.gap >= 0


def test_a_list_with_one_very_long_row_is_counted_without_numpy() -> None:
    rows = [
        [(agent, 10) for agent in range(900)],
        *([(unit % 900, 10), ((unit + 1) % 900, 9)] for unit in range(12_000)),
    ]
    assert isinstance(quickest(Market.of(rows, [((20, 0),)] * 900)), Plain)


@_LAW
@given(_MARKETS, st.integers(0, 59), st.integers(1, 500))
def test_raising_a_units_worth_does_not_take_its_place_away(market: Market, unit: int, more: int) -> None:
    unit %= len(market)
    before = sell(market)
    begin, end = market.starts[unit], market.starts[unit + 1]
    weights = market.weights[:]
    for arc in range(begin, end):
        weights[arc] += more
    after = sell(dataclasses.replace(market, weights=weights))
    unproven = before.certificate.gap + after.certificate.gap
    assert before.where[unit] == OUT or after.where[unit] != OUT or more * PARTS <= unproven


@_LAW
@given(_MARKETS, st.integers(0, 2**32))
def test_one_agent_more_never_lowers_the_value(market: Market, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - invented markets, no secrets
    new = len(market.ladders)
    rows = [[*market.row(unit), (new, chance.randrange(0, 1000))] for unit in range(len(market))]
    with_one_more = Market.of(rows, (*market.ladders, ((5, 0),)))
    after = sell(with_one_more)
    assert after.certificate.value >= sell(market).certificate.value - len(market) * after.eps


def test_a_list_of_twenty_thousand_is_proven_to_a_hundredth_of_a_percent() -> None:
    market = _market(20_000, 10, 3)
    assert sell(market, quickest(market)).certificate.share <= 0.0001


def test_room_that_households_leave_over_is_used() -> None:
    # Four dials of room: the household of three and the single one fill it.
    rows = [[(0, 90)], [(0, 70)], [(0, 20)]]
    sale = sell(Market.of(rows, [((4, 0),)], [3, 2, 1]))
    assert sale.certificate.value == 110 * PARTS
    chance = random.Random(4)  # noqa: S311 - invented markets, no secrets
    sizes = [chance.choice((1, 1, 2, 3, 4, 6)) for _ in range(2000)]
    many = [[(agent, 3000 * size + chance.randrange(1000)) for agent in range(10)] for size in sizes]
    assert sell(Market.of(many, [((400, 0),)] * 10, sizes)).certificate.share <= 0.002


def test_nobody_to_call_and_nobody_who_calls_are_plans_too() -> None:
    assert sell(Market.of([], [((3, 0),)])).where == ()
    assert sell(Market.of([[], []], [])).where == (OUT, OUT)
    assert sell(Market.of([[(0, 5)]], [((0, 0),)])).where == (OUT,)


def test_the_best_of_a_list_are_taken_in_their_order() -> None:
    assert largest([5, 1, 9, 5, 5], 3) == [0, 2, 3]
    assert largest([5, 1], 7) == [0, 1]
    assert largest([5, 1], 0) == []


@_LAW
@given(st.lists(st.integers(-5, 5), max_size=40), st.integers(-1, 45))
def test_numpy_takes_the_same_best_of_a_list(values: list[int], count: int) -> None:
    assert best(array("q", values), count) == largest(values, count)
