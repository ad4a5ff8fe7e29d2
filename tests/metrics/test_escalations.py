"""Escalations: who was called, who should have been, and which steps the record shows."""

from __future__ import annotations

from typing import Any

import pytest

from incidentbook.figures import Figure
from kb import Plain, incident, repo
from metrics_of import measured

POLICY: dict[str, Any] = {
    "escalation": {
        "sev2": [
            {"after": "0m", "notify": "incident-commander", "by": "pager"},
            {"after": "10m", "notify": "incident-commander", "by": "phone"},
            {"after": "1h", "notify": "executives", "by": "email"},
        ]
    }
}


def left_alone(minutes: int | None, number: int = 1, **more: Any) -> Plain:
    """Return a SEV-2 of two hours that was acknowledged after so many minutes, or never."""
    start = "2025-01-10T00:00:00Z"
    milestones = {"started": start, "resolved": "2025-01-10T02:00:00Z"}
    if minutes is not None:
        milestones["acknowledged"] = f"2025-01-10T{minutes // 60:02}:{minutes % 60:02}:00Z"
    return incident(number, start, milestones=milestones) | more


def found(*incidents: Plain, policy: Plain = POLICY) -> dict[str, Figure]:
    return measured(repo(*incidents, escalation=policy))


@pytest.mark.parametrize(
    ("minutes", "incidents", "steps"), [(5, 0, 0), (10, 0, 0), (11, 1, 1), (61, 1, 2), (None, 1, 2)]
)
def test_a_step_is_due_once_nobody_has_taken_it_on_for_longer(minutes: int | None, incidents: int, steps: int) -> None:
    figures = found(left_alone(minutes))
    assert (figures["escalations-due"].value, figures["escalations-due"].n) == (incidents, 1)
    assert figures["escalation-steps"].n == steps
    assert figures["escalation-steps"].value == (0.0 if steps else None)


def test_who_leads_has_taken_it_on() -> None:
    led = {"role": "incident-commander", "holder": "sre", "from": "2025-01-10T00:05:00Z"}
    assert found(left_alone(None, roles=[led]))["escalations-due"].value == 0


@pytest.mark.parametrize(
    ("more", "climbed"),
    [
        ({"timeline": [{"id": "t", "at": "2025-01-10T00:12:00Z", "kind": "escalation"}]}, 1),
        ({"timeline": [{"id": "t", "at": "2025-01-10T00:05:00Z", "kind": "escalation"}]}, 0),
        ({"timeline": [{"id": "t", "at": "2025-01-10T00:12:00Z", "kind": "note"}]}, 0),
        ({"communications": [{"id": "c", "at": "2025-01-10T00:12:00Z", "channel": "phone"}]}, 1),
        ({"communications": [{"id": "c", "at": "2025-01-10T00:12:00Z", "channel": "chat"}]}, 0),
        ({"communications": [{"id": "c", "at": "2025-01-10T00:00:00Z", "channel": "phone"}]}, 0),
        ({"roles": [{"role": "scribe", "holder": "executives", "from": "2025-01-10T00:30:00Z"}]}, 1),
    ],
)
def test_what_shows_that_a_step_was_climbed(more: Plain, climbed: int) -> None:
    figure = found(left_alone(None, **more))["escalation-steps"]
    assert figure.value == pytest.approx(100 * climbed / 2)
    assert figure.n == 2


def test_incidents_with_a_call() -> None:
    call = {"timeline": [{"id": "t", "at": "2025-01-10T00:12:00Z", "kind": "escalation"}]}
    figures = found(left_alone(5, 1, **call), left_alone(5, 2), left_alone(5, 3, exercise=True, **call))
    assert (figures["escalations"].value, figures["escalations"].n) == (1, 2)
    assert figures["escalations"].excluded == {"drill": 1}


def test_who_has_no_ladder_or_is_not_judged_is_told() -> None:
    figures = found(
        left_alone(None, 1, severity="sev3"), left_alone(None, 2, provenance={"source": "x"}), left_alone(5, 3)
    )
    assert figures["escalations-due"].excluded == {"no ladder": 1, "not judged by the policy": 1}
    assert figures["escalations-due"].n == 1


def test_without_a_ladder_nobody_can_say() -> None:
    assert found(left_alone(None), policy={})["escalations-due"].value is None
    assert found()["escalations-due"].text == "N/A"
    assert found()["escalation-steps"].detail, "nothing came due"
