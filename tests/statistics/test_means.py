"""Mean and geometric mean: against scipy's bootstrap and statsmodels, and where they have no interval."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap
from statsmodels.stats.weightstats import DescrStatsW

from incidentbook.statistics import means
from incidentbook.statistics.intervals import Estimate
from incidentbook.statistics.means import MOST_RESAMPLED, RESAMPLES, SEED, geometric_mean, mean, method

POSITIVE = st.floats(1e-3, 1e9)


def sample(n: int) -> list[float]:
    """Return durations in whole seconds, whose sums are exact: scipy takes means for equal only where they are to the bit."""
    return np.random.default_rng(n).lognormal(8, 1.1, n).round().tolist()


@pytest.mark.parametrize("n", [3, 8, 24, 60, 500])
def test_the_interval_of_the_mean_is_the_bca_bootstrap_of_scipy_with_that_seed(n: int) -> None:
    values = np.array(sample(n))
    oracle = bootstrap((values,), np.mean, method="BCa", n_resamples=RESAMPLES, rng=np.random.default_rng(SEED))
    found = mean(values.tolist())
    assert found.value == pytest.approx(values.mean())
    assert (found.low, found.high) == pytest.approx(oracle.confidence_interval)


def test_above_500_it_is_students() -> None:
    values = sample(MOST_RESAMPLED + 1)
    found = mean(values)
    assert (found.low, found.high) == pytest.approx(DescrStatsW(values).tconfint_mean())
    assert found.method == "t interval"


@pytest.mark.parametrize("n", [3, 8, 1000])
def test_the_interval_of_the_geometric_mean_is_students_of_the_logarithms(n: int) -> None:
    values = sample(n)
    low, high = DescrStatsW(np.log(values)).tconfint_mean()
    found = geometric_mean(values)
    assert (found.low, found.high) == pytest.approx((math.exp(low), math.exp(high)))
    assert found.value == pytest.approx(statistics.geometric_mean(values))


def test_by_hand() -> None:
    """The logarithms to base 2 are 0, 1 and 2: mean 1, deviation 1, and Student's 4.3027 of 2 degrees of freedom."""
    found = geometric_mean([1.0, 2.0, 4.0])
    assert found.value == pytest.approx(2.0)
    assert found.high == pytest.approx(2 ** (1 + 4.302653 / math.sqrt(3)))


@pytest.mark.parametrize(
    ("n", "worth"),
    [(3, "75 % or less"), (7, "75 % or less"), (8, "75 to 88 %"), (60, "75 to 88 %"), (61, "88 to 94 %")],
)
def test_the_method_says_what_the_interval_of_the_mean_is_worth(n: int, worth: str) -> None:
    assert method(n) == f"BCa bootstrap; holds the mean of durations in {worth} of cases, not in 95 %"


@pytest.mark.parametrize("estimate", [mean, geometric_mean])
def test_too_few_have_a_value_and_no_interval(estimate: Callable[[list[float]], Estimate]) -> None:
    assert (estimate([]).value, estimate([]).refused) == (None, "n = 0: nothing was measured")
    assert (estimate([7.0]).value, estimate([7.0]).low) == (7.0, None)
    two = estimate([4.0, 4.0])
    assert two.value == 4.0
    assert two.refused.startswith("n = 2: a finite interval of the")


@pytest.mark.parametrize("estimate", [mean, geometric_mean])
def test_values_that_are_all_the_same_say_nothing_of_their_spread(estimate: Callable[[list[float]], Estimate]) -> None:
    for count in (3, 8, 501):
        found = estimate([0.1] * count)
        assert (found.value, found.low, found.method) == (0.1, None, "")
        assert found.refused == f"all {count} values are the same: nothing says how far others would lie"


@pytest.mark.parametrize("estimate", [mean, geometric_mean])
def test_what_is_no_number_is_refused(estimate: Callable[[list[float]], Estimate]) -> None:
    assert estimate([1.0, math.nan, 2.0]).refused == "1 of 3 values is no finite number"
    assert estimate([1.0, math.inf, 2.0]).value is None


def test_zeros_and_negative_values_have_a_mean_and_no_geometric_mean() -> None:
    values = [-3.0, 0.0, 6.0]
    assert mean(values).value == 1.0
    assert mean(values).low is not None
    found = geometric_mean(values)
    assert (found.value, found.refused) == (None, "2 of 3 values are not above zero and have no logarithm")


def test_the_greatest_and_the_least_numbers_there_are_do_not_overflow() -> None:
    found = mean([1.7e308, 1.6e308, 1.5e308, 1.7e308])
    assert found.value == pytest.approx(1.625e308)
    assert found.low is not None
    assert 1.5e308 <= found.low <= found.value <= (found.high or 0) <= 1.7e308
    assert mean([0.0, 0.0, 0.0]).value == 0.0
    assert geometric_mean([1e-300, 1e300, 1.0]).high is None, "no number is that great: no bound"


def test_values_that_differ_by_less_than_rounding_still_have_an_answer() -> None:
    found = mean([1.0] * 400 + [1.0 + 1e-15])
    assert found.value == pytest.approx(1.0)
    assert (found.low is None) == bool(found.refused)


def test_an_interval_that_came_out_as_no_number_would_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = means._bca([1.0, 1.0, 1.0])
    assert all(map(math.isnan, ends)), "without any spread there is nothing to correct by"
    monkeypatch.setattr(means, "_bca", lambda _: ends)
    found = mean([1.0, 2.0, 3.0])
    assert (found.value, found.low, found.high, found.method) == (2.0, None, None, "")
    assert found.refused == "n = 3: the values hardly differ, and resampling them gives no interval"


@given(st.lists(POSITIVE, min_size=1, max_size=40))
def test_means_lie_between_the_least_and_the_greatest_and_in_their_interval(values: list[float]) -> None:
    for found in (mean(values), geometric_mean(values)):
        assert found.value is not None
        assert min(values) <= found.value <= max(values)
        if found.low is not None and found.high is not None:
            assert found.low <= found.value * (1 + 1e-9)
            assert found.value <= found.high * (1 + 1e-9)
        assert bool(found.refused) == (found.low is None and found.high is None)
    assert geometric_mean(values).value <= mean(values).value * (1 + 1e-9)


@given(st.lists(POSITIVE, min_size=3, max_size=20, unique=True), st.sampled_from([60.0, 0.001, 7.3]))
def test_another_unit_changes_nothing_else(values: list[float], unit: float) -> None:
    for estimate in (mean, geometric_mean):
        found, other = estimate(values), estimate([value * unit for value in values])
        assert other.value == pytest.approx(found.value * unit)
        if found.low is not None and other.low is not None:
            assert (other.low, other.high) == pytest.approx((found.low * unit, (found.high or 0) * unit), rel=1e-6)
