"""Control charts: limits by hand, Nelson's rules 1 and 2, and how often they cry wolf."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.statistics.control import BEYOND, ONE_SIDE, Chart, counts, durations, gaps


def test_the_limits_of_durations_by_hand() -> None:
    """Powers of ten that go up and down by one: the mean of the logarithms is 2.5 tens, the mean moving range one ten."""
    chart = durations([100, 1000] * 4)
    point = chart.points[0]
    assert point.centre == pytest.approx(10**2.5)
    assert (point.low, point.high) == pytest.approx((10 ** (2.5 - 2.66), 10 ** (2.5 + 2.66)))
    assert (chart.unusual, chart.method, chart.refused) == ((), "XmR on the logarithm", "")


def test_one_duration_beyond_the_limits_is_named() -> None:
    chart = durations([60, 70, 65, 75, 60, 70, 65, 75, 60, 70, 65, 75, 4000])
    assert [index for index, point in enumerate(chart.points) if BEYOND in point.signals] == [12]


def test_the_ninth_in_a_row_on_one_side_is_named_and_so_are_those_after_it() -> None:
    chart = durations([100, 50] * 5 + [200, 210] * 5 + [50])
    assert [index for index, point in enumerate(chart.points) if ONE_SIDE in point.signals] == [8, 9, 18, 19]


def test_eight_in_a_row_are_not() -> None:
    assert durations([10, 90] * 4 + [110, 1000] * 4).unusual == ()


def test_a_value_on_the_centre_ends_a_run() -> None:
    chart = durations([10.0] * 4 + [1000.0] * 4 + [100.0] + [1000.0] * 4 + [10.0] * 4)
    assert chart.points[8].value == pytest.approx(chart.points[8].centre)
    assert not any(ONE_SIDE in point.signals for point in chart.points)


@pytest.mark.parametrize("chart", [durations, gaps])
def test_values_that_are_all_the_same_are_not_unusual(chart: Callable[[list[float]], Chart]) -> None:
    found = chart([0.1] * 30)
    assert found.unusual == ()
    assert (found.points[0].low, found.points[0].high) == pytest.approx((0.1, 0.1))


@pytest.mark.parametrize("n", [0, 1, 7])
def test_fewer_than_eight_points_are_refused(n: int) -> None:
    for chart in (durations([5.0] * n), gaps([5.0] * n), counts([5] * n, [1.0] * n)):
        assert (chart.points, chart.refused) == ((), f"n = {n}: a control chart needs 8 points")
        assert chart.plain() == {"points": [], "method": "", "refused": chart.refused}


def test_what_cannot_be_charted_is_refused() -> None:
    assert durations([0.0] + [5.0] * 8).refused == "1 of 9 values is not above zero and has no logarithm"
    assert durations([math.nan] + [5.0] * 8).refused == "1 of 9 values is no finite number"
    assert gaps([-1.0] + [5.0] * 8).refused == "a gap is below zero: the events are not in the order of time"
    assert gaps([math.inf] + [5.0] * 8).refused == "1 of 9 values is no finite number"
    assert counts([0] * 12, [1.0] * 12).refused == "no event in any of 12 periods"


@pytest.mark.parametrize(
    ("events", "exposures"), [([1] * 8, [1.0] * 7), ([1] * 8, [0.0] + [1.0] * 7), ([-1] * 8, [1.0] * 8)]
)
def test_periods_that_make_no_sense_are_a_mistake_of_the_caller(events: list[int], exposures: list[float]) -> None:
    with pytest.raises(ValueError, match="each period needs a count"):
        counts(events, exposures)


def test_gaps_by_hand() -> None:
    """To the power of 1/3.6 the gaps are 1 and 2 in turn: centre 1.5, moving range 1, no limit below zero."""
    chart = gaps([1.0, 2**3.6] * 4)
    point = chart.points[0]
    assert point.centre == pytest.approx(1.5**3.6)
    assert (point.low, point.high) == (0.0, pytest.approx(4.16**3.6))
    assert chart.method == "t chart: XmR on the power 1/3.6"


def test_two_at_once_are_a_gap_of_zero_and_a_long_quiet_is_seen() -> None:
    assert gaps([0.0, *[20.0, 40.0, 30.0, 10.0] * 3]).refused == ""
    assert gaps([*[20.0, 40.0, 30.0, 10.0] * 3, 900.0]).unusual == (12,)


def test_the_limits_of_counts_by_hand() -> None:
    """Mean 4, standard error 2, scores -1 and 1 in turn: moving range 2, so the limits stand 3 x 2 x 2 / 1.128 off."""
    chart = counts([2, 6] * 4, [1.0] * 8)
    assert chart.points[0].centre == 4
    assert (chart.points[0].low, chart.points[0].high) == (0.0, pytest.approx(4 + 12 / 1.128))
    assert chart.method == "Laney u', no narrower than Poisson limits"


def test_a_short_period_has_wider_limits() -> None:
    chart = counts([30, 28, 31, 29, 30, 33, 27, 7], [30.0] * 7 + [7.0])
    assert chart.points[7].value == 1.0
    assert chart.points[7].high > chart.points[0].high
    assert chart.unusual == ()


@pytest.mark.parametrize("mean", [0.2, 0.5, 1, 2, 5, 20])
def test_few_events_by_chance_alone_are_hardly_ever_unusual(mean: float) -> None:
    """Two years of months of a Poisson process: one chart in ten, at most, has any signal."""
    years = np.random.default_rng(20250115).poisson(mean, (400, 24)).tolist()
    false = sum(bool(counts(year, [1.0] * 24).unusual) for year in years if sum(year))
    assert false / len(years) < 0.1


def test_a_month_with_one_incident_among_empty_ones_is_nothing_unusual() -> None:
    assert counts([0, 1, 0, 0, 0, 0, 1, 0, 0, 0], [1.0] * 10).unusual == ()
    assert counts([0, 1, 0, 0, 0, 0, 1, 0, 0, 6], [1.0] * 10).unusual == (9,)


def test_counts_that_never_vary_have_nothing_unusual() -> None:
    assert counts([3] * 12, [1.0] * 12).unusual == ()


def test_months_in_bunches_do_not_cry_wolf_as_a_plain_u_chart_would() -> None:
    """Mean 8, variance 24: beyond 8 ± 3 sqrt(8) every thirtieth month lies, beyond Laney's limits few."""
    months = np.random.default_rng(20250115).negative_binomial(4, 4 / 12, (200, 24)).tolist()
    plain = sum(count > 8 + 3 * math.sqrt(8) for year in months for count in year)
    laney = sum(BEYOND in point.signals for year in months for point in counts(year, [1.0] * 24).points)
    assert plain > 100
    assert laney < 60


