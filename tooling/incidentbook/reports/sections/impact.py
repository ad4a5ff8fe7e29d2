"""What it did: to customers, the business and the systems; money is computed from phases and policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from incidentbook import costs
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import words
from incidentbook.report_model import Bullets, Section, group, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 50
_SAID = {"outage": "complete outage", "partial": "partial outage", "degraded": "partial degradation"}


def build(context: ReportContext) -> Section | None:
    """Counts from the record, computed revenue and credits, and how long each level of impact lasted."""
    return section(
        "Impact Assessment",
        group("Customer Impact", Bullets(tuple(_customer(context)))),
        group("Business Impact", Bullets(tuple(_business(context)))),
        group("Technical Impact", Bullets(tuple(_technical(context)))),
    )


def _customer(context: ReportContext) -> Iterator[str]:
    customer, share = context.incident.impact.customer, context.incident.classification.customers_affected_pct
    if share is not None:
        yield f"{share:g}% of customers affected"
    counts = {
        "failed transactions": customer.failed_transactions,
        "customer support tickets": customer.support_tickets,
        "accounts affected": customer.accounts_affected,
    }
    yield from (f"{count:,} {name}" for name, count in counts.items() if count is not None)
    yield from customer.notes


def _business(context: ReportContext) -> Iterator[str]:
    incident, business = context.incident, context.incident.impact.business
    revenue = costs.lost_revenue(incident, context.repo.policy(MetricsPolicy), context.now)
    if revenue is not None:
        yield f"Revenue loss: {revenue} (estimated)"
    owed = costs.Credits(context.repo, context.now, context.whole_impact).of(incident)
    yield from (f"SLA credits: {money} (estimated)" for money in costs.total([line.amount for line in owed]))
    if business.reputation:
        yield f"Reputation damage: {business.reputation}"
    yield from business.notes


def _technical(context: ReportContext) -> Iterator[str]:
    for level, said in _SAID.items():
        seconds = context.outage_seconds(level)
        if seconds:
            yield f"{words(seconds)} of {said}"
    for risk in context.incident.impact.risks:
        by = f" by {risk.mitigated_by}" if risk.mitigated_by else ""
        yield f"{risk.risk} ({risk.status}{by})"
    yield from context.incident.impact.technical.notes
