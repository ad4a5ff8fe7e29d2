"""Facts that were written down long after their time are flagged with the delay; what is old for a reason is not."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from incidentbook.chronicle.backdated import Backdated, backdated, of_trail
from incidentbook.chronicle.steps import Step, Touch
from incidentbook.history.about import Commit
from kb import at

RECORD = "incidents/2025/INC-2025-001.yml"


def step(
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
    place: int = 5,
    what: str = "changed",
    path: str = RECORD,
) -> Step:
    """Return a commit of 10 January 2025, noon."""
    moment = at("2025-01-10T12:00:00")
    touch = Touch(what, path, before=before or {}, after=after)
    return Step(moment, moment, place, "c" * 40, "ccccccc", "Change it", merge=False, touches=(touch,))


def paths(found: list[Backdated]) -> list[tuple[str, int]]:
    """Return where each flagged fact stands, and its delay in hours."""
    return [(late.path, int(late.lag / dt.timedelta(hours=1))) for late in found]


def test_a_milestone_that_was_moved_weeks_later() -> None:
    before = {"milestones": {"started": "2025-01-01T10:00:00Z", "resolved": "2025-01-01T11:00:00Z"}}
    after = {"milestones": {"started": "2025-01-01T10:00:00Z", "resolved": "2025-01-01T12:00:00Z"}}
    assert paths(backdated(step(after, before))) == [("milestones.resolved", 9 * 24)]


def test_entries_that_came_late_and_those_that_came_in_time() -> None:
    entries = [{"id": "t1", "at": "2025-01-08T12:00:00Z"}, {"id": "t2", "at": "2025-01-10T11:00:00Z"}, {"id": "t3"}]
    lists = {
        "timeline": entries,
        "communications": entries[:1],
        "transitions": entries[:1],
        "severity_history": entries[:1],
    }
    assert [path for path, _ in paths(backdated(step(lists)))] == [
        "timeline[t1]", "communications[t1]", "transitions[t1]", "severity_history[t1]",
    ]  # fmt: skip


@pytest.mark.parametrize(("time", "flagged"), [("2025-01-09T12:00:00Z", False), ("2025-01-09T11:59:59Z", True)])
def test_exactly_a_day_is_not_late(time: str, *, flagged: bool) -> None:
    assert bool(backdated(step({"timeline": [{"id": "t1", "at": time}]}))) is flagged


def test_another_limit() -> None:
    found = backdated(step({"timeline": [{"id": "t1", "at": "2025-01-10T10:00:00Z"}]}), dt.timedelta(hours=1))
    assert paths(found) == [("timeline[t1]", 2)]


def test_what_was_there_before_is_not_flagged_again() -> None:
    data = {"timeline": [{"id": "t1", "at": "2025-01-01T10:00:00Z"}]}
    assert backdated(step({**data, "severity": "sev1"}, data)) == []


def test_a_record_that_was_written_late_is_one_fact() -> None:
    data = {
        "milestones": {"started": "2025-01-05T10:00:00Z", "declared": "2025-01-08T12:00:00Z"},
        "timeline": [{"id": "t1", "at": "2025-01-05T10:00:00Z"}],
    }
    assert paths(backdated(step(data, what="added"))) == [("record", 48)]
    assert backdated(step({"milestones": {"started": "2025-01-10T09:00:00Z"}}, what="added")) == []
    assert backdated(step({}, what="added")) == []


def test_imports_and_the_first_commit_are_old_for_a_reason() -> None:
    data = {"timeline": [{"id": "t1", "at": "2025-01-01T10:00:00Z"}]}
    assert backdated(step({**data, "provenance": {"source": "statuspage"}})) == []
    imported = {"timeline": [{"id": "t1", "at": "2025-01-01T10:00:00Z", "provenance": {"source": "statuspage"}}]}
    assert backdated(step(imported)) == []
    assert backdated(step(data, place=0)) == []


def test_a_post_mortem_tells_of_the_past_by_its_nature() -> None:
    data = {"timeline": [{"id": "t1", "at": "2025-01-01T10:00:00Z"}]}
    assert backdated(step(data, path="postmortems/2025/INC-2025-001.md")) == []


def test_uncertain_and_unreadable_times() -> None:
    data = {
        "milestones": {
            "started": {"at": "2025-01-01T10:00:00Z", "confidence": "low"},
            "resolved": "yesterday",
            "closed": None,
        },
        "timeline": "none",
        "transitions": ["x", {"id": "x1", "at": 5}],
    }
    assert paths(backdated(step(data))) == [("milestones.started", 9 * 24 + 2)]


def test_for_programs() -> None:
    (late,) = backdated(step({"timeline": [{"id": "t1", "at": "2025-01-08T13:00:00+01:00"}]}))
    assert late.plain() == {"path": "timeline[t1]", "at": "2025-01-08T12:00:00Z", "lag_seconds": 172800}


def test_of_a_merge_the_first_commit_that_it_brought_counts() -> None:
    entries = {"timeline": [{"id": "t1", "at": "2025-01-06T12:00:00Z"}, {"id": "t2", "at": "2025-01-08T12:00:00Z"}]}
    merge = dataclasses.replace(
        step(entries), merge=True, brought=(Commit(at("2025-01-08T13:00:00"), "bbbbbbb", "Write it down"),)
    )
    assert paths(backdated(merge)) == [("timeline[t1]", 49)]


def test_what_comes_back_after_a_removal_was_known_before() -> None:
    """Deleted by mistake and brought back by a revert: nobody has written it down late."""
    record = {"milestones": {"started": "2025-01-01T10:00:00Z", "resolved": "2025-01-01T11:00:00Z"}}
    steps = [
        dataclasses.replace(
            step(record, what="added"), commit="a", at=at("2025-01-01T11:00:00"), known_at=at("2025-01-01T11:00:00")
        ),
        dataclasses.replace(step({}, record, what="removed"), commit="b"),
        dataclasses.replace(step(record, what="added"), commit="c"),
    ]
    assert [len(found) for found in of_trail(steps).values()] == [0, 0, 0]
    assert len(backdated(steps[2])) == 1, "by itself it would look late"
