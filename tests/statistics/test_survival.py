"""Durations of which some are open: by hand, and against statsmodels and scipy."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from incidentbook.statistics.quantiles import QUANTILES, quantile
from incidentbook.statistics.survival import survival

DURATIONS = st.lists(st.integers(0, 500).map(float), max_size=60)


def test_five_by_hand() -> None:
    """At 10 one of five ends (4/5); at 20 one is open and leaves; at 30 one of three ends (4/5 x 2/3); at 50 the last."""
    curve = survival([10, 30, 50], [20, 40])
    assert [(step.at, step.at_risk) for step in curve.steps] == [(10, 5), (30, 3), (50, 1)]
    assert [step.share for step in curve.steps] == pytest.approx([0.8, 0.8 * 2 / 3, 0.0])
    assert (curve.over, curve.open, curve.quantile("median").value) == (3, 2, 50)
    assert curve.plain()["steps"][2] == {"at": 50, "share": 0.0, "low": 0.0, "high": None, "at_risk": 1}


def test_an_open_duration_of_the_same_length_was_still_watched_then() -> None:
    assert survival([10], [10]).steps[0].at_risk == 2


def test_it_is_the_curve_of_scipy_and_the_intervals_of_statsmodels() -> None:
    rng = np.random.default_rng(20250115)
    ends, watched = rng.lognormal(8, 1.1, 150), rng.lognormal(9, 1.0, 150)
    over, still_open = ends[ends <= watched], watched[ends > watched]
    curve = survival(over.tolist(), still_open.tolist())
    oracle = ecdf(CensoredData(uncensored=over, right=still_open)).sf
    assert [step.share for step in curve.steps] == pytest.approx(oracle.evaluate(np.sort(over)))
    model = SurvfuncRight(np.minimum(ends, watched), ends <= watched)
    for name, p in QUANTILES.items():
        found = curve.quantile(name)
        assert found.value == model.quantile(p)
        with np.errstate(
            divide="ignore", invalid="ignore"
        ):  # statsmodels takes the logarithm of 0 at the end of a curve
            low, high = model.quantile_ci(p, method="cloglog")
        assert (found.low, found.high) == (low, high if high < max(over) else None), "as R: no band at the curve's end"
        assert found.method == "Kaplan-Meier, log-log band"


def test_its_band_is_that_of_scipy() -> None:
    curve = survival([1, 2, 3, 4, 6], [2, 5])
    with pytest.warns(RuntimeWarning, match="undefined at some observations"):
        band = ecdf(CensoredData(uncensored=[1, 2, 3, 4, 6], right=[2, 5])).sf.confidence_interval(method="log-log")
    events = [0, 1, 2, 3]
    at = [int(np.flatnonzero(band.low.quantiles == step.at)[0]) for step in curve.steps]
    assert [curve.steps[i].low for i in events] == pytest.approx([band.low.probabilities[at[i]] for i in events])
    assert [curve.steps[i].high for i in events] == pytest.approx([band.high.probabilities[at[i]] for i in events])
    assert (curve.steps[-1].low, curve.steps[-1].high) == (0.0, None), "below nothing there is no room for an error"


def test_nothing_at_all_and_nothing_over() -> None:
    nothing, waiting = survival([]), survival([], [5, 6, 7])
    assert (nothing.steps, nothing.quantile("median").refused) == ((), "n = 0: nothing was measured")
    found = waiting.quantile("P90")
    assert (found.value, found.n, found.refused) == (None, 3, "all 3 are open: no duration is known yet")
    assert waiting.plain() == {"over": 0, "open": 3, "steps": [], "refused": found.refused}


def test_with_most_of_them_open_the_median_is_not_reached_and_has_a_lower_bound() -> None:
    found = survival([1, 2, 3, 4], [5] * 8).quantile("median")
    assert (found.value, found.low, found.high) == (None, 2, None), (
        "0.833 to the power of exp(1.39), the lower band at 2, is 0.48"
    )
    assert found.refused == "8 of 12 are open: the median is not reached yet"


def test_where_few_are_over_there_is_no_upper_end() -> None:
    found = survival([1, 2, 3, 4], [4, 4, 4]).quantile("median")
    assert (found.value, found.high, found.refused) == (4, None, "4 of 7 are over: too few for an upper end")


def test_too_few_are_refused_as_without_open_ones() -> None:
    found = survival([1, 2, 3], [9]).quantile("median")
    assert (found.value, found.low, found.refused) == (2.5, None, "n = 4: a finite interval of the median needs 6")


def test_what_is_no_number_is_refused() -> None:
    assert survival([1.0], [math.nan]).quantile("median").refused == "1 of 2 values is no finite number"


def test_all_at_once_and_zero_and_huge() -> None:
    found = survival([7.0] * 9).quantile("median")
    assert (found.value, found.low) == (7.0, 7.0)
    assert survival([0.0] * 9, [1.0]).quantile("median").value == 0.0
    assert survival([1e308, 1.5e308]).quantile("median").value == 1.25e308


@given(st.lists(st.integers(1, 40).map(float), min_size=1, max_size=60))
def test_without_open_ones_the_median_is_the_median(over: list[float]) -> None:
    assert survival(over).quantile("median").value == quantile(over, "median").value


@given(DURATIONS, DURATIONS)
def test_the_curve_falls_from_one_and_lies_in_its_band(over: list[float], still_open: list[float]) -> None:
    curve = survival(over, still_open)
    shares = [1.0, *(step.share for step in curve.steps)]
    assert all(before > after >= 0 for before, after in itertools.pairwise(shares))
    for step in curve.steps:
        assert step.low is not None
        assert step.low <= step.share <= (1.0 if step.high is None else step.high)
    assert len(curve.steps) == len(set(over))


@given(DURATIONS, DURATIONS)
def test_open_ones_never_make_it_shorter_than_taking_them_as_over_would(over: list[float], open_: list[float]) -> None:
    ended = {step.at: step.share for step in survival([*over, *open_]).steps}
    for step in survival(over, open_).steps:
        assert step.share >= ended[step.at] - 1e-12
