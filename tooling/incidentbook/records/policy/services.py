"""``policy/services.yml``: the services, their objectives and what a breach costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.money import Money
from incidentbook.records.time import parse_duration


@frozen
class Consequence:
    """What follows once ``at_spent_pct`` per cent of an error budget are spent."""

    at_spent_pct: float | None = None
    then: str = ""


@frozen
class Objective:
    """A service-level objective: availability in per cent over a sliding window (``30d``)."""

    availability: float | None = None
    window: str = "30d"
    consequences: tuple[Consequence, ...] = ()

    @property
    def length(self) -> dt.timedelta:
        """The window; 30 days where the policy's text is unreadable."""
        return parse_duration(self.window) or dt.timedelta(days=30)


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
    consequences: tuple[Consequence, ...] = ()

    def name(self, slug: str) -> str:
        """Return a service's name for people; the slug itself where the policy does not know it."""
        service = self.services.get(slug)
        return service.name if service and service.name else slug

    def consequences_of(self, objective: Objective) -> tuple[Consequence, ...]:
        """Return what follows from spending the budget of an objective, the first to come first."""
        found = [item for item in objective.consequences or self.consequences if item.at_spent_pct is not None]
        return tuple(sorted(found, key=lambda item: item.at_spent_pct or 0.0))
