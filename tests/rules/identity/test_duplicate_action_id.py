"""IB305: an action item's id is used once in the whole repository."""

from __future__ import annotations

from collections.abc import Callable

from incidentbook.finding import Finding

FIRST = "postmortems/2025/INC-2025-001.md"
OTHER = "postmortems/2025/INC-2025-002.md"
INCIDENT = "id: INC-2025-002\ntitle: x\nstatus: declared\nseverity: sev3\nmilestones: {started: 2025-01-15T02:30:00Z}\n"


def test_same_id_in_another_post_mortem(check: Callable[..., list[Finding]]) -> None:
    text = """\
        ---
        incidents: [INC-2025-002]
        status: draft
        action_items:
          - {id: AI-2025-001-1, title: x, status: proposed}
        ---
        """
    (found,) = check({OTHER: text, "incidents/2025/INC-2025-002.yml": INCIDENT})
    assert (found.code, found.path, found.span.line, found.span.column) == ("IB305", OTHER, 5, 10)
    assert found.message == f"The id `AI-2025-001-1` is taken by another action item: {FIRST}, line 8"
    assert [(near.path, near.span.line) for near in found.related] == [(FIRST, 8)]


def test_same_id_in_the_same_post_mortem(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    text = base(
        FIRST, "    due: 2025-04-30\n", "    due: 2025-04-30\n  - {id: AI-2025-001-1, title: x, status: proposed}\n"
    )
    assert said({FIRST: text}) == [
        f"{FIRST}:13:10 IB305 The id `AI-2025-001-1` is taken by another action item: {FIRST}, line 8"
    ]
