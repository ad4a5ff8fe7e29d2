"""Did it change? Counts, durations and proportions of two periods, each with the test that suits it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from incidentbook.statistics import needed, quantiles, rates
from incidentbook.statistics.comparison import Comparison
from incidentbook.statistics.intervals import LEAST, Estimate, not_finite
from incidentbook.statistics.proportions import proportion
from incidentbook.statistics.survival import survival

MOST_EXACT = 20_000  # events up to which the exact test is summed up; above, its normal limit
EXACT = "exact test of two Poisson means (Krishnamoorthy and Thomson)"
SCORE = "score test of two Poisson means"
SAME = "all values are the same"


def counts(
    before: int,
    after: int,
    exposures: tuple[float, float] = (1.0, 1.0),
    by_period: tuple[Sequence[int], Sequence[int]] = ((), ()),
    earlier: Sequence[int] = (),
) -> Comparison:
    """Compare how often something happened.

    Exact test of two Poisson means (Krishnamoorthy and Thomson, "A more powerful test for comparing two Poisson means", JSPI
    119, 2004). Where the counts of shorter, equal periods (months) are given and vary too much for that (variance/mean above
    1.5), a quasi-Poisson score test.

    Args:
        before: events of the earlier period.
        after: events of the later one.
        exposures: how long each was watched, in one unit.
        by_period: the same events by equal periods, those without an event included.
        earlier: the counts of equal periods up to the end of the earlier period, for a period too short to have its own.

    """
    varying = tuple(side or earlier for side in by_period)
    first, second = (rates.rate(*side) for side in zip((before, after), exposures, varying, strict=True))
    if refused := first.refused or second.refused:
        return Comparison("count", first, second, refused=refused)
    phi, freedom = _dispersion_within(by_period if any(by_period) else (earlier,))
    if not before + after:
        p, method = 1.0, SAME  # two periods without an event differ in nothing, however much others did
    elif phi > rates.OVERDISPERSED:
        p, method = _score(before, after, exposures, phi, freedom), f"quasi-Poisson score test, variance/mean {phi:.1f}"
    elif before + after > MOST_EXACT:
        p, method = _score(before, after, exposures, 1.0, None), SCORE
    else:
        from scipy.stats import poisson_means_test  # noqa: PLC0415 - takes a second to import

        p, method = float(poisson_means_test(before, exposures[0], after, exposures[1]).pvalue), EXACT
    phi = max(phi, 1.0)
    change = _relative(first, second)
    needs = needed.for_counts(change, phi) if change else None
    least = needed.least_fall_of_counts(before, phi)
    return Comparison("count", first, second, change, min(p, 1.0), _leans(first, second), method, needs, least)


def durations(
    before: Sequence[float], after: Sequence[float], open_before: Sequence[float] = (), open_after: Sequence[float] = ()
) -> Comparison:
    """Compare how long something took, in any one unit; ``open_…`` have lasted so long by now and are not over.

    Brunner and Munzel, "The nonparametric Behrens-Fisher problem", Biometrical Journal 42 (2000); Mann-Whitney where the two
    do not overlap, so that it has no variance; the log-rank test (Mantel, 1966) where some are open. Refused below 8 on a
    side.
    """
    sizes = len(before) + len(open_before), len(after) + len(open_after)
    some_open = bool(open_before or open_after)
    first, second = _median(before, open_before, some_open), _median(after, open_after, some_open)
    if reason := _incomparable(sizes, [*before, *after, *open_before, *open_after]):
        return Comparison("duration", first, second, refused=reason)
    if not before and not after:
        return Comparison("duration", first, second, refused="none is over yet")
    found = _logrank(before, after, open_before, open_after) if some_open else _ranks(before, after)
    if found is None:
        refused = "what is open was not watched for as long as what is over took"
        return Comparison("duration", first, second, refused=refused)
    p, leans, method = found
    change = _relative(first, second)
    sigma = needed.spread_of_logs(before, after) or needed.TYPICAL_SIGMA
    needs = needed.for_durations(change, sigma) if change else None
    harmonic = 2 / (1 / sizes[0] + 1 / sizes[1])
    least = None if method == SAME else needed.least_fall_of_durations(harmonic, sigma)
    return Comparison("duration", first, second, change, p, leans, method, needs, least)


def proportions(before: tuple[int, int], after: tuple[int, int]) -> Comparison:
    """Compare two shares, each given as successes and trials, by Fisher's exact test. Raises ValueError as `proportion` does."""
    first, second = proportion(*before), proportion(*after)
    if first.value is None or second.value is None:
        return Comparison(
            "proportion", first, second, refused=f"{first.n} before and {second.n} after: a share of none is unknown"
        )
    from scipy.stats import fisher_exact  # noqa: PLC0415 - takes a second to import

    table: Any = [[successes, trials - successes] for successes, trials in (before, after)]
    p = min(float(fisher_exact(table).pvalue), 1.0)
    change = second.value - first.value
    needs = needed.for_proportions(first.value, second.value)
    return Comparison("proportion", first, second, change, p, _leans(first, second), "Fisher's exact test", needs)


