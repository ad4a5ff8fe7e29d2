"""Median, P90 and P95 with exact intervals from order statistics: they hold for durations of any distribution.

The interval's ends are the two observations whose ranks the binomial distribution gives (Hahn and Meeker, "Statistical
Intervals", 1991, section 5.2). It is `scipy.stats.quantile_test(...).confidence_interval`, without the second that importing
that takes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from incidentbook.statistics.intervals import TAIL, Estimate, not_finite, too_few

QUANTILES: Mapping[str, float] = {"median": 0.5, "P90": 0.9, "P95": 0.95}
METHOD = "exact, from order statistics"


def quantile(values: Sequence[float], which: str) -> Estimate:
    """Return a quantile (a key of `QUANTILES`) with its exact 95 % interval.

    Between two observations the value is interpolated linearly (type 7 of Hyndman and Fan, 1996), so that the median of an even
    number lies half way. Below the least n the value stands without an interval.
    """
    n, p = len(values), QUANTILES[which]
    if reason := not_finite(values):
        return Estimate(None, n, refused=reason)
    ordered = sorted(values)
    if reason := too_few(which, n):
        return Estimate(_interpolated(ordered, p) if n else None, n, refused=reason)
    low, high = ranks(n, p)
    return Estimate(_interpolated(ordered, p), n, ordered[low], ordered[high], METHOD)


def ranks(n: int, p: float) -> tuple[int, int]:
    """Return the places, from 0, of the two order statistics that bound the quantile; outside 0 to n - 1 where none does."""
    import numpy as np  # noqa: PLC0415 - needed for an interval only
    from scipy.special import bdtr, bdtrc  # noqa: PLC0415 - the light part of scipy

    counts = np.arange(n + 1)
    low = int(np.argmax(bdtr(counts, n, p) >= TAIL)) - 1
    high = int(np.argmax(bdtrc(counts, n, p) <= TAIL))
    return low, high


def least(p: float) -> int:
    """Return the least n at which the interval of that quantile has two finite ends."""
    return math.ceil(math.log(TAIL) / math.log(max(p, 1 - p)))


def _interpolated(ordered: Sequence[float], p: float) -> float:
    place = (len(ordered) - 1) * p
    index = math.floor(place)
    share = place - index
    below, above = ordered[index], ordered[min(index + 1, len(ordered) - 1)]
    return below if below == above or not share else below * (1 - share) + above * share
