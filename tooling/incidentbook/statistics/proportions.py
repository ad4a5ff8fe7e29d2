"""Proportions (post-mortems in 48 hours, actions closed in time) with Wilson's interval, which never leaves 0 to 1."""

from __future__ import annotations

import math

from incidentbook.statistics.intervals import Estimate, Z, too_few


def proportion(successes: int, trials: int) -> Estimate:
    """Return a share as a fraction with Wilson's 95 % score interval.

    Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). Raises ValueError where
    there are more successes than trials.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no proportion")
    if trials == 0:
        return Estimate(None, 0, refused=too_few("proportion", 0))
    share = successes / trials
    shrink = 1 + Z**2 / trials
    centre = (share + Z**2 / (2 * trials)) / shrink
    half = Z / shrink * math.sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2))
    low = centre - half if successes else 0.0
    high = centre + half if successes < trials else 1.0
    return Estimate(share, trials, low, high, "Wilson")
