"""Costs: revenue lost, and credits by calendar month, shared among the incidents that brought them about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook import costs
from incidentbook.records.money import Money
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Agreement, Credit
from incidentbook.repository import Repository
from kb import Plain, at, incident, phase, record, repo

NOW = at("2025-03-01")
POLICY = MetricsPolicy()
TABLE = [
    {"from": 99.0, "below": 99.9, "percent": 10},
    {"from": 95.0, "below": 99.0, "percent": 25},
    {"from": 0, "below": 95.0, "percent": 100},
]


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def hit(number: int, *phases: Plain, **more: Any) -> Plain:
    return incident(number, impact={"phases": list(phases)}, **more)


def outage(start: str, end: str, **more: Any) -> Plain:
    return phase(start.replace(" ", "T") + ":00Z", end.replace(" ", "T") + ":00Z", **more)


def made(*incidents: Plain, zone: str = "UTC", fee: float = 1000, currency: str = "USD") -> Repository:
    sla = {"availability": 99.9, "fee": {"amount": fee, "currency": currency}, "credits": TABLE}
    services = {"services": {"api": {"sla": sla}, "web": {"sla": sla}, "free": {}}}
    return repo(*incidents, services=services, knowledge_base={"time_zone": zone})


def lines(knowledge_base: Repository, number: int = 1) -> list[tuple[str, str, float, Money]]:
    subject = knowledge_base.incident(f"INC-2025-{number:03}")
    assert subject is not None
    return [
        (line.service, line.month, line.percent, line.amount) for line in costs.Credits(knowledge_base, NOW).of(subject)
    ]


def test_revenue_is_lost_while_customers_cannot_buy() -> None:
    def lost(*phases: Plain, **more: Any) -> Money | None:
        facts = {"classification": {"revenue_per_hour": {"amount": 600, "currency": "EUR"}}} | more
        return costs.lost_revenue(record(**hit(1, *phases, **facts)), POLICY, NOW)

    assert lost(outage("2025-01-10 02:00", "2025-01-10 03:30")) == Money(Decimal("900.00"), "EUR")
    assert lost(outage("2025-01-10 02:00", "2025-01-10 03:30", level="partial")) == Money(Decimal("450.00"), "EUR")
    assert lost(outage("2025-01-10 02:00", "2025-01-10 02:00")) is None, "no phase, no figure"
    assert lost(outage("2025-01-10 02:00", "2025-01-10 03:00", level="degraded")) == Money(Decimal("0.00"), "EUR")
    assert lost(outage("2025-01-10 02:00", "2025-01-10 03:00"), classification={}) is None


def test_a_cent_is_rounded_half_up() -> None:
    assert usd("0.125").times(Decimal(1)) == usd("0.13")
    assert usd("0.115").times(Decimal(1)) == usd("0.12")


@pytest.mark.parametrize(
    ("availability", "percent"),
    [(100.0, 0), (99.9, 0), (99.89999, 10), (99.0, 10), (98.99999, 25), (95.0, 25), (94.99, 100), (0.0, 100)],
)
def test_a_row_holds_its_lower_end_and_not_its_upper(availability: float, percent: float) -> None:
    rows = tuple(Credit(row["from"], row["below"], row["percent"]) for row in TABLE)
    assert costs.credit_percent(Agreement(credits=rows), availability) == percent


def test_one_incident_in_one_month() -> None:
    # Two hours of 744 are 0.27 %: 99.73 %, so 10 % of the fee.
    assert lines(made(hit(1, outage("2025-01-10 02:00", "2025-01-10 04:00")))) == [
        ("api", "2025-01", 10, usd("100.00"))
    ]


def test_too_short_for_a_credit() -> None:
    assert lines(made(hit(1, outage("2025-01-10 02:00", "2025-01-10 02:10")))) == []


def test_an_incident_that_spans_two_months_is_judged_in_each() -> None:
    # Four hours of December's 744 (0.54 %, 10 %), eight of January's (1.08 %, 25 %).
    both = made(hit(1, outage("2024-12-31 20:00", "2025-01-01 08:00")))
    assert lines(both) == [("api", "2024-12", 10, usd("100.00")), ("api", "2025-01", 25, usd("250.00"))]


def test_an_incident_that_spans_a_whole_month_between() -> None:
    spans = made(hit(1, outage("2024-12-31 20:00", "2025-02-01 04:00")))
    assert [(month, percent) for _, month, percent, _ in lines(spans)] == [
        ("2024-12", 10),
        ("2025-01", 100),
        ("2025-02", 10),
    ]


def test_the_month_begins_where_the_knowledge_base_lives() -> None:
    # In Berlin, 23:00 to 01:00 UTC at the end of January is all February.
    night = hit(1, outage("2025-01-31 23:00", "2025-02-01 01:00"))
    assert [month for _, month, _, _ in lines(made(night, zone="Europe/Berlin"))] == ["2025-02"]
    assert [month for _, month, _, _ in lines(made(night))] == ["2025-01", "2025-02"]


def test_two_incidents_share_the_credit_of_their_month_by_downtime() -> None:
    # Three hours and one hour: 0.54 %, 10 %, 100 dollars.
    both = made(
        hit(1, outage("2025-01-10 00:00", "2025-01-10 03:00")), hit(2, outage("2025-01-20 00:00", "2025-01-20 01:00"))
    )
    assert lines(both, 1) == [("api", "2025-01", 10, usd("75.00"))]
    assert lines(both, 2) == [("api", "2025-01", 10, usd("25.00"))]


def test_a_drill_owes_nothing_and_shares_nothing() -> None:
    both = made(
        hit(1, outage("2025-01-10 00:00", "2025-01-10 03:00")),
        hit(2, outage("2025-01-20 00:00", "2025-01-20 01:00"), exercise=True),
    )
    assert lines(both, 1) == [("api", "2025-01", 10, usd("100.00"))]
    assert lines(both, 2) == []


def test_thirds_of_a_credit_add_up_to_the_cent() -> None:
    three = made(
        *(hit(number, outage(f"2025-01-{number:02} 00:00", f"2025-01-{number:02} 01:00")) for number in (1, 2, 3))
    )
    shares = [lines(three, number)[0][3].amount for number in (1, 2, 3)]
    assert sum(shares) == Decimal("100.00")
    assert {abs(share - Decimal(100) / 3) < Decimal("0.01") for share in shares} == {True}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=9), st.integers(1, 10**7))
def test_shares_always_add_up_to_the_credit(hours: list[int], fee_in_cents: int) -> None:
    incidents = [
        hit(
            number,
            outage(f"2025-01-{2 * number:02} 00:00", f"2025-01-{2 * number + length // 24:02} {length % 24:02}:00"),
        )
        for number, length in enumerate(hours, 1)
    ]
    shared = made(*incidents, fee=fee_in_cents / 100)
    found = [lines(shared, number) for number in range(1, len(hours) + 1)]
    credit = [line for lines_of_one in found for line in lines_of_one]
    if not credit:
        return
    (percent,) = {line[2] for line in credit}
    whole = Money(Decimal(str(fee_in_cents / 100)), "USD").times(Decimal(str(percent)) / 100)
    assert sum(line[3].amount for line in credit) == whole.amount
    assert all(line[3].amount >= 0 for line in credit)


def test_each_service_that_was_hit_owes_its_own() -> None:
    both = made(hit(1, outage("2025-01-10 00:00", "2025-01-10 03:00"), services=["web", "api", "free", "unknown"]))
    assert [(service, str(amount)) for service, _, _, amount in lines(both)] == [("api", "$100"), ("web", "$100")]


def test_currencies_are_never_added() -> None:
    amounts = [usd("1.50"), Money(Decimal("2.00"), "EUR"), usd("0.50")]
    assert costs.total(amounts) == [Money(Decimal("2.00"), "EUR"), usd("2.00")]
    assert costs.total([]) == []
    francs = made(hit(1, outage("2025-01-10 00:00", "2025-01-10 03:00")), currency="CHF")
    assert str(lines(francs)[0][3]) == "100 CHF"


def test_what_is_left_of_a_running_month_counts_as_up() -> None:
    now = at("2025-01-10 04:00")
    subject = made(hit(1, outage("2025-01-10 00:00", "2025-01-10 04:00")))
    (line,) = costs.Credits(subject, now).of(record(**hit(1, outage("2025-01-10 00:00", "2025-01-10 04:00"))))
    assert line.availability == pytest.approx(100 * (1 - 4 / 744))
