"""What real incidents come to, recomputed with statsmodels or by hand. docs/guide/statistics.md states these figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.nonparametric import rank_compare_2indep
from statsmodels.stats.rates import confint_poisson
from statsmodels.stats.weightstats import DescrStatsW

from incidentbook.statistics import compare, control, means, quantiles, rates
from incidentbook.statistics.families import families
from incidentbook.statistics.survival import survival


def test_google_clouds_median_time_to_resolve(google: list[float]) -> None:
    """148 durations: 1 h 40 min, with 95 % between 1 h 29 min and 2 h 5 min."""
    found = quantiles.quantile(google, "median")
    assert (found.n, found.value, found.low, found.high) == (148, 6000.5, 5325, 7500)
    ordered = sorted(google)
    assert found.value == (ordered[73] + ordered[74]) / 2
    chances = [math.comb(148, k) / 2**148 for k in range(149)]
    low = next(k for k in range(149) if sum(chances[: k + 1]) >= 0.025) - 1
    assert (found.low, found.high) == (ordered[low], ordered[147 - low])


def test_google_clouds_tail_and_means(google: list[float]) -> None:
    assert min(google) > 0
    p90, p95 = quantiles.quantile(google, "P90"), quantiles.quantile(google, "P95")
    assert (p90.value, p90.low, p90.high) == (pytest.approx(45_855.7), 23_316, 49_777)
    assert (p95.value, p95.low, p95.high) == (pytest.approx(49_587.65), 47_100, 76_810)
    found = means.geometric_mean(google)
    low, high = DescrStatsW(np.log(google)).tconfint_mean()
    assert (found.value, found.low, found.high) == pytest.approx((7687.3165, math.exp(low), math.exp(high)))
    mean = means.mean(google)
    assert mean.value == pytest.approx(13_675.878)
    assert mean.value > 2 * (quantiles.quantile(google, "median").value or 0), (
        "a mean of durations is no typical duration"
    )


def test_google_clouds_durations_are_log_normal(google: list[float]) -> None:
    found = families(google)
    assert found.words == "log-normal fits best (AIC 38.6 below exponential, n = 148)"
    assert found.best is not None
    assert found.best.parameters == pytest.approx({"scale": 7687.3165, "sigma": 1.020165}, rel=1e-5)
    logs = np.log(google)
    ours = (
        4 - 2 * sm.OLS(logs, np.ones(148)).fit().llf + 2 * logs.sum()
    )  # normal logarithms, and the change of variable
    assert found.best.aic == pytest.approx(ours)


def test_had_google_cloud_been_looked_at_while_every_fifth_was_open(google: list[float]) -> None:
    """All that is longer than six hours is open after six hours: the median stays, and P90 is not reached."""
    over, still_open = [value for value in google if value <= 21_600], [21_600.0 for value in google if value > 21_600]
    curve = survival(over, still_open)
    assert curve.quantile("median").value == quantiles.quantile(google, "median").value
    assert curve.quantile("P90").value is None
    assert curve.quantile("P90").refused == f"{len(still_open)} of 148 are open: the P90 is not reached yet"
    model = SurvfuncRight([*over, *still_open], [1] * len(over) + [0] * len(still_open))
    found = curve.quantile("median")
    assert (found.low, found.high) == model.quantile_ci(0.5, method="cloglog")


def test_google_clouds_two_halves_are_compared_as_statsmodels_compares_them(google: list[float]) -> None:
    found = compare.durations(google[:74], google[74:])
    assert found.p == pytest.approx(rank_compare_2indep(google[:74], google[74:]).pvalue)


def test_githubs_rate(github: list[int]) -> None:
    """832 incidents in 107 months: 7.8 a month; 7.3 to 8.3 if they came singly, 6.6 to 9.1 as they come."""
    assert (sum(github), len(github)) == (832, 107)
    single, found = rates.rate(832, 107), rates.rate(832, 107, github)
    assert (single.low, single.high) == pytest.approx(confint_poisson(832, 107, method="exact-c"))
    model = sm.GLM(github, np.ones(107), family=sm.families.Poisson()).fit(scale="X2", use_t=True)
    assert (found.low, found.high) == pytest.approx(tuple(np.exp(model.conf_int()[0])))
    shown = [round(value or 0, 2) for value in (found.value, single.low, single.high, found.low, found.high)]
    assert shown == [7.78, 7.26, 8.32, 6.61, 9.15]


def test_github_measured_no_duration_and_no_mean_is_made_of_zeros(github_durations: list[float]) -> None:
    assert set(github_durations) == {0.0}
    assert means.geometric_mean(github_durations).refused.startswith("832 of 832 values are not above zero")
    assert means.mean(github_durations).low is None
    assert families(github_durations).best is None
    assert control.durations(github_durations).points == ()


def test_githubs_months_vary_five_times_as_much_as_chance_alone_would_make_them(github: list[int]) -> None:
    found = rates.dispersion(github)
    assert found.ratio == pytest.approx(np.var(github, ddof=1) / np.mean(github))
    assert found.ratio == pytest.approx(5.606, abs=5e-4)
    assert found.p is not None
    assert found.p < 1e-60
    assert found.over


def test_a_poisson_test_would_see_a_change_in_github_that_is_none(github: list[int]) -> None:
    """2010 (from February) against 2011: 84 incidents, then 57."""
    before, after = github[:11], github[11:23]
    months = (11.0, 12.0)
    plain = compare.counts(sum(before), sum(after), months)
    found = compare.counts(sum(before), sum(after), months, (before, after))
    assert (sum(before), sum(after)) == (84, 57)
    assert plain.verdict == "lower"
    assert found.p is not None
    assert plain.p is not None
    assert found.p > 5 * plain.p


def test_githubs_busy_months_stand_out_on_the_chart_of_counts(github: list[int]) -> None:
    chart = control.counts(github, [1.0] * len(github))
    assert chart.points[0].centre == pytest.approx(832 / 107)
    beyond = [github[index] for index, point in enumerate(chart.points) if control.BEYOND in point.signals]
    assert 34 in beyond
    assert all(count > 15 for count in beyond)
