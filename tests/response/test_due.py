"""What is due next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from incidentbook.records.build import build
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.response.due import due, open_steps
from kb import at, record, z

SEVERITIES = {
    "severities": {
        "sev1": {
            "targets": {"acknowledge": "5m", "commander": "10m"},
            "postmortem": "required",
            "postmortem_within": "48h",
        }
    }
}
CADENCE = {"cadence": {"sev1": {"every": "30m", "audiences": ["public", "customers"]}}}
LADDER = {"escalation": {"sev1": [{"after": "0m", "notify": "sre", "by": "pager"}, {"after": "15m", "notify": "boss"}]}}
OPEN = {
    "id": "INC-2025-001",
    "severity": "sev1",
    "status": "declared",
    "milestones": {"started": "2025-01-15T02:00:00Z", "declared": "2025-01-15T02:30:00Z"},
}
COMMANDER = {"id": "r1", "role": "incident-commander", "holder": "sre", "from": "2025-01-15T02:31:00Z"}


def found(**more: Any) -> list[tuple[str, str]]:
    policies = [
        build(cls, plain)
        for cls, plain in ((Severities, SEVERITIES), (CommunicationsPolicy, CADENCE), (EscalationPolicy, LADDER))
    ]
    return [(z(item.at)[11:16], item.what) for item in due(record(**(OPEN | more)), *policies)]  # type: ignore[arg-type]


def test_at_the_first_minute() -> None:
    assert found() == [
        ("02:30", "call sre by pager"),
        ("02:35", "acknowledge it: inc ack"),
        ("02:40", "name who leads: inc assign incident-commander TEAM"),
        ("02:45", "call boss"),
        ("03:00", "tell public or customers how it stands"),
    ]


def test_once_somebody_leads_nobody_is_called() -> None:
    assert found(roles=[COMMANDER]) == [
        ("02:35", "acknowledge it: inc ack"),
        ("03:00", "tell public or customers how it stands"),
    ]


def test_a_commander_who_left_is_missed() -> None:
    gone = COMMANDER | {"to": "2025-01-15T02:50:00Z"}
    acknowledged = OPEN["milestones"] | {"acknowledged": "2025-01-15T02:31:00Z"}  # type: ignore[operator]
    assert found(roles=[gone], milestones=acknowledged)[0][1] == "name who leads: inc assign incident-commander TEAM"


@pytest.mark.parametrize(
    ("messages", "by"),
    [
        ([("02:40", "public", None)], "03:10"),
        ([("02:40", "customers", "04:00")], "04:00"),
        ([("02:50", "public", None), ("02:40", "public", "04:00")], "03:20"),
        ([("02:50", "executives", None)], "03:00"),
    ],
)
def test_the_next_update(messages: list[tuple[str, str, str | None]], by: str) -> None:
    said = [
        {"id": f"c{n}", "at": f"2025-01-15T{clock}:00Z", "audience": audience, "text": "x"}
        | ({"next_update": f"2025-01-15T{promised}:00Z"} if promised else {})
        for n, (clock, audience, promised) in enumerate(messages)
    ]
    assert found(communications=said)[-1] == (by, "tell public or customers how it stands")


@pytest.mark.parametrize(("more", "expected"), [({}, [("04:45", "hold the post-mortem")]), ({"exercise": True}, [])])
def test_afterwards(more: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    over = OPEN["milestones"] | {"resolved": "2025-01-15T04:45:00Z"}  # type: ignore[operator]
    assert found(status="resolved", milestones=over, **more) == expected


def test_late_once_its_time_is_over() -> None:
    (item,) = due(record(**OPEN), Severities(), build(CommunicationsPolicy, CADENCE), EscalationPolicy())  # type: ignore[arg-type]
    assert (item.late(at("2025-01-15 03:00")), item.late(at("2025-01-15 03:00:01"))) == (False, True)


def call(text: str, clock: str) -> dict[str, str]:
    return {"id": f"t{clock}", "at": f"2025-01-15T{clock}:00Z", "kind": "escalation", "text": text}


LADDER_OF_TWO = {
    "escalation": {
        "sev1": [
            {"after": "0m", "notify": "duty-lead"},
            {"after": "15m", "notify": "duty-lead"},
            {"after": "5m", "notify": "sre"},
        ]
    }
}


@pytest.mark.parametrize(
    ("timeline", "left"),
    [
        ([], ["duty-lead", "sre", "duty-lead"]),
        ([call("Called duty-lead: no answer", "02:30")], ["sre", "duty-lead"]),
        ([call("Called duty-lead", "02:30"), call("Called duty-lead again", "02:35")], ["sre", "duty-lead"]),
        ([call("Duty lead told by phone", "02:46")], ["sre"]),
        ([call("Called duty-lead (sre)", "02:46")], []),
        ([call("Called sre-emea and off-duty-lead", "02:46")], ["duty-lead", "sre", "duty-lead"]),
        ([call("Called sre", "02:46") | {"kind": "note"}], ["duty-lead", "sre", "duty-lead"]),
    ],
)
def test_steps_that_nobody_has_climbed(timeline: list[dict[str, str]], left: list[str]) -> None:
    policy = build(EscalationPolicy, LADDER_OF_TWO) or EscalationPolicy()
    assert [rung.notify for _, rung in open_steps(record(**(OPEN | {"timeline": timeline})), policy)] == left


def test_who_is_on_call_for_a_role_is_said_with_it() -> None:
    asked: list[tuple[str, str]] = []

    def on_call(role: str, moment: dt.datetime) -> str:
        asked.append((role, z(moment)[11:16]))
        return {"sre": "", "incident-commander": "blue", "boss": "red"}[role]

    policies = [build(cls, plain) for cls, plain in ((Severities, SEVERITIES), (EscalationPolicy, LADDER))]
    said = [item.what for item in due(record(**OPEN), policies[0], CommunicationsPolicy(), policies[1], on_call)]  # type: ignore[arg-type]
    assert said == [
        "call sre by pager", "acknowledge it: inc ack", "name who leads: inc assign incident-commander", "call boss (red)",
    ]  # fmt: skip
    assert sorted(asked) == [("boss", "02:45"), ("incident-commander", "02:40"), ("sre", "02:30")]


def test_nobody_outside_is_told_of_a_restricted_incident() -> None:
    said = [what for _, what in found(disclosure="restricted")]
    assert said
    assert not [what for what in said if what.startswith("tell")]
