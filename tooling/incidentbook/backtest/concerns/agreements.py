"""Service-level agreements: which calendar months break one promise and not the other, and which credits change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from incidentbook import costs, downtime
from incidentbook.backtest.bench import Bench, Side
from incidentbook.backtest.model import Judged
from incidentbook.periods import Window
from incidentbook.records.money import Money
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.repository import Repository

ORDER = 61
TITLE = "Agreements and credits"
POLICY = "services"
NOTE = "Calendar months in which a service was hit; what is left of a running month counts as up."


class _Owed(NamedTuple):
    """What an agreement makes of one month."""

    says: str
    availability: float
    amount: Money | None


def reads(house: Repository) -> Any:
    """Return the agreements, and how phases are weighed and which incidents count."""
    metrics, services = house.policy(MetricsPolicy), house.policy(Services).services
    return {slug: item.sla for slug, item in services.items() if item.sla}, metrics.availability, metrics.exclude


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each service under an agreement and each month in which it was hit."""
    for slug in sorted(
        {slug for side in bench.sides for slug, item in side.policy(Services).services.items() if item.sla}
    ):
        parts = [part for side in bench.sides for part in side.segments(slug)]
        for month in costs.months(parts, bench.zone):
            one, other = (_owed(side, slug, month) for side in bench.sides)
            shares = (
                downtime.by_incident(side.impact.during(slug, month.start, month.end), month.start, month.end)
                for side in bench.sides
            )
            running = " (running)" if month.end > bench.now else ""
            got = [f"{item.availability:.3f} % available" for item in (one, other)]
            yield Judged(
                tuple(sorted({name for share in shares for name in share})), one.says, other.says,
                got[0] if got[0] == got[1] else f"{got[0]} → {got[1]}", one.says != other.says,
                about=f"{bench.after.policy(Services).name(slug)}, {month.label}{running}", day=bench.day(month.start),
                amounts=(one.amount, other.amount),
            )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many months would change, and the credits of all of them under each policy."""
    moved = [item for item in judged if item.differs]
    if moved:
        before, after = (_total([item.amounts[end] for item in judged]) for end in (0, 1))
        yield f"{len(moved)} of {len(judged)} months would be settled otherwise: credits of {after} instead of {before}"


def _total(amounts: Sequence[Money | None]) -> str:
    return " and ".join(map(str, costs.total([amount for amount in amounts if amount]))) or "nothing"


def _owed(side: Side, slug: str, month: Window) -> _Owed:
    service = side.policy(Services).services.get(slug)
    impact = side.impact.during(slug, month.start, month.end)
    availability = downtime.availability(impact, month.start, month.end)
    if service is None or service.sla is None:
        return _Owed("without an agreement", availability, None)
    agreement = service.sla
    broken = agreement.availability is not None and availability < agreement.availability
    percent = costs.credit_percent(agreement, availability)
    amount = agreement.fee.times(Decimal(str(percent)) / 100) if agreement.fee and percent else None
    credit = f"{percent:g} % back{f' ({amount})' if amount else ''}" if percent else "no credit"
    return _Owed(f"{'broken' if broken else 'kept'}, {credit}", availability, amount)
