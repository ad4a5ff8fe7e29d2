"""MTBF: exposure time divided by the number of failures in it, with Garwood's exact interval.

Failures are taken as a Poisson process. The interval of the mean time is the inverted exact interval of the rate (Garwood,
"Fiducial limits for the Poisson distribution", Biometrika 28, 1936); without any failure only a lower bound can be given.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.figures import DAY, Figure
from incidentbook.metrics import Scope
from incidentbook.periods import Window
from incidentbook.records.vocabulary import Severity

ORDER = 30


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the mean time between failures, in days, over the exposure that policy names, ending with the window."""
    policy = scope.policy.mtbf
    length = policy.exposure_length
    exposure = Window(scope.window.end - length, scope.window.end, f"exposure of {policy.exposure}", scope.window.zone)
    population = scope.population_of(exposure, policy.severities)
    failures = len(population.counted)
    days = exposure.seconds / DAY
    low, high = scope.remembered("interval of MTBF 1", [failures, days], lambda: interval(failures, days))
    unclassified = len(scope.population_of(exposure, (Severity.UNCLASSIFIED,)).counted)
    bound = f"no failure in {days:g} days: at least {low:.1f} days with 95 % confidence"
    labels = " and ".join(severity.label for severity in policy.severities)
    yield Figure(
        key="mtbf",
        name="Mean time between failures (MTBF)",
        unit="days",
        value=days / failures if failures else None,
        definition=f"{days:g} days of exposure divided by the {labels} incidents that started in them",
        n=failures,
        missing=unclassified,
        excluded=population.excluded,
        low=None if unclassified and not failures else low,
        high=high,
        note=_note(failures, unclassified, bound),
        window=exposure,
    )


def _note(failures: int, unclassified: int, bound: str) -> str:
    """Say what the figure cannot: a bound where nothing failed, and which incidents nobody has classified."""
    if unclassified:
        return f"{unclassified} more have no severity, so that nobody knows whether they were failures"
    return "" if failures else bound


def interval(failures: int, exposure: float) -> tuple[float, float | None]:
    """Return the 95 % interval of the mean time between failures, in the unit of ``exposure``.

    With no failure the lower end is the one-sided 95 % bound, exposure / 3.0, and there is no upper end.
    """
    from scipy.special import gammaincinv  # noqa: PLC0415 - the light part of scipy, needed here only

    if failures == 0:
        return exposure / float(gammaincinv(1, 0.95)), None
    return exposure / float(gammaincinv(failures + 1, 0.975)), exposure / float(gammaincinv(failures, 0.025))
