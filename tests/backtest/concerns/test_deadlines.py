"""Deadlines of action items and waivers backtested."""

from __future__ import annotations

from typing import Any

import pytest

from backtests import backtested, outcome, rows
from kb import Plain, incident

ONE = incident(1)  # started on 2025-01-10


def gives(high: str, since: str = "") -> Plain:
    policy: Plain = {"deadlines": {"sev2": {"high": high, "low": "90d"}}}
    return {"actions": policy | ({"effective_from": since} if since else {})}


def item(due: str | None, **more: Any) -> Plain:
    made = {"id": "AI-1", "priority": "high", "owner": "sre", "due": due, "status": "done"} | more
    return {"incidents": ["INC-2025-001"], "status": "published", "action_items": [made]}


def test_due_on_the_last_day_is_in_time() -> None:
    found = backtested(gives("21d"), gives("20d"), ONE, postmortems=[item("2025-01-31")])
    assert rows(found, "deadlines") == [("INC-2025-001", "AI-1", "due in time", "due too late")]
    (one,) = outcome(found, "deadlines").reclassified
    assert one.because == "due 2025-01-31, high priority; by 2025-01-31 → 2025-01-30"
    assert outcome(found, "deadlines").sentences == (
        "1 of 1 action items whose deadline changed would be due too late instead of due in time",
    )


@pytest.mark.parametrize(
    "more",
    [
        {"status": "proposed"},
        {"status": "cancelled"},
        {"status": "accepted-risk", "accepted_until": "2025-06-01"},
        {"recurrence": "monthly"},
        {"waiver": {"owner": "sre", "reason": "x", "until": "2025-02-01"}},
    ],
)
def test_what_is_not_held_to_a_deadline(more: Plain) -> None:
    for made in (item("2025-01-31", **more), item(None)):
        found = outcome(backtested(gives("21d"), gives("7d"), ONE, postmortems=[made]), "deadlines")
        assert (found.judged, dict(found.left_out)) == (0, {"not held to a deadline": 1})


def test_another_priority_is_left_alone() -> None:
    found = backtested(gives("21d"), gives("7d"), ONE, postmortems=[item("2025-01-31", priority="low")])
    assert outcome(found, "deadlines").judged == 0


def test_of_several_incidents_the_longest_deadline_counts_and_the_earliest_start_has_to_be_covered() -> None:
    both = item("2025-01-31") | {"incidents": ["INC-2025-001", "INC-2025-002"]}
    later = incident(2, "2025-01-20T00:00:00Z")
    found = outcome(backtested(gives("11d"), gives("10d", "2025-01-15"), ONE, later, postmortems=[both]), "deadlines")
    assert ([*found.reclassified], [one.after for one in found.supposed]) == ([], ["due too late"])
    assert found.supposed[0].incident == "INC-2025-001, INC-2025-002"


def test_a_new_deadline_that_is_missed() -> None:
    found = backtested({"actions": {"deadlines": {}}}, gives("7d"), ONE, postmortems=[item("2025-01-31")])
    assert rows(found, "deadlines") == [("INC-2025-001", "AI-1", "without a deadline", "due too late")]


def test_a_waiver_that_is_longer_than_the_new_limit() -> None:
    waived = item("2025-01-31", waiver={"owner": "sre", "reason": "x", "until": "2025-02-10"})
    before, after = ({"actions": {"waiver_max": most}} for most in ("10d", "9d"))
    found = backtested(before, after, ONE, postmortems=[waived, item("2025-01-31")])
    assert rows(found, "waivers") == [("INC-2025-001", "AI-1", "short enough", "too long")]
    assert outcome(found, "waivers").reclassified[0].because == "runs 10 days; allowed 10 days → 9 days"
    assert rows(backtested({"actions": {}}, after, ONE, postmortems=[waived]), "waivers") == [
        ("INC-2025-001", "AI-1", "without a limit", "too long")
    ]
