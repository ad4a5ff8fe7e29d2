"""The family of distributions that fits best: closed forms by hand, and that each is found where it is true."""

from __future__ import annotations

import json
import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import digamma

from incidentbook.statistics import families
from incidentbook.statistics.families import Fit
from incidentbook.statistics.survival import survival

RNG = np.random.default_rng


@pytest.mark.parametrize(
    ("family", "values"),
    [
        ("log-normal", RNG(1).lognormal(8, 1.1, 300)),
        ("Weibull", 3600 * RNG(1).weibull(2.5, 300)),
        ("gamma", RNG(3).gamma(4, 900, 600)),
    ],
)
def test_the_true_family_is_found(family: str, values: np.ndarray) -> None:
    found = families.families(values.tolist())
    assert found.best is not None
    assert found.best.family == family
    assert {fit.family for fit in found.fits} == {"log-normal", "Weibull", "gamma", "exponential"}


def test_the_exponential_is_never_far_behind_where_it_is_true() -> None:
    found = families.families(RNG(1).exponential(3600, 300).tolist())
    fits = {fit.family: fit.aic for fit in found.fits}
    assert found.best is not None
    assert fits["exponential"] - found.best.aic < 2
    assert "hardly better than" in found.words


def test_log_normal_and_exponential_by_their_closed_forms() -> None:
    values = RNG(5).lognormal(8, 1.1, 40).tolist()
    fits = {fit.family: fit for fit in families.families(values).fits}
    logs, n = [math.log(value) for value in values], len(values)
    mu, sigma = statistics.fmean(logs), statistics.pstdev(logs)
    likelihood = -sum(logs) - n * math.log(sigma * math.sqrt(2 * math.pi)) - n / 2
    assert fits["log-normal"].aic == pytest.approx(4 - 2 * likelihood)
    assert fits["log-normal"].parameters == pytest.approx({"scale": math.exp(mu), "sigma": sigma})
    mean = statistics.fmean(values)
    assert fits["exponential"].aic == pytest.approx(2 + 2 * n * (math.log(mean) + 1))
    assert fits["exponential"].parameters == pytest.approx({"scale": mean})


def test_open_exponential_durations_by_the_closed_form() -> None:
    """The mean is all the time that was watched over those that ended."""
    over, still_open = RNG(6).exponential(1000, 30).tolist(), [1500.0] * 10
    found = families.families(over, still_open)
    fits = {fit.family: fit for fit in found.fits}
    assert fits["exponential"].parameters["scale"] == pytest.approx((sum(over) + 15_000) / 30, rel=1e-3)
    assert (found.n, found.open) == (40, 10)


def test_weibull_and_gamma_solve_their_likelihood_equations() -> None:
    values = RNG(7).weibull(0.8, 80) * 3600
    fits = {fit.family: fit.parameters for fit in families.families(values.tolist()).fits}
    shape, logs = fits["Weibull"]["shape"], np.log(values)
    powers = values**shape
    assert (powers * logs).sum() / powers.sum() - 1 / shape == pytest.approx(logs.mean(), rel=1e-6)
    assert fits["Weibull"]["scale"] == pytest.approx(powers.mean() ** (1 / shape), rel=1e-4)
    shape = fits["gamma"]["shape"]
    assert math.log(shape) - digamma(shape) == pytest.approx(math.log(values.mean()) - logs.mean(), rel=1e-6)
    assert fits["gamma"]["scale"] == pytest.approx(values.mean() / shape)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ([], "n = 0: telling families apart needs 8 that are over"),
        ([5.0], "n = 1: telling families apart needs 8 that are over"),
        ([5.0] * 9, "all 9 values are the same: nothing says how far others would lie"),
        ([0.0] + [5.0] * 9, "1 of 10 values is not above zero and has no logarithm"),
        ([math.nan] + [5.0] * 9, "1 of 10 values is no finite number"),
        ([1e-300] * 8 + [1e300], "no two families can be fitted: the values hardly differ, or differ beyond measure"),
    ],
)
def test_what_cannot_be_fitted_is_refused(over: list[float], words: str) -> None:
    found = families.families(over)
    assert (found.best, found.lead, found.refused) == (None, None, words)
    assert found.words == f"no family: {words}"


def test_the_share_at_a_time_by_the_closed_forms() -> None:
    normal = statistics.NormalDist()
    for fit, shares in (
        (
            Fit("log-normal", {"scale": 60.0, "sigma": 2.0}, 0),
            [normal.cdf(math.log(at / 60) / 2) for at in (1, 60, 600)],
        ),
        (Fit("Weibull", {"scale": 60.0, "shape": 2.0}, 0), [1 - math.exp(-((at / 60) ** 2)) for at in (1, 60, 600)]),
        (Fit("gamma", {"scale": 60.0, "shape": 1.0}, 0), [1 - math.exp(-at / 60) for at in (1, 60, 600)]),
        (Fit("exponential", {"scale": 60.0}, 0), [1 - math.exp(-at / 60) for at in (1, 60, 600)]),
    ):
        assert families.shares(fit, [1, 60, 600]) == pytest.approx(shares), fit.family


def test_the_distance_is_that_of_kolmogorov() -> None:
    values = RNG(8).lognormal(8, 1.1, 50).tolist()
    best = families.families(values).best
    assert best is not None
    cdf = stats.lognorm(best.parameters["sigma"], scale=best.parameters["scale"]).cdf
    assert families.distance(best, survival(sorted(values))) == pytest.approx(stats.ks_1samp(values, cdf).statistic)


def test_how_many_are_not_over_is_said() -> None:
    assert (
        "n = 40, 10 of them not over)" in families.families(RNG(6).exponential(1000, 30).tolist(), [1500.0] * 10).words
    )


def test_all_open_are_refused() -> None:
    assert families.families([], [5.0] * 20).refused == "n = 0: telling families apart needs 8 that are over"


def test_a_family_that_cannot_be_fitted_is_named() -> None:
    found = families.families([1.0] * 20 + [1.0000001])
    assert found.unfitted == ("gamma",)
    assert json.loads(json.dumps(found.plain()))["unfitted"] == ["gamma"]


@settings(max_examples=30)
@given(st.lists(st.floats(1, 1e6), min_size=8, max_size=30, unique=True))
def test_another_unit_changes_no_order_and_no_lead(values: list[float]) -> None:
    found, other = families.families(values), families.families([value / 60 for value in values])
    if found.lead is not None and found.lead > 0.01:
        assert other.best is not None
        assert found.best is not None
        assert other.best.family == found.best.family
        assert other.lead == pytest.approx(found.lead, abs=0.05)
