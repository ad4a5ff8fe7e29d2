"""Figures that home and the metrics page share: response times, and availability against its objective."""

from __future__ import annotations

from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.time import short
from incidentbook.site import named, parts, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place


def response(site: Site) -> str:
    """Return a tile for each mean time, with its median and n."""
    found = []
    for key, definition in site.repo.policy(MetricsPolicy).shown_durations.items():
        mean, median = site.shared.measurement.figure(f"m{key}"), site.shared.measurement.figure(f"median-{key}")
        if mean is None:
            continue
        label = text.escape(definition.mean_name or mean.name)
        if not isinstance(mean.value, int | float):
            found.append(parts.tile("N/A", label, "nothing measured"))
            continue
        middle = f"median {short(median.value)}, " if median and isinstance(median.value, int | float) else ""
        found.append(parts.tile(text.escape(short(mean.value)), label, f"{middle}n = {mean.n}"))
    return parts.tiles(found, "strip") if found else ""


def availability(site: Site, place: Place) -> str:
    """Return a table of the services with an objective, those furthest below it first."""
    services = site.repo.policy(Services)
    rows = []
    for slug in services.services:
        figure = site.shared.measurement.figure(f"availability.{slug}")
        if figure is None or figure.target is None:
            continue
        known = isinstance(figure.value, int | float)
        margin = float(figure.value) - figure.target if isinstance(figure.value, int | float) else 0.0
        met = "" if not known else parts.chip("Met", "over") if margin >= 0 else parts.chip("Missed", "late")
        name = named.service(site, place, slug)
        cells = (name, text.escape(figure.text), f"{figure.target:g} %", str(figure.n), met)
        rows.append(((not known, margin), cells))
    rows.sort(key=lambda row: row[0])
    table = parts.table(
        ("Service", "Availability", "Objective", "Incidents", "Result"), (row for _, row in rows), "numbers"
    )
    return table or "No service has an objective."
