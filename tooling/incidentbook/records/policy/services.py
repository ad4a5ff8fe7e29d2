"""``policy/services.yml``: the services, their objectives and what a breach costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.money import Money


@frozen
class Objective:
    """A service-level objective: availability in per cent over a sliding window (``30d``)."""

    availability: float | None = None
    window: str = "30d"


@frozen
class Credit:
    """A row of a credit table: from ``from_`` (inclusive) to below ``below`` per cent, ``percent`` of the fee goes back."""

    from_: float = 0.0
    below: float = 0.0
    percent: float = 0.0


@frozen
class Agreement:
    """A service-level agreement: what customers get back when a calendar month falls below the promise."""

    availability: float | None = None
    period: str = "calendar-month"
    fee: Money | None = None
    credits: tuple[Credit, ...] = ()


@frozen
class Service:
    """One service."""

    name: str = ""
    description: str = ""
    team: str = ""
    tier: int | None = None
    depends_on: tuple[str, ...] = ()
    slo: Objective | None = None
    sla: Agreement | None = None


@frozen
class Services:
    """All services by slug."""

    effective_from: dt.date | None = None
    services: Mapping[str, Service] = field(default_factory=dict)

    def name(self, slug: str) -> str:
        """Return a service's name for people; the slug itself where the policy does not know it."""
        service = self.services.get(slug)
        return service.name if service and service.name else slug
