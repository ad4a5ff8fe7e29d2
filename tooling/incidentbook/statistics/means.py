"""Mean and geometric mean. Readers expect the mean; durations are so skewed that its interval promises more than it holds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from incidentbook.statistics.intervals import TAIL, Estimate, all_the_same, not_finite, not_positive, too_few

RESAMPLES = 9_999
MOST_RESAMPLED = 500  # above, a t interval: the mean of so many is close to normal
SLACK = 1e-12  # of values up to 1: more than rounding, less than any difference
SEED = 20_250_115  # the same interval of the same durations on every machine
WORTH = ((8, "75 % or less"), (61, "75 to 88 %"), (501, "88 to 94 %"))  # below n; measured: docs/guide/statistics.md


def mean(values: Sequence[float]) -> Estimate:
    """Return the arithmetic mean, to n = 500 with a BCa bootstrap interval, above with a t interval.

    BCa: Efron, "Better bootstrap confidence intervals", JASA 82 (1987); the same resamples and ends as `scipy.stats.bootstrap`.
    The method says how often such an interval holds the mean of log-normal durations where that is well below 95 %.
    """
    n = len(values)
    if n == 0 or (reason := not_finite(values)):
        return Estimate(None, n, refused=reason if n else too_few("mean", 0))
    exponent = math.frexp(max(map(abs, values)))[1]  # a power of two: nothing is rounded, and no sum overflows
    scaled = [math.ldexp(value, -exponent) for value in values]
    centre = min(max(math.fsum(scaled) / n, min(scaled)), max(scaled))
    value = math.ldexp(centre, exponent)
    if reason := too_few("mean", n) or all_the_same(values):
        return Estimate(value, n, refused=reason)
    low, high = _bca(scaled) if n <= MOST_RESAMPLED else _t(scaled)
    if not (math.isfinite(low) and math.isfinite(high)):
        return Estimate(value, n, refused=f"n = {n}: the values hardly differ, and resampling them gives no interval")
    return Estimate(value, n, math.ldexp(low, exponent), math.ldexp(high, exponent), method(n))


def geometric_mean(values: Sequence[float]) -> Estimate:
    """Return the geometric mean with a t interval on the logarithms: for log-normal durations it estimates the median.

    Values that are not above zero have no logarithm: the caller sets them apart and counts them, or gets a refusal.
    """
    n = len(values)
    if n == 0 or (reason := not_finite(values) or not_positive(values)):
        return Estimate(None, n, refused=reason if n else too_few("geometric mean", 0))
    logs = [math.log(value) for value in values]
    value = min(max(math.exp(math.fsum(logs) / n), min(values)), max(values))
    if reason := too_few("geometric mean", n) or all_the_same(values):
        return Estimate(value, n, refused=reason)
    low, high = _t(logs)
    return Estimate(value, n, _exp(low), _exp(high), "t interval on the logarithms")


def method(n: int) -> str:
    """Name the method of the mean's interval at that n, and say what it is worth."""
    if n > MOST_RESAMPLED:
        return "t interval"
    worth = next(share for below, share in WORTH if n < below)
    return f"BCa bootstrap; holds the mean of durations in {worth} of cases, not in 95 %"


def _bca(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the BCa interval; NaN where the resamples or the values do not spread enough to correct by."""
    import numpy as np  # noqa: PLC0415 - needed for an interval only
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - the light part of scipy

    data = np.asarray(values)
    n = data.size
    rng = np.random.default_rng(SEED)
    means = np.sort(data[rng.integers(0, n, (RESAMPLES, n))].mean(axis=1))
    centre = data.mean()
    # many resamples of few values are those values in another order: equal to the mean, whatever rounding made of them
    below = np.searchsorted(means, (centre - SLACK, centre + SLACK)).mean() / RESAMPLES
    spread = data - centre  # in proportion to what leaving one out moves the mean by
    with np.errstate(invalid="ignore", divide="ignore"):
        acceleration = (spread**3).sum() / (6 * (spread**2).sum() ** 1.5)
        shift = ndtri(below)
        moved = shift + ndtri(np.array([TAIL, 1 - TAIL]))
        shares = ndtr(shift + moved / (1 - acceleration * moved))
    if not np.isfinite(shares).all():
        return math.nan, math.nan
    low, high = np.quantile(means, shares)
    return float(low), float(high)


def _t(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of Student's interval of the mean."""
    from scipy.special import stdtrit  # noqa: PLC0415 - the light part of scipy

    n = len(values)
    centre = math.fsum(values) / n
    variance = math.fsum((value - centre) ** 2 for value in values) / (n - 1)
    half = float(stdtrit(n - 1, 1 - TAIL)) * math.sqrt(variance / n)
    return centre - half, centre + half


def _exp(log: float) -> float | None:
    """Return the exponential; None, no bound, where it is no number any more."""
    return math.exp(log) if log < math.log(1e308) else None
