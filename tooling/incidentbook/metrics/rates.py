"""How often incidents start: their number for each 30 days of the window, in all and by severity and type.

The interval is Garwood's, or where the counts of the window's weeks or months vary more than chance makes them, that of a
quasi-Poisson model (`statistics.rates`). Rates by service, factor and team are those of `metrics.sliced`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incidentbook import slices
from incidentbook.figures import DAY, Figure
from incidentbook.metrics import Scope
from incidentbook.population import by_stretch
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Severity
from incidentbook.statistics import rates
from incidentbook.statistics.intervals import Estimate

ORDER = 12
GROUP = "Counts"
UNIT = "per 30 days"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the rate of all incidents, then that of each severity that policy knows and of each type that there was."""
    counted = scope.population.counted
    yield _rate(scope, "rate", "Incident rate", counted, detail=False)
    known = scope.repo.policy(Severities).severities
    for severity in Severity:
        some = [incident for incident in counted if incident.severity is severity]
        if some or severity.value in known:  # none of a severity has an upper bound, which says something too
            yield _rate(scope, f"rate.{severity.value}", f"Incident rate, {severity.label}", some, detail=True)
    for part in slices.slices(scope.repo, counted, "type"):
        if part.label != slices.NONE:
            yield _rate(scope, f"rate.{part.label}", f"Incident rate, {part.name}", part.incidents, detail=True)


def _rate(scope: Scope, key: str, name: str, incidents: Sequence[Incident], *, detail: bool) -> Figure:
    exposure = scope.window.seconds / (30 * DAY)
    counts = by_stretch(incidents, scope.window)
    found = Estimate(
        **scope.remembered(
            "rate 1", [len(incidents), exposure, counts], lambda: rates.rate(len(incidents), exposure, counts).plain()
        )
    )
    text = "incidents that started in the window, divided by its length"
    return Figure.estimated(key, name, UNIT, found, text, excluded=scope.population.excluded, detail=detail)
