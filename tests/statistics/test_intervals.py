"""Estimates: why some have no interval, and that what is kept as JSON comes back as it was."""

from __future__ import annotations

import json
import math

import pytest

from incidentbook.statistics import means, quantiles
from incidentbook.statistics.intervals import (
    LEAST,
    TAIL,
    Estimate,
    Z,
    all_the_same,
    not_finite,
    not_positive,
    too_few,
)


def test_the_least_n_of_each_quantile_is_where_its_interval_becomes_finite() -> None:
    for name, p in quantiles.QUANTILES.items():
        assert LEAST[name] == quantiles.least(p)
        low, high = quantiles.ranks(LEAST[name], p)
        assert 0 <= low < high <= LEAST[name] - 1
        assert quantiles.ranks(LEAST[name] - 1, p)[1] > LEAST[name] - 2 or quantiles.ranks(LEAST[name] - 1, p)[0] < 0


@pytest.mark.parametrize(
    ("statistic", "n", "words"),
    [
        ("median", 5, "n = 5: a finite interval of the median needs 6"),
        ("P90", 35, "n = 35: a finite interval of the P90 needs 36"),
        ("P95", 71, "n = 71: a finite interval of the P95 needs 72"),
        ("mean", 2, "n = 2: a finite interval of the mean needs 3"),
        ("mean", 0, "n = 0: nothing was measured"),
        ("median", 6, ""),
    ],
)
def test_too_few_is_said_with_what_would_be_enough(statistic: str, n: int, words: str) -> None:
    assert too_few(statistic, n) == words


def test_what_cannot_be_used_is_counted() -> None:
    assert not_finite([1.0, math.nan, 2.0]) == "1 of 3 values is no finite number"
    assert not_finite([math.inf, -math.inf]) == "2 of 2 values are no finite numbers"
    assert not_positive([0.0, 1.0]) == "1 of 2 values is not above zero and has no logarithm"
    assert not_positive([0.0, -1.0, 1.0]) == "2 of 3 values are not above zero and have no logarithm"
    assert all_the_same([7.0] * 4) == "all 4 values are the same: nothing says how far others would lie"
    assert not_finite([]) == not_positive([]) == all_the_same([]) == all_the_same([1.0, 2.0]) == ""


def test_an_estimate_comes_back_from_json_as_it_was() -> None:
    for estimate in (means.mean([1.0, 2.0, 4.0]), quantiles.quantile([], "P95"), quantiles.quantile([3.0], "median")):
        assert Estimate(**json.loads(json.dumps(estimate.plain()))) == estimate


def test_the_constants_are_those_of_the_normal_distribution() -> None:
    assert 0.5 * math.erfc(Z / math.sqrt(2)) == pytest.approx(TAIL, rel=1e-12)
