"""Availability from impact phases: what is left of 100 % after downtime-equivalent, by service, against its objective."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook import downtime
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.policy.services import Services

ORDER = 40
GROUP = "Reliability"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield downtime-equivalent and availability of everything together, and of each service with an objective."""
    impact = scope.impact
    services = scope.repo.policy(Services)
    weights = ", ".join(f"{level} {weight:g}" for level, weight in scope.policy.availability.weights.items())
    yield from _figures(scope, impact, None, "any service", None, weights)
    for slug, service in services.services.items():
        if service.slo is not None and service.slo.availability is not None:
            yield from _figures(scope, impact, slug, services.name(slug), service.slo.availability, weights)


def _figures(
    scope: Scope, impact: downtime.Impact, slug: str | None, name: str, target: float | None, weights: str
) -> Iterator[Figure]:
    start, end = scope.window.start, scope.window.end
    silent = [
        item for item in scope.population.counted if not item.impact.phases and (slug is None or slug in item.services)
    ]
    parts = impact.during(slug, start, end)
    unknown = not scope.repo.incidents or (bool(silent) and not parts)
    shares = downtime.by_incident(parts, start, end)
    down, elapsed = sum(shares.values()), scope.window.seconds
    suffix = f".{slug}" if slug else ""
    weighed = f"weighed {weights}, or by their measured fraction"
    common = (
        f"impact phases inside the window {weighed}; overlaps count once, and an incident without phases is missing"
    )
    if slug is None:
        yield Figure(
            "downtime", "Downtime-equivalent", "seconds", None if unknown else down, common, len(shares), len(silent)
        )
    yield Figure(
        key=f"availability{suffix}",
        name=f"Availability, {name}",
        unit="percent",
        value=None if unknown or not elapsed else 100.0 * (1.0 - down / elapsed),
        definition=f"100 % less the share of downtime-equivalent in the window; {common}",
        n=len(shares),
        missing=len(silent),
        target=target,
    )
