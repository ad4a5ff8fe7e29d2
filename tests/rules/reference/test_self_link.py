"""IB410: links of a record to itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECORD = "incidents/2025/INC-2025-001.yml"


@pytest.mark.parametrize(
    ("link", "column", "message"),
    [
        ("related: [INC-2025-001]", 19, "This incident is related to itself: INC-2025-001"),
        ("duplicate_of: INC-2025-001", 23, "This incident is a duplicate of itself: INC-2025-001"),
    ],
)
def test_itself(said: Callable[..., list[str]], base: Callable[..., str], link: str, column: int, message: str) -> None:
    text = base(RECORD, "playbooks:", f"links: {{{link}}}\nplaybooks:")
    (line,) = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith("links:")]
    assert said({RECORD: text}) == [f"{RECORD}:{line}:{column} IB410 {message}"]


def test_merged_into_itself_is_said_once(said: Callable[..., list[str]]) -> None:
    text = (
        "id: INC-2025-002\ntitle: x\nstatus: merged\nseverity: sev3\n"
        "milestones: {started: 2025-01-15T02:30:00Z}\nlinks: {merged_into: INC-2025-002}\n"
    )
    path = "incidents/2025/INC-2025-002.yml"
    assert said({path: text}) == [f"{path}:6:22 IB410 This incident is merged into itself: INC-2025-002"]


def test_another_one(said: Callable[..., list[str]]) -> None:
    text = (
        "id: INC-2025-002\ntitle: x\nstatus: merged\nseverity: sev3\n"
        "milestones: {started: 2025-01-15T02:30:00Z}\nlinks: {merged_into: INC-2025-001, related: [INC-2025-001]}\n"
    )
    assert said({"incidents/2025/INC-2025-002.yml": text}) == []
