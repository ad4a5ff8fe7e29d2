"""What incidents cost: revenue lost while customers could not buy, and credits owed by service-level agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from incidentbook import downtime
from incidentbook.frozen import frozen
from incidentbook.periods import Window, month_of
from incidentbook.records.incident import Incident
from incidentbook.records.money import Money
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Agreement, Services
from incidentbook.records.time import UTC
from incidentbook.repository import Repository


@frozen
class CreditLine:
    """Credits of one service for one calendar month, and the share of them that one incident brought about.

    Attributes:
        availability: of the whole calendar month, per cent; what is left of a running month counts as up.
        percent: of the fee, by the agreement's table.
        amount: the incident's share of the credit.

    """

    service: str
    month: str
    availability: float
    percent: float
    amount: Money


def lost_revenue(incident: Incident, policy: MetricsPolicy, now: dt.datetime) -> Money | None:
    """Return revenue per hour times downtime-equivalent hours; None where the record has no hourly figure or no phase."""
    hourly = incident.classification.revenue_per_hour
    parts = downtime.segments([incident], policy, now)
    if hourly is None or not parts:
        return None
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return hourly.times(exactly(downtime.downtime(parts, start, end)) / 3600)


@frozen
class PeopleTime:
    """The time that people spent in the roles of one incident.

    Attributes:
        seconds: by role.
        lasting: how many roles are still held, each counted up to now.
        negative: how many end before they begin; these are not counted.

    """

    seconds: dict[str, float]
    lasting: int
    negative: int


def people(incident: Incident, now: dt.datetime) -> PeopleTime:
    """Return the time that people spent in roles: each interval is one person's, and one team's in one role counts once.

    An interval without an end lasts until the incident was resolved or closed, and while it is open until ``now``; an import,
    of which nobody knows whether it is over, until it was last seen.
    """
    begun = [role for role in incident.roles if role.from_ is not None and role.from_.at <= now]
    seen = incident.provenance.last_seen if incident.provenance and incident.is_open else None
    last = seen or incident.milestone("resolved") or incident.milestone("closed")
    over = last.at if last else now
    spans: dict[tuple[str, str], list[tuple[dt.datetime, dt.datetime]]] = {}
    lasting = negative = 0
    for role in begun:
        start = role.from_.at.astimezone(UTC) if role.from_ else now
        end = min(role.to.at if role.to else over, now).astimezone(UTC)
        lasting += role.to is None and incident.is_open and seen is None
        if end < start:
            negative += 1
        else:
            spans.setdefault((role.role, role.holder), []).append((start, end))
    seconds: dict[str, float] = {}
    for (role_name, _), held in spans.items():
        seconds[role_name] = seconds.get(role_name, 0.0) + _union(held)
    return PeopleTime(seconds, lasting, negative)


def _union(spans: Sequence[tuple[dt.datetime, dt.datetime]]) -> float:
    """Return the seconds that are in any of the spans."""
    whole, reached = 0.0, dt.datetime.min.replace(tzinfo=UTC)
    for start, end in sorted(spans):
        whole += max((end - max(start, reached)).total_seconds(), 0.0)
        reached = max(reached, end)
    return whole


def exactly(number: float) -> Decimal:
    """Return a number as money is multiplied by: its shortest decimal form."""
    return Decimal(repr(number))


def credit_percent(agreement: Agreement, availability: float) -> float:
    """Return the share of the fee, in per cent, that an agreement gives back at that availability (per cent)."""
    rows = (row.percent for row in agreement.credits if row.from_ <= availability < row.below)
    return next(rows, 0.0)


class Credits:
    """The credits that a knowledge base's incidents brought about. A month is worked out once, whoever shares it."""

    def __init__(self, repo: Repository, now: dt.datetime, impact: downtime.Impact | None = None) -> None:
        """Begin; ``impact`` is that of the whole knowledge base, for callers that have it already."""
        self._repo, self._now = repo, now
        self._impact = downtime.of_repository(repo, now) if impact is None else impact
        self._policy, self._services = repo.policy(MetricsPolicy), repo.policy(Services)
        self._lines: dict[tuple[str, str], dict[str, CreditLine]] = {}

    def of(self, incident: Incident) -> list[CreditLine]:
        """Return the credits of one incident, by service and calendar month in the knowledge base's zone.

        A month's credit is shared among its incidents by their downtime-equivalent.
        """
        own = downtime.segments([incident], self._policy, self._now)
        found: list[CreditLine] = []
        for slug in sorted({slug for part in own for slug in part.services}):
            service = self._services.services.get(slug)
            if service is None or service.sla is None or service.sla.fee is None:
                continue
            for month in months(own, self._repo.zone):
                key = slug, month.label
                if key not in self._lines:
                    self._lines[key] = _lines(slug, service.sla, service.sla.fee, self._impact, month)
                if incident.id in self._lines[key]:
                    found.append(self._lines[key][incident.id])
        return found


def _lines(
    slug: str, agreement: Agreement, fee: Money, impact: downtime.Impact, month: Window
) -> dict[str, CreditLine]:
    """Return the credits of one service for one month, by incident."""
    shares = downtime.by_incident(impact.during(slug, month.start, month.end), month.start, month.end)
    availability = 100.0 * (1.0 - sum(shares.values()) / month.seconds)
    percent = credit_percent(agreement, availability)
    if not percent:
        return {}
    exact = {item: Decimal(str(shares[item])) for item in sorted(shares)}
    credit, whole = Decimal(str(percent)) / 100, sum(exact.values())
    lines: dict[str, CreditLine] = {}
    # Rounded as a running sum over the incidents, so that their shares add up to the month's credit to the cent.
    before = part = Decimal(0)
    for item, seconds in exact.items():
        part += seconds
        upto = fee.times(credit * part / whole).amount
        lines[item] = CreditLine(slug, month.label, availability, percent, Money(upto - before, fee.currency))
        before = upto
    return lines


def months(parts: Sequence[downtime.Segment], zone: ZoneInfo) -> list[Window]:
    """Return the calendar months in ``zone`` that segments touch, the oldest first."""
    found: dict[str, Window] = {}
    for part in parts:
        month = month_of(part.start, zone)
        while month.start < part.end:
            found[month.label] = month
            month = month_of(month.end, zone)
    return [found[label] for label in sorted(found)]


def total(amounts: Sequence[Money]) -> list[Money]:
    """Add amounts up, one sum for each currency, in the order of the currencies' codes."""
    sums: dict[str, Decimal] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return [Money(sums[currency], currency) for currency in sorted(sums)]
