"""What a board shows of an incident."""

from __future__ import annotations

import json
from typing import Any

import pytest

from incidentbook.records.build import build
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.records.postmortem import Postmortem
from incidentbook.response import board
from incidentbook.response.board import Board, Rules
from incidentbook.response.due import due
from kb import at, record

NOW = "2025-01-15 03:00"
SEV1 = {"name": "Critical", "targets": {"acknowledge": "5m"}, "postmortem": "required", "postmortem_within": "48h"}
CADENCE = {"sev1": {"every": "30m", "audiences": ["public"]}}
OPEN = {
    "id": "INC-2025-001",
    "severity": "sev1",
    "status": "declared",
    "milestones": {"started": "2025-01-15T02:00:00Z", "declared": "2025-01-15T02:40:00Z"},
}
RESOLVED = OPEN | {"status": "resolved", "milestones": OPEN["milestones"] | {"resolved": "2025-01-15T02:50:00Z"}}  # type: ignore[operator]


def rules() -> Rules:
    severities = build(Severities, {"severities": {"sev1": SEV1}})
    communications = build(CommunicationsPolicy, {"cadence": CADENCE})
    assert severities is not None
    assert communications is not None
    return Rules(severities, communications, lambda one: due(one, severities, communications, EscalationPolicy()))


def shown(plain: dict[str, Any], postmortem: dict[str, Any] | None = None, **more: Any) -> Board:
    review = build(Postmortem, postmortem) if postmortem else None
    return board.board(record(**(plain | more)), rules(), at(NOW), review)


def test_two_clocks_run_while_it_is_open() -> None:
    assert [(clock.milestone, clock.seconds, clock.until) for clock in shown(OPEN).clocks] == [
        ("started", 3600, ""),
        ("declared", 1200, ""),
    ]


def test_one_clock_has_stopped_once_it_is_over_and_one_runs_since() -> None:
    assert [(clock.milestone, clock.seconds, clock.until) for clock in shown(RESOLVED).clocks] == [
        ("started", 3000, "resolved"),
        ("resolved", 600, ""),
    ]


def test_a_record_without_times_has_no_clock() -> None:
    bare = shown({"id": "INC-2025-001", "title": "x"})
    assert (bare.clocks, bare.coming, bare.severity) == ((), (), "unknown severity")


def test_what_is_due_and_late() -> None:
    found = shown(OPEN)
    assert [(item.what, item.late(found.now)) for item in found.coming] == [
        ("acknowledge it: inc ack", True),
        ("tell public how it stands", False),
    ]
    assert found.late == 1
    assert found.next_update == found.coming[1]


def test_the_last_update_is_the_one_that_was_sent_last_wherever_it_stands() -> None:
    messages = [
        {"id": f"c{clock}", "at": f"2025-01-15T{clock}:00Z", "audience": "public", "text": clock}
        for clock in ("02:55", "02:45")
    ]
    found = shown(OPEN, communications=messages)
    assert found.told is not None
    assert found.told.text == "02:55"
    assert found.next_update is not None
    assert found.next_update.at == at("2025-01-15 03:25")


def test_only_roles_that_are_held() -> None:
    first = {"id": "r1", "role": "incident-commander", "holder": "sre", "from": "2025-01-15T02:40:00Z"}
    left = first | {"to": "2025-01-15T02:45:00Z"}
    taken = first | {"id": "r2", "holder": "platform", "from": "2025-01-15T02:45:00Z"}
    assert [role.holder for role in shown(OPEN, roles=[left, taken]).roles] == ["platform"]


@pytest.mark.parametrize(("count", "first", "unseen"), [(0, None, 0), (5, "0", 0), (7, "2", 2)])
def test_the_last_entries(count: int, first: str | None, unseen: int) -> None:
    found = shown(OPEN, timeline=[{"id": f"t{n}", "at": "2025-01-15T02:40:00Z", "text": str(n)} for n in range(count)])
    assert (next((entry.text for entry in found.entries), None), found.unseen) == (first, unseen)


def test_open_hypotheses_and_immediate_remedies_that_are_not_done() -> None:
    ideas = [{"id": state, "text": state, "status": state} for state in ("rejected", "open", "confirmed")]
    steps = [{"text": "now"}, {"text": "over", "status": "done"}, {"text": "followed", "action": "AI-2025-001-1"}]
    found = shown(OPEN, investigation={"hypotheses": ideas}, remediation={"immediate": steps})
    assert [idea.text for idea in found.hypotheses] == ["open"]
    assert [step.text for step in found.remedies] == ["now"]


@pytest.mark.parametrize(
    ("postmortem", "coming"),
    [
        (None, ["hold the post-mortem"]),
        ({"status": "draft", "scheduled": "2025-01-16"}, ["hold the post-mortem"]),
        ({"status": "in-review", "held": "2025-01-15"}, []),
        ({"status": "published"}, []),
        ({"status": "skipped", "reason": "x"}, []),
    ],
)
def test_the_post_mortem_clock(postmortem: dict[str, Any] | None, coming: list[str]) -> None:
    found = shown(RESOLVED, postmortem)
    assert [item.what for item in found.coming] == coming
    assert (found.postmortem_on is not None) == bool(postmortem and "scheduled" in postmortem)


def test_a_board_as_plain_data_is_json() -> None:
    said = board.plain(shown(OPEN, timeline=[{"id": "t1", "at": "2025-01-15T02:40:00Z", "text": "x", "private": True}]))
    assert json.loads(json.dumps(said)) == said
    assert said["due"][0] == {
        "at": "2025-01-15T02:45:00Z",
        "what": "acknowledge it: inc ack",
        "late": True,
        "seconds": -900,
    }
    assert said["timeline"] == [
        {"id": "t1", "at": "2025-01-15T02:40:00Z", "kind": "note", "text": "x", "private": True}
    ]
