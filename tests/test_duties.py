"""Duties of a response: when they begin, which times between updates there are, and which steps of the ladder came due."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incidentbook import duties
from incidentbook.duties import escalation, updates
from incidentbook.records.policy.communications import Owed
from incidentbook.records.policy.escalation import EscalationPolicy, Rung
from kb import at, incident, record

HOURLY = Owed(dt.timedelta(hours=1), ("public",))
DAY = "2025-01-10T"
UTC = ZoneInfo("UTC")


def standing(now: str) -> duties.Standing:
    return duties.Standing(at(now), UTC)


def said(*times: str) -> list[dict[str, str]]:
    return [{"id": time, "at": f"{DAY}{time}:00Z", "audience": "public"} for time in times]


def spans(until: str = "04:00", **more: Any) -> list[tuple[str, str, bool]]:
    """Return each time between updates of an incident that was declared at midnight: from, to, and whether it was kept."""
    made = record(**incident(1) | {"milestones": {"started": f"{DAY}00:00:00Z", "declared": f"{DAY}00:00:00Z"}} | more)
    found = updates.stretches(made, HOURLY, standing(f"2025-01-10 {until}"))
    return [(f"{one.start:%H:%M}", f"{one.end:%H:%M}", one.kept) for one in found]


def test_the_times_between_updates_follow_on_one_another() -> None:
    assert spans(communications=said("01:00", "02:30")) == [
        ("00:00", "01:00", True),
        ("01:00", "02:30", False),
        ("02:30", "04:00", False),
    ]


def test_nothing_is_owed_while_it_is_resolved() -> None:
    reopened = [
        {"id": "x1", "to": "resolved", "at": f"{DAY}00:30:00Z"},
        {"id": "x2", "to": "investigating", "at": f"{DAY}03:00:00Z"},
    ]
    assert spans(transitions=reopened, status="investigating") == [("00:00", "00:30", True), ("03:00", "04:00", True)]


def test_a_clock_begins_with_the_severity_that_was_given_later() -> None:
    raised = {
        "severity": "sev1",
        "severity_history": [
            {"id": "s1", "to": "sev3", "at": f"{DAY}00:00:00Z"},
            {"id": "s2", "to": "sev1", "at": f"{DAY}03:30:00Z"},
        ],
    }
    assert spans(**raised) == [("03:30", "04:00", True)]


def test_what_has_not_begun_has_no_time_between_updates() -> None:
    made = record(**incident(1) | {"milestones": {}})
    assert list(updates.stretches(made, HOURLY, standing("2025-01-10"))) == []
    assert escalation.alone(made, standing("2025-02-01")) is None


@pytest.mark.parametrize("waits", [("0m", "5m", "1h"), ("soon", "5m", "1h")])
def test_steps_that_are_due_at_once_or_at_no_readable_time_are_no_escalation(waits: tuple[str, ...]) -> None:
    policy = EscalationPolicy(escalation={"sev2": tuple(Rung(wait, "sre", "phone") for wait in waits)})
    found = escalation.steps_due(record(**incident(1)), policy, dt.timedelta(minutes=30))
    assert [(index, wait) for index, _, wait in found] == [(1, dt.timedelta(minutes=5))]


@pytest.mark.parametrize(
    ("more", "judged"),
    [
        ({}, True),
        ({"exercise": True}, False),
        ({"near_miss": True}, False),
        ({"status": "merged"}, False),
        ({"severity": "unclassified"}, False),
        ({"severity": None}, False),
        ({"provenance": {"source": "statuspage"}}, False),
        ({"milestones": {"resolved": f"{DAY}01:00:00Z"}}, False),
    ],
)
def test_who_is_judged(more: dict[str, Any], *, judged: bool) -> None:
    assert duties.is_judged(record(**incident(1) | more), None, UTC) is judged


def test_a_policy_holds_from_its_first_day_on_in_the_zone() -> None:
    made = record(**incident(1, f"{DAY}00:00:00Z"))
    assert duties.is_judged(made, dt.date(2025, 1, 10), UTC)
    assert not duties.is_judged(made, dt.date(2025, 1, 11), UTC)
    assert not duties.is_judged(made, dt.date(2025, 1, 10), ZoneInfo("America/New_York")), "there it is still the ninth"
