"""Median, P90 and P95: by hand, against scipy's `quantile_test`, and whatever the values are."""

from __future__ import annotations

import math
import statistics
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import quantile_test

from incidentbook.statistics.intervals import LEAST
from incidentbook.statistics.quantiles import QUANTILES, quantile, ranks

NUMBERS = st.floats(-1e300, 1e300)
NAMES = st.sampled_from(sorted(QUANTILES))


def test_ten_values_by_hand() -> None:
    """With n = 10 and p = 1/2 the binomial puts 11 / 1024 below 2 and 56 / 1024 below 3: the second and the ninth."""
    found = quantile([10, 20, 30, 40, 50, 60, 70, 80, 90, 1000], "median")
    assert (found.value, found.low, found.high, found.n) == (55, 20, 90, 10)
    assert found.method == "exact, from order statistics"
    assert found.refused == ""


def test_six_values_reach_from_the_least_to_the_greatest() -> None:
    found = quantile([5, 3, 1, 2, 6, 4], "median")
    assert (found.value, found.low, found.high) == (3.5, 1, 6)


def test_its_ranks_hold_the_quantile_in_at_least_95_percent_by_adding_up_the_binomial() -> None:
    for n, p in ((6, 0.5), (25, 0.5), (36, 0.9), (100, 0.9), (72, 0.95), (150, 0.95)):
        low, high = ranks(n, p)
        chances = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        assert math.fsum(chances[low + 1 : high + 1]) >= 0.95
        assert math.fsum(chances[: low + 1]) <= 0.025 < math.fsum(chances[: low + 2])


@pytest.mark.parametrize("name", sorted(QUANTILES))
@pytest.mark.parametrize("n", [72, 73, 100, 999])
def test_it_is_the_interval_of_scipy(name: str, n: int) -> None:
    values = np.random.default_rng(n).lognormal(8, 1.1, n)
    low, high = quantile_test(values, p=QUANTILES[name]).confidence_interval(0.95)
    found = quantile(values.tolist(), name)
    assert (found.low, found.high) == (low, high)
    assert found.value == pytest.approx(np.quantile(values, QUANTILES[name]))


def test_nothing_and_one_value() -> None:
    nothing, one = quantile([], "median"), quantile([42.0], "P90")
    assert (nothing.value, nothing.n, nothing.refused) == (None, 0, "n = 0: nothing was measured")
    assert (one.value, one.low, one.high, one.method) == (42.0, None, None, "")
    assert one.refused == "n = 1: a finite interval of the P90 needs 36"


def test_values_that_are_all_the_same_have_an_interval_without_width() -> None:
    found = quantile([0.0] * 40, "P90")
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)


def test_a_value_that_is_no_number_is_refused_and_not_sorted_somewhere() -> None:
    found = quantile([1.0] * 10 + [math.nan], "median")
    assert (found.value, found.low, found.refused) == (None, None, "1 of 11 values is no finite number")


def test_the_greatest_numbers_there_are_do_not_overflow() -> None:
    assert quantile([-1.7e308, 1.7e308], "median").value == 0.0
    assert quantile([1.7e308] * 6, "median").high == 1.7e308


@given(st.lists(NUMBERS, min_size=1, max_size=80), NAMES)
def test_it_lies_in_its_interval_and_below_the_next(values: list[float], name: str) -> None:
    found = quantile(values, name)
    assert found.value is not None
    assert min(values) <= found.value <= max(values)
    if len(values) >= LEAST[name]:
        assert found.low is not None
        assert found.high is not None
        assert found.low <= found.value <= found.high
    assert (found.low is None) == (len(values) < LEAST[name]) == bool(found.refused)
    by_size = [quantile(values, which).value for which in sorted(QUANTILES, key=QUANTILES.__getitem__)]
    assert by_size == sorted(by_size)


@given(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=80), NAMES, st.randoms())
def test_neither_the_order_nor_the_unit_matters(values: list[int], name: str, random: Random) -> None:
    found, shuffled = quantile(values, name), random.sample(values, len(values))
    assert quantile(shuffled, name) == found
    minutes = quantile([value * 60 for value in values], name)
    assert minutes.value == pytest.approx(found.value * 60)
    assert minutes.low == (None if found.low is None else found.low * 60)


@given(st.lists(NUMBERS, min_size=1))
def test_the_median_is_pythons(values: list[float]) -> None:
    assert quantile(values, "median").value == pytest.approx(statistics.median(values), abs=1e-300)
