"""What it did: to customers, the business and the systems; money is computed from phases and policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from incidentbook import costs, told
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.report_model import Bullets, Section, group, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 50


def build(context: ReportContext) -> Section | None:
    """Counts from the record, computed revenue and credits, and how long each level of impact lasted."""
    incident = context.incident
    return section(
        "Impact Assessment",
        group("Customer Impact", Bullets(tuple(told.customer(incident)))),
        group("Business Impact", Bullets(tuple(_business(context)))),
        group(
            "Technical Impact",
            Bullets(tuple(told.technical(incident, context.repo.policy(MetricsPolicy), context.now))),
        ),
    )


def _business(context: ReportContext) -> Iterator[str]:
    incident, business = context.incident, context.incident.impact.business
    revenue = costs.lost_revenue(incident, context.repo.policy(MetricsPolicy), context.now)
    if revenue is not None:
        yield f"Revenue loss: {revenue} (estimated)"
    owed = context.credits.of(incident)
    yield from (f"SLA credits: {money} (estimated)" for money in costs.total([line.amount for line in owed]))
    if business.reputation:
        yield f"Reputation damage: {business.reputation}"
    yield from business.notes
