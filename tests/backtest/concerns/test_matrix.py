"""The severity matrix backtested: who would be what, which criterion decided, and what the record says beside."""

from __future__ import annotations

from backtests import backtested, outcome, rows
from kb import Plain, incident, phase

CUSTOMERS = "customers_affected_pct"


def matrix(**levels: list[Plain]) -> Plain:
    return {"severities": {"severities": {name: {"any": criteria} for name, criteria in levels.items()}}}


HALF = matrix(sev1=[{"measure": CUSTOMERS, "at_least": 50}], sev2=[{"measure": CUSTOMERS, "at_least": 10}], sev4=[])
THIRD = matrix(sev1=[{"measure": CUSTOMERS, "at_least": 30}], sev2=[{"measure": CUSTOMERS, "at_least": 10}], sev4=[])


def share(number: int, percent: float, **more: object) -> Plain:
    return incident(number, classification={CUSTOMERS: percent}, **more)


def test_counts_in_plain_words_and_how_often_the_record_agrees() -> None:
    found = backtested(HALF, THIRD, share(1, 60), share(2, 40), share(3, 30), share(4, 29.9), share(5, 5))
    assert outcome(found, "matrix").sentences == (
        "2 of 5 past incidents would be SEV-1 instead of SEV-2",
        "the recorded severity is what the matrix gives in 1 of 5, and was in 3",
    )
    assert rows(found, "matrix") == [
        ("INC-2025-002", "", "SEV-2", "SEV-1"),
        ("INC-2025-003", "", "SEV-2", "SEV-1"),
    ]


def test_the_criterion_of_the_worse_severity_decides_both_ways() -> None:
    for ends in ((HALF, THIRD), (THIRD, HALF)):
        (one,) = outcome(backtested(*ends, share(1, 40)), "matrix").reclassified
        assert (one.because, one.recorded) == ("Customer impact: 40% of customers affected (threshold 30%)", "SEV-2")


def test_a_record_that_overrides_the_matrix_is_told_so() -> None:
    facts = {CUSTOMERS: 40, "override": {"severity": "sev2", "reason": "Only the demo system"}}
    (one,) = outcome(backtested(HALF, THIRD, incident(1, classification=facts)), "matrix").reclassified
    assert one.because.endswith("; the record overrides the matrix")


def test_without_a_fact_nothing_is_judged() -> None:
    found = outcome(backtested(HALF, THIRD, incident(1), share(2, 60)), "matrix")
    assert (found.judged, dict(found.left_out)) == (1, {"without a fact that a criterion judges": 1})


def test_a_severity_that_only_one_policy_knows() -> None:
    milder = matrix(sev1=[{"measure": CUSTOMERS, "at_least": 50}], sev3=[])
    found = backtested(HALF, milder, share(1, 20), share(2, 5))
    assert rows(found, "matrix") == [
        ("INC-2025-001", "", "SEV-2", "SEV-3"),
        ("INC-2025-002", "", "SEV-4", "SEV-3"),
    ]
    assert outcome(found, "matrix").reclassified[1].because == "no criterion is met, so the mildest severity stands"


def test_a_supporting_criterion_decides_nothing() -> None:
    other = {"severities": {"severities": {**HALF["severities"]["severities"]}}}
    other["severities"]["severities"]["sev1"] = {
        **HALF["severities"]["severities"]["sev1"],
        "supporting": [{"measure": "duration", "more_than": "5m"}],
    }
    assert "matrix" not in {item.key for item in backtested(HALF, other, share(1, 40)).outcomes}


def test_a_service_level_that_decides_follows_the_objective() -> None:
    # Down for 43.2 min of 30 days: 99.9 %.
    level = matrix(sev1=[{"measure": "slo_breached", "is": True}], sev4=[])
    hit = incident(
        1,
        milestones={"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T00:43:12Z"},
        impact={"phases": [phase("2025-01-10T00:00:00Z", "2025-01-10T00:43:12Z")]},
    )
    ends = [
        {"services": {"services": {"api": {"name": "API", "slo": {"availability": asked}}}}} for asked in (99.8, 99.95)
    ]
    assert rows(backtested(ends[0], ends[1], hit, both=level), "matrix") == [("INC-2025-001", "", "SEV-4", "SEV-1")]
