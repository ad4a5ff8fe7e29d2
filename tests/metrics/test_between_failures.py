"""MTBF with Garwood's exact interval, held against an oracle of its own: scipy's chi-square quantiles and simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, poisson

from incidentbook.metrics.between_failures import interval
from kb import incident, repo
from metrics_of import measured

POLICY = {"mtbf": {"severities": ["sev1", "sev2"], "exposure": "30d"}}


@given(st.integers(1, 5000), st.floats(0.1, 1e5))
def test_the_interval_is_garwoods(failures: int, exposure: float) -> None:
    low, high = interval(failures, exposure)
    assert low == pytest.approx(2 * exposure / chi2.ppf(0.975, 2 * failures + 2))
    assert high == pytest.approx(2 * exposure / chi2.ppf(0.025, 2 * failures))
    assert high is not None
    assert low < exposure / failures < high


@pytest.mark.parametrize("failures", [1, 8, 40])
def test_its_ends_are_the_rates_that_make_the_count_just_unlikely(failures: int) -> None:
    low, high = interval(failures, 1.0)
    assert high is not None
    assert poisson.cdf(failures, 1 / low) == pytest.approx(0.025)
    assert poisson.sf(failures - 1, 1 / high) == pytest.approx(0.025)


def test_without_a_failure_there_is_one_bound_of_exposure_over_three() -> None:
    low, high = interval(0, 360.0)
    assert high is None
    assert low == pytest.approx(360 / -math.log(0.05))
    assert 360 / low == pytest.approx(3.0, abs=0.005)


def test_it_covers_the_truth_at_least_as_often_as_it_says() -> None:
    truth, exposure = 45.0, 360.0
    rng = np.random.default_rng(20250115)
    held = 0
    for failures in rng.poisson(exposure / truth, 2000):
        low, high = interval(int(failures), exposure)
        held += low <= truth <= (high if high is not None else math.inf)
    assert held / 2000 >= 0.95


def test_failures_are_incidents_of_the_severities_in_policy_that_started_in_the_exposure() -> None:
    made = repo(
        incident(1, "2025-01-10T00:00:00Z", severity="sev1"),
        incident(2, "2025-01-20T00:00:00Z"),
        incident(3, "2025-01-20T00:00:00Z", severity="sev3"),
        incident(4, "2025-01-01T00:00:00Z"),  # before the 30 days to 1 February
        incident(5, "2025-01-20T00:00:00Z", exercise=True),
        incident(6, "2025-01-20T00:00:00Z", severity="sev3", near_miss=True),
        metrics=POLICY,
    )
    found = measured(made)["mtbf"]
    assert (found.n, found.value, found.text) == (2, 15.0, "15.0 days")
    assert found.excluded == {"drill": 1}, "what is of another severity would not have counted anyway"
    assert found.definition == "30 days of exposure divided by the SEV-1 and SEV-2 incidents that started in them"
    assert found.window is not None
    assert found.window.seconds == 30 * 86_400


def test_the_exposure_is_policys_and_not_the_windows() -> None:
    made = repo(incident(1, "2025-01-10T00:00:00Z"), metrics=POLICY)
    assert measured(made, start="2025-01-31")["mtbf"].n == 1


def test_no_failure_has_no_mean_and_says_what_can_be_said() -> None:
    found = measured(repo(metrics=POLICY))["mtbf"]
    assert (found.value, found.text, found.high) == (None, "N/A", None)
    assert found.note == "no failure in 30 days: at least 10.0 days with 95 % confidence"


def test_an_exposure_that_cannot_be_read_is_the_default() -> None:
    found = measured(repo(incident(1), metrics={"mtbf": {"exposure": "a year"}}))["mtbf"]
    assert found.value == 360.0
