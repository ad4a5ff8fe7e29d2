"""What the incidents of the window cost: lost revenue, credits owed, people's time. Currencies are never added to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from incidentbook import costs
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.money import Money
from incidentbook.records.policy.services import Services

ORDER = 50
GROUP = "Cost"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield lost revenue and credits, one figure for each currency, then the time of people in a role and its cost."""
    counted = scope.population.counted
    revenue = [costs.lost_revenue(incident, scope.policy, scope.now) for incident in counted]
    known = [money for money in revenue if money is not None]
    text = "revenue per hour times downtime-equivalent hours, estimated"
    yield from _money("revenue-loss", "Revenue loss", text, known, len(counted))
    yield from _credits(scope)
    yield from _people(scope)


def _credits(scope: Scope) -> Iterator[Figure]:
    counted = scope.population.counted
    agreements = [service.sla for service in scope.repo.policy(Services).services.values() if service.sla]
    fees = {agreement.fee.currency for agreement in agreements if agreement.fee}
    text = "fee times the credit table's share, by calendar month, as far as these incidents brought it about"
    silent = sum(1 for incident in counted if not incident.impact.phases)
    known = len(counted) - silent
    if not fees or (counted and not known):
        note = "" if fees else "no service has an agreement with a fee in policy/services.yml"
        yield Figure("sla-credits", "SLA credits", "money", None, text, missing=silent, note=note, detail=not fees)
        return
    credits_ = costs.Credits(scope.repo, scope.now, scope.impact)
    owed = [line.amount for incident in counted for line in credits_.of(incident)]
    for money in costs.total([*owed, *(Money(Decimal(0), currency) for currency in fees)]):
        yield Figure(f"sla-credits.{money.currency}", "SLA credits", "money", money, text, n=known, missing=silent)


def _people(scope: Scope) -> Iterator[Figure]:
    counted = scope.population.counted
    spent = [costs.people(incident, scope.now) for incident in counted]
    seconds: dict[str, float] = {}
    for one in spent:
        for role, length in one.seconds.items():
            seconds[role] = seconds.get(role, 0.0) + length
    hours = {
        role: round(length / 3600, 2) for role, length in sorted(seconds.items(), key=lambda pair: (-pair[1], pair[0]))
    }
    timed = sum(1 for one in spent if one.seconds)
    negative = sum(one.negative for one in spent)
    more: dict[str, Any] = {
        "n": timed,
        "missing": len(counted) - timed,
        "excluded": {
            **scope.population.excluded,
            **({"role that ends before it begins": negative} if negative else {}),
        },
        "open": sum(1 for one in spent if one.lasting),
        "counts_open": True,
    }
    yield Figure(
        "people-time", "People's time in roles", "hours", sum(seconds.values()) / 3600 if timed else None,
        "from taking a role to giving it up, or to the end of the incident where the record does not say; one person a role",
        parts=hours, part_unit="hours", **more,
    )  # fmt: skip
    priced = [(length, scope.policy.cost.per_hour(role)) for role, length in seconds.items()]
    amounts = [hourly.times(costs.exactly(length) / 3600) for length, hourly in priced if hourly is not None]
    free = sorted(role for role in seconds if scope.policy.cost.per_hour(role) is None)
    note = f"no hourly sum in policy/metrics.yml for {', '.join(free)}" if free else ""
    totals: Sequence[Money | None] = costs.total(amounts) or (None,)
    for money in totals:
        yield Figure(
            f"people-cost.{money.currency}" if money else "people-cost", "Cost of people's time", "money", money,
            "hours in each role times what an hour of it costs by `policy/metrics.yml`", note=note, **more,
        )  # fmt: skip


def _money(key: str, name: str, definition: str, amounts: Sequence[Money], total: int) -> Iterator[Figure]:
    missing = total - len(amounts)
    if not amounts:
        yield Figure(key, name, "money", None, definition, missing=missing)
    for money in costs.total(amounts):
        n = len([item for item in amounts if item.currency == money.currency])
        yield Figure(f"{key}.{money.currency}", name, "money", money, definition, n=n, missing=missing)
