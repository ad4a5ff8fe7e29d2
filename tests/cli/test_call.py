"""Calls that are written down, and roles that go to whoever is on call."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentbook import repository
from incidentbook.records.incident import Incident
from kb import Inc, write

HOUSE = {
    "name": "Test",
    "organisation": "Example",
    "time_zone": "UTC",
    "as_of": "2025-01-15T03:00:00Z",
    "default_disclosure": "internal",
    "teams": {"sre": {"name": "SRE", "contact": "#sre"}, "board": {"name": "Board"}},
}
LADDER = [
    {"after": "0m", "notify": "incident-commander", "by": "pager"},
    {"after": "10m", "notify": "board", "by": "phone"},
    {"after": "30m", "notify": "board", "by": "phone"},
]
ROTATION = {
    "id": "lead", "role": "incident-commander", "teams": ["sre", "board"], "type": "weekly", "start": "2025-01-13T09:00:00Z",
}  # fmt: skip
Run = Callable[..., str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("INC_CURRENT", raising=False)
    return write(
        tmp_path / "kb",
        {
            "policy/knowledge-base.yml": HOUSE,
            "policy/severities.yml": {"severities": {"sev1": {"targets": {"commander": "5m"}}}},
            "policy/communications.yml": {"channels": {"pager": {}, "phone": {}}},
            "policy/escalation.yml": {"escalation": {"sev1": LADDER}},
            "policy/rotation.yml": {"rotations": [ROTATION]},
        },
    )


def calls(root: Path) -> list[str]:
    incident = repository.load(root).incident("INC-2025-001") or Incident()
    return [entry.text for entry in incident.timeline if entry.kind == "escalation"]


def coming(said: str) -> list[str]:
    return [line.split(maxsplit=2)[2].split(" (in")[0] for line in said.partition("Due next\n")[2].splitlines()]


def test_the_ladder_is_climbed_step_by_step(run: Run, root: Path) -> None:
    lead = "name who leads: inc assign incident-commander"
    said = run("start", "Checkout fails", "--severity", "sev1")
    assert coming(said) == [
        "call incident-commander (sre) by pager",
        lead,
        "call board by phone",
        "call board by phone",
    ]
    said = run("call", "--no-answer")
    assert "  03:00:00 UTC  Called incident-commander (sre) by pager: no answer\n  SRE: #sre\n" in said
    assert coming(said) == [lead, "call board by phone", "call board by phone"]
    assert coming(run("call", "board", "--answered")) == [lead, "call board by phone"]
    assert "board" not in run("ack")
    assert calls(root) == [
        "Called incident-commander (sre) by pager: no answer",
        "Called board by phone: answered",
    ]
    assert "incident-commander: sre (on call) from 03:00:00 UTC" in run("assign", "incident-commander")


def test_somebody_else_is_called_when_all_is_climbed(run: Run, inc: Inc, root: Path) -> None:
    run("start", "Checkout fails", "--severity", "sev1")
    run("ack")
    refused = inc("call", root=root)
    assert (refused.status, "No call is due by policy/escalation.yml" in refused.err) == (2, True)
    said = json.loads(run("call", "board", "--by", "phone", "--json"))
    assert said["wrote"] == ["03:00:00 UTC  Called board by phone"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("call", "bord"), "There is no 'bord' here. Did you mean 'board'?"),
        (("call", "--by", "fone"), "There is no 'fone' here. Did you mean 'phone'?"),
        (("assign", "scribe"), "Nobody is on call for scribe, so say which team takes it: HOLDER."),
        (("assign", "incident-commander", "--at", "2025-01-10 00:00"), "Nobody is on call for incident-commander"),
    ],
)
def test_what_is_refused(run: Run, inc: Inc, root: Path, arguments: tuple[str, ...], message: str) -> None:
    run("start", "Checkout fails", "--severity", "sev1")
    result = inc(*arguments, root=root)
    assert result.status == 2
    assert message in " ".join(result.err.split())


def test_a_role_is_handed_over_to_the_team_on_call(run: Run) -> None:
    run("start", "Checkout fails", "--severity", "sev1")
    run("assign", "incident-commander", "board", "--at", "now")
    said = run("handoff", "incident-commander", "--notes", "Failover runs")
    assert "incident-commander: board → sre (on call) from 03:00:00 UTC" in said
