"""How many a change would need: the figures of the specification, an oracle, and whether so many do find it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from incidentbook.statistics import needed


@pytest.mark.parametrize(("fall", "n"), [(0.1, 1757), (0.2, 392), (0.3, 154), (0.5, 41)])
def test_durations_as_they_usually_spread_need_as_many_as_is_known(fall: float, n: int) -> None:
    assert needed.for_durations(-fall) == n


@given(st.floats(-0.9, 3).filter(lambda change: abs(change) > 0.02), st.floats(0.3, 2))
def test_durations_need_what_a_z_test_of_their_logarithms_does(change: float, sigma: float) -> None:
    power = NormalIndPower().power(abs(math.log1p(change)) / sigma, needed.for_durations(change, sigma), 0.05)
    assert power >= 0.8
    n = needed.for_durations(change, sigma)
    assert n is not None
    if n > 2:
        assert NormalIndPower().power(abs(math.log1p(change)) / sigma, n - 1, 0.05) < 0.801


def test_so_many_durations_do_find_it_in_four_of_five_cases() -> None:
    n = needed.for_durations(-0.3, 1.1)
    assert n is not None
    logs = np.random.default_rng(20250115).normal(0, 1.1, (2, 4000, n))
    found = ttest_ind(logs[0], logs[1] + math.log(0.7), axis=1).pvalue < 0.05
    assert 0.78 < found.mean() < 0.82


@pytest.mark.parametrize("dispersion", [1.0, 3.0])
def test_so_many_incidents_do_find_a_change_of_their_rate_in_four_of_five_cases(dispersion: float) -> None:
    n = needed.for_counts(-0.3, dispersion)
    assert n is not None
    rng = np.random.default_rng(20250115)
    if dispersion == 1:
        before, after = rng.poisson(n, 4000), rng.poisson(0.7 * n, 4000)
    else:
        size = 1 / (dispersion - 1)
        before, after = (rng.negative_binomial(mean * size, 1 / dispersion, 4000) for mean in (n, 0.7 * n))
    z = 2 * (np.sqrt(before) - np.sqrt(after)) / math.sqrt(2 * dispersion)
    assert 0.77 < (np.abs(z) > 1.96).mean() < 0.83


@given(st.floats(0, 1), st.floats(0, 1))
def test_shares_need_what_cohen_says(before: float, after: float) -> None:
    n, effect = needed.for_proportions(before, after), abs(proportion_effectsize(after, before))
    if effect < 0.01:
        return
    assert n is not None
    assert NormalIndPower().power(effect, n, 0.05) >= 0.8
    assert n == 2 or NormalIndPower().power(effect, n - 1, 0.05) < 0.801


def test_no_number_is_enough_where_nothing_changed_and_none_is_known_for_a_fall_to_zero() -> None:
    assert needed.for_durations(0.0) is None
    assert needed.for_durations(-1.0) is None
    assert needed.for_counts(0.0) is None
    assert needed.for_proportions(0.4, 0.4) is None
    assert needed.for_durations(1e-9) is None, "more than a million is never"


def test_a_fall_to_no_incident_at_all_needs_four_before() -> None:
    assert needed.for_counts(-1.0) == 4


@given(st.floats(-0.95, -0.02), st.floats(0.3, 2))
def test_a_greater_fall_needs_fewer_and_a_greater_spread_more(change: float, sigma: float) -> None:
    n = needed.for_durations(change, sigma)
    assert n is not None
    assert needed.for_durations(change * 1.05, sigma) <= n <= needed.for_durations(change, sigma * 1.1)
    assert needed.for_counts(change * 1.05) <= needed.for_counts(change) <= needed.for_counts(change, 2.0)


@given(st.integers(8, 5000), st.floats(0.3, 2))
def test_the_least_fall_is_the_change_that_needs_so_many(n: int, sigma: float) -> None:
    fall = needed.least_fall_of_durations(n, sigma)
    if fall < 0.999:
        assert needed.for_durations(-fall, sigma) == pytest.approx(n, abs=1.01)
    counts = needed.least_fall_of_counts(n)
    assert counts is not None
    assert needed.for_counts(-counts) == pytest.approx(n, abs=1.01)


def test_with_three_incidents_not_even_none_would_be_seen() -> None:
    assert needed.least_fall_of_counts(0) is None
    assert needed.least_fall_of_counts(3) is None
    assert needed.least_fall_of_counts(4) is not None


def test_the_spread_of_logarithms_is_pooled_within_the_groups() -> None:
    """1 and e^2 spread by 2 about 1; 10 and 10 e^2 too: squares 2 + 2 over 2 degrees of freedom."""
    far, near = [1.0, math.e**2], [10.0, 10 * math.e**2]
    assert needed.spread_of_logs(far, near) == pytest.approx(math.sqrt(2))
    assert needed.spread_of_logs([0.0, -1.0], []) is None
    assert needed.spread_of_logs([3.0, 3.0], [4.0]) is None
