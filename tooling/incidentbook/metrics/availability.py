"""Availability from impact phases: what is left of 100 % after downtime-equivalent, by service, against its objective."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.policy.services import Services

ORDER = 40
GROUP = "Reliability"
KEYS = frozenset({"downtime", "availability"})
WHOLE = True  # where incidents overlap the worst counts, so that slices would not add up


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield downtime-equivalent and availability of everything together, and of each service with an objective."""
    services = scope.repo.policy(Services)
    weights = ", ".join(f"{level} {weight:g}" for level, weight in scope.policy.availability.weights.items())
    yield from _figures(scope, None, "any service", None, weights)
    for slug, service in services.services.items():
        if service.slo is not None and service.slo.availability is not None:
            yield from _figures(scope, slug, services.name(slug), service.slo.availability, weights)


def _figures(scope: Scope, slug: str | None, name: str, target: float | None, weights: str) -> Iterator[Figure]:
    lost = scope.lost(slug, scope.window)
    suffix = f".{slug}" if slug else ""
    weighed = f"weighed {weights}, or by their measured fraction"
    common = (
        f"impact phases inside the window {weighed}; overlaps count once, and an incident without phases is missing"
    )
    if slug is None:
        yield Figure(
            "downtime", "Downtime-equivalent", "seconds", lost.seconds if lost.known else None, common, len(lost.shares),
            lost.silent, note=scope.watch.note(scope.window), open=scope.population.open, counts_open=True,
        )  # fmt: skip
    yield Figure(
        key=f"availability{suffix}",
        name=f"Availability, {name}",
        unit="percent",
        value=lost.availability,
        definition=f"100 % less the share of downtime-equivalent in the window; {common}",
        n=len(lost.shares),
        missing=lost.silent,
        target=target,
        note="" if slug else scope.watch.note(scope.window),
        open=0 if slug else scope.population.open,
        counts_open=True,
        detail=slug is not None and lost.known and not (lost.shares or lost.silent),  # nothing happened there
    )
