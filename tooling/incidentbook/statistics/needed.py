"""How many incidents a period a change would need to be seen, and the least change that so many would show.

"Seen" is a two-sided test at 5 % that finds it in 4 of 5 cases (80 % power).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from incidentbook.statistics.intervals import Z

POWER = Z + 0.8416212335729143  # the normal quantiles of 97.5 % and 80 %
TYPICAL_SIGMA = 1.1145  # of the logarithm of durations: 761 incidents of one provider (1.11, rounded)
MOST = 1_000_000  # more than anybody will ever have


def for_durations(change: float, sigma: float = TYPICAL_SIGMA) -> int | None:
    """Return n per period for a relative change of log-normal durations (-0.3: 30 % shorter): 2 (z sigma / ln(1 + change))^2.

    The two-sample z test on logarithms; a rank test needs some 5 % more. None where no number would do: without a change, or
    where more than a million were needed.
    """
    if change <= -1 or not change:
        return None
    return _whole(2 * (POWER * sigma / math.log1p(change)) ** 2)


def for_counts(change: float, dispersion: float = 1.0) -> int | None:
    """Return how many incidents the earlier period needs for a relative change of their rate.

    By the square root, whose variance is a quarter of the dispersion whatever the rate (Bartlett, 1936).
    """
    if change < -1 or not change:
        return None
    return _whole(dispersion * POWER**2 / (2 * (1 - math.sqrt(1 + change)) ** 2))


def for_proportions(before: float, after: float) -> int | None:
    """Return n per period to tell two shares apart, by Cohen's effect size h ("Statistical Power Analysis", 1988, 6.4)."""
    effect = 2 * (math.asin(math.sqrt(after)) - math.asin(math.sqrt(before)))
    return _whole(2 * (POWER / effect) ** 2) if effect else None


def least_fall_of_durations(n: float, sigma: float = TYPICAL_SIGMA) -> float:
    """Return the least fall, as a fraction, that ``n`` durations a period would show."""
    return -math.expm1(-POWER * sigma * math.sqrt(2 / n))


def least_fall_of_counts(count: float, dispersion: float = 1.0) -> float | None:
    """Return the least fall, as a fraction, that so many incidents a period would show; None where not even one to zero."""
    step = POWER * math.sqrt(dispersion / (2 * count)) if count else 1.0
    return 1 - (1 - step) ** 2 if step < 1 else None


def spread_of_logs(*groups: Sequence[float]) -> float | None:
    """Return the standard deviation of logarithms within groups, pooled, of values above zero; None where nothing spreads."""
    squares, freedom = 0.0, 0
    for group in groups:
        logs = [math.log(value) for value in group if value > 0]
        if logs:
            centre = math.fsum(logs) / len(logs)
            squares += math.fsum((log - centre) ** 2 for log in logs)
            freedom += len(logs) - 1
    return math.sqrt(squares / freedom) if freedom > 0 and squares > 0 else None


def _whole(n: float) -> int | None:
    return max(2, math.ceil(n)) if n <= MOST else None
