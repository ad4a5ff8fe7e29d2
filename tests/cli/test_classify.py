"""`inc classify`: the facts, the criteria that decide, and what becomes of a severity that differs from them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from incidentbook import resources
from incidentbook.cli._facts import LOSSES

if TYPE_CHECKING:
    from conftest import Desk

SAYS_SEV1 = ["SEV-1 by the matrix", "✓ Customer impact: 60% of customers affected (threshold 50%)"]
REST = "not stated: revenue lost per hour, data loss, data exposed, safety risk"
OFFER = [
    "the record says sev2: --apply takes sev1 over; to keep it:",
    'inc classify --override sev2 --reason "…" --by ROLE',
]
OVERRIDE = ("--reason", "It is night", "--by", "incident-commander")


def test_nothing_stated_gives_the_matrix_no_say(desk: Desk) -> None:
    assert desk.start().run("classify")[1:] == [
        "The matrix has no say yet: nothing is stated that it judges.",
        "not stated: customers affected, revenue lost per hour, data loss, data exposed, safety risk",
    ]
    assert "states nothing that the matrix judges" in desk.refused("classify", "--apply")


def test_facts_and_the_criteria_that_decide(desk: Desk) -> None:
    desk.start()
    said = desk.run("classify", "--customers-pct", "60", "--revenue-per-hour", "8,000 USD", "--no-data-exposed")
    assert said[1:] == [
        "customers affected: 60%",
        "revenue lost per hour: 8,000 USD",
        "data exposed: no",
        *SAYS_SEV1,
        "✗ Revenue impact: Estimated $8,000/hour (threshold 50,000)",
        "not stated: data loss, safety risk",
        *OFFER,
    ]
    facts = desk.record().classification
    assert (facts.customers_affected_pct, str(facts.revenue_per_hour), facts.data_exposed) == (60, "$8,000", False)
    assert desk.record().severity == "sev2"


def test_an_amount_alone_keeps_its_currency(desk: Desk) -> None:
    desk.start()
    assert "Write an amount and its currency" in desk.refused("classify", "--revenue-per-hour", "85000")
    desk.run("classify", "--revenue-per-hour", "85000 EUR")
    desk.run("classify", "--revenue-per-hour", "90000.50")
    assert str(desk.record().classification.revenue_per_hour) == "€90,000.50"


def test_apply_changes_the_severity_with_the_criteria_as_its_reason(desk: Desk) -> None:
    desk.start()
    said = desk.run("classify", "--customers-pct", "60", "--apply")
    assert said[1:] == ["customers affected: 60%", "sev2 → sev1 at 03:00:00 WET", *SAYS_SEV1, REST]
    record = desk.record()
    assert (record.severity, record.severity_history[-1].to) == ("sev1", "sev1")
    assert record.severity_history[-1].reason == (
        "By the matrix: Customer impact: 60% of customers affected (threshold 50%)"
    )
    desk.run("classify", "--apply")
    assert len(desk.record().severity_history) == 2


def test_an_override_stands_with_its_reason(desk: Desk) -> None:
    desk.start().run("classify", "--customers-pct", "60")
    said = desk.run("classify", "--override", "sev3", *OVERRIDE)
    assert said[1:] == [
        "sev2 → sev3 at 03:00:00 WET",
        *SAYS_SEV1,
        REST,
        "overridden by incident-commander: sev3, It is night",
    ]
    chosen = desk.record().classification.override
    assert chosen is not None
    assert (chosen.severity, chosen.reason, chosen.decided_by) == ("sev3", "It is night", "incident-commander")
    assert "An override says sev3: It is night" in desk.refused("classify", "--apply")
    assert desk.json("classify")["classification"]["differs"] is False


def test_type_and_services_that_nobody_could_say_at_first(desk: Desk) -> None:
    desk.start("--service", "web")
    desk.run("classify", "--type", "availability", "--service", "api", "--service", "web")
    assert (desk.record().type, desk.record().services) == ("availability", ("web", "api"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--override", "sev1", *OVERRIDE), "The matrix says sev1 too"),
        (("--override", "sev2", "--by", "x"), "Say why the criteria do not fit here."),
        (("--override", "sev2", "--reason", "x", "--by", "A Person"), "Say which role or team decided"),
        (("--override", "sev2", "--apply", *OVERRIDE), "applied or overridden, not both"),
        (("--reason", "x"), "It belongs to --override SEVERITY."),
        (("--customers-pct", "101"), "101.0 is not in the range"),
        (("--service", "apo"), "Did you mean 'api'?"),
    ],
)
def test_what_is_refused(desk: Desk, arguments: tuple[str, ...], message: str) -> None:
    desk.start().run("classify", "--customers-pct", "60")
    assert message in desk.refused("classify", *arguments)


def test_inc_severity_mentions_that_the_matrix_says_otherwise(desk: Desk) -> None:
    desk.start()
    assert len(desk.run("severity", "sev3", "--reason", "x")) == 3
    desk.run("classify", "--customers-pct", "60")
    assert desk.run("severity", "sev2", "--reason", "x")[3:] == [
        "the matrix says sev1 (Customer impact): see inc classify"
    ]


def test_json(desk: Desk) -> None:
    said = desk.start().json("classify", "--customers-pct", "60")
    assert said["classification"]["criteria"] == [
        {
            "name": "Customer impact",
            "text": "60% of customers affected (threshold 50%)",
            "met": True,
            "deciding": True,
        }
    ]
    assert (said["severity"], said["classification"]["severity"], said["classification"]["differs"]) == (
        "sev2",
        "sev1",
        True,
    )


def test_a_service_level_decides_where_policy_says_so(desk: Desk) -> None:
    matrix = "severities:\n  sev1: {name: Critical, any: [{measure: slo_breached, is: true}]}\n  sev4: {name: Minor}\n"
    (desk.root / "policy" / "severities.yml").write_text(matrix, encoding="utf-8")
    services = "services:\n  api: {name: API, team: sre, slo: {availability: 99.9}}\n"
    (desk.root / "policy" / "services.yml").write_text(services, encoding="utf-8")
    desk.start("--service", "api").run("impact", "outage", "--at", "-1h")
    assert desk.run("classify")[1:3] == [
        "SEV-1 by the matrix",
        "✓ Service level: SLA violation (99.9% target, actual 99.86%, API)",
    ]


def test_it_asks_on_a_terminal(desk: Desk) -> None:
    desk.start()
    terminal = pexpect.spawn(
        sys.executable, ["-m", "incidentbook", "-C", str(desk.root), "classify"], encoding="utf-8", timeout=30
    )
    for question, answer in (
        ("Customers affected, per cent", "most"),
        ("is not a valid float range", "60%"),
        ("Revenue lost per hour", "85000 USD"),
        ("Data loss", ""),
        ("Data exposed", "no"),
        ("People could come to harm", ""),
        ("The matrix says sev1, the record sev2", "y"),
    ):
        terminal.expect_exact(question)
        terminal.sendline(answer)
    terminal.expect_exact("sev2 → sev1")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    facts = desk.record().classification
    assert (facts.customers_affected_pct, str(facts.revenue_per_hour), facts.data_loss, facts.data_exposed) == (
        60,
        "$85,000",
        "",
        False,
    )
    assert desk.record().severity == "sev1"


def test_the_words_are_those_of_the_schema() -> None:
    facts = resources.schema("incident")["properties"]["classification"]["properties"]
    assert list(LOSSES) == facts["data_loss"]["enum"]
