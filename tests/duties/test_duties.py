"""Duties of a response: whom policy judges and from when, when clocks begin, and what came due. Rules test what each one asks."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incidentbook import duties
from incidentbook.duties import Standing, commander, deadlines, escalation, postmortems, updates
from incidentbook.records.action_item import ActionItem
from incidentbook.records.build import build
from incidentbook.records.policy.communications import Owed
from incidentbook.records.policy.escalation import EscalationPolicy, Rung
from incidentbook.records.policy.severities import Severities
from incidentbook.records.postmortem import Postmortem
from kb import Plain, at, incident, record

HOURLY = Owed(dt.timedelta(hours=1), ("public",))
DAY = "2025-01-10T"
UTC = ZoneInfo("UTC")


def test_a_clock_that_stands_still() -> None:
    clock = Standing(at("2025-01-15"), UTC)
    assert [clock.is_past(at(day)) for day in ("2025-01-14", "2025-01-15", "2025-01-16")] == [True, True, False]
    assert [clock.is_over(at(day)) for day in ("2025-01-14", "2025-01-15")] == [True, False]
    assert [clock.or_now(moment) for moment in (None, at("2025-01-14"), at("2025-01-16"))] == [
        at("2025-01-15"), at("2025-01-14"), at("2025-01-15"),
    ]  # fmt: skip


def test_who_is_exempt_and_who_is_not() -> None:
    assert duties.exempt(record(**incident())) == ""
    assert duties.exempt(record(**incident(exercise=True, near_miss=True))) == "drill"
    assert duties.exempt(record(**incident(severity="nonsense"))) == "unclassified"


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


@pytest.mark.parametrize(
    ("zone", "started", "judged"),
    [
        ("UTC", "2025-06-30T23:59:59Z", False),
        ("UTC", "2025-07-01T00:00:00Z", True),
        ("Europe/Lisbon", "2025-06-30T22:59:59Z", False),
        ("Europe/Lisbon", "2025-06-30T23:00:00Z", True),
        ("America/New_York", "2025-07-01T03:59:59Z", False),
        ("America/New_York", "2025-07-01T04:00:00Z", True),
    ],
)
def test_a_policy_takes_effect_at_midnight_of_its_zone(zone: str, started: str, *, judged: bool) -> None:
    assert duties.is_judged(record(**incident(1, started)), at("2025-07-01").date(), ZoneInfo(zone)) is judged


def test_a_policy_without_a_day_holds_always_and_what_has_no_time_is_not_covered() -> None:
    assert duties.covers(None, at("1999-01-01"), UTC)
    assert not duties.covers(None, None, UTC)


@pytest.mark.parametrize(
    ("more", "start", "name"),
    [
        ({}, "2025-01-10 00:00", "start"),
        (
            {"milestones": {"started": "2025-01-10T00:00:00Z", "declared": "2025-01-10T00:05:00Z"}},
            "2025-01-10 00:05",
            "declaration",
        ),
        (
            {
                "severity_history": [
                    {"id": "a", "to": "sev3", "at": "2025-01-10T00:01:00Z"},
                    {"id": "b", "to": "sev2", "at": "2025-01-10T00:30:00Z"},
                ]
            },
            "2025-01-10 00:30",
            "change of severity",
        ),
    ],
)
def test_when_clocks_begin(more: Plain, start: str, name: str) -> None:
    began = duties.clock_start(record(**incident(1, **more)))
    assert began is not None
    assert (began[0].at, began[1]) == (at(start), name)


def test_the_first_commander_at_the_earliest() -> None:
    roles = [
        {"id": "a", "role": "incident-commander", "from": "2025-01-10T00:10:00Z"},
        {"id": "b", "role": "scribe", "from": "2025-01-10T00:01:00Z"},
        {
            "id": "c",
            "role": "incident-commander",
            "from": {"at": "2025-01-10T00:12:00Z", "earliest": "2025-01-10T00:08:00Z"},
        },
    ]
    first = commander.first(record(**incident(1, roles=roles)))
    assert first is not None
    assert (first.at, first.number) == (at("2025-01-10 00:08"), 2)
    assert commander.first(record(**incident())) is None


def test_of_several_incidents_the_one_resolved_last_says_when_the_post_mortem_is_due() -> None:
    policy = build(Severities, {"severities": {"sev2": {"postmortem": "required", "postmortem_within": "1d"}}})
    covered = build(Postmortem, {"incidents": ["INC-2025-001", "INC-2025-002", "INC-2025-009"]})
    assert policy is not None
    assert covered is not None
    known = {f"INC-2025-{number:03}": record(**incident(number, f"2025-01-1{number}T00:00:00Z")) for number in (1, 2)}
    due = postmortems.due(covered, known.get, policy, Standing(at("2025-02-01"), UTC))
    assert due is not None
    assert (due.incident, due.at) == ("INC-2025-002", at("2025-01-13 01:00"))


@pytest.mark.parametrize(
    ("more", "bound"),
    [
        ({"status": "in-progress"}, True),
        ({"status": "done"}, True),
        ({"status": "proposed"}, False),
        ({}, False),
        ({"status": "done", "waiver": {"until": "2025-01-09"}}, True),
        ({"status": "done", "waiver": {"until": "2025-01-10"}}, False),
    ],
)
def test_who_is_bound_by_a_deadline(more: Plain, *, bound: bool) -> None:
    item = build(ActionItem, {"id": "AI-1", "due": "2025-01-10"} | more)
    assert item is not None
    assert deadlines.bound(item) is bound


def standing(now: str) -> Standing:
    return Standing(at(now), UTC)


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
