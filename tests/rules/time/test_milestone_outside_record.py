"""IB206: milestones far from all that the record tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECORD = "incidents/2025/INC-2025-001.yml"
RESOLVED = "resolved: 2025-01-15T04:45:00Z"
Said = Callable[..., list[str]]
Base = Callable[..., str]


def test_after_the_last_fact(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, RESOLVED, "resolved: 2025-02-15T04:45:00Z")}) == [
        f"{RECORD}:12:13 IB206 `resolved` is 2025-02-15T04:45:00Z, 31 days after the last dated fact of the record"
    ]


def test_before_the_first_fact(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, "started: 2025-01-15T02:30:00Z", "started: 2025-01-05T02:30:00Z")}) == [
        f"{RECORD}:9:12 IB206 `started` is 2025-01-05T02:30:00Z, 10 days before the first dated fact of the record"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (RESOLVED, "resolved: 2025-01-22T04:45:00Z"),
        (RESOLVED, f"{RESOLVED}\n  closed: 2025-02-20T04:45:00Z"),
        (RESOLVED, "resolved: {at: 2025-02-15T04:45:00Z, earliest: 2025-01-20T00:00:00Z}"),
        ("started: 2025-01-15T02:30:00Z", "started: 2025-01-08T02:30:00Z"),
        ("started: 2025-01-15T02:30:00Z", "started: {at: 2025-01-01T00:00:00Z, latest: 2025-01-15T00:00:00Z}"),
    ],
)
def test_a_week_paperwork_and_uncertain_times_are_fine(said: Said, base: Base, old: str, new: str) -> None:
    assert said({RECORD: base(RECORD, old, new)}) == []


def test_without_dated_facts_there_is_nothing_to_hold_it_against(said: Said) -> None:
    text = "id: INC-2025-002\ntitle: x\nstatus: declared\nseverity: sev3\nmilestones: {started: 2025-01-01T00:00:00Z}\n"
    assert said({"incidents/2025/INC-2025-002.yml": text}) == []


def test_the_order_of_milestones_is_free(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, "detected: 2025-01-15T02:32:00Z", "detected: 2025-01-14T02:32:00Z")}) == []


def test_of_uncertain_facts_the_outer_bounds_count(said: Said, base: Base) -> None:
    fact = "{at: 2025-01-15T02:30:00Z, earliest: 2025-01-05T00:00:00Z, latest: 2025-02-10T00:00:00Z}"
    text = base(RECORD, "{id: t1, at: 2025-01-15T02:30:00Z", f"{{id: t1, at: {fact}")
    text = text.replace("started: 2025-01-15T02:30:00Z", "started: 2025-01-01T00:00:00Z")
    assert said({RECORD: text.replace(RESOLVED, "resolved: 2025-02-15T04:45:00Z")}) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (RESOLVED, "resolved: 2026-01-16T04:45:00Z"),
        ("started: 2025-01-15T02:30:00Z", "started: 2024-01-15T02:30:00Z"),
    ],
)
def test_a_year_is_said_by_another_rule(said: Said, base: Base, old: str, new: str) -> None:
    found = said({RECORD: base(RECORD, old, new)}, now="2026-03-01 00:00")
    assert [line.split()[1] for line in found if "IB20" in line] == ["IB207"]
