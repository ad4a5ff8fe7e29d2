"""An incident held against the business-impact matrix of its knowledge base."""

from __future__ import annotations

import datetime as dt

from incidentbook import downtime, metrics
from incidentbook.classification import Measures, ServiceLevel, Verdict, classify
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.policy.severities import Severities
from incidentbook.repository import Repository


def judge(repo: Repository, incident: Incident, window: Window, now: dt.datetime) -> Verdict:
    """Return the severity that policy gives the incident, with its criteria; ``window`` is that of the service level."""
    return classify(repo.policy(Severities), measures(repo, incident, window, now))


def measures(repo: Repository, incident: Incident, window: Window, now: dt.datetime) -> Measures:
    """Return what the business-impact matrix judges about an incident; what is not known is absent."""
    facts = incident.classification
    found: dict[str, object] = {
        "customers_affected_pct": facts.customers_affected_pct,
        "revenue_per_hour": facts.revenue_per_hour,
        "data_loss": facts.data_loss or None,
        "data_exposed": facts.data_exposed,
        "safety_risk": facts.safety_risk,
        "slo_breached": _worst_service(repo, incident, window, now),
        "duration": incident.seconds_between("started", "resolved"),
    }
    return {name: value for name, value in found.items() if value is not None}


def _worst_service(
    repo: Repository, incident: Incident, window: Window, now: dt.datetime
) -> ServiceLevel | None:
    """Return the service of the incident that fell furthest below its objective over the window."""
    policy, services = repo.policy(MetricsPolicy), repo.policy(Services)
    counted = [item for item in repo.all_incidents() if metrics.exclusion(item, policy) is None]
    parts = downtime.segments(counted, policy, now)
    found: list[ServiceLevel] = []
    for slug in incident.services:
        service = services.services.get(slug)
        if service is not None and service.slo is not None and service.slo.availability is not None:
            actual = downtime.availability(downtime.affecting(parts, slug), window.start, window.end)
            found.append(ServiceLevel(services.name(slug), service.slo.availability, actual))
    return max(found, key=lambda level: level.target - level.actual, default=None)