def test_one_steady_duration_in_a_hundred_is_named_or_fewer() -> None:
    rng = np.random.default_rng(20250115)
    charts = [durations(rng.lognormal(8, 1.1, 50).tolist()) for _ in range(200)]
    by_sign = [
        sum(sign in point.signals for chart in charts for point in chart.points) / 10_000 for sign in (BEYOND, ONE_SIDE)
    ]
    assert by_sign[0] < 0.008
    assert by_sign[1] < 0.008
    waits = [gaps(rng.exponential(20, 50).tolist()) for _ in range(200)]
    assert sum(len(chart.unusual) for chart in waits) / 10_000 < 0.012


def test_it_is_plain_enough_for_json() -> None:
    chart = durations([60.0] * 8 + [61.0])
    found = json.loads(json.dumps(chart.plain()))
    assert len(found["points"]) == 9
    assert found["points"][0]["signals"] == []


@given(st.lists(st.floats(1e-3, 1e9), min_size=8, max_size=60), st.sampled_from([60.0, 1 / 1024]))
def test_another_unit_moves_the_chart_and_nothing_on_it(values: list[float], unit: float) -> None:
    chart, other = durations(values), durations([value * unit for value in values])
    assert len(chart.points) == len(values)
    for point, moved in zip(chart.points, other.points, strict=True):
        assert point.low <= point.centre <= point.high
        assert moved.centre == pytest.approx(point.centre * unit)


@given(st.lists(st.integers(0, 50), min_size=8, max_size=60).filter(any))
def test_the_centre_of_counts_is_their_rate_and_no_limit_is_below_zero(events: list[int]) -> None:
    chart = counts(events, [2.0] * len(events))
    assert chart.points[0].centre == pytest.approx(sum(events) / 2 / len(events))
    assert all(0 <= point.low <= point.centre <= point.high for point in chart.points)


def test_the_widest_durations_do_not_overflow() -> None:
    chart = durations([1e-300, 1e300] * 4)
    assert 1e300 < chart.points[0].high < math.inf
    assert gaps([1e-300, 1e300] * 4).unusual == ()
    assert chart.unusual == ()
