"""What the incidents of the window cost: lost revenue and credits owed. Currencies are never added to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incidentbook import costs
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.money import Money

ORDER = 50
GROUP = "Cost"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield lost revenue and credits, one figure for each currency."""
    counted = scope.population.counted
    revenue = [costs.lost_revenue(incident, scope.policy, scope.now) for incident in counted]
    known = [money for money in revenue if money is not None]
    text = "revenue per hour times downtime-equivalent hours, estimated"
    yield from _figures("revenue-loss", "Revenue loss", text, known, len(counted))
    credits_ = costs.Credits(scope.repo, scope.now, scope.impact)
    owed = [line.amount for incident in counted for line in credits_.of(incident)]
    text = "fee times the credit table's share, by calendar month, as far as these incidents brought it about"
    if owed:
        yield from _figures("sla-credits", "SLA credits", text, owed, len(owed))


def _figures(key: str, name: str, definition: str, amounts: Sequence[Money], total: int) -> Iterator[Figure]:
    missing = total - len(amounts)
    if not amounts:
        yield Figure(key, name, "money", None, definition, missing=missing)
    for money in costs.total(amounts):
        n = len([item for item in amounts if item.currency == money.currency])
        yield Figure(f"{key}.{money.currency}", name, "money", money, definition, n=n, missing=missing)