def _dispersion_within(by_period: Sequence[Sequence[int]]) -> tuple[float, int]:
    """Return variance over mean within the groups together, and its degrees of freedom; 0 and 0 where not given."""
    squares, freedom = 0.0, 0
    for side in by_period:
        found = rates.dispersion(side)
        if found.ratio is not None:
            squares += found.ratio * (found.n - 1)
            freedom += found.n - 1
    return (squares / freedom, freedom) if freedom else (0.0, 0)


def _score(before: int, after: int, exposures: tuple[float, float], phi: float, freedom: int | None) -> float:
    """Return p of Pearson's chi-square of two counts over their dispersion: an F where that was estimated."""
    from scipy.special import chdtrc, fdtrc  # noqa: PLC0415 - the light part of scipy

    whole = before + after
    expected = [whole * exposure / sum(exposures) for exposure in exposures]
    square = sum((seen - mean) ** 2 / mean for seen, mean in zip((before, after), expected, strict=True)) / phi
    return float(chdtrc(1, square) if freedom is None else fdtrc(1, freedom, square))


def _median(over: Sequence[float], still_open: Sequence[float], some_open: bool) -> Estimate:  # noqa: FBT001 - both sides alike
    return survival(over, still_open).quantile("median") if some_open else quantiles.quantile(over, "median")


def _incomparable(sizes: tuple[int, int], values: Sequence[float]) -> str:
    least = LEAST["comparison"]
    few = (
        f"{sizes[0]} before and {sizes[1]} after: a comparison needs {least} on each side" if min(sizes) < least else ""
    )
    return not_finite(values) or few


def _ranks(before: Sequence[float], after: Sequence[float]) -> tuple[float, str, str]:
    from scipy.stats import brunnermunzel, mannwhitneyu  # noqa: PLC0415 - takes a second to import

    if min(*before, *after) == max(*before, *after):
        return 1.0, "", SAME
    if max(before) < min(after) or max(after) < min(before):
        leans = "higher" if max(before) < min(after) else "lower"
        return float(mannwhitneyu(before, after).pvalue), leans, "Mann-Whitney"
    found = brunnermunzel(before, after)
    return float(found.pvalue), _way(float(found.statistic)), "Brunner-Munzel"


def _logrank(
    before: Sequence[float], after: Sequence[float], open_before: Sequence[float], open_after: Sequence[float]
) -> tuple[float, str, str] | None:
    """Return p, the way that it leans and the method; None where neither side says anything of the other."""
    import numpy as np  # noqa: PLC0415 - comes with the next
    from scipy.stats import CensoredData, logrank  # noqa: PLC0415 - takes a second to import

    earlier: Any = CensoredData(uncensored=list(before), right=list(open_before))
    later: Any = CensoredData(uncensored=list(after), right=list(open_after))
    with np.errstate(
        invalid="ignore", divide="ignore"
    ):  # 0/0: nothing of one side lasted until something of the other ended
        found = logrank(earlier, later)
    statistic = float(found.statistic)
    return (float(found.pvalue), _way(statistic), "log-rank") if math.isfinite(statistic) else None


def _way(statistic: float) -> str:
    return "" if not statistic else "higher" if statistic > 0 else "lower"


def _leans(before: Estimate, after: Estimate) -> str:
    return _way((after.value or 0.0) - (before.value or 0.0))


def _relative(before: Estimate, after: Estimate) -> float | None:
    return after.value / before.value - 1 if before.value and after.value is not None and before.value > 0 else None
