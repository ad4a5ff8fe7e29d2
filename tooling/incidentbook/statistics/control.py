"""Control charts: which durations, counts or gaps between incidents are unusual among their own, by Nelson's rules 1 and 2 only.

Limits are those of an XmR chart, centre ± 2.66 times the mean moving range (Wheeler, "Understanding Variation", 1993), on a
scale on which the values are close to normal. More rules would find more that is nothing (Nelson, "The Shewhart control
chart: tests for special causes", JQT 16, 1984).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from incidentbook.frozen import frozen
from incidentbook.statistics.intervals import LEAST, not_finite, not_positive

RANGES = 2.66  # three standard deviations, of which the mean moving range of two is 1.128
D2 = 1.128
RUN = 9
FEW = 5  # events expected in a period, below which most periods lie on one side of the mean by nature
BEYOND_THREE_SIGMA = 0.00135
BEYOND, ONE_SIDE = "beyond the limits", f"{RUN} in a row on one side"
DAYS_POWER = 1 / 3.6  # makes exponential gaps close to normal (Nelson, JQT 26, 1994)


@frozen
class Point:
    """One value with the centre and the limits that hold for it, and what is unusual about it."""

    value: float
    centre: float
    low: float
    high: float
    signals: tuple[str, ...] = ()

    def plain(self) -> dict[str, object]:
        """Return it for JSON, in the unit of the values."""
        return {
            "value": self.value,
            "centre": self.centre,
            "low": self.low,
            "high": self.high,
            "signals": list(self.signals),
        }


@frozen
class Chart:
    """Points in the order of time, the method, or the reason why there is no chart."""

    points: tuple[Point, ...] = ()
    method: str = ""
    refused: str = ""

    @property
    def unusual(self) -> tuple[int, ...]:
        """The places, from 0, of the points with a signal."""
        return tuple(index for index, point in enumerate(self.points) if point.signals)

    def plain(self) -> dict[str, object]:
        """Return it for JSON."""
        return {
            "points": [point.plain() for point in self.points],
            "method": self.method,
            "refused": self.refused,
        }


def durations(values: Sequence[float]) -> Chart:
    """Chart durations in the order in which they happened, on the logarithmic scale; the centre is their geometric mean."""
    refused = _too_few(values) or not_finite(values) or not_positive(values)
    return Chart(refused=refused) if refused else _individuals(values, math.log, _exp, "XmR on the logarithm")


def gaps(values: Sequence[float]) -> Chart:
    """Chart the times between events that are rare: high is good. A gap of zero, two at once, is a value like any other.

    The t chart: XmR on the power of 1/3.6 (Nelson, "A control chart for parts-per-million nonconforming items", JQT 26, 1994).
    """
    refused = _too_few(values) or not_finite(values)
    if not refused and min(values) < 0:
        refused = "a gap is below zero: the events are not in the order of time"
    return (
        Chart(refused=refused) if refused else _individuals(values, _root, _unroot, "t chart: XmR on the power 1/3.6")
    )


def counts(events: Sequence[int], exposures: Sequence[float]) -> Chart:
    """Chart rates of periods, each the events over its exposure, with limits as wide as the rates truly vary.

    Laney's u' chart ("Improved control charts for attributes", Quality Engineering 14, 2002). Where few are expected in a period,
    three standard errors are no limit (one event would be a signal) and most periods lie on one side: there the limits are no
    narrower than the Poisson distribution's own, at the same 0.135 % on each side, and runs say nothing.

    Raises ValueError where the two differ in length, an exposure is not above zero or a count is below it.
    """
    if len(events) != len(exposures) or min(exposures, default=1) <= 0 or min(events, default=0) < 0:
        raise ValueError("each period needs a count and an exposure above zero")
    refused = _too_few(events)
    if not refused and not sum(events):
        refused = f"no event in any of {len(events)} periods"
    if refused:
        return Chart(refused=refused)
    centre = sum(events) / math.fsum(exposures)
    rates = [count / exposure for count, exposure in zip(events, exposures, strict=True)]
    errors = [math.sqrt(centre / exposure) for exposure in exposures]
    scores = [(rate - centre) / error for rate, error in zip(rates, errors, strict=True)]
    spread = max(1.0, _mean_range(scores) / D2)  # rates vary by chance at least
    limits = []
    for error, exposure in zip(errors, exposures, strict=True):
        width, (least, most) = 3 * error * spread, _poisson_limits(centre * exposure)
        limits.append((max(0.0, min(centre - width, least / exposure)), max(centre + width, most / exposure)))
    runs = sum(events) / len(events) >= FEW
    return _chart(rates, [centre] * len(rates), limits, "Laney u', no narrower than Poisson limits", runs=runs)


def _poisson_limits(mean: float) -> tuple[int, int]:
    """Return the counts below and above which a Poisson count lies in 0.135 % of cases at most, as beyond three sigma."""
    from scipy.special import pdtr  # noqa: PLC0415 - the light part of scipy

    least = 0
    while pdtr(least, mean) <= BEYOND_THREE_SIGMA:
        least += 1
    most = max(least, math.floor(mean))
    while pdtr(most, mean) < 1 - BEYOND_THREE_SIGMA:
        most += 1
    return least, most


def _too_few(values: Sequence[float]) -> str:
    least = LEAST["control chart"]
    return f"n = {len(values)}: a control chart needs {least} points" if len(values) < least else ""


def _individuals(
    values: Sequence[float], to: Callable[[float], float], back: Callable[[float], float], method: str
) -> Chart:
    moved = [to(value) for value in values]
    centre = math.fsum(moved) / len(moved)
    half = RANGES * _mean_range(moved)
    limits = (back(centre - half), back(centre + half))
    return _chart(values, [back(centre)] * len(values), [limits] * len(values), method)


def _mean_range(values: Sequence[float]) -> float:
    return math.fsum(abs(after - before) for before, after in pairwise(values)) / (len(values) - 1)


def _chart(
    values: Sequence[float],
    centres: Sequence[float],
    limits: Sequence[tuple[float, float]],
    method: str,
    *,
    runs: bool = True,
) -> Chart:
    points, run = [], 0
    for value, centre, (low, high) in zip(values, centres, limits, strict=True):
        side = _side(value, centre)
        run = run + side if run * side > 0 else side
        signals = (BEYOND,) if _side(value, low) < 0 or _side(value, high) > 0 else ()
        points.append(Point(value, centre, low, high, (*signals, *((ONE_SIDE,) if runs and abs(run) >= RUN else ()))))
    return Chart(tuple(points), method)


def _side(value: float, line: float) -> int:
    """Return whether a value lies above (1), below (-1) or, to rounding, on a line (0)."""
    return 0 if math.isclose(value, line, rel_tol=1e-9, abs_tol=1e-12) else 1 if value > line else -1


def _exp(log: float) -> float:
    return math.exp(min(log, 709.0))  # a limit beyond that is the greatest number there is


def _root(value: float) -> float:
    return float(value**DAYS_POWER)


def _unroot(value: float) -> float:
    return float(min(max(0.0, value), 1e85) ** (1 / DAYS_POWER))
