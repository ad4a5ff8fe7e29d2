"""The incident's own times, and the aggregate figures of the window that ends at "now"; each says which it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from incidentbook import told
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.report_model import Bullets, Section, group, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 100
TITLE = "Incident Metrics"


def build(context: ReportContext) -> Section | None:
    """TTx of this incident, then the set's means, MTBF, counts and availability, each with its definition and n."""
    window = context.window.label
    return section(
        TITLE,
        group("This incident", Bullets(tuple(told.durations(context.incident, context.repo.policy(MetricsPolicy))))),
        group(f"All incidents, {window}", Bullets(tuple(_set(context)))),
    )


def _set(context: ReportContext) -> Iterator[str]:
    measured = context.measurement
    for key in (*(f"m{name}" for name in context.repo.policy(MetricsPolicy).shown_durations), "mtbf"):
        figure = measured.figure(key)
        if figure is not None:
            interval = f"; 95 %: {figure.interval}" if figure.interval else ""
            yield f"{figure.name}: {figure.text} ({figure.definition.split(',')[0]}; n = {figure.n}{interval})"
    count = measured.figure("incidents")
    if count is not None:
        yield f"Incident Count ({context.window.label}): {count.text}"
        yield "Severity Distribution: " + ", ".join(f"{name}: {number}" for name, number in count.parts.items())
    for slug in context.incident.services:
        figure = measured.figure(f"availability.{slug}")
        if figure is not None:
            yield f"{figure.name}: {figure.text} (objective {figure.target:g} %)"
