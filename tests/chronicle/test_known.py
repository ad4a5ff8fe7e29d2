"""When each fact was first known, and since when it has been what it is."""

from __future__ import annotations

from typing import Any

from incidentbook.chronicle.known import Fact, facts
from incidentbook.chronicle.steps import Step, Touch
from kb import at

RECORD = "incidents/2025/INC-2025-001.yml"


def steps(*states: dict[str, Any] | str | None, path: str = RECORD) -> list[Step]:
    """Return a step a day: what the record says from then on; a text makes it unreadable, and None takes it away."""
    found = []
    for day, state in enumerate(states, 1):
        what = "removed" if state is None else "unreadable" if isinstance(state, str) else "changed"
        touch = Touch(what, path, after=state if isinstance(state, dict) else {})
        moment = at(f"2025-01-{day:02}T12:00:00")
        found.append(Step(moment, moment, day, "c" * 40, "ccccccc", "", merge=False, touches=(touch,)))
    return found


def told(found: list[Fact]) -> list[tuple[str, str, int, int, int]]:
    return [(fact.path, fact.value, fact.first_known.day, fact.since.day, fact.changes) for fact in found]


def test_what_came_first_and_what_was_changed() -> None:
    found = facts(
        steps(
            {"severity": "sev3"},
            {"severity": "sev1", "milestones": {"resolved": "10:00"}},
            {"severity": "sev1", "milestones": {"resolved": "11:00", "started": "09:00"}},
            {"severity": "sev1", "milestones": {"resolved": "12:00", "started": "09:00"}},
        )
    )
    assert told(found) == [
        ("severity", "sev1", 1, 2, 1),
        ("milestones.resolved", "12:00", 2, 4, 2),
        ("milestones.started", "09:00", 3, 3, 0),
    ]


def test_entries_are_facts_by_their_id() -> None:
    found = facts(
        steps(
            {"timeline": [{"id": "t1", "text": "A"}]},
            {"timeline": [{"id": "t2", "text": "B"}, {"id": "t1", "text": "A"}]},
        )
    )
    assert [(fact.path, fact.first_known.day) for fact in found] == [("timeline[t2]", 2), ("timeline[t1]", 1)]
    assert told(facts(steps({"services": ["api", "web"], "odd": [{"text": "no id"}]}))) == [
        ("services", "api, web", 1, 1, 0), ("odd", "text no id", 1, 1, 0),
    ]  # fmt: skip


def test_what_went_and_came_back_was_known_before() -> None:
    found = facts(
        steps({"severity": "sev3", "type": "other"}, {"severity": "sev3"}, {"severity": "sev3", "type": "other"})
    )
    assert told(found) == [("severity", "sev3", 1, 1, 0), ("type", "other", 1, 3, 1)]


def test_a_version_that_cannot_be_read_changes_nothing() -> None:
    assert told(facts(steps({"severity": "sev3"}, "line 2: no YAML", {"severity": "sev3"}))) == [
        ("severity", "sev3", 1, 1, 0)
    ]


def test_a_record_that_is_gone_has_no_facts() -> None:
    assert facts(steps({"severity": "sev3"}, None)) == []
    assert facts([]) == []


def test_a_post_mortem_is_another_matter() -> None:
    assert facts(steps({"status": "published"}, path="postmortems/2025/INC-2025-001.md")) == []


def test_for_programs() -> None:
    (fact,) = facts(steps({"severity": "sev3"}, {"severity": "sev1"}))
    assert fact.plain() == {
        "path": "severity", "value": "sev1", "first_known": "2025-01-01T12:00:00Z", "since": "2025-01-02T12:00:00Z", "changes": 1,
        "known_before": False,
    }  # fmt: skip
