"""`inc impact`: phases that open and end, figures, and the totals that it says back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Desk


def phases(desk: Desk) -> list[tuple[str, float | None, str, str | None]]:
    return [
        (str(phase.level), phase.fraction, phase.from_.written[11:16], phase.to.written[11:16] if phase.to else None)
        for phase in desk.record().impact.phases
        if phase.from_
    ]


def test_a_level_lasts_until_the_next_one(desk: Desk) -> None:
    desk.start()
    assert desk.run("impact", "outage", "--at", "-1h") == [
        "INC-2025-001 (the only one open)",
        "outage from 02:00:00 WET",
        "so far: outage 1 h",
    ]
    assert desk.run("impact", "partial", "--fraction", "0.3", "--at", "-30m")[1:] == [
        "outage ended at 02:30:00 WET after 30 min",
        "partial (30%) from 02:30:00 WET",
        "so far: outage 30 min, partial 30 min",
    ]
    assert desk.run("impact", "over", "--at", "-10m")[1:] == [
        "partial (30%) ended at 02:50:00 WET after 20 min",
        "so far: outage 30 min, partial 20 min",
    ]
    assert phases(desk) == [("outage", None, "02:00", "02:30"), ("partial", 0.3, "02:30", "02:50")]
    ids = [phase.id for phase in desk.record().impact.phases]
    assert [len(name) for name in ids] == [26, 26]


def test_other_services_have_phases_of_their_own(desk: Desk) -> None:
    desk.start("--service", "api", "--service", "web")
    desk.run("impact", "outage", "--service", "api", "--at", "-50m")
    desk.run("impact", "degraded", "--service", "web", "--at", "-40m")
    assert phases(desk) == [("outage", None, "02:10", None), ("degraded", None, "02:20", None)]
    said = desk.run("impact", "over", "--service", "web", "--at", "-20m")
    assert said[1] == "degraded of web ended at 02:40:00 WET after 20 min"
    assert phases(desk)[0] == ("outage", None, "02:10", None)
    desk.run("impact", "over")
    assert phases(desk)[0] == ("outage", None, "02:10", "03:00")


def test_overlapping_outages_count_once(desk: Desk) -> None:
    desk.start()
    desk.run("impact", "outage", "--service", "api", "--at", "-50m")
    said = desk.run("impact", "outage", "--service", "web", "--at", "-40m")
    assert said[-1] == "so far: outage 50 min"


def test_a_gap_behind_the_start_is_named(desk: Desk) -> None:
    said = desk.start().run("impact", "outage", "--at", "-20m")
    assert said[2] == "the incident began 40 min before: if so did this, inc undo, then --at 2025-01-15T02:00:00Z"


def test_what_is_noted_afterwards(desk: Desk) -> None:
    said = desk.start().run("impact", "degraded", "--at", "02:10", "--until", "02:40")
    assert said[1] == "degraded from 02:10:00 WET to 02:40:00 WET"
    assert phases(desk) == [("degraded", None, "02:10", "02:40")]


def test_figures_go_where_reports_look_for_them(desk: Desk) -> None:
    desk.start()
    said = desk.run(
        "impact", "--failed-transactions", "15842", "--support-tickets", "40", "--accounts", "3",
        "--customers-pct", "12.5", "--summary", "Checkout is down", "--note", "No labels", "--note", "No bills",
    )  # fmt: skip
    assert said[1:] == [
        "failed transactions: 15,842",
        "support tickets: 40",
        "accounts affected: 3",
        "customers affected, per cent: 12.5",
        "summary: Checkout is down",
        "customer: No labels",
        "customer: No bills",
    ]
    record = desk.record()
    customer = record.impact.customer
    assert (customer.failed_transactions, customer.support_tickets, customer.accounts_affected) == (15842, 40, 3)
    assert customer.notes == ("No labels", "No bills")
    assert (record.impact.summary, record.classification.customers_affected_pct) == ("Checkout is down", 12.5)
    desk.run("impact", "--failed-transactions", "20000", "--note", "Lag", "--about", "technical")
    assert desk.record().impact.customer.failed_transactions == 20000
    assert desk.record().impact.technical.notes == ("Lag",)


def test_how_it_stands(desk: Desk) -> None:
    desk.start()
    assert desk.run("impact")[1:] == ["No impact is recorded yet: `inc impact outage --at TIME` begins."]
    desk.run("impact", "outage", "--at", "-1h", "--failed-transactions", "7")
    before = desk.texts()
    assert desk.run("impact")[1:] == [
        "outage from 02:00:00 WET and goes on",
        "failed transactions: 7",
        "so far: outage 1 h",
    ]
    assert desk.texts() == before
    assert desk.json("impact")["impact_seconds"] == {"outage": 3600}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("over",), "No phase of impact is open `inc impact` shows all of them."),
        (("--fraction", "0.3"), "Say what it was: outage, partial, degraded or over."),
        (("over", "--fraction", "0.3"), "What is over has none."),
        (("outage", "--fraction", "1.5"), "1.5 is not in the range 0<=x<=1"),
        (("outage", "--service", "apo"), "There is no 'apo' here. Did you mean 'api'?"),
        (("outage", "--at", "02:40", "--until", "02:30"), "is not after 2025-01-15T02:40:00Z"),
        (("--failed-transactions", "-1"), "-1 is not in the range x>=0"),
    ],
)
def test_what_is_refused(desk: Desk, arguments: tuple[str, ...], message: str) -> None:
    assert message in desk.start().refused("impact", *arguments)


def test_a_level_that_is_one_already_or_would_begin_too_early(desk: Desk) -> None:
    desk.start().run("impact", "outage", "--at", "-30m")
    assert "It is outage already, since 2025-01-15T02:30:00Z" in desk.refused("impact", "outage")
    assert "outage began at 2025-01-15T02:30:00Z, which is not before" in desk.refused(
        "impact", "partial", "--at", "-40m"
    )
    assert "which is not before" in desk.refused("impact", "over", "--at", "-30m")
