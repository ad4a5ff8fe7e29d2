"""IB608: a line says the same as its action item, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

PATH = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
Check = Callable[..., list[Finding]]
Base = Callable[..., str]


def with_status(base: Base, status: str) -> str:
    return base(RECORD, "action: AI-2025-001-1", f"status: {status}, action: AI-2025-001-1")


def test_another_status(check: Check, base: Base) -> None:
    text = with_status(base, "done")
    (found,) = check({RECORD: text})
    line = next(number for number, line in enumerate(text.split("\n"), 1) if "AI-2025-001-1" in line)
    assert (found.code, found.span.line, found.span.column, found.grade) == ("IB608", line, 56, Grade.INFO)
    assert found.message == "This line is done, and AI-2025-001-1 is in-progress"
    assert [(near.path, near.span.line, near.span.column) for near in found.related] == [(PATH, 10, 13)]


def test_the_same_status(check: Check, base: Base) -> None:
    assert check({RECORD: with_status(base, "in-progress")}) == []


@pytest.mark.parametrize("status", ["done", "verified"])
def test_verified_is_done(check: Check, base: Base, status: str) -> None:
    proof = f"status: {status}\n    completed: 2025-02-01\n    evidence: [{{kind: drill, ref: replayed}}]"
    files = {RECORD: with_status(base, "done"), PATH: base(PATH, "status: in-progress", proof)}
    assert check(files) == []


def test_an_unknown_item_is_said_once(check: Check, base: Base) -> None:
    text = base(RECORD, "action: AI-2025-001-1", "status: done, action: AI-2025-001-9")
    assert [found.code for found in check({RECORD: text})] == ["IB406"]


def test_each_line_is_looked_at(check: Check, base: Base) -> None:
    lines = "{text: Page the vendor, status: done}, {text: Alert on lag, status: done, action: AI-2025-001-1}"
    text = base(RECORD, "{text: Alert on replication lag, action: AI-2025-001-1}", lines)
    assert [found.code for found in check({RECORD: text})] == ["IB608"]


def test_of_two_items_with_one_id_only_the_first_is_held_against_a_line(check: Check, base: Base) -> None:
    again = "due: 2025-04-30\n  - {id: AI-2025-001-1, title: x, status: proposed}"
    found = check({RECORD: with_status(base, "done"), PATH: base(PATH, "due: 2025-04-30", again)})
    assert [(one.code, one.path) for one in found] == [("IB608", RECORD), ("IB305", PATH)]
