"""An incident held against the business-impact matrix of its knowledge base."""

from __future__ import annotations

import datetime as dt

from incidentbook import downtime
from incidentbook.classification import Measures, ServiceLevel, Verdict, classify
from incidentbook.downtime import ImpactOverTime
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.services import Services
from incidentbook.records.policy.severities import Severities
from incidentbook.repository import Repository


def judge(
    repo: Repository, incident: Incident, window: Window, now: dt.datetime, impact: ImpactOverTime | None = None
) -> Verdict:
    """Return the severity that policy gives the incident, with its criteria.

    Args:
        repo: the knowledge base.
        incident: the one to judge.
        window: its length is that over which the service level is taken, back from the incident's end (the window's end,
            while it is not resolved): what others did to a service afterwards says nothing about this one.
        now: when phases that are not over are cut off.
        impact: that of the whole knowledge base, for callers that have it already.

    """
    return classify(repo.policy(Severities), measures(repo, incident, window, now, impact))


def measures(
    repo: Repository, incident: Incident, window: Window, now: dt.datetime, impact: ImpactOverTime | None = None
) -> Measures:
    """Return what the business-impact matrix judges about an incident; what is not known is absent."""
    facts = incident.classification
    found: dict[str, object] = {
        "customers_affected_pct": facts.customers_affected_pct,
        "revenue_per_hour": facts.revenue_per_hour,
        "data_loss": facts.data_loss or None,
        "data_exposed": facts.data_exposed,
        "safety_risk": facts.safety_risk,
        "slo_breached": _worst_service(repo, incident, window, now, impact),
        "duration": incident.seconds_between("started", "resolved"),
    }
    return {name: value for name, value in found.items() if value is not None}


def last_impact(incident: Incident) -> dt.datetime | None:
    """Return when a resolved incident last hurt anybody: its resolution, or the end of a later phase; None while it is open."""
    resolved = incident.milestone("resolved")
    ends = [phase.to.at for phase in incident.impact.phases if phase.to]
    return max(resolved.at, *ends) if resolved and ends else resolved.at if resolved else None


def _worst_service(
    repo: Repository, incident: Incident, window: Window, now: dt.datetime, impact: ImpactOverTime | None
) -> ServiceLevel | None:
    """Return the service of the incident that fell furthest below its objective over the window."""
    services = repo.policy(Services)
    targets = {
        slug: service.slo.availability
        for slug in incident.services
        if (service := services.services.get(slug)) and service.slo and service.slo.availability is not None
    }
    if not targets:
        return None
    known = downtime.of_repository(repo, now) if impact is None else impact
    end = min(last_impact(incident) or window.end, window.end)
    start = end - (window.end - window.start)
    levels = (
        ServiceLevel(
            services.name(slug),
            target,
            downtime.left(known.seconds(slug, start, end), start, end),
        )
        for slug, target in targets.items()
    )
    return max(levels, key=lambda level: level.target - level.actual)
