"""Durations of which some are not over: the share that lasts longer than any time, and its quantiles.

An open duration is known to be at least as long as it is by now. It stays in the set until then and leaves it as "not over
yet": it is neither dropped, which would make the typical duration too short, nor counted as if it had ended. Kaplan and
Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958); the band is Greenwood's on the log-log scale,
the intervals of quantiles are where the band crosses (Brookmeyer and Crowley, "A confidence interval for the median survival
time", Biometrics 38, 1982).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from incidentbook.frozen import frozen
from incidentbook.statistics.intervals import Estimate, Z, not_finite, too_few
from incidentbook.statistics.quantiles import QUANTILES

METHOD = "Kaplan-Meier, log-log band"


@frozen
class Step:
    """From ``at`` on, ``share`` of the durations last longer; ``low`` and ``high`` are its 95 % band, None where it has none."""

    at: float
    share: float
    low: float | None
    high: float | None
    at_risk: int

    def plain(self) -> dict[str, object]:
        """Return it for JSON; the share as a fraction."""
        return {"at": self.at, "share": self.share, "low": self.low, "high": self.high, "at_risk": self.at_risk}


@frozen
class Survival:
    """A survival curve: a step at each time at which something ended.

    Attributes:
        over: how many durations have ended.
        open: how many have not.
        steps: the curve, in the order of time.
        refused: why there is no curve.

    """

    over: int
    open: int
    steps: tuple[Step, ...] = ()
    refused: str = ""

    def quantile(self, which: str) -> Estimate:
        """Return the time at which half (median) or 90 or 95 % (P90, P95) are over, with its interval.

        Without open durations the median is that of `quantiles.quantile`. Where the curve does not come down so far, because
        too many are open, the value is unknown; its lower bound may be known all the same.
        """
        n, left = self.over + self.open, 1 - QUANTILES[which]
        if not self.steps:
            return Estimate(None, n, refused=self.refused)
        value = self._crossing(left)
        if reason := too_few(which, n):
            return Estimate(value, n, refused=reason)
        low = next((step.at for step in self.steps if step.low is not None and _at_most(step.low, left)), None)
        high = next((step.at for step in self.steps if step.high is not None and _at_most(step.high, left)), None)
        refused = "" if value is not None else f"{self.open} of {n} are open: the {which} is not reached yet"
        if value is not None and high is None:
            refused = f"{self.over} of {n} are over: too few for an upper end"
        return Estimate(value, n, low, high, METHOD if low is not None else "", refused)

    def plain(self) -> dict[str, object]:
        """Return it for JSON."""
        steps = [step.plain() for step in self.steps]
        return {"over": self.over, "open": self.open, "steps": steps, "refused": self.refused}

    def _crossing(self, left: float) -> float | None:
        """Return where the curve comes down to ``left``: the middle of the step where it lies on it, as R does."""
        for step, after in (*pairwise(self.steps), (self.steps[-1], None)):
            if math.isclose(step.share, left, rel_tol=1e-9) and after is not None:
                return step.at / 2 + after.at / 2
            if _at_most(step.share, left):
                return step.at
        return None


def survival(over: Sequence[float], still_open: Sequence[float] = ()) -> Survival:
    """Return the survival curve of durations that have ended and of those that have lasted so long by now, in one unit."""
    n = len(over) + len(still_open)
    if reason := not_finite([*over, *still_open]):
        return Survival(len(over), len(still_open), refused=reason)
    if not over:
        return Survival(0, n, refused=f"all {n} are open: no duration is known yet" if n else too_few("median", 0))
    ended, left_open = Counter(over), Counter(still_open)
    at_risk, share, variance = n, 1.0, 0.0
    steps: list[Step] = []
    for at in sorted(ended.keys() | left_open.keys()):
        ends = ended[at]
        if ends:
            share *= 1 - ends / at_risk
            variance += ends / (at_risk * (at_risk - ends)) if at_risk > ends else math.inf
            steps.append(Step(at, share, *_band(share, variance), at_risk))
        at_risk -= ends + left_open[at]
    return Survival(len(over), len(still_open), tuple(steps))


def _band(share: float, variance: float) -> tuple[float | None, float | None]:
    """Return the log-log band of a share, given the variance of its logarithm. At 0 there is no upper end."""
    if share <= 0:
        return 0.0, None
    half = Z * math.sqrt(variance) / -math.log(share)
    return share ** math.exp(half), share ** math.exp(-half)


def _at_most(share: float, left: float) -> bool:
    return share <= left or math.isclose(share, left, rel_tol=1e-9)
