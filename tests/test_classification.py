"""The business-impact matrix: one deciding criterion is enough, the worst severity wins, supporting ones never decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.classification import ServiceLevel, classify
from incidentbook.records.build import build
from incidentbook.records.money import Money
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Severity

MATRIX: dict[str, Any] = {
    "sev1": {
        "name": "Critical",
        "any": [
            {"measure": "customers_affected_pct", "at_least": 50},
            {"measure": "revenue_per_hour", "at_least": 50_000},
            {"measure": "data_loss", "is": "permanent"},
            {"measure": "safety_risk", "is": True},
        ],
        "supporting": [{"measure": "slo_breached", "is": True}, {"measure": "duration", "more_than": "5m"}],
    },
    "sev2": {"any": [{"measure": "customers_affected_pct", "at_least": 10}, {"measure": "data_exposed", "is": True}]},
    "sev3": {
        "any": [{"measure": "customers_affected_pct", "at_least": 1}, {"measure": "data_loss", "is": "recoverable"}]
    },
    "sev4": {"any": []},
}
BREACH = ServiceLevel("Public API", 99.95, 99.12)


def matrix(severities: dict[str, Any] = MATRIX) -> Severities:
    made = build(Severities, {"severities": severities})
    assert made is not None
    return made


def dollars(amount: int) -> Money:
    return Money(Decimal(amount), "USD")


@pytest.mark.parametrize(
    ("measures", "severity"),
    [
        ({"customers_affected_pct": 100.0}, "sev1"),
        ({"customers_affected_pct": 50.0}, "sev1"),  # `at_least` holds its threshold
        ({"customers_affected_pct": 49.99}, "sev2"),
        ({"customers_affected_pct": 1.0}, "sev3"),
        ({"customers_affected_pct": 0.99}, "sev4"),
        ({"revenue_per_hour": dollars(50_000)}, "sev1"),
        ({"revenue_per_hour": dollars(49_999)}, "sev4"),
        ({"data_loss": "permanent"}, "sev1"),
        ({"data_loss": "recoverable"}, "sev3"),
        ({"data_loss": "none"}, "sev4"),
        ({"safety_risk": True}, "sev1"),
        ({"safety_risk": False}, "sev4"),
        ({"data_exposed": True}, "sev2"),
        ({"customers_affected_pct": 12.0, "data_loss": "permanent"}, "sev1"),  # the worst wins
        ({"slo_breached": BREACH, "duration": 86_400.0}, "sev4"),  # supporting criteria never decide
        ({}, "sev4"),  # nothing known: the mildest
    ],
)
def test_severity_by_one_deciding_criterion(measures: dict[str, object], severity: str) -> None:
    assert classify(matrix(), measures).severity is Severity(severity)


def test_the_criteria_of_the_severity_are_told_with_figures_and_thresholds() -> None:
    verdict = classify(
        matrix(),
        {
            "customers_affected_pct": 100.0,
            "revenue_per_hour": dollars(85_000),
            "slo_breached": BREACH,
            "duration": 8100.0,
        },
    )
    assert [(item.name, item.text, item.met, item.deciding) for item in verdict.criteria] == [
        ("Customer impact", "100% of customers affected (threshold 50%)", True, True),
        ("Revenue impact", "Estimated $85,000/hour (threshold 50,000)", True, True),
        ("Service level", "SLA violation (99.95% target, actual 99.12%, Public API)", True, False),
        ("Duration", "2 hours 15 minutes (> 5 minutes target for SEV-1)", True, False),
    ]


def test_a_criterion_that_is_not_met_is_told_as_such() -> None:
    kept = ServiceLevel("Public API", 99.95, 99.95)
    verdict = classify(matrix(), {"safety_risk": True, "slo_breached": kept, "duration": 300.0, "data_loss": "none"})
    assert [(item.name, item.text, item.met) for item in verdict.criteria] == [
        ("Data loss", "none", False),
        ("Safety risk", "yes", True),
        ("Service level", "objective kept (99.95% target, actual 99.95%, Public API)", False),
        ("Duration", "5 minutes (<= 5 minutes target for SEV-1)", False),
    ]


def test_what_is_not_known_is_not_judged() -> None:
    assert [item.name for item in classify(matrix(), {"safety_risk": True}).criteria] == ["Safety risk"]


def test_without_a_matrix_there_is_no_severity() -> None:
    assert classify(matrix({}), {"safety_risk": True}).severity is None
    assert classify(Severities(), {}).criteria == ()


def test_the_mildest_in_policy_is_what_is_left() -> None:
    two = {name: MATRIX[name] for name in ("sev1", "sev2")}
    assert classify(matrix(two), {"customers_affected_pct": 3.0}).severity is Severity.SEV2


def test_the_order_in_the_file_does_not_matter() -> None:
    turned = dict(reversed(MATRIX.items()))
    assert classify(matrix(turned), {"customers_affected_pct": 100.0}).severity is Severity.SEV1
    assert classify(matrix(turned), {}).severity is Severity.SEV4


@pytest.mark.parametrize(
    "criterion",
    [
        {"measure": "weather", "is": "bad"},
        {"measure": "customers_affected_pct"},
        {"measure": "duration"},
        {"measure": "duration", "more_than": "long"},
        {"measure": "customers_affected_pct", "at_least": float("nan")},
    ],
)
def test_a_criterion_that_says_nothing_is_never_met(criterion: dict[str, object]) -> None:
    odd = matrix({"sev1": {"any": [criterion]}, "sev2": {"any": []}})
    assert classify(odd, {"customers_affected_pct": 100.0, "duration": 9e9, "weather": "bad"}).severity is Severity.SEV2


@given(st.floats(0, 100), st.floats(0, 100))
def test_more_customers_are_never_milder(first: float, second: float) -> None:
    order = list(Severity)
    fewer, more = sorted((first, second))
    by_fewer, by_more = (classify(matrix(), {"customers_affected_pct": share}).severity for share in (fewer, more))
    assert by_more is not None
    assert by_fewer is not None
    assert order.index(by_more) <= order.index(by_fewer)
