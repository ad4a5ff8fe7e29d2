"""IB204: over before it started; and no other order of milestones is asked for."""

from __future__ import annotations

from collections.abc import Callable

RECORD = "incidents/2025/INC-2025-001.yml"
Said = Callable[..., list[str]]
Base = Callable[..., str]


def test_resolved_before_started(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, "resolved: 2025-01-15T04:45:00Z", "resolved: 2025-01-15T02:00:00Z")}) == [
        f"{RECORD}:12:13 IB204 The incident is resolved at 2025-01-15T02:00:00Z, before it started at 2025-01-15T02:30:00Z"
    ]


def test_resolved_by_a_transition_before_started(said: Said, base: Base) -> None:
    text = base(
        RECORD,
        "  resolved: 2025-01-15T04:45:00Z\n",
        "transitions:\n  - {id: s1, to: resolved, at: 2025-01-14T00:00:00Z}\n",
    )
    assert said({RECORD: text}) == [
        f"{RECORD}:13:32 IB204 The incident is resolved at 2025-01-14T00:00:00Z, before it started at 2025-01-15T02:30:00Z"
    ]


def test_detected_before_started_and_recovered_before_mitigated_are_fine(said: Said, base: Base) -> None:
    text = base(
        RECORD, "detected: 2025-01-15T02:32:00Z", "detected: 2025-01-15T02:00:00Z\n  mitigated: 2025-01-15T05:00:00Z"
    )
    assert said({RECORD: text}) == []


def test_closed_before_started(said: Said, base: Base) -> None:
    resolved = "  resolved: 2025-01-15T04:45:00Z\n"
    text = base(RECORD, resolved, f"{resolved}  closed: 2025-01-15T02:29:59Z\n")
    assert said({RECORD: text}) == [
        f"{RECORD}:13:11 IB204 The incident is closed at 2025-01-15T02:29:59Z, before it started at 2025-01-15T02:30:00Z"
    ]


def test_over_at_once_and_a_start_that_nobody_can_read_are_fine(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, "resolved: 2025-01-15T04:45:00Z", "resolved: 2025-01-15T02:30:00Z")}) == []
    unread = said({RECORD: base(RECORD, "started: 2025-01-15T02:30:00Z", "started: soon")})
    assert [line.split()[1] for line in unread] == ["IB202"]
