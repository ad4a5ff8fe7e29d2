"""Rates with Garwood's exact interval, held against an oracle of its own, and the dispersion of counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, poisson
from statsmodels.stats.rates import confint_poisson

from incidentbook.statistics.rates import dispersion, expected, rate, time_between


@given(st.integers(1, 5000), st.floats(0.1, 1e5))
def test_the_interval_of_the_time_between_is_garwoods(count: int, exposure: float) -> None:
    found = time_between(count, exposure)
    assert found.low == pytest.approx(2 * exposure / chi2.ppf(0.975, 2 * count + 2))
    assert found.high == pytest.approx(2 * exposure / chi2.ppf(0.025, 2 * count))
    assert found.low < found.value < found.high


@pytest.mark.parametrize("count", [1, 8, 40])
def test_its_ends_are_the_rates_that_make_the_count_just_unlikely(count: int) -> None:
    found = rate(count, 1.0)
    assert poisson.cdf(count, found.high) == pytest.approx(0.025)
    assert poisson.sf(count - 1, found.low) == pytest.approx(0.025)
    assert (found.low, found.high) == pytest.approx(confint_poisson(count, 1.0, method="exact-c"))


def test_rate_and_time_between_are_each_others_inverse() -> None:
    often, seldom = rate(6, 90.0), time_between(6, 90.0)
    assert (often.value, seldom.value) == (6 / 90, 15.0)
    assert (1 / seldom.high, 1 / seldom.low) == pytest.approx((often.low, often.high))
    assert often.method == seldom.method == "Garwood, exact"


def test_without_an_event_there_is_one_bound_of_three_over_the_exposure() -> None:
    often, seldom = rate(0, 360.0), time_between(0, 360.0)
    assert (often.value, often.low, often.method) == (0.0, 0.0, "Garwood, one-sided bound")
    assert often.high == pytest.approx(-math.log(0.05) / 360)
    assert often.high == pytest.approx(3.0 / 360, abs=2e-5)
    assert (seldom.value, seldom.high) == (None, None)
    assert seldom.low == pytest.approx(360 / -math.log(0.05))
    assert seldom.refused == "n = 0: without an event there is only a lower bound"


def test_it_covers_the_truth_at_least_as_often_as_it_says() -> None:
    truth, exposure = 45.0, 360.0
    held = 0
    for count in np.random.default_rng(20250115).poisson(exposure / truth, 2000):
        found = time_between(int(count), exposure)
        assert found.low is not None
        held += found.low <= truth <= (math.inf if found.high is None else found.high)
    assert held / 2000 >= 0.95


@pytest.mark.parametrize("exposure", [0.0, -1.0, math.inf, math.nan])
def test_without_a_time_there_is_no_rate(exposure: float) -> None:
    for found in (rate(3, exposure), time_between(3, exposure)):
        assert (found.value, found.low) == (None, None)
        assert found.refused == "no time was watched in which events could have been counted"


def test_fewer_events_than_none_are_a_mistake_of_the_caller() -> None:
    for compute in (rate, time_between):
        with pytest.raises(ValueError, match="fewer than none"):
            compute(-1, 10.0)


def test_dispersion_by_hand() -> None:
    """Mean 4, squares 9 + 0 + 9 = 18: variance 9, ratio 9 / 4, chi-square 18 / 4 with 2 degrees of freedom."""
    found = dispersion([1, 4, 7])
    assert (found.n, found.ratio, found.over) == (3, 2.25, True)
    assert found.p == pytest.approx(math.exp(-18 / 4 / 2))
    assert found.plain() == {"n": 3, "ratio": 2.25, "p": found.p, "over": True, "refused": ""}


def test_dispersion_that_cannot_be_computed_is_said() -> None:
    assert dispersion([]).refused == "n = 0: the variance of counts needs 2 periods"
    assert dispersion([4]).refused == "n = 1: the variance of counts needs 2 periods"
    assert dispersion([0, 0, 0]).refused == "no event in any of 3 periods"
    assert not dispersion([0, 0, 0]).over
    assert (dispersion([5, 5, 5]).ratio, dispersion([5, 5, 5]).p) == (0.0, 1.0)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=40).filter(any))
def test_dispersion_is_pearsons_chi_square_of_a_poisson_model_over_its_degrees_of_freedom(counts: list[int]) -> None:
    mean = sum(counts) / len(counts)
    square = sum((count - mean) ** 2 / mean for count in counts)
    found = dispersion(counts)
    assert found.ratio == pytest.approx(square / (len(counts) - 1))
    assert found.p == pytest.approx(chi2.sf(square, len(counts) - 1), abs=1e-12)


def test_counts_that_vary_too_much_widen_the_interval_as_a_quasi_poisson_model_does() -> None:
    counts = [2, 11, 4, 0, 19, 6, 3, 9, 1, 14]
    found = rate(sum(counts), 10.0, counts)
    model = sm.GLM(counts, np.ones(10), family=sm.families.Poisson()).fit(scale="X2", use_t=True)
    assert (found.low, found.high) == pytest.approx(tuple(np.exp(model.conf_int()[0])))
    assert found.method == "quasi-Poisson, variance/mean 5.6"
    assert rate(sum(counts), 10.0).high < found.high


def test_counts_that_vary_as_chance_makes_them_leave_it_exact() -> None:
    assert rate(15, 3.0, [4, 5, 6]) == rate(15, 3.0)


def test_the_wider_interval_is_needed_and_enough_where_incidents_come_in_bunches() -> None:
    """Negative binomial months of mean 8 and variance 24: the exact interval of a Poisson process holds the mean too seldom."""
    rng, exact, wide = np.random.default_rng(20250115), 0, 0
    for months in rng.negative_binomial(4, 4 / 12, (1000, 24)):
        count = int(months.sum())
        narrow, found = rate(count, 24.0), rate(count, 24.0, months.tolist())
        exact += narrow.low <= 8 <= narrow.high
        wide += found.low <= 8 <= found.high
    assert exact / 1000 < 0.80
    assert wide / 1000 > 0.92


@given(st.integers(0, 2000))
def test_more_events_mean_more_expected_ones(count: int) -> None:
    (low, high), (next_low, next_high) = expected(count), expected(count + 1)
    assert low <= count <= high
    assert low < next_low
    assert high < next_high
