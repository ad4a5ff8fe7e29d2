"""TTx: the time from one milestone to another, as ``policy/metrics.yml`` defines each.

TTx is of one incident. The mean over a set is always given beside its median, since durations are close to log-normal and a
mean of few moves by itself (Davidovic, "Incident Metrics in SRE", 2021). An incident that is not over counts in the median and
the other quantiles as lasting at least as long as it has by now (Kaplan and Meier, 1958); the means do without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from incidentbook.durations import sample
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.policy.metrics import DurationDefinition
from incidentbook.statistics import means, quantiles
from incidentbook.statistics.intervals import Estimate
from incidentbook.statistics.survival import survival

ORDER = 20
GROUP = "Response"
FORM = 1  # of what is remembered of the methods
_GEOMETRIC = "geometric mean of the lengths above zero: "


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the mean, the median, P90, P95 and the geometric mean of every TTx that policy defines."""
    for key, definition in scope.policy.durations.items():
        yield from _figures(scope, key, definition)


def _figures(scope: Scope, key: str, definition: DurationDefinition) -> Iterator[Figure]:
    found = sample(scope.population.counted, definition, scope.now)
    over, lasting = sorted(found.seconds), sorted(found.lasting)
    pair = f"{definition.from_} to {definition.to}, over the incidents that started in the window"
    censored = f"{pair}; one that is not over counts as lasting at least so long" if lasting else pair
    more: dict[str, Any] = {
        "missing": found.missing,
        "open": found.open,
        "excluded": {**scope.population.excluded, **found.excluded},
    }
    detail = definition.detail

    def estimate(what: str, values: Sequence[Sequence[float]], make: Callable[[], Estimate]) -> Estimate:
        return Estimate(**scope.remembered(f"{what} {FORM}", values, lambda: make().plain()))

    def figure(prefix: str, name: str, text: str, found: Estimate, **how: Any) -> Figure:
        return Figure.estimated(f"{prefix}{key}", name, "seconds", found, text, **{**more, "n": len(over), **how})

    censoring: dict[str, Any] = {
        "open": found.open + found.unknown,
        "excluded": {**scope.population.excluded, **found.excluded_of_quantiles},
        "note": f"{found.unknown} unresolved when last seen, counted as open" if found.unknown else "",
    }
    mean = estimate("mean", [over], lambda: means.mean(over))
    yield figure("m", _mean_name(definition, key), pair, mean, detail=detail)
    for which in quantiles.QUANTILES:
        value = estimate(which, [over, lasting], lambda which=which: _quantile(over, lasting, which))  # type: ignore[misc]
        prefix, name = f"{which.lower()}-", f"{which.capitalize()} {_inside(definition, key)}"
        yield figure(prefix, name, censored, value, detail=detail or which != "median", counts_open=True, **censoring)
    positive = [length for length in over if length > 0]
    if len(positive) < len(over):
        more["excluded"] = {**more["excluded"], "of zero length": len(over) - len(positive)}
    value = estimate("geometric mean", [positive], lambda: means.geometric_mean(positive))
    name = f"Geometric mean {_inside(definition, key)}"
    yield Figure.estimated(f"geomean-{key}", name, "seconds", value, f"{_GEOMETRIC}{pair}", **more, detail=True)


def _quantile(over: Sequence[float], lasting: Sequence[float], which: str) -> Estimate:
    return survival(over, lasting).quantile(which) if lasting else quantiles.quantile(over, which)


def _mean_name(definition: DurationDefinition, key: str) -> str:
    name, short = definition.mean_name or f"Mean {key}", definition.mean_abbreviation
    return f"{name} ({short})" if short else name


def _inside(definition: DurationDefinition, key: str) -> str:
    """Return a duration's name as it stands inside a longer one: ``time to resolve``."""
    name = definition.name or key
    return f"{name[:1].lower()}{name[1:]}"
