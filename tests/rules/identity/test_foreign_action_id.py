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


def test_an_id_that_another_item_has_is_a_duplicate_instead(
    check: Check, renamed: Callable[[str], dict[str, str]]
) -> None:
    """Somebody copied a post-mortem: its ids are taken, and that is all there is to say of them."""
    other = "postmortems/2025/INC-2025-002.md"
    record = (
        "id: INC-2025-002\ntitle: x\nstatus: declared\nseverity: sev3\nmilestones: {started: 2025-01-15T02:30:00Z}\n"
    )
    copy = (
        "---\nincidents: [INC-2025-002]\nstatus: draft\n"
        "action_items:\n  - {id: AI-2025-001-1, title: x, status: proposed}\n---\n"
    )
    found = check({other: copy, "incidents/2025/INC-2025-002.yml": record})
    assert [(one.code, one.path) for one in found] == [("IB305", other)]
    assert [one.code for one in check(renamed("AI-2025-002-1") | {"incidents/2025/INC-2025-002.yml": record})] == [
        "IB308"
    ]
