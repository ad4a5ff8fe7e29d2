"""MTBF: exposure time divided by the number of failures in it, with Garwood's exact interval (`statistics.rates`)."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.figures import DAY, Figure
from incidentbook.metrics import Scope
from incidentbook.periods import Window
from incidentbook.records.vocabulary import Severity
from incidentbook.statistics import rates
from incidentbook.statistics.intervals import Estimate

ORDER = 30
GROUP = "Reliability"
KEYS = frozenset({"mtbf"})


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the mean time between failures, in days, over the exposure that policy names, ending with the window."""
    policy = scope.policy.mtbf
    severities = {incident.severity for incident in scope.population.counted}
    if scope.narrowed and severities.isdisjoint(policy.severities):
        return  # a slice that can hold no failure says nothing of the time between them
    length = policy.exposure_length
    exposure = Window(scope.window.end - length, scope.window.end, f"exposure of {policy.exposure}", scope.window.zone)
    told = scope.watch.of(exposure)
    population = scope.population_of(told or exposure, policy.severities)
    failures = len(population.counted)
    days = told.seconds / DAY if told else 0.0
    found = Estimate(
        **scope.remembered("time between 1", [failures, days], lambda: rates.time_between(failures, days).plain())
    )
    unclassified = len(scope.population_of(told or exposure, (Severity.UNCLASSIFIED,)).counted)
    bound = f"no failure in {days:g} days: at least {found.low or 0:.1f} days with 95 % confidence" if told else ""
    notes = scope.watch.note(exposure), _note(failures, unclassified, bound)
    labels = " and ".join(severity.label for severity in policy.severities)
    yield Figure(
        key="mtbf",
        name="Mean time between failures (MTBF)",
        unit="days",
        value=found.value,
        definition=f"{exposure.seconds / DAY:g} days of exposure divided by the {labels} incidents that started in them",
        n=failures,
        missing=unclassified,
        excluded=population.excluded,
        low=None if unclassified and not failures else found.low,
        high=found.high,
        note="; ".join(note for note in notes if note),
        window=told or exposure,
        method=found.method,
        refused=found.refused,
    )


def _note(failures: int, unclassified: int, bound: str) -> str:
    """Say what the figure cannot: a bound where nothing failed, and which incidents nobody has classified."""
    if unclassified:
        return f"{unclassified} more have no severity, so that nobody knows whether they were failures"
    return "" if failures else bound
