"""Services of the first tier that have an objective for their availability; all services, where no tier is given."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found
from incidentbook.records.policy.services import Services


def look(asked: Asked) -> Found:
    """Return the share."""
    services = asked.repo.policy(Services).services
    first = {slug: service for slug, service in services.items() if service.tier == 1} or services
    against = [slug for slug, service in first.items() if service.slo is None or service.slo.availability is None]
    return Found.share(len(first) - len(against), len(first), "services with an objective", against)
