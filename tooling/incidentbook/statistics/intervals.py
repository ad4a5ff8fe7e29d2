"""An estimate with its interval, or with the reason why it has none; and the least n that each statistic needs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from incidentbook.frozen import frozen

if TYPE_CHECKING:
    from incidentbook.outputs import metrics_compare as printed

LEVEL = 0.95
TAIL = (1 - LEVEL) / 2
Z = 1.959963984540054  # the normal quantile of 1 - TAIL

# Below these there is no finite interval (quantiles: `quantiles.least` derives them) or none that means anything.
LEAST: Mapping[str, int] = {
    "median": 6,
    "P90": 36,
    "P95": 72,
    "mean": 3,
    "geometric mean": 3,
    "comparison": 8,
    "control chart": 8,
    "family": 8,
}


@frozen
class Estimate:
    """A value with its interval.

    Attributes:
        value: None where nothing can be said, which is not zero.
        n: on how many observations (events, trials) it rests.
        low: lower end of the interval, in the unit of the value; None where there is no bound on that side.
        high: upper end.
        method: how the interval was computed, and what it is not worth; empty where there is none.
        refused: why there is no interval, or no value; empty where nothing is wanting.
        level: how often such an interval is meant to hold the truth, as a fraction.

    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    method: str = ""
    refused: str = ""
    level: float = LEVEL

    def plain(self) -> printed.Estimate:
        """Return it for JSON; ``Estimate(**plain)`` is the estimate again."""
        return {
            "value": self.value,
            "n": self.n,
            "low": self.low,
            "high": self.high,
            "method": self.method,
            "refused": self.refused,
            "level": self.level,
        }


def too_few(statistic: str, n: int) -> str:
    """Say why ``n`` observations give no interval of that statistic (a key of `LEAST`); empty when they do."""
    if n == 0:
        return "n = 0: nothing was measured"
    least = LEAST[statistic]
    return f"n = {n}: a finite interval of the {statistic} needs {least}" if n < least else ""


def not_finite(values: Sequence[float]) -> str:
    """Say how many of the values are no finite numbers; empty when all are."""
    count = sum(1 for value in values if not math.isfinite(value))
    return (
        f"{count} of {len(values)} values {'is no finite number' if count == 1 else 'are no finite numbers'}"
        if count
        else ""
    )


def not_positive(values: Sequence[float]) -> str:
    """Say how many of the values have no logarithm; empty when all do."""
    count = sum(1 for value in values if not value > 0)
    words = "is not above zero and has no logarithm" if count == 1 else "are not above zero and have no logarithm"
    return f"{count} of {len(values)} values {words}" if count else ""


def all_the_same(values: Sequence[float]) -> str:
    """Say that values without any spread say nothing about spread; empty when they have some."""
    same = len(values) > 0 and min(values) == max(values)
    return f"all {len(values)} values are the same: nothing says how far others would lie" if same else ""
