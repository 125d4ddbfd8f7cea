"""The eighteen rates: the worked example, what is undefined, and their laws."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.domain.disposition import Class
from callcenter.rates.formulas import NAMES, Counts, effective_size, eligible_share, fraction, rates_of

_WORKED = Counts(I=40, P=10, R=20, NC=20, O=10, UH=10, UO=30, NE=25)
_EXPECTED = {
    "RR1": 0.285714, "RR2": 0.357143, "RR3": 0.303030, "RR4": 0.378788, "RR5": 0.4, "RR6": 0.5,
    "COOP1": 0.5, "COOP2": 0.625, "COOP3": 0.571429, "COOP4": 0.714286,
    "REF1": 0.142857, "REF2": 0.151515, "REF3": 0.2, "CON1": 0.571429, "CON2": 0.606061, "CON3": 0.8,
    "LOC1": 0.714286, "LOC2": 0.757576,
}  # fmt: skip
_NEEDS_E = {"RR3", "RR4", "REF2", "CON2", "LOC2"}

whole = st.integers(min_value=0, max_value=400)
counts = st.builds(Counts, I=whole, P=whole, R=whole, NC=whole, O=whole, UH=whole, UO=whole, NE=whole)
shares = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize("name", NAMES)
def test_the_worked_example_gives_every_rate(name: str) -> None:
    assert rates_of(_WORKED, 0.8)[name] == pytest.approx(_EXPECTED[name], abs=5e-7)


def test_the_share_of_eligible_ones_is_estimated_over_known_cases() -> None:
    assert eligible_share(_WORKED) == 0.8


def test_weights_are_summed_in_every_formula() -> None:
    found = Counts(I=3, R=1, NC=4, NE=2)
    assert eligible_share(found) == 0.8
    assert rates_of(found, 0.8)["RR1"] == 0.375
    assert rates_of(found, 0.8)["COOP1"] == 0.75


def test_nothing_at_all_makes_every_rate_undefined() -> None:
    assert eligible_share(Counts()) is None
    assert set(rates_of(Counts(), None).values()) == {None}


def test_only_ineligible_ones_make_every_rate_undefined_with_e_zero() -> None:
    found = Counts(NE=5)
    assert eligible_share(found) == 0
    assert set(rates_of(found, 0).values()) == {None}


def test_without_unknown_cases_an_undefined_e_does_not_matter() -> None:
    found = rates_of(Counts(I=3, NC=1), None)
    assert (found["RR3"], found["RR4"], found["LOC2"]) == (found["RR5"], found["RR6"], 1)


def test_with_unknown_cases_an_undefined_e_makes_its_rates_undefined() -> None:
    found = rates_of(Counts(UH=4), None)
    assert {name for name in NAMES if found[name] is None} >= _NEEDS_E
    assert found["RR1"] == 0


def test_nobody_of_some_is_zero_and_not_undefined() -> None:
    assert rates_of(Counts(R=4), None)["RR1"] == 0


def test_numerator_and_denominator_stand_beside_a_rate() -> None:
    assert fraction("RR2", _WORKED, 0.8) == (50, 140)
    assert fraction("RR3", Counts(I=1, UH=1), None) == (1, None)


def test_counts_of_classes_are_counted_once_each() -> None:
    found = Counts.of([Class.COMPLETE, Class.COMPLETE, Class.NOT_ELIGIBLE])
    assert found.as_dict() == {"I": 2, "P": 0, "R": 0, "NC": 0, "O": 0, "UH": 0, "UO": 0, "NE": 1}


def test_equal_weights_tell_as_much_as_their_number() -> None:
    assert effective_size([2.5] * 8) == pytest.approx(8)
    assert effective_size([2, 1, 1, 4, 2]) == pytest.approx(100 / 26)
    assert effective_size([0, 0]) == 0


@given(counts, shares)
def test_rates_stand_in_order_and_within_zero_and_one(found: Counts, e: float) -> None:
    rates = rates_of(found, e)
    assert all(rate is None or 0 <= rate <= 1 for rate in rates.values())
    rising = ["RR1 RR3 RR5", "RR2 RR4 RR6", "RR1 RR2", "RR3 RR4", "RR5 RR6", "COOP1 COOP2", "COOP3 COOP4"]
    for chain in rising:
        known = [rate for name in chain.split() if (rate := rates[name]) is not None]
        assert all(low <= high for low, high in pairwise(known))


@given(counts)
def test_a_certain_e_makes_rr3_one_of_its_neighbours(found: Counts) -> None:
    assert rates_of(found, 1)["RR3"] == rates_of(found, 1)["RR1"]
    assert rates_of(found, 0)["RR3"] == rates_of(found, 0)["RR5"]


@given(counts, shares)
def test_rates_multiply_to_each_other(found: Counts, e: float) -> None:
    rates = rates_of(found, e)
    for product, first, second in (("CON1", "LOC1", "CON3"), ("RR1", "CON1", "COOP1"), ("RR5", "CON3", "COOP1")):
        one, other = rates[first], rates[second]
        if one is not None and other is not None:
            assert rates[product] == pytest.approx(one * other, abs=1e-12)


@given(counts, st.sampled_from([2, 10, 0.5]))
def test_doubling_the_file_or_scaling_the_weights_changes_no_rate(found: Counts, factor: float) -> None:
    scaled = Counts(**{name: count * factor for name, count in found.as_dict().items()})
    before, after = rates_of(found, eligible_share(found)), rates_of(scaled, eligible_share(scaled))
    assert {n: r is None for n, r in before.items()} == {n: r is None for n, r in after.items()}
    assert [r for r in after.values() if r is not None] == pytest.approx(
        [r for r in before.values() if r is not None]
    )


@given(counts, counts)
def test_the_weighted_mean_of_groups_is_the_total_rate(one: Counts, other: Counts) -> None:
    both = Counts(**{name: count + getattr(other, name) for name, count in one.as_dict().items()})
    parts = [(rates_of(group, 1)["RR1"], group.known + group.unknown) for group in (one, other)]
    total, base = rates_of(both, 1)["RR1"], both.known + both.unknown
    if total is not None:
        assert sum((rate or 0) * size for rate, size in parts) / base == pytest.approx(total)
