"""How often incidents start: their number for each 30 days of the window, in all and by severity and type.

The interval is Garwood's, or where the counts of weeks or months vary more than chance makes them, that of a quasi-Poisson model
(`statistics.rates`). How much they vary a window of less than eight weeks cannot say; the exposure that policy names, up to its
end, says it there. Rates by service, factor and team are those of `metrics.sliced`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from incidentbook import slices
from incidentbook.figures import DAY, Figure
from incidentbook.metrics import Scope
from incidentbook.periods import Window
from incidentbook.population import by_stretch, is_long
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Severity
from incidentbook.statistics import rates
from incidentbook.statistics.intervals import Estimate

ORDER = 12
GROUP = "Counts"
KEYS = frozenset({"rate"})
UNIT = "per 30 days"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the rate of all incidents, then that of each severity that policy knows and of each type that there was."""
    told = scope.watch.of(scope.window)
    if told is None:
        yield _figure(scope, "rate", "Incident rate", Estimate(None, 0))
        return
    yield _rate(scope, told, "rate", "Incident rate", lambda _: True)
    counted = scope.population_of(told).counted
    known, seen = scope.repo.policy(Severities).severities, {incident.severity for incident in counted}
    for severity in Severity:
        if (
            severity in seen or severity.value in known
        ):  # none of a severity has an upper bound, which says something too
            name = f"Incident rate, {severity.label}"
            yield _rate(scope, told, f"rate.{severity.value}", name, _having("severity", severity))
    for part in slices.slices(scope.repo, counted, "type"):
        if part.label != slices.NONE:
            name = f"Incident rate, {part.name}"
            yield _rate(scope, told, f"rate.{part.label}", name, _having("type", part.label))


def _having(name: str, value: str) -> Callable[[Incident], bool]:
    return lambda incident: getattr(incident, name) == value


def _rate(scope: Scope, told: Window, key: str, name: str, holds: Callable[[Incident], bool]) -> Figure:
    count, exposure = sum(map(holds, scope.population_of(told).counted)), told.seconds / (30 * DAY)
    length, window = scope.policy.mtbf.exposure_length, told
    if not is_long(told):
        window = scope.watch.up_to(told.end, length, told.zone) or told
    counts = by_stretch([incident for incident in scope.population_of(window).counted if holds(incident)], window)
    found = scope.remembered("rate 1", [count, exposure, counts], lambda: rates.rate(count, exposure, counts).plain())
    return _figure(scope, key, name, Estimate(**found))


def _figure(scope: Scope, key: str, name: str, found: Estimate) -> Figure:
    whole = key == "rate"
    note = scope.watch.note(scope.window) if whole else ""
    text = "incidents that started in the window, divided by its length"
    excluded = scope.population.excluded
    return Figure.estimated(key, name, UNIT, found, text, excluded=excluded, detail=not whole, note=note)
