from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.indicators.interval import wilson


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (8, 20, 0.218807, 0.613418),
        (0, 12, 0, 0.242494),
        (12, 12, 0.757506, 1),
        (6, 40, 0.070612, 0.290723),
    ],
)
def test_the_interval_is_wilsons(x: int, n: int, low: float, high: float) -> None:
    assert wilson(x, n) == pytest.approx((low, high), abs=5e-7)


def test_the_interval_of_nobody_is_undefined() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_zero_and_one(drawn: tuple[int, int]) -> None:
    x, n = drawn
    found = wilson(x, n)
    assert found is not None
    assert 0 <= found[0] <= x / n + 1e-12
    assert x / n - 1e-12 <= found[1] <= 1
