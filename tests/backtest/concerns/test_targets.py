"""Response targets backtested: kept under one and missed under the other, each from where its clock runs."""

from __future__ import annotations

import pytest

from backtests import backtested, outcome, rows
from kb import Plain, incident

TIMES = {
    "started": "2025-01-10T00:00:00Z",
    "declared": "2025-01-10T00:05:00Z",
    "acknowledged": "2025-01-10T00:10:00Z",
    "mitigated": "2025-01-10T00:40:00Z",
    "resolved": "2025-01-10T01:00:00Z",
}
ROLES = [{"id": "r", "role": "incident-commander", "holder": "sre", "from": "2025-01-10T00:20:00Z"}]
TOLD = [
    {"id": "c1", "at": "2025-01-10T00:15:00Z", "audience": "public", "channel": "page"},
    {"id": "c2", "at": "2025-01-10T00:45:00Z", "audience": "public", "channel": "page"},
]
ONE = incident(1, milestones=TIMES, roles=ROLES, communications=TOLD)


def asks(**targets: str) -> Plain:
    return {"severities": {"severities": {"sev2": {"targets": targets}}}}


@pytest.mark.parametrize(
    ("name", "longest", "because"),
    [
        ("acknowledge", 10, "took 10 minutes"),
        ("commander", 15, "took 15 minutes"),  # from the declaration
        ("update", 30, "longest silence 30 minutes"),
        ("mitigate", 40, "took 40 minutes"),
        ("resolve", 60, "took 1 hour"),
        ("duration", 60, "took 1 hour"),
    ],
)
def test_a_target_is_kept_to_the_minute(name: str, longest: int, because: str) -> None:
    found = backtested(asks(**{name: f"{longest}m"}), asks(**{name: f"{longest - 1}m"}), ONE)
    assert rows(found, "targets") == [("INC-2025-001", name, "kept", "missed")]
    assert outcome(found, "targets").reclassified[0].because.startswith(f"{because}; target ")
    milder = backtested(asks(**{name: f"{longest}m"}), asks(**{name: f"{longest + 1}m"}), ONE)
    assert (rows(milder, "targets"), outcome(milder, "targets").judged) == ([], 1)


def test_counts_by_target() -> None:
    slow = incident(2, milestones=TIMES | {"acknowledged": "2025-01-10T00:30:00Z"})
    found = backtested(asks(acknowledge="20m", resolve="30m"), asks(acknowledge="5m", resolve="2h"), ONE, slow)
    assert outcome(found, "targets").sentences == (
        "acknowledge: 1 of 2 changed targets of past incidents would be missed instead of kept",
        "resolve: 2 of 2 changed targets of past incidents would be kept instead of missed",
    )


def test_only_targets_of_the_recorded_severity() -> None:
    found = backtested(asks(resolve="2h"), asks(resolve="30m"), incident(1, severity="sev1"), incident(2))
    assert rows(found, "targets") == [("INC-2025-002", "resolve", "kept", "missed")]


def test_a_target_that_is_new_or_gone() -> None:
    assert rows(backtested(asks(), asks(resolve="30m"), ONE), "targets") == [
        ("INC-2025-001", "resolve", "without a target", "missed")
    ]
    kept = backtested(asks(resolve="2h"), asks(), ONE)
    assert (rows(kept, "targets"), outcome(kept, "targets").judged) == ([], 1)


def test_a_time_that_nobody_took_down_is_counted() -> None:
    without = incident(1, milestones={"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T01:00:00Z"})
    found = outcome(backtested(asks(mitigate="2h"), asks(mitigate="1m"), without), "targets")
    assert (found.judged, dict(found.left_out)) == (0, {"without a time for mitigate": 1})


def test_an_incident_that_goes_on_has_missed_what_is_over() -> None:
    going_on = incident(1, status="declared", milestones={"started": "2025-01-10T00:00:00Z"})
    call = (asks(resolve="2h"), asks(resolve="30m"), going_on)
    assert rows(backtested(*call, now="2025-01-10 01:00"), "targets") == [
        ("INC-2025-001", "resolve", "not due", "missed")
    ]
    assert rows(backtested(*call, now="2025-01-10 00:20"), "targets") == []


def test_no_commander_at_all() -> None:
    found = backtested(asks(commander="2h"), asks(commander="30m"), incident(1, milestones=TIMES))
    assert rows(found, "targets") == [("INC-2025-001", "commander", "not due", "missed")]
