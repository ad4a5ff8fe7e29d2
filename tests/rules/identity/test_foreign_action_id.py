"""IB308: ids of action items tell where a promise goes back to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

PATH = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
Check = Callable[..., list[Finding]]


@pytest.fixture
def renamed(base: Callable[..., str]) -> Callable[[str], dict[str, str]]:
    def files(action: str) -> dict[str, str]:
        return {
            PATH: base(PATH, "id: AI-2025-001-1", f"id: {action}"),
            RECORD: base(RECORD, "AI-2025-001-1", action),
        }

    return files


def test_id_of_another_incident(check: Check, renamed: Callable[[str], dict[str, str]]) -> None:
    (found,) = check(renamed("AI-2024-016-1"))
    assert (found.code, found.path, found.span.line, found.span.column) == ("IB308", PATH, 8, 9)
    assert found.grade is Grade.INFO
    assert found.message == "`AI-2024-016-1` is an id of INC-2024-016, and this post-mortem covers INC-2025-001"


@pytest.mark.parametrize("action", ["AI-2025-001-1", "AI-2025-001-42"])
def test_id_of_its_own_incident(check: Check, renamed: Callable[[str], dict[str, str]], action: str) -> None:
    assert check(renamed(action)) == []
