"""Which family of distributions fits durations best, and how much better than the next: by Akaike's criterion."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from incidentbook.frozen import frozen
from incidentbook.statistics.intervals import LEAST, all_the_same, not_finite, not_positive
from incidentbook.statistics.survival import Survival

CLEAR = (
    2.0  # a difference of AIC below which two families fit alike (Burnham and Anderson, "Model Selection", 2002, 2.6)
)


@frozen
class Fit:
    """A family fitted by maximum likelihood: its parameters, and Akaike's criterion (less is better)."""

    family: str
    parameters: Mapping[str, float]
    aic: float

    def plain(self) -> dict[str, object]:
        """Return it for JSON."""
        return {"family": self.family, "parameters": dict(self.parameters), "aic": self.aic}


@frozen
class Families:
    """How families fit.

    Attributes:
        n: number of durations.
        open: how many of them are not over.
        fits: best first.
        unfitted: the families for which no maximum was found, as happens where values hardly differ.
        refused: why there are no fits.

    """

    n: int
    open: int = 0
    fits: tuple[Fit, ...] = ()
    unfitted: tuple[str, ...] = ()
    refused: str = ""

    @property
    def best(self) -> Fit | None:
        """The family that fits best."""
        return self.fits[0] if self.fits else None

    @property
    def lead(self) -> float | None:
        """By how much the criterion of the runner-up is higher."""
        return self.fits[1].aic - self.fits[0].aic if len(self.fits) > 1 else None

    @property
    def words(self) -> str:
        """What was found, in words."""
        if self.lead is None:
            return f"no family: {self.refused}"
        first, second = self.fits[:2]
        n = f"n = {self.n}, {self.open} of them not over" if self.open else f"n = {self.n}"
        if self.lead < CLEAR:
            return f"{first.family} fits hardly better than {second.family} (AIC {self.lead:.1f} below, {n})"
        return f"{first.family} fits best (AIC {self.lead:.1f} below {second.family}, {n})"

    def plain(self) -> dict[str, object]:
        """Return it for JSON."""
        fits = [fit.plain() for fit in self.fits]
        return {
            "n": self.n,
            "open": self.open,
            "fits": fits,
            "lead": self.lead,
            "unfitted": list(self.unfitted),
            "refused": self.refused,
        }


def families(over: Sequence[float], still_open: Sequence[float] = ()) -> Families:
    """Fit log-normal, Weibull, gamma and exponential to durations above zero; those that are open count as at least so long.

    Akaike, "A new look at the statistical model identification", IEEE TAC 19 (1974).
    """
    values = [*over, *still_open]
    n, left = len(values), len(still_open)
    refused = not_finite(values) or not_positive(values)
    if not refused and len(over) < LEAST["family"]:
        refused = f"n = {len(over)}: telling families apart needs {LEAST['family']} that are over"
    if refused := refused or all_the_same(over):
        return Families(n, left, refused=refused)
    scale = math.exp(math.fsum(map(math.log, values)) / n)  # fitted near 1, where the optimisers are at home
    fits = _fits([value / scale for value in over], [value / scale for value in still_open], scale)
    found = sorted((fit for fit in fits.values() if fit is not None), key=lambda fit: fit.aic)
    if len(found) < 2:  # noqa: PLR2004 - best of one says nothing
        return Families(
            n, left, refused="no two families can be fitted: the values hardly differ, or differ beyond measure"
        )
    return Families(n, left, tuple(found), tuple(name for name, fit in fits.items() if fit is None))


def shares(fit: Fit, times: Sequence[float]) -> list[float]:
    """Return the share of durations that a fitted family has at or below each of ``times``."""
    from scipy import stats  # noqa: PLC0415 - takes a second to import

    scale = fit.parameters["scale"]
    shape = [value for name, value in fit.parameters.items() if name != "scale"]
    found = _kinds(stats)[fit.family][0].cdf(times, *shape, scale=scale)
    return [float(share) for share in found]


def distance(fit: Fit, curve: Survival) -> float:
    """Return Kolmogorov's distance: how far, as a share, the fitted family lies from what was observed, at the most.

    It has no p value: the parameters come from the same durations, so the usual one would be far too large (Lilliefors, "On the
    Kolmogorov-Smirnov test for normality with mean and variance unknown", JASA 62, 1967).
    """
    before, most = 0.0, 0.0
    for step, share in zip(curve.steps, shares(fit, [step.at for step in curve.steps]), strict=True):
        over = 1 - step.share
        most, before = max(most, abs(share - before), abs(share - over)), over
    return most


def _kinds(stats: Any) -> dict[str, tuple[Any, str]]:
    """Return each family with the name of its shape, which the exponential has none of."""
    return {
        "log-normal": (stats.lognorm, "sigma"),
        "Weibull": (stats.weibull_min, "shape"),
        "gamma": (stats.gamma, "shape"),
        "exponential": (stats.expon, ""),
    }


def _fits(over: Sequence[float], still_open: Sequence[float], scale: float) -> dict[str, Fit | None]:
    import numpy as np  # noqa: PLC0415 - comes with the next
    from scipy import stats  # noqa: PLC0415 - takes a second to import

    kinds = _kinds(stats)
    ended, left = np.asarray(over, float), np.asarray(still_open, float)
    data: Any = stats.CensoredData(uncensored=ended, right=left) if still_open else ended
    made: dict[str, Fit | None] = dict.fromkeys(kinds)
    for name, (kind, shape) in kinds.items():
        try:
            with np.errstate(all="ignore"):  # on the way to a maximum much is tried; what comes out is looked at
                found = kind.fit(data, floc=0)
                likelihood = float(kind.logpdf(ended, *found).sum() + kind.logsf(left, *found).sum())
        except (ValueError, RuntimeError):  # no maximum between the bounds; FitError is a RuntimeError
            continue
        if math.isfinite(likelihood):
            likelihood -= len(over) * math.log(scale)  # in the unit of the durations
            parameters = {"scale": float(found[-1]) * scale} | ({shape: float(found[0])} if shape else {})
            made[name] = Fit(name, parameters, 2 * len(parameters) - 2 * likelihood)
    return made
