"""What an incident did to customers, the business and the technology, and the facts its severity is judged by."""

from __future__ import annotations

from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.entries import Phase
from incidentbook.records.money import Money
from incidentbook.records.vocabulary import Severity


@frozen
class CustomerImpact:
    """Counts of what customers felt."""

    failed_transactions: int | None = None
    support_tickets: int | None = None
    accounts_affected: int | None = None
    notes: tuple[str, ...] = ()


@frozen
class BusinessImpact:
    """What it did to the business beyond what is computed from phases."""

    reputation: str = ""
    notes: tuple[str, ...] = ()


@frozen
class TechnicalImpact:
    """What it did to the systems beyond the phases."""

    notes: tuple[str, ...] = ()


@frozen
class Risk:
    """Something worse that could have happened: open, mitigated or materialised."""

    risk: str = ""
    status: str = "open"
    mitigated_by: str = ""


@frozen
class Impact:
    """The whole impact."""

    summary: str = ""
    phases: tuple[Phase, ...] = ()
    customer: CustomerImpact = field(default_factory=CustomerImpact)
    business: BusinessImpact = field(default_factory=BusinessImpact)
    technical: TechnicalImpact = field(default_factory=TechnicalImpact)
    risks: tuple[Risk, ...] = ()


@frozen
class SeverityOverride:
    """A severity other than the one the matrix gives, with its reason."""

    severity: Severity | None = None
    reason: str = ""
    decided_by: str = ""


@frozen
class Classification:
    """The facts that the business-impact matrix judges.

    Attributes:
        customers_affected_pct: per cent of customers affected at the worst moment.
        revenue_per_hour: estimated revenue lost for each hour of full outage.
        data_loss: none, recoverable or permanent; empty when not stated.

    """

    customers_affected_pct: float | None = None
    revenue_per_hour: Money | None = None
    data_loss: str = ""
    data_exposed: bool | None = None
    safety_risk: bool | None = None
    override: SeverityOverride | None = None
