"""Rates over an exposure, the mean time between events, and whether counts vary more than chance alone makes them.

Events are taken as a Poisson process. Garwood's interval is exact then ("Fiducial limits for the Poisson distribution",
Biometrika 28, 1936). Counts of incidents often vary more; where the periods' counts are given and say so, the interval is
that of a quasi-Poisson model, wider by the root of their dispersion (McCullagh and Nelder, "Generalized Linear Models", 1989,
section 6.2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from incidentbook.frozen import frozen
from incidentbook.statistics.intervals import LEVEL, TAIL, Estimate

OVERDISPERSED = 1.5  # variance over mean above which counts are not taken as Poisson
GARWOOD = "Garwood, exact"
ONE_SIDED = "Garwood, one-sided bound"


@frozen
class Dispersion:
    """How much the counts of periods of equal length vary, against the Poisson distribution, in which variance equals mean.

    Attributes:
        n: number of periods.
        ratio: variance over mean; 1 for a Poisson process; None where it cannot be computed.
        p: chance of a ratio as high as this in a Poisson process (chi-square with n - 1 degrees of freedom; Fisher, 1925).
        refused: why there is no ratio.

    """

    n: int
    ratio: float | None
    p: float | None = None
    refused: str = ""

    @property
    def over(self) -> bool:
        """Whether counts vary so much that methods for a Poisson process would see changes that are none."""
        return self.ratio is not None and self.ratio > OVERDISPERSED

    def plain(self) -> dict[str, object]:
        """Return it for JSON."""
        return {"n": self.n, "ratio": self.ratio, "p": self.p, "over": self.over, "refused": self.refused}


def rate(count: int, exposure: float, counts: Sequence[int] = ()) -> Estimate:
    """Return events per unit of ``exposure``. Without any event there is only an upper bound, 3.0 / exposure.

    Args:
        count: how many events there were.
        exposure: the time over which they were watched for, in any unit.
        counts: of equal periods that make up the exposure, or of those before where it is too short to tell; where they are
            overdispersed, the interval is widened.

    Raises:
        ValueError: the count is negative.

    """
    low, high = expected(count)
    if not (exposure > 0 and math.isfinite(exposure)):
        return Estimate(None, count, refused="no time was watched in which events could have been counted")
    value = count / exposure
    found = dispersion(counts)
    if count and found.ratio is not None and found.over:
        half = _t_quantile(found.n - 1) * math.sqrt(found.ratio / count)
        method = f"quasi-Poisson, variance/mean {found.ratio:.1f}"
        return Estimate(value, count, value * math.exp(-half), value * math.exp(half), method)
    return Estimate(value, count, low / exposure, high / exposure, GARWOOD if count else ONE_SIDED)


def time_between(count: int, exposure: float) -> Estimate:
    """Return the mean time between events (MTBF) in the unit of ``exposure``, with the inverted interval of the rate.

    Without any event the mean is unknown and only a lower bound, exposure / 3.0, can be given. Raises ValueError for a count
    below zero.
    """
    fewest, most = expected(count)
    if not (exposure > 0 and math.isfinite(exposure)):
        return Estimate(None, count, refused="no time was watched in which events could have been counted")
    if not count:
        return Estimate(
            None, 0, exposure / most, None, ONE_SIDED, "n = 0: without an event there is only a lower bound"
        )
    return Estimate(exposure / count, count, exposure / most, exposure / fewest, GARWOOD)


def expected(count: int) -> tuple[float, float]:
    """Return Garwood's 95 % interval of the expected number of events; for none, 0 and the one-sided bound of 3.0."""
    from scipy.special import gammaincinv  # noqa: PLC0415 - the light part of scipy

    if count < 0:
        raise ValueError(f"{count} events: there cannot be fewer than none")
    if count == 0:
        return 0.0, float(gammaincinv(1, LEVEL))
    return float(gammaincinv(count, TAIL)), float(gammaincinv(count + 1, 1 - TAIL))


def dispersion(counts: Sequence[int]) -> Dispersion:
    """Return variance over mean of the counts of equal periods, those without an event included."""
    from scipy.special import gammaincc  # noqa: PLC0415 - the light part of scipy

    n = len(counts)
    if n < 2:  # noqa: PLR2004 - a variance needs two
        return Dispersion(n, None, refused=f"n = {n}: the variance of counts needs 2 periods")
    if not sum(counts):
        return Dispersion(n, None, refused=f"no event in any of {n} periods")
    mean = sum(counts) / n
    squares = math.fsum((count - mean) ** 2 for count in counts) / mean
    return Dispersion(n, squares / (n - 1), float(gammaincc((n - 1) / 2, squares / 2)))


def _t_quantile(freedom: int) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415 - the light part of scipy

    return float(stdtrit(freedom, 1 - TAIL))
