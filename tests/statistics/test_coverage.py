"""How often the intervals hold the truth: log-normal durations, sigma 1.1. The figures stand in docs/guide/statistics.md.

One fixed seed; the bounds are three standard errors of the draws around what 4,000 draws gave.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from incidentbook.statistics import means, quantiles, rates
from incidentbook.statistics.intervals import Estimate
from incidentbook.statistics.survival import survival

pytestmark = pytest.mark.no_cover  # of code: hundreds of draws go through the same lines
SIGMA = 1.1
TRUTH = {
    name: math.exp(SIGMA * z)
    for name, z in {"median": 0.0, "P90": 1.2815515655446004, "P95": 1.6448536269514722}.items()
}


def coverage(estimate: Callable[[list[float]], Estimate], truth: float, n: int, draws: int) -> float:
    """Return the share of draws of ``n`` durations whose interval holds the truth. An end that is not known holds it."""
    held = 0
    for values in np.random.default_rng(n).lognormal(0, SIGMA, (draws, n)).tolist():
        found = estimate(values)
        low, high = -math.inf if found.low is None else found.low, math.inf if found.high is None else found.high
        held += low <= truth <= high
    return held / draws


@pytest.mark.parametrize(
    ("name", "n"),
    [("median", n) for n in (8, 24, 60, 200)] + [("P90", n) for n in (36, 60, 200)] + [("P95", n) for n in (72, 200)],
)
def test_quantiles_hold_the_truth_as_often_as_they_say(name: str, n: int) -> None:
    assert 0.935 <= coverage(lambda values: quantiles.quantile(values, name), TRUTH[name], n, 600) <= 1


@pytest.mark.parametrize("n", [8, 24, 60, 200])
def test_so_does_the_geometric_mean(n: int) -> None:
    assert 0.92 <= coverage(means.geometric_mean, 1.0, n, 600) <= 0.98


@pytest.mark.parametrize(
    ("n", "least", "most"), [(8, 0.71, 0.87), (24, 0.80, 0.94), (60, 0.85, 0.97), (200, 0.88, 0.98)]
)
def test_the_mean_holds_it_less_often_and_its_method_says_so(n: int, least: float, most: float) -> None:
    found = coverage(means.mean, math.exp(SIGMA**2 / 2), n, 250)
    assert least <= found <= most
    assert "not in 95 %" in means.method(n)


@pytest.mark.parametrize("n", [8, 24, 60, 200])
def test_medians_hold_it_where_a_seventh_is_open(n: int) -> None:
    rng, held, left = np.random.default_rng(n), 0, 0
    for _ in range(400):
        ends, watched = rng.lognormal(0, SIGMA, n), rng.lognormal(1.6, SIGMA, n)
        over = ends <= watched
        left += int(n - over.sum())
        found = survival(ends[over].tolist(), watched[~over].tolist()).quantile("median")
        assert found.low is not None
        held += found.low <= 1.0 <= (math.inf if found.high is None else found.high)
    assert 0.92 <= held / 400 <= 1
    assert 0.1 < left / 400 / n < 0.2


def test_dropping_what_is_open_or_taking_it_as_over_misses_the_truth() -> None:
    """The reason for the curve: with half of them open, either shortcut makes the typical duration much too short."""
    rng, held = np.random.default_rng(1), {"curve": 0, "dropped": 0, "over": 0}
    for _ in range(200):
        ends, watched = rng.lognormal(0, SIGMA, 60), rng.lognormal(-0.3, SIGMA, 60)
        over, times = ends <= watched, np.minimum(ends, watched)
        for name, found in (
            ("curve", survival(times[over].tolist(), times[~over].tolist()).quantile("median")),
            ("dropped", quantiles.quantile(times[over].tolist(), "median")),
            ("over", quantiles.quantile(times.tolist(), "median")),
        ):
            held[name] += found.low is not None and found.low <= 1.0 <= (math.inf if found.high is None else found.high)
    assert held["curve"] > 182
    assert held["dropped"] < 60
    assert held["over"] < 20


def bunches(rng: np.random.Generator, weekly: float, size: float) -> tuple[list[int], int]:
    """Return the counts of 51 weeks, in which bunches of ``size`` incidents come ``weekly``, and that of their last 30 days."""
    weeks = [int(rng.geometric(1 / size, count).sum()) for count in rng.poisson(weekly, 51)]
    return weeks, sum(weeks[-4:]) + int(rng.binomial(weeks[-5], 2 / 7))


@pytest.mark.parametrize(
    ("weekly", "size", "least", "alone"),
    [(1, 1, 0.95, 1.0), (3, 1, 0.94, 1.0), (2, 2, 0.93, 0.82), (1, 3, 0.92, 0.72), (0.5, 5, 0.83, 0.58)],
)
def test_the_rate_of_a_month_is_as_uncertain_as_the_weeks_before_it(
    weekly: float, size: float, least: float, alone: float
) -> None:
    """By the month alone, as Poisson, incidents that come in bunches would miss the truth in a quarter of cases or more."""
    rng = np.random.default_rng(1)
    held = poisson = 0
    for _ in range(600):
        weeks, count = bunches(rng, weekly, size)
        for found, name in ((rates.rate(count, 30 / 7, weeks), "weeks"), (rates.rate(count, 30 / 7), "month")):
            holds = (found.low or 0.0) <= weekly * size <= (math.inf if found.high is None else found.high)
            held += holds and name == "weeks"
            poisson += holds and name == "month"
    assert held / 600 >= least
    assert poisson / 600 <= alone
